// The result file of a run: where it goes, and whether it may.
#pragma once

#include <string>
#include <string_view>

#include "sim/app/options.h"

namespace moniac {

/// `-o`, or the scenario's name with .h5 in the current folder.
std::string output_path(const Options& options);

/// "x.invalid.h5" of "x.h5": where a run goes whose verdict is not good.
std::string invalid_path(const std::string& path);

/// Throws ProgramError (73) when `path` is there and --force is not given.
void check_free(const std::string& path, const Options& options, std::string_view consequence);

/// Throws ProgramError when `path` is there and --force is not given (73), or is a file that the command reads (64),
/// which `input` names: "scenario". `consequence` follows the first of them: "; nothing was run".
void check_not_there(const std::string& path, const Options& options, std::string_view input,
                     std::string_view consequence = {});

/// Throws ProgramError (74) when no file can be created there. Leaves the folder as it was.
void check_writable(const std::string& path);

/// Throws ProgramError when `path` is there and --force is not given (73), when it is a scenario that is read (64), or
/// when no file can be created there (74). Leaves the folder as it was.
void check_output(const std::string& path, const Options& options);

/// Whether a table goes to `path` as HDF5, "x.h5", or else as CSV.
bool names_hdf5(const std::string& path);

/// Writes beside `path` and renames, so that `path` is the old file or the whole new one. Throws OutputError.
void write_text(const std::string& path, const std::string& text);

}  // namespace moniac
