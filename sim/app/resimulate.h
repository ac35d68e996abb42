// Recorded paths, simulated again.
#pragma once

#include <string>

#include "sim/engine/catalogue.h"

namespace moniac {

/// Simulates `count` random recorded paths of the result at `path` again, from the scenario it holds, and compares them
/// bit for bit. Returns a sentence that says so; throws FormatError (65) when any differs or none is recorded.
std::string resimulated(const std::string& path, int count, const Catalogue& catalogue);

}  // namespace moniac
