// Which axes of a sweep its answers hang on, as a table.
#pragma once

#include <string>

#include "sim/results/results.h"

namespace moniac {

/// A row for each recorded variable at the last date and each outcome, a column for each axis: of a Sobol design the
/// percentage of the variance between cases that the axis explains alone and, in brackets, with others; of a Morris
/// design the mean size of its effects. Empty without sensitivity.
std::string sensitivity_table(const Results& sweep);

/// The same in sentences, with what is noise and what more points would gain.
std::string sensitivity_sentences(const Cases& cases);

}  // namespace moniac
