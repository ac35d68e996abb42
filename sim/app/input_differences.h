// What differs between two scenarios.
#pragma once

#include <vector>

#include "sim/results/comparison.h"
#include "sim/scenario/scenario.h"

namespace moniac {

/// Parameters by their values in force, and everything else that the resolved scenarios say differently: models,
/// inputs, levers, events, impositions, outcomes and the rest; titles left out. Runs are those of the scenarios.
std::vector<InputDifference> input_differences(const Scenario& a, const Scenario& b, const Results& run_a,
                                               const Results& run_b);

}  // namespace moniac
