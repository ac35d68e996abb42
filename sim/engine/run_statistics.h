// The statistics of a run: unit summaries go in, in order; Results come out.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/engine/plan.h"
#include "sim/engine/unit.h"
#include "sim/results/range_summary.h"
#include "sim/results/results.h"

namespace moniac {

class RunStatistics {
 public:
  /// `frames` by series; empty when quantiles are exact.
  RunStatistics(const Plan& plan, std::vector<SketchFrame> frames);

  /// Means and scales of the sketches, and where units put their exact values: each in its own range of paths.
  std::span<const SketchFrame> frames() const { return frames_; }
  ExactValues values() { return {values_.get(), stride_}; }
  /// Forgets every range; frames and exact values stay.
  void restart() { total_ = {}; }
  /// Adds the next range in path order.
  void add(const RangeSummary& next) { total_.append(next); }
  std::int64_t paths() const { return total_.range.paths(); }
  /// Means of the recorded variables, [variable][date][label], then probabilities of the outcomes, of the paths so far.
  std::vector<double> responses() const;
  /// Everything about the run. Quantiles of the series are found on `threads` threads.
  Results finish(int threads) const;

 private:
  struct SeriesQuantiles {
    std::vector<double> values, se;  ///< by requested quantile
    double error = 0;
  };

  std::vector<SeriesQuantiles> all_quantiles(int threads) const;
  SeriesQuantiles quantiles_of(std::size_t series) const;
  SeriesQuantiles by_quantile(const std::vector<double>& found, double error) const;
  RecordedVariable summarise(std::size_t recorded, std::size_t first_column,
                             const std::vector<SeriesQuantiles>& quantiles) const;
  OutcomeResult answer(std::size_t outcome) const;
  TriggerResult tell(std::size_t trigger) const;
  std::vector<IdentityResult> identities() const;
  std::vector<ClampResult> clamps() const;

  const Plan& plan_;
  std::size_t columns_;
  std::vector<SketchFrame> frames_;
  RangeSummary total_;
  std::unique_ptr<double, void (*)(double*)> values_;
  std::int64_t stride_ = 0;
};

}  // namespace moniac
