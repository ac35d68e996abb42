// The journal of a run that writes to a result file: parts in a folder beside it.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "sim/output/part.h"
#include "sim/output/parts_folder.h"
#include "sim/output/path_encoding.h"
#include "sim/output/path_source.h"
#include "sim/results/journal.h"

namespace moniac {

/// Collects finished units and writes them as a part when two seconds have passed or recorded paths take 32 MB. A run
/// that ends before has written nothing.
class RunJournal final : public Journal, public PathSource {
 public:
  /// The journal of the run that `result_hash` names and that will write `output`; its folder is `output`.parts. What
  /// an earlier attempt left there is taken over, or discarded with `restart`. Throws OutputError, or PartsConflict.
  RunJournal(const std::string& output, std::string result_hash, PathStorage storage, bool restart);

  std::vector<PathRange> finished() const override { return parts_; }
  RangeSummary load(const PathRange& range, const ExactValues& values) const override;
  std::string encode(const KeptValues& values) const override;
  void add(const RangeSummary& unit, std::vector<std::string> kept, const ExactValues& values) override;
  void flush(const ExactValues& values) override;

  void visit(const Take& take) const override;

  /// Paths that are in parts on the disk and will be there after any crash.
  std::int64_t saved_paths() const;
  const std::string& folder() const { return folder_.path(); }
  /// Removes all parts: the result is complete.
  void discard();

 private:
  using Clock = std::chrono::steady_clock;

  PartsFolder folder_;
  std::string result_hash_;
  PathStorage storage_;
  std::vector<PathRange> parts_;  ///< on the disk, increasing
  Part pending_;                  ///< without its exact values, which the run holds
  std::size_t pending_bytes_ = 0;
  Clock::time_point flushed_ = Clock::now();
};

}  // namespace moniac
