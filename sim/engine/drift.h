// How far the variables of a scenario move by themselves.
#pragma once

#include <string>
#include <vector>

#include "sim/engine/plan.h"
#include "sim/math/kernels.h"

namespace moniac {

/// One column of a variable at the start and at the end of a run in which nothing happens.
struct Drift {
  std::string name;  ///< "us.policy_rate", "us.holdings[japan]"
  std::string unit;
  double start = 0;  ///< of a flow: in the first step
  double end = 0;
  double shocked_sd = 0;  ///< standard deviation at the end with the scenario's shocks
};

/// A run of `steps` steps without shocks (normal draws 0, uniform ones ½), events and impositions and with levers as
/// they are at the start: each column of every output and sum, and its standard deviation at the end over 512 paths
/// that differ from it by the shocks alone. steps <= scenario.time.steps. Throws ScenarioError as Plan::make.
std::vector<Drift> drifts(Scenario scenario, int steps, const Catalogue& catalogue, const Kernels& kernels);

}  // namespace moniac
