// The journal of a sweep: finished cases as parts in a folder beside the result file.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "sim/output/part.h"
#include "sim/output/parts_folder.h"

namespace moniac {

/// Collects finished cases and writes them as a part when two seconds have passed. A sweep that ends before has written
/// nothing. Finished cases are not kept in memory once they are in a part.
class SweepJournal {
 public:
  /// The journal of the sweep that `result_hash` names, in `folder`. What an earlier attempt left there is taken over,
  /// or discarded with `restart`. Throws OutputError, or PartsConflict.
  SweepJournal(const std::string& folder, std::string result_hash, bool restart);

  /// Cases in parts on the disk, in order.
  const std::vector<PathRange>& saved() const { return saved_; }
  std::int64_t saved_cases() const;
  bool holds(std::int64_t index) const;

  /// Takes a finished case, later in order than the one before.
  void add(CaseResult result);
  /// Secures what was added.
  void flush();
  /// Calls take with every case, in order: those in parts and those just added.
  void visit(const std::function<void(CaseResult)>& take) const;

  const std::string& folder() const { return folder_.path(); }
  /// Removes all parts: the result is complete.
  void discard();

 private:
  using Clock = std::chrono::steady_clock;

  PartsFolder folder_;
  std::string result_hash_;
  std::vector<PathRange> saved_;
  CasePart pending_;
  Clock::time_point flushed_ = Clock::now();
};

}  // namespace moniac
