// Results with every feature of the file, from closed forms instead of an engine.
#pragma once

#include "sim/output/path_source.h"
#include "sim/results/results.h"

namespace moniac {

/// A Vasicek policy rate, a ten-year yield, a vector of holdings and a flow, monthly over two years from 2025-12-01;
/// outcomes, a failure, an identity and parameters. `mean` is the level that the policy rate returns to, in %/year.
Results example_results(double mean = 3.0, const std::string& title = "Policy rate returns to 3 %");

/// Three recorded paths for each variable of `results`: variable r, path p, date d and label l hold
/// 1000 r + 100 p + d + 0.01 l.
class ExamplePaths final : public PathSource {
 public:
  static constexpr std::int64_t paths = 3;
  explicit ExamplePaths(const Results& results) : results_(results) {}
  void visit(const Take& take) const override;

 private:
  const Results& results_;
};

}  // namespace moniac
