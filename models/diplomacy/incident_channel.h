// How incidents make the regimes between the USA and China worse, and the rates at rest that go with it.
#pragma once

#include <vector>

#include "sim/model/variables.h"

namespace moniac {

/// An incident may turn détente or talks into confrontation (flip), or their intensity raises the rate at which that
/// happens (hazard). The rates at rest are those observed, 2017 to 2025, less what flips and covariates add, in 1/year.
struct IncidentChannel {
  double detente_to_confrontation;
  double talks_to_confrontation;
  double tension_effect;      ///< of incidents above their mean on those two rates
  std::vector<double> flips;  ///< probability of confrontation by severity
};

/// flip, hazard, both.
Names incident_channel_names();

/// The channel of that name, by its place among them.
IncidentChannel incident_channel(int name);

/// Rates from regime (row) to regime at rest, 1/year; rows sum to 0 and conflict is left by none.
Matrix regime_generator(const IncidentChannel& channel);

}  // namespace moniac
