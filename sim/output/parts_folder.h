// A folder with parts of a run that is not finished: beside the result file, or of one shard inside that.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "sim/output/part.h"
#include "sim/output/results_file.h"
#include "sim/results/shard.h"

namespace moniac {

/// The parts of a run that is not this one, or that another process is writing. Exit 73.
class PartsConflict : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Where parts lie: RESULT.parts, or RESULT.parts/shard-2-of-7.
struct PartsPlace {
  std::string result;  ///< the result file
  std::optional<Shard> shard = {};

  std::string beside_result() const { return result + ".parts"; }
  std::string path() const;
};

/// The shards that have a folder beside the result file, by number of shards and index. Throws std::system_error when
/// there is nothing beside it.
std::vector<Shard> shards_of(const std::string& result);

/// The record in the folder at `place`; empty when there is none.
std::string record_in(const PartsPlace& place);

/// What a folder holds.
struct PartsStock {
  std::vector<PartLabel> whole;      ///< in order of their first path
  std::vector<std::string> damaged;  ///< names
};

/// A folder, created when it is not there, and locked against other processes as long as this object lives. Errors of
/// the system are std::system_error with the cause.
class PartsFolder {
 public:
  /// `of` says what the ranges of the parts count: "paths" or "cases". Throws PartsConflict when another process has
  /// the folder.
  PartsFolder(const PartsPlace& place, std::string of);
  PartsFolder(const PartsFolder&) = delete;
  PartsFolder& operator=(const PartsFolder&) = delete;
  /// Removes the folder if nothing is in it.
  ~PartsFolder();

  const std::string& path() const { return path_; }

  PartsStock stock() const;
  std::string read(const PathRange& range) const;
  /// Writes a part under a temporary name, syncs it, renames it and syncs the folder: when this returns, the part will
  /// be there after any crash. After an error no trace of it is left.
  void write(const PathRange& range, const std::string& bytes);
  void remove(const PathRange& range);
  void remove(const std::string& name);
  /// Removes what a crash left half written.
  void remove_temporary();
  /// Removes every part, and the record.
  void clear();

  /// Beside the parts: what is known of the run as a whole.
  void write_record(const std::string& bytes);
  void remove_record();

 private:
  std::string name_of(const PathRange& range) const;
  std::vector<std::string> names(const std::string& ending) const;
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  void write_file(const std::string& name, const std::string& bytes);

  PartsPlace place_;
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

}  // namespace moniac
