// How the model of banks is set up: how losses are split at the start, and its checks.
#include <numeric>

#include "models/banks/banks_model.h"
#include "sim/math/eigenvalues.h"

namespace moniac {

std::vector<double> Banks::split_by_securities() const {
  const double all = std::accumulate(securities0.begin(), securities0.end(), 0.0);
  std::vector<double> split;
  for (const double held : securities0) split.push_back(all > 0 ? system_losses * held / all : 0);
  return split;
}

void Banks::check_params() {
  check(size() >= 1 && size() <= most_classes, to_text(double(size())) + " classes; there may be 1 to 16", {"classes"});
  const auto sized = [&](const std::vector<double>& list, const std::string& name) {
    check_size(list, classes.size(), name, "classes", {"classes"});
  };
  sized(count0, "banks");
  sized(assets0, "assets");
  sized(securities0, "securities");
  sized(duration, "duration");
  sized(convexity, "convexity");
  sized(deposits0, "class_deposits");
  sized(uninsured, "uninsured_share");
  sized(equity0, "equity");
  sized(losses0, "losses");
  check(opens_on.size() <= 1 && closes_on.size() <= 1, "one date each", {"facility_open", "facility_close"});
  if (opens_on.size() == 1 && closes_on.size() == 1)
    check(opens_on[0] < closes_on[0],
          "the facility closes on " + iso(closes_on[0]) + ", before it opens on " + iso(opens_on[0]),
          {"facility_open", "facility_close"});
  check_excitation();
}

void Banks::check_excitation() {
  bool square = static_cast<int>(excitation.size()) == size(), possible = true;
  for (const auto& row : excitation) {
    square = square && static_cast<int>(row.size()) == size();
    for (const double alpha : row) possible = possible && alpha >= 0;
  }
  check(square, "excitation needs a row and a column for each of " + to_text(double(size())) + " classes",
        {"excitation", "classes"});
  check(possible, "an excitation is negative", {"excitation"});
  if (!square || !possible) return;
  const double radius = spectral_radius(process.branching());
  check(radius < 1, "the branching radius is " + to_text(radius) + "; from 1 on failures never end",
        {"excitation", "contagion_decay"});
  note("branching radius " + to_text(radius));
}

}  // namespace moniac
