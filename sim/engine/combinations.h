// Several runs on the same paths, and linear combinations of them path by path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/engine/ensemble.h"
#include "sim/results/moments.h"

namespace moniac {

/// Plans with the same steps, seed and number of paths, which record the same columns on the same dates and ask the
/// same outcomes.
struct PlanFamily {
  std::size_t count = 0;
  std::int64_t paths = 0;
  std::function<Plan(std::size_t index)> plan;  ///< called from any thread, once for each unit of work
};

/// [combination][plan].
using Weights = std::vector<std::vector<double>>;

struct Combinations {
  /// [combination][question]: the recorded columns date by date, each in the order of the record, then the outcomes,
  /// which are 1 where they happen and 0 elsewhere. Over the paths that fail in no plan.
  std::vector<std::vector<Moments>> moments;
  std::int64_t paths_used = 0;
  std::vector<Verdict> verdicts;  ///< by plan
};

/// Runs the plans and takes Σ weight x value on each path: all statistics of a combination, its standard error too, are
/// then those of a variable. The same bits for any number of threads and block size. `execution.progress` hears of
/// paths of all plans together; its journal is not used. Throws Interrupted, and whatever `plan` throws.
Combinations combine(const PlanFamily& plans, const Weights& weights, const Execution& execution);

}  // namespace moniac
