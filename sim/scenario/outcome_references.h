// Outcomes that other outcomes are made of.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/scenario/scenario.h"

namespace moniac {

/// Reports parts that name no outcome, and outcomes that are parts of themselves.
void check_references(const std::vector<OutcomeSpec>& outcomes, Problems& problems);

/// Indices of outcomes, each behind those that it names as its parts. What is in a loop, or needs what is, is missing.
std::vector<std::size_t> by_dependence(const std::vector<OutcomeSpec>& outcomes);

}  // namespace moniac
