// One unit of work: an aligned range of at most 2,048 paths, simulated block by block and summarised.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/engine/block.h"
#include "sim/engine/outcomes.h"
#include "sim/engine/plan.h"
#include "sim/parallel/pipeline.h"
#include "sim/results/moments.h"

namespace moniac {

/// Paths of a unit. Part of what the results are: the tree of moments is cut at units.
inline constexpr std::int64_t unit_paths = 2048;

/// Where a series' sketch is centred: mean and standard deviation of paths 0 … 511.
struct SketchFrame {
  double center = 0;
  double scale = 0;
};

/// The largest absolute residual of an identity, and where: the lowest path, then step, among equals.
struct LargestResidual {
  double value = -1;  ///< -1 before anything was seen
  std::int64_t path = 0;
  int step = 0;
  void take(const LargestResidual& other);
};

/// What is kept of the values of a unit, besides moments.
struct Keeping {
  std::span<const SketchFrame> frames;  ///< by series; empty when no sketch is kept
  double* values = nullptr;             ///< exact values [series][path], NaN for failed paths; null when not kept
  std::int64_t stride = 0;              ///< doubles from one series to the next
};

/// The summaries of a unit. Series s = recorded date x number of recorded columns + recorded column.
struct UnitSummary final : UnitResult {
  std::int64_t paths = 0;
  std::vector<MomentTree> moments;    ///< by series
  std::vector<std::uint32_t> counts;  ///< sketch, [series][bucket]
  std::vector<OutcomeCounts> outcomes;
  std::vector<LargestResidual> residuals;  ///< by identity column of the plan
  std::vector<Failure> failures;           ///< in path order
};

/// The recorded columns, flat: labels of vectors one after the other.
std::vector<int> recorded_columns(const Plan& plan);
/// The columns of identity residuals.
std::vector<int> identity_columns(const Plan& plan);
/// Recorded columns x recorded dates.
std::size_t series_count(const Plan& plan);

/// Simulates units. A worker owns one: its block and buffers are used again and again.
class UnitWorker {
 public:
  UnitWorker(const Plan& plan, const Kernels& kernels, std::size_t block_paths, bool poison);

  /// Simulates paths first … first + paths - 1 and overwrites `summary`. A path that turns non-finite is listed and the
  /// range is run again without it, so that it is absent at every date.
  void run(std::int64_t first, std::int64_t paths, const Keeping& keeping, UnitSummary& summary);

 private:
  void reset(UnitSummary& summary, const Keeping& keeping) const;
  void run_blocks(std::int64_t first, std::int64_t paths, const Keeping& keeping, UnitSummary& summary);
  void observe(const Keeping& keeping, UnitSummary& summary);
  void record(const Keeping& keeping, std::size_t date, UnitSummary& summary);
  void find_failures();
  void find_largest_residuals(UnitSummary& summary) const;
  const double* without_failed(const double* column);

  const Plan& plan_;
  const Kernels& kernels_;
  const std::size_t block_paths_;
  Block block_;
  std::vector<int> columns_;
  std::vector<int> identities_;
  std::vector<std::optional<std::size_t>> date_of_step_;  ///< recorded date of each step
  std::vector<OutcomeWatch> watches_;
  std::vector<Cell> cells_;
  std::vector<Failure> failures_;          ///< known of this unit
  std::vector<std::size_t> failed_lanes_;  ///< of the present block, sorted
  Eigen::ArrayXd masked_;
};

}  // namespace moniac
