// What a comparison found, as a table on stdout.
#pragma once

#include <string>

#include "sim/results/comparison.h"

namespace moniac {

/// The inputs that differ; outcomes of both runs and the difference with its paired standard error and 95 % interval;
/// means at the last date that both record, likewise, with the variance-reduction factor; paths that count.
std::string comparison_table(const Comparison& comparison);

/// The value of an input as a table shows it: "–" when it is empty, cut when it is long.
std::string shortened_input(const std::string& text);

}  // namespace moniac
