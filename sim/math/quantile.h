// Exact quantiles of many values.
#pragma once

#include <span>
#include <vector>

namespace moniac {

/// Type 7 quantiles (Hyndman & Fan 1996) at `percents`, each 0 … 100, in their order: with n values and
/// h = (n - 1) percent / 100, the value at rank h, linear between neighbours. NaN values are missing and left out;
/// where all are, the quantiles are NaN. Linear time: a histogram finds the few values that are worth sorting.
std::vector<double> exact_quantiles(std::span<const double> values, std::span<const double> percents);

}  // namespace moniac
