// The result file of a run: where it goes, and whether it may.
#pragma once

#include <string>

#include "sim/app/options.h"

namespace moniac {

/// `-o`, or the scenario's name with .h5 in the current folder.
std::string output_path(const Options& options);

/// "x.invalid.h5" of "x.h5": where a run goes whose verdict is not good.
std::string invalid_path(const std::string& path);

/// Throws ProgramError when `path` is there and --force is not given (73), when it is the scenario itself (64), or when
/// no file can be created there (74). Leaves the folder as it was.
void check_output(const std::string& path, const Options& options);

}  // namespace moniac
