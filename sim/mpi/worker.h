// A rank other than 0: does what it is handed.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "sim/mpi/ranks.h"
#include "sim/results/range_summary.h"

namespace moniac {

/// A worker as it speaks with rank 0. All functions that wait return nothing when there is nothing more to do, or when
/// `stop` turned true.
class WorkerLine {
 public:
  WorkerLine(Ranks& ranks, const std::atomic<bool>& stop) : ranks_(ranks), stop_(stop) {}

  /// Says who this is and with how many threads it works; returns the setup of the work.
  std::optional<std::string> begin(const std::string& identity, int threads);
  /// Says that the range before, if any, is done; returns the next.
  std::optional<PathRange> next();
  /// Sends a part of what the range in work becomes.
  void send_part(std::string bytes);
  /// Whether rank 0 has nothing more to do for it.
  bool dismissed() const { return dismissed_; }
  /// Says that this rank can do no more, and waits until its process is ended.
  void fail(int code);

 private:
  Ranks& ranks_;
  const std::atomic<bool>& stop_;
  std::optional<std::chrono::steady_clock::time_point> began_;  ///< the range in work
  bool dismissed_ = false;
};

}  // namespace moniac
