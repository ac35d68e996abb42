#include "models/diplomacy/incident_channel.h"

namespace moniac {

Names incident_channel_names() {
  return {"flip", "hazard", "both"};
}

IncidentChannel incident_channel(int name) {
  const std::vector<double> flips = {0.02, 0.15, 0.45};
  if (name == 0) return {0.74, 1.20, 0, flips};
  if (name == 1) return {0.96, 1.65, 0.3, {0, 0, 0}};
  return {0.73, 1.18, 0.3, flips};
}

Matrix regime_generator(const IncidentChannel& channel) {
  Matrix q = {{0, 0.57, channel.detente_to_confrontation, 0},
              {0.89, 0, channel.talks_to_confrontation, 0.0005},
              {0.13, 2.19, 0, 0.005},
              {0, 0, 0, 0}};
  for (std::size_t i = 0; i < 4; ++i) {
    double leaving = 0;
    for (const double rate : q[i]) leaving += rate;
    q[i][i] = 0 - leaving;
  }
  return q;
}

}  // namespace moniac
