// Recorded paths, simulated again.
#pragma once

#include <string>

#include "sim/engine/catalogue.h"
#include "sim/engine/plan.h"

namespace moniac {

/// Simulates `count` random recorded paths of the result at `path` again, from the scenario it holds, and compares them
/// bit for bit. Returns a sentence that says so; throws FormatError (65) when any differs or none is recorded.
std::string resimulated(const std::string& path, int count, const Catalogue& catalogue);

/// Where the recorded path `number` of the result at `path` is not what the plan gives, in words; empty when all bits
/// are the same.
std::string difference_from_recorded(const std::string& path, const Plan& plan, std::int64_t number);

}  // namespace moniac
