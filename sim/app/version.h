// Which program this is, and what it can use of this CPU.
#pragma once

#include <string>

#include "sim/math/kernels.h"

namespace moniac {

/// "moniac 0.1.0 (a1b2c3d4e5f6)", as result files name their maker.
std::string version_text();

/// Compiler and build type: "GNU 12.2.0, Release".
std::string build_text();

/// "Eigen 3.4.0, Boost 1.74.0, …".
std::string libraries_text();

/// Levels of the kernels that this build has and this CPU runs: "avx2 avx512 portable".
std::string kernel_levels();

/// The kernels named by MONIAC_ISA, or the fastest. Throws ProgramError (64) when there are none of that name.
const Kernels& chosen_kernels();

}  // namespace moniac
