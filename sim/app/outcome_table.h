// Outcomes as tables.
#pragma once

#include <string>

#include "sim/results/results.h"

namespace moniac {

/// Of a run: each outcome with its probability, standard error, interval and condition. Empty without outcomes.
std::string outcomes_table(const Results& results);

/// Of a run: for each bucket the mean of the numbers in it with its standard error, and what is stated of it. Empty
/// without buckets.
std::string buckets_table(const Results& results);

/// Of a run: for outcomes with a first passage the share of the paths that never pass, and the dates by which the shown
/// percentages of all paths have. Empty without such outcomes.
std::string passages_table(const Results& results);

}  // namespace moniac
