// The journal of a process that works for another one: parts leave it as bytes.
#pragma once

#include <functional>
#include <string>

#include "sim/output/pending_part.h"
#include "sim/results/journal.h"

namespace moniac {

/// Hands on what a share of a run becomes, as one part or, where it is of two kinds or larger than 32 MB, as several.
/// Nothing was finished before.
class PartStream final : public Journal {
 public:
  using Send = std::function<void(std::string bytes)>;
  /// Of the run that `hashes` name, which keeps these paths.
  PartStream(const KeptPaths& of_run, PartHashes hashes, Send send);

  std::vector<PathRange> finished() const override { return {}; }
  FinishedRange load(const PathRange& range) const override;
  std::string encode(const KeptValues& values) const override;
  void add(const RangeSummary& unit, std::vector<std::string> kept, const ExactValues& values) override;
  /// What an interrupted share leaves is dropped.
  void flush(const ExactValues&) override {}
  void complete(const ExactValues& values) override;

 private:
  std::size_t pending_bytes(const ExactValues& values) const;

  const PathStorage storage_;
  const PartHashes hashes_;
  const Send send_;
  PendingPart pending_;
};

}  // namespace moniac
