// How commands that simulate run, and what they say afterwards.
#pragma once

#include <cstdint>
#include <string>

#include "sim/app/options.h"
#include "sim/engine/ensemble.h"

namespace moniac {

/// Threads, block, instruction set and interruption as the command line and the environment ask.
Execution execution_of(const Options& options);

/// "20,000 paths in 0.3 s (66,667 paths/s); 45 kB in outlook.h5" of the paths that were simulated.
std::string written_text(std::int64_t paths, double seconds, const std::string& path);

}  // namespace moniac
