// w3: the first passage of reserves through zero.
#pragma once

#include <cstdint>

#include "sim/math/kernels.h"

namespace moniac {

/// A price with jumps in a band that reserves hold; only the first day without reserves is kept. Prints a
/// RESULT line with its probability, mean and quantiles.
void run_passage_bench(const Kernels& kernels, std::int64_t paths, int days, int threads, double (*peak_megabytes)());

}  // namespace moniac
