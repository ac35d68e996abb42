// Many plans that differ in their numbers, run as one ensemble of ensembles.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "sim/engine/ensemble.h"
#include "sim/results/cases.h"

namespace moniac {

/// What there is to run.
struct CaseList {
  std::vector<std::int64_t> indices;  ///< increasing
  std::int64_t paths = 0;             ///< of each case
  bool halves = false;                ///< also the responses of two halves of the paths, which share no random number
  std::function<Plan(std::int64_t index)> plan;  ///< of a case; called from any thread
};

/// Runs the cases, which share their random numbers path by path, and hands each to `take` in order, one at a time. A
/// case leaves memory when it was taken. Its numbers are those of a run of its plan. `execution.progress` hears of
/// paths of all cases together; `execution.journal` is not used. Throws Interrupted, and whatever `plan` throws.
void run_cases(const CaseList& cases, const Execution& execution, const std::function<void(CaseResult)>& take);

}  // namespace moniac
