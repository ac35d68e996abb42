// The journal of a sweep: finished cases as parts in a folder beside the result file.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "sim/output/part.h"
#include "sim/output/pending_part.h"
#include "sim/output/run_parts.h"

namespace moniac {

/// Collects finished cases and writes them as a part when two seconds have passed. A sweep that ends before has written
/// nothing. Finished cases are not kept in memory once they are in a part.
class SweepJournal {
 public:
  /// The journal of the sweep, or of one of its shards, that `result_hash` names. What an earlier attempt left is taken
  /// over, or discarded with `restart`. Throws OutputError, or PartsConflict.
  SweepJournal(const PartsPlace& place, const std::string& result_hash, bool restart);

  /// What is saved on the disk.
  RunParts& parts() { return parts_; }
  const RunParts& parts() const { return parts_; }

  /// Takes a finished case, later in order than the one before.
  void add(CaseResult result);
  /// Secures what was added.
  void flush();
  /// Calls take with every case, in order: those in parts and those just added.
  void visit(const std::function<void(CaseResult)>& take) const;

 private:
  RunParts parts_;
  CasePart pending_;
  PartTimer timer_;
};

}  // namespace moniac
