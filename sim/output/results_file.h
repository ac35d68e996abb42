// Results <-> HDF5, laid out as docs/format.md says.
#pragma once

#include <stdexcept>
#include <string>

#include "sim/output/path_source.h"
#include "sim/results/comparison.h"
#include "sim/results/results.h"

namespace moniac {

/// The file system or the disk refused; the message holds the path and the cause. Exit 74.
class OutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A file that is not a moniac result, is damaged, or has a newer major format version. Exit 65.
class FormatError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Must be called before anything else of HDF5, once: HDF5 must not run its own exit handler.
void prepare_hdf5();

/// Writes to a temporary name beside `path`, syncs and renames, so that `path` is either the old file or the whole new
/// one. Equal results give equal bytes. Recorded paths come from `paths`, which may be null when there are none. Throws
/// OutputError and leaves nothing behind.
void write_results(const std::string& path, const Results& results, const PathSource* paths = nullptr);

/// The same for a comparison. What read_results finds in the file are its differences.
void write_comparison(const std::string& path, const Comparison& comparison);

/// Reads everything that write_results wrote. Throws FormatError or OutputError.
Results read_results(const std::string& path);

}  // namespace moniac
