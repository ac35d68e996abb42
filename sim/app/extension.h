// run --extend: more paths for a result that is there.
#pragma once

#include <string>

#include "sim/output/run_parts.h"
#include "sim/scenario/scenario.h"

namespace moniac {

/// Throws ProgramError (65, 66) or FormatError unless the result at `output` is what this program makes of the scenario
/// with fewer paths.
void require_shorter_run(const std::string& output, const Scenario& scenario);

/// Takes over what shards kept for the result at `output`. Throws ProgramError (66) when neither they nor a run kept
/// anything, and PartsConflict.
void take_over_kept_parts(const std::string& output, RunParts& parts);

}  // namespace moniac
