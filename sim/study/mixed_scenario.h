// Scenarios between two: some inputs as in one, the others as in the other.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.h"

namespace moniac {

/// Whether the resolved scenarios say the same of an input, named as InputDifference does: "us.policy_rate.phi_pi",
/// "models.us.banks", "us.banks.inputs.us.y10", "levers.us.fed_purchases", "events.hike", "events" of those without a
/// name, "correlations".
bool same_input(const Scenario& a, const Scenario& b, const std::string& input);

/// `a` with those inputs as `b` has them. What is asked, steps, seed and paths stay those of `a`. Mistakes of the
/// mixture go to `problems`.
Scenario mixed(const Scenario& a, const Scenario& b, const std::vector<std::string>& from_b, Problems& problems);

}  // namespace moniac
