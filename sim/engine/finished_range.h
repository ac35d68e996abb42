// What an earlier attempt, or a shorter run, has of the values that quantiles are made of.
#pragma once

#include "sim/engine/unit.h"
#include "sim/math/kernels.h"
#include "sim/results/journal.h"

namespace moniac {

/// Puts the values of `finished` where exact quantiles find them, or counts them for the sketch: as if its paths had
/// been simulated now.
void keep_values(FinishedRange& finished, const Keeping& keeping, const Kernels& kernels);

}  // namespace moniac
