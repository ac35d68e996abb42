// The uncertainty of numbers that are functions of averages over the rows of a design.
#pragma once

#include <functional>

#include "sim/study/sensitivity.h"

namespace moniac {

using Means = std::vector<double>;
using Statistics = std::vector<double>;

/// `statistics` of the means of the columns of `rows` [row][column]; their uncertainty from the same over rows drawn
/// with replacement (Efron 1979), replicate by replicate with all columns together. Replicates in which a statistic is
/// NaN do not count for it. The uncertainty is NaN with fewer than two rows or replicates.
std::vector<Estimate> bootstrapped(const std::vector<std::vector<double>>& rows,
                                   const std::function<Statistics(const Means&)>& statistics,
                                   const BootstrapOptions& options);

}  // namespace moniac
