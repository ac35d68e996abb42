// The folder beside a result file that holds the parts of a run that is not finished.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "sim/output/results_file.h"
#include "sim/results/range_summary.h"

namespace moniac {

/// The parts of a run that is not this one, or that another process is writing. Exit 73.
class PartsConflict : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// `path`, created when it is not there, and locked against other processes as long as this object lives. Errors of
/// the system are std::system_error with the cause.
class PartsFolder {
 public:
  /// `of` says what the ranges of the parts count: "paths" or "cases". Throws PartsConflict when another process has
  /// the folder.
  PartsFolder(std::string path, std::string of);
  PartsFolder(const PartsFolder&) = delete;
  PartsFolder& operator=(const PartsFolder&) = delete;
  /// Removes the folder if nothing is in it.
  ~PartsFolder();

  const std::string& path() const { return path_; }

  /// Ranges of the whole and undamaged parts in it, increasing and disjoint. Removes what a crash left half written,
  /// and parts that are damaged. Throws PartsConflict when a part belongs to a run with another hash.
  std::vector<PathRange> take_stock(const std::string& result_hash);

  std::string read(const PathRange& range) const;
  /// Writes a part under a temporary name, syncs it, renames it and syncs the folder: when this returns, the part will
  /// be there after any crash. After an error no trace of it is left.
  void write(const PathRange& range, const std::string& bytes);
  /// Removes every part.
  void clear();

 private:
  std::string name_of(const PathRange& range) const;
  std::vector<std::string> names(const std::string& ending) const;
  std::string file(const std::string& name) const { return path_ + "/" + name; }

  std::string path_;
  std::string of_;
  int descriptor_ = -1;
};

/// Runs f; an error of the system becomes an OutputError that names the folder.
template <class F>
auto in_folder(const std::string& folder, const F& f) {
  try {
    return f();
  } catch (const std::system_error& error) {
    throw OutputError("cannot write " + folder + ": " + error.code().message());
  }
}

/// Order of disjoint ranges.
inline bool comes_before(const PathRange& a, const PathRange& b) {
  return a.first < b.first;
}

}  // namespace moniac
