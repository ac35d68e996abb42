// Units of two runs on the same paths, and their differences.
#pragma once

#include <vector>

#include "sim/engine/cell_moments.h"
#include "sim/engine/common_record.h"
#include "sim/engine/ensemble.h"
#include "sim/engine/unit.h"
#include "sim/results/comparison.h"

namespace moniac {

/// What a unit of both runs leaves behind.
struct ComparedUnit final : UnitResult {
  FinishedUnit a, b;
  RangeSummary differences;
  std::vector<MomentTree> moments_a, moments_b;  ///< by series of the differences
  std::vector<PairedCounts> outcomes;            ///< by common outcome
};

/// Where the values of a unit go that quantiles are found from.
struct ComparedKeeping {
  Keeping a, b, differences;
};

/// Simulates units of both plans and takes the differences. A worker owns one.
class PairWorker {
 public:
  PairWorker(const Plan& a, const Plan& b, const CommonRecord& common, const Execution& execution);

  UnitWorker& a() { return a_; }
  UnitWorker& b() { return b_; }

  void run(const PathRange& range, const ComparedKeeping& keeping, ComparedUnit& unit);

 private:
  void take_differences(const Keeping& keeping, ComparedUnit& unit);
  void subtract(const double* a, const double* b, double factor, const RangeSummary& unit);
  void summarise(std::size_t series, const Keeping& keeping, ComparedUnit& unit);
  void count_outcomes(ComparedUnit& unit) const;

  const CommonRecord& common_;
  const Kernels& kernels_;
  UnitWorker a_, b_;
  Eigen::ArrayXd values_a_, values_b_, difference_;
  CellMoments moments_;
};

}  // namespace moniac
