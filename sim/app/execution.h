// How commands that simulate run, and what they say afterwards.
#pragma once

#include <cstdint>
#include <string>

#include "sim/app/options.h"
#include "sim/engine/ensemble.h"
#include "sim/output/run_journal.h"

namespace moniac {

/// Threads, block, instruction set and interruption as the command line and the environment ask.
Execution execution_of(const Options& options);

/// Which paths of a run of the plan are kept one by one.
KeptPaths kept_paths(const Plan& plan);

/// The journal of a run of the plan; what becomes of its parts is left to the caller.
JournalSetup journal_setup(const Plan& plan, const PartsPlace& place, const PartHashes& hashes);

/// "20,000 paths in 0.3 s (66,667 paths/s); 45 kB in outlook.h5" of the paths that were simulated.
std::string written_text(std::int64_t paths, double seconds, const std::string& path);

}  // namespace moniac
