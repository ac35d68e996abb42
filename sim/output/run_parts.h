// All parts of a run: those in its own folder, and those that it takes over from others.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/output/parts_folder.h"

namespace moniac {

/// Finds parts, adds to them, and removes them when the result is complete. Throws OutputError.
class RunParts {
 public:
  /// Whether a part of a run with another result hash but the same summary hash, given as its bytes, can serve.
  using Lend = std::function<bool(const std::string& bytes)>;

  /// Parts of the run that `hashes` name, in the folder at `place`: what an earlier attempt left there is taken over,
  /// or discarded with `restart`; half written and damaged ones are removed, and results that a killed attempt left
  /// half written. `of`: "paths" or "cases". Without `lend` no parts of other runs serve. Throws PartsConflict when
  /// another process has the folder, or when it holds parts that cannot serve whatever is in them.
  RunParts(const PartsPlace& place, const std::string& of, PartHashes hashes, bool restart, Lend lend = {});
  RunParts(const RunParts&) = delete;
  RunParts& operator=(const RunParts&) = delete;
  ~RunParts();

  /// Says what is known of the run in its folder, so that the parts can be joined without anything else.
  void write_record(const std::string& bytes);
  /// Takes over the parts of another folder, which holds this stock, of the same run or, if they may be lent, of a
  /// shorter one.
  void take_over(std::unique_ptr<PartsFolder> folder, const PartsStock& stock);

  /// Disjoint and increasing: of paths, or of cases.
  std::vector<PathRange> ranges() const;
  /// Paths or cases in them.
  std::int64_t total() const;
  bool holds(std::int64_t number) const;
  std::string read(const PathRange& range) const;
  void write(const PathRange& range, const std::string& bytes);
  /// Parts of shorter runs are there, whether they serve or not.
  bool found_shorter_run() const { return found_shorter_run_; }

  const PartHashes& hashes() const { return hashes_; }
  const std::string& folder() const { return own_->path(); }
  /// Removes all parts: the result is complete.
  void discard();
  /// Removes only those that do not serve: the result is complete, and a longer run may want the others.
  void keep();

 private:
  struct Entry {
    PathRange range;
    PartsFolder* folder;
  };

  void take_stock(PartsFolder& folder, std::vector<PartLabel> labels);
  void require_known(const PartLabel& label, const PartsFolder& folder) const;
  bool serves(const PartLabel& label, const PartsFolder& folder) const;
  std::vector<Entry>::const_iterator first_after(std::int64_t number) const;
  bool overlaps(const PathRange& range) const;
  void insert(const Entry& entry);

  std::unique_ptr<PartsFolder> own_;
  std::vector<std::unique_ptr<PartsFolder>> others_;
  PartHashes hashes_;
  Lend lend_;
  std::vector<Entry> entries_;  ///< disjoint, in order
  std::vector<Entry> unused_;
  bool found_shorter_run_ = false;
  bool wrote_record_ = false;
};

}  // namespace moniac
