// What an attribution found, for people and for other programs.
#pragma once

#include <string>

#include "sim/app/attribution.h"

namespace moniac {

/// The inputs that differ; outcomes and the variables at the last date, each with its difference and the contribution
/// of every input; those that do not differ are counted.
std::string attribution_table(const Attribution& attribution);

/// Writes every number, as HDF5 or CSV by the name. In CSV a row is a number, date and input: name, unit, date, input,
/// value, se; the inputs "A", "B" and "B - A" stand for the number in both and its difference. Throws OutputError.
void write_attribution(const std::string& path, const Attribution& attribution);

}  // namespace moniac
