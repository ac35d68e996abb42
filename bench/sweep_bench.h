// w6: a sweep of 1,000 cases through the engine.
#pragma once

#include "sim/math/kernels.h"

namespace moniac {

/// 1,000 cases x 1,000 paths x 60 months of a short rate and an exchange rate that is held in a band by buying and
/// selling reserves, with jumps: six parameters vary. Prints a RESULT line with averages over the cases.
void run_sweep_bench(const Kernels& kernels, int threads, double (*peak_megabytes)());

}  // namespace moniac
