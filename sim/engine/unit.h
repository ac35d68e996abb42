// One unit of work: an aligned range of at most 2,048 paths, simulated block by block and summarised.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/engine/block.h"
#include "sim/engine/cell_moments.h"
#include "sim/engine/outcome_watch.h"
#include "sim/engine/plan.h"
#include "sim/parallel/pipeline.h"
#include "sim/results/journal.h"
#include "sim/results/range_summary.h"

namespace moniac {

/// Where a series' sketch is centred: mean and standard deviation of paths 0 … 511.
struct SketchFrame {
  double center = 0;
  double scale = 0;
};

/// What is kept of the values of a unit, besides moments.
struct Keeping {
  std::span<const SketchFrame> frames = {};  ///< by series; empty when no sketch is kept
  ExactValues values = {};
  const Journal* journal = nullptr;  ///< encodes recorded paths; without one they are not kept
  bool every_path = false;           ///< kept() and answer() tell of every path, not only of those that are recorded
  std::function<void(const Block&)> observer = {};  ///< sees the block at each step; again from 0 when a path failed
};

/// What a unit leaves behind.
struct FinishedUnit final : UnitResult {
  RangeSummary summary;
  std::vector<std::string> kept;  ///< encoded paths by recorded variable; empty when none are kept
};

/// The recorded columns, flat: labels of vectors one after the other.
std::vector<int> recorded_columns(const Plan& plan);
/// The columns of identity residuals.
std::vector<int> identity_columns(const Plan& plan);
/// The columns that say whether a bound holds.
std::vector<int> clamp_columns(const Plan& plan);
/// Recorded columns x recorded dates.
std::size_t series_count(const Plan& plan);

/// Simulates units. A worker owns one: its block and buffers are used again and again.
class UnitWorker {
 public:
  /// `shared`: draws that serve the plan, or null.
  UnitWorker(const Plan& plan, const Kernels& kernels, std::size_t block_paths, bool poison,
             const SharedDraws* shared = nullptr);

  /// Simulates the paths of `range`, which begins at a multiple of 64, and overwrites `unit`. A path that turns
  /// non-finite is listed and the range is run again without it, so that it is absent at every date.
  void run(const PathRange& range, const Keeping& keeping, FinishedUnit& unit);

  /// The recorded values of a variable, as index into the plan's record, over the paths of the last run. Valid until
  /// the next one.
  KeptValues kept(std::size_t recorded) const;
  /// The answer to an outcome by path of the last run, failed paths included. Only where every path was kept.
  const std::vector<unsigned char>& answers(std::size_t outcome) const { return answers_[outcome]; }

 private:
  void place_rows(const PathRange& range, const Keeping& keeping);
  void reset(const PathRange& range, const Keeping& keeping, RangeSummary& summary) const;
  void run_blocks(const PathRange& range, const Keeping& keeping, RangeSummary& summary);
  void keep_answers(std::size_t outcome, std::size_t first);
  void observe(const PathRange& range, const Keeping& keeping, RangeSummary& summary);
  void record(const PathRange& range, const Keeping& keeping, std::size_t date, RangeSummary& summary);
  void bin(RangeSummary& summary);
  void find_failures();
  void find_largest_residuals(RangeSummary& summary) const;
  void count_clamped(RangeSummary& summary) const;
  const double* without_failed(const double* column);

  const Plan& plan_;
  const Kernels& kernels_;
  const std::size_t block_paths_;
  Block block_;
  std::vector<int> columns_;
  std::vector<int> identities_;
  std::vector<int> clamps_;
  std::vector<std::optional<std::size_t>> date_of_step_;  ///< recorded date of each step
  OutcomeWatch outcomes_;
  std::vector<std::vector<unsigned char>> answers_;  ///< [outcome][path of the unit], where every path is kept
  CellMoments moments_;
  std::vector<Failure> failures_;          ///< known of this unit
  std::vector<std::size_t> failed_lanes_;  ///< of the present block, sorted
  Eigen::ArrayXd masked_;
  const double* rows_ = nullptr;  ///< recorded values [series][path] of the unit; null when none of its paths is kept
  std::int64_t row_stride_ = 0;
  std::int64_t kept_paths_ = 0;  ///< of the unit
  std::vector<double> own_rows_;
};

/// Mean and spread of each series over the first paths, which centre its sketch. Every run computes them alike,
/// whatever its block size or share of the paths.
std::vector<SketchFrame> sketch_frames(UnitWorker& worker, const Plan& plan);

}  // namespace moniac
