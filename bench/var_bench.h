// w2: ten states and ten correlated shocks through the engine.
#pragma once

#include <cstdint>

#include "sim/math/kernels.h"

namespace moniac {

/// A vector autoregression x' = A x + B z of ten states, 120 steps; moments of the states at the end (w2s), nothing is
/// kept. Prints a RESULT line with the trace of their covariance and its exact value.
void run_var_bench(const Kernels& kernels, std::int64_t paths, int threads, double (*peak_megabytes)());

}  // namespace moniac
