// How much a worker gets at once.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/results/range_summary.h"

namespace moniac {

/// What of `all` lies in none of `finished`, which are disjoint, increasing and within it.
std::vector<PathRange> left_of(const PathRange& all, const std::vector<PathRange>& finished);

/// Hands out ranges in order, cut at multiples of `grain` from where each begins.
class Shares {
 public:
  Shares(std::vector<PathRange> todo, std::int64_t grain);

  /// The next range, of at most so many grains; empty when nothing is left.
  PathRange next(std::int64_t grains);
  /// Grains that were not handed out.
  std::int64_t left() const { return left_; }
  std::int64_t grains_in(const PathRange& range) const { return (range.paths() + grain_ - 1) / grain_; }

 private:
  std::vector<PathRange> todo_;  ///< the last is handed out first
  std::int64_t grain_;
  std::int64_t left_ = 0;
};

/// What decides how much a worker gets at once.
struct Pace {
  int workers = 1;
  int threads = 1;            ///< of this one
  double rate = 0;            ///< grains per second that it did until now; 0: not known
  double answer_seconds = 0;  ///< that rank 0 takes for what comes back of a share; 0: not known
};

/// Grains for a worker: half a second of work, or more where rank 0 has so many workers that it would be at work for
/// more than a quarter of the time; less when little is left (guided self-scheduling, Polychronopoulos and Kuck 1987),
/// so that all end together. Never so little that a thread has nothing to do or that rank 0 cannot keep up.
std::int64_t fair_share(std::int64_t left, const Pace& pace);

}  // namespace moniac
