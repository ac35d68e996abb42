// A part of a run while it grows, unit by unit.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "sim/output/part.h"

namespace moniac {

/// A part is written when so many bytes of paths are waiting.
inline constexpr std::size_t part_bytes_wanted = std::size_t{32} << 20;

/// Or when so much time has passed since the last one.
class PartTimer {
 public:
  bool due() const { return Clock::now() - started_ >= std::chrono::seconds{2}; }
  void restart() { started_ = Clock::now(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point started_ = Clock::now();
};

/// Whether a part that may serve a longer run can hold `next` as well as what is before it: the longer run would not
/// cut `next` in another way, and records paths of both or of neither.
inline bool of_one_kind(bool recorded, const PathRange& next, bool next_recorded) {
  return next.paths() % unit_paths == 0 && recorded == next_recorded;
}

class PendingPart {
 public:
  /// Of a run that keeps these paths.
  explicit PendingPart(const KeptPaths& of_run) : of_run_(of_run) {}

  const PathRange& range() const { return part_.summary.range; }
  const std::vector<KeptUnit>& kept() const { return part_.kept; }
  /// Of encoded paths.
  std::size_t bytes() const { return bytes_; }
  std::size_t series() const { return part_.summary.moments.size(); }

  /// Whether the unit can join what is there. `serving`: the part may serve a longer run.
  bool goes_on_with(const RangeSummary& unit, bool recorded, bool serving) const;
  void add(const RangeSummary& unit, std::vector<std::string> kept);
  /// What was added, with its share of the values of the run. Nothing is left.
  Part take(const ExactValues& values);

 private:
  KeptPaths of_run_;
  Part part_;  ///< without its exact values, which the run holds
  std::size_t bytes_ = 0;
};

}  // namespace moniac
