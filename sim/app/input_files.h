// Files that a command reads, with the exit code of a file that is not there.
#pragma once

#include <string>
#include <system_error>

#include "sim/app/options.h"
#include "sim/engine/plan.h"
#include "sim/results/results.h"
#include "sim/scenario/scenario.h"

namespace moniac {

/// Throws ProgramError (66): "cannot read x.yaml: No such file or directory".
[[noreturn]] void cannot_read(const std::string& path, const std::string& cause);

/// read(), which reads the file at `path`; where the file system refuses, cannot_read.
template <class Read>
auto reading(const std::string& path, const Read& read) {
  try {
    return read();
  } catch (const std::system_error& error) {
    cannot_read(path, error.code().message());
  }
}

/// The scenario with the overrides of the command line; its mistakes go to `problems`, for Plan::make to report with
/// those that it finds. Throws ScenarioError (65) when there is nothing to go on with, ProgramError (66).
Scenario load_scenario(const std::string& path, const Options& options, Problems& problems);

/// The scenario resolved. Throws ScenarioError (65) holding every problem, or ProgramError (66).
Plan load_plan(const std::string& path, const Options& options, const Catalogue& catalogue);

/// Throws ProgramError (66) with the cause when `path` is not a regular file that can be read.
void require_readable(const std::string& path);

/// A result file. Throws FormatError (65) or ProgramError (66).
Results load_results(const std::string& path);

}  // namespace moniac
