// Rank 0: hands work out to the other ranks and takes what it becomes.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/mpi/ranks.h"
#include "sim/mpi/shares.h"

namespace moniac {

/// What is to be done.
struct Assignment {
  std::string setup;            ///< what workers need to know before the first range
  std::vector<PathRange> todo;  ///< disjoint and increasing
  std::int64_t grain = 1;       ///< ranges are handed out in multiples of it
};

/// What the work took.
struct Effort {
  int workers = 0;
  std::int64_t grains = 0;
  std::int64_t shares = 0;  ///< that were handed out and came back
  std::int64_t bytes = 0;   ///< that came back over the wire
  double worked = 0;        ///< seconds, of all workers together
  double took = 0;          ///< seconds of rank 0 for what came in
  double seconds = 0;       ///< from the first range to the last part

  /// Of the time of the workers what they had nothing to do, the set-up and the end included.
  double idle_share() const { return 1 - worked / (seconds * workers); }
  /// Of the time of rank 0 what it was at work: at 1 more workers gain nothing.
  double rank_0_share() const { return took / seconds; }
};

/// The exit code with which a worker fails that was interrupted.
inline constexpr int worker_interrupted = 75;

/// Another rank ended early.
class RankFailed : public std::runtime_error {
 public:
  RankFailed(int rank, int code);
  int code() const { return code_; }  ///< its exit code

 private:
  int code_;
};

/// From when it is made the workers wait for it; when it goes they may end, in order if nothing is in work, and else
/// their processes are ended, and this one.
class Foreman {
 public:
  explicit Foreman(Ranks& ranks) : ranks_(ranks) {}
  Foreman(const Foreman&) = delete;
  Foreman& operator=(const Foreman&) = delete;
  ~Foreman() = default;

  /// What each worker says it is, by rank; the entry of rank 0 is empty. To be called first.
  std::vector<std::string> roll_call();

  /// Hands out the work, calls take with the bytes of each part in the order in which they arrive, and `progress` with
  /// the numbers in ranges that are done. False when `stop` turned true before all was done. Throws RankFailed and
  /// whatever the two throw. May be called once.
  bool hand_out(const Assignment& assignment, const std::function<void(std::string_view)>& take,
                const std::function<void(std::int64_t)>& progress, const std::atomic<bool>& stop);
  const Effort& effort() const { return effort_; }

  /// Lets the workers go. When one of them is at work, or may be gone, ends all processes with the exit code.
  void dismiss(int code);

 private:
  struct Worker {
    int threads = 1;
    double rate = 0;                 ///< grains per second of the last range
    std::vector<PathRange> in_hand;  ///< the first is in work
  };

  void give(int rank, Shares& shares);
  /// The numbers in the range that the message says is done; 0 when it brings a part.
  std::int64_t heed(const Message& message, Shares& shares, const std::function<void(std::string_view)>& take);
  void give_all(const std::string& bytes);

  Ranks& ranks_;
  std::vector<Worker> workers_;  ///< by rank; that of rank 0 is not used
  Effort effort_;
  bool at_work_ = false;
  bool dismissed_ = false;
};

}  // namespace moniac
