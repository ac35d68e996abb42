// The statistics of a run: unit summaries go in, in order; Results come out.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/engine/plan.h"
#include "sim/engine/unit.h"
#include "sim/results/results.h"

namespace moniac {

class RunStatistics {
 public:
  /// `frames` by series; empty when quantiles are exact.
  RunStatistics(const Plan& plan, std::vector<SketchFrame> frames);

  /// Where units put what they keep. Units write disjoint ranges of paths.
  Keeping keeping();
  /// Adds the next unit in path order.
  void add(const UnitSummary& unit);
  std::int64_t paths() const { return paths_; }
  /// Everything about the run. Quantiles of the series are found on `threads` threads.
  Results finish(int threads) const;

 private:
  struct SeriesQuantiles {
    std::vector<double> values;  ///< by requested quantile
    double error = 0;
  };

  std::vector<SeriesQuantiles> all_quantiles(int threads) const;
  SeriesQuantiles quantiles_of(std::size_t series) const;
  RecordedVariable summarise(std::size_t recorded, std::size_t first_column,
                             const std::vector<SeriesQuantiles>& quantiles) const;
  OutcomeResult answer(std::size_t outcome) const;
  std::vector<IdentityResult> identities() const;

  const Plan& plan_;
  std::size_t columns_;
  std::int64_t paths_ = 0;
  std::vector<SketchFrame> frames_;
  std::vector<MomentTree> moments_;
  std::vector<std::uint32_t> counts_;
  std::unique_ptr<double, void (*)(double*)> values_;
  std::int64_t stride_ = 0;
  std::vector<OutcomeCounts> outcomes_;
  std::vector<LargestResidual> residuals_;
  std::vector<Failure> failures_;
};

}  // namespace moniac
