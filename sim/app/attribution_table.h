// What an attribution found, for people and for other programs.
#pragma once

#include <string>

#include "sim/app/attribution.h"

namespace moniac {

/// The inputs that differ; outcomes and the variables at the last date, each with its difference and the contribution
/// of every input; those that do not differ are counted.
std::string attribution_table(const Attribution& attribution);

/// A row for each number, date and input: name, unit, date, input, value, se. The inputs "A", "B" and "B - A" stand for
/// the number in both and its difference.
std::string attribution_csv(const Attribution& attribution);

}  // namespace moniac
