// Files that a command reads, with the exit code of a file that is not there.
#pragma once

#include <string>

#include "sim/app/options.h"
#include "sim/results/results.h"
#include "sim/scenario/scenario.h"

namespace moniac {

/// The scenario with the overrides of the command line. Throws ScenarioError (65) or ProgramError (66).
Scenario load_scenario(const std::string& path, const Options& options);

/// A result file. Throws FormatError (65) or ProgramError (66).
Results load_results(const std::string& path);

}  // namespace moniac
