// Two plans on the same paths -> Comparison.
#pragma once

#include "sim/engine/ensemble.h"
#include "sim/results/comparison.h"

namespace moniac {

/// Runs both plans, which have the same time axis, seed and number of paths, unit by unit on the same paths, and takes
/// the difference of what both record on each path. A path that fails in either run counts in none of the numbers that
/// compare. Recorded paths and the journal of `execution` are not used; nothing in it changes a bit. The inputs are the
/// caller's to compare. Throws Interrupted.
Comparison compare(const Plan& a, const Plan& b, const Execution& execution = {});

}  // namespace moniac
