// What is known of a range of paths: everything that a run adds up, whoever simulated it.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/results/moments.h"
#include "sim/results/results.h"

namespace moniac {

/// Counts over paths of one outcome; sums of counts do not depend on order.
struct OutcomeCounts {
  std::int64_t hits = 0;
  std::int64_t undefined = 0;               ///< paths on which something it tests had no value
  std::vector<std::int64_t> first_passage;  ///< of `first` and `sequence`: by step, 0 … steps
  void add(const OutcomeCounts& other);
  bool operator==(const OutcomeCounts&) const = default;
};

/// Counts over paths of one trigger; sums of counts do not depend on order.
struct TriggerCounts {
  std::int64_t firings = 0;
  std::int64_t paths = 0;                  ///< on which it fired at least once
  std::vector<std::int64_t> first_firing;  ///< of those paths by step, 0 … steps
  void add(const TriggerCounts& other);
  bool operator==(const TriggerCounts&) const = default;
};

/// The largest absolute residual of an identity, and where: the lowest path, then step, among equals.
struct LargestResidual {
  double value = -1;  ///< -1 before anything was seen
  std::int64_t path = 0;
  std::int32_t step = 0;
  void take(const LargestResidual& other);
  bool operator==(const LargestResidual&) const = default;
};

/// Paths of a unit of work. Part of what the results are: the tree of moments is cut at units.
inline constexpr std::int64_t unit_paths = 2048;

/// Paths first … end - 1.
struct PathRange {
  std::int64_t first = 0;
  std::int64_t end = 0;
  std::int64_t paths() const { return end - first; }
  bool operator==(const PathRange&) const = default;
};

/// Summaries of a range of paths. Series s = recorded date x number of recorded columns + recorded column.
struct RangeSummary {
  PathRange range;
  std::vector<MomentTree> moments;    ///< by series
  std::vector<std::uint32_t> counts;  ///< sketch, [series][bucket]; empty when quantiles are exact
  std::vector<OutcomeCounts> outcomes;
  std::vector<MomentTree> binned;  ///< by outcome; of a bucket, the numbers that fell into it
  std::vector<TriggerCounts> triggers;
  std::vector<TriggerFiring> trigger_log;  ///< in order of path, step and trigger
  std::vector<LargestResidual> residuals;  ///< by identity of the plan
  std::vector<std::int64_t> clamped;       ///< path-steps by clamp of the plan
  std::vector<Failure> failures;           ///< in path order

  /// Adds the range that begins where this one ends. An empty range becomes `next`.
  void append(const RangeSummary& next);
  bool operator==(const RangeSummary&) const = default;
};

/// The values that exact quantiles need: series s of path p is data[s x stride + p], NaN for failed paths.
struct ExactValues {
  double* data = nullptr;  ///< null when quantiles come from a sketch
  std::int64_t stride = 0;
};

}  // namespace moniac
