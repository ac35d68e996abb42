// The journal of a run that writes to a result file: parts in a folder beside it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/output/part.h"
#include "sim/output/path_source.h"
#include "sim/output/pending_part.h"
#include "sim/output/run_parts.h"
#include "sim/results/journal.h"

namespace moniac {

/// How the parts of a run are written and found.
struct JournalSetup {
  PartsPlace place;
  PartHashes hashes;
  KeptPaths kept;
  bool exact = false;    ///< quantiles need all values
  bool restart = false;  ///< discard what an earlier attempt left
  bool keep = false;     ///< parts will stay, so that others can join or extend them
  bool extend = false;   ///< take over the parts of shorter runs
};

/// Collects finished units and writes them as a part when two seconds have passed or recorded paths take 32 MB. A run
/// that ends before has written nothing, unless its parts are to be kept.
class RunJournal final : public Journal, public PathSource {
 public:
  /// Throws OutputError, or PartsConflict.
  explicit RunJournal(const JournalSetup& setup);

  /// What is saved on the disk.
  RunParts& parts() { return parts_; }
  const RunParts& parts() const { return parts_; }

  std::vector<PathRange> finished() const override { return parts_.ranges(); }
  FinishedRange load(const PathRange& range) const override;
  std::string encode(const KeptValues& values) const override;
  void add(const RangeSummary& unit, std::vector<std::string> kept, const ExactValues& values) override;
  void flush(const ExactValues& values) override;
  void complete(const ExactValues& values) override;

  void visit(const Take& take) const override;

 private:
  bool can_serve(const Part& part) const;

  const JournalSetup setup_;
  RunParts parts_;
  PendingPart pending_;
  PartTimer timer_;
};

}  // namespace moniac
