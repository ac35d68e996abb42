// Which of the recorded quantiles a table shows.
#pragma once

#include <string>
#include <vector>

#include "sim/results/results.h"

namespace moniac {

/// Indices of the quantiles that stand for low end, median and high end; fewer when fewer were recorded.
std::vector<std::size_t> shown_quantiles(const Results& results);

/// "5 %", "median".
std::string quantile_heading(double percent);

}  // namespace moniac
