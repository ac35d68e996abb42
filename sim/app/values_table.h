// The recorded variables of a run of one path, as tables by label.
#pragma once

#include <string>

#include "sim/results/results.h"

namespace moniac {

/// Values at the last recorded date, for runs in which there is nothing to spread: variables that share their one
/// dimension side by side with a row per label, those of two dimensions as a matrix each, others in a list. Empty when
/// nothing was recorded.
std::string values_table(const Results& results);

}  // namespace moniac
