// Results with every feature of the file, from closed forms instead of an engine.
#pragma once

#include "sim/results/results.h"

namespace moniac {

/// A Vasicek policy rate, a ten-year yield, a vector of holdings and a flow, monthly over two years from 2025-12-01;
/// outcomes, a failure, an identity and parameters. `mean` is the level that the policy rate returns to, in %/year.
Results example_results(double mean = 3.0, const std::string& title = "Policy rate returns to 3 %");

}  // namespace moniac
