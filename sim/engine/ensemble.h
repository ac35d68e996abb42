// Plan -> Results: units of work, in parallel, merged in order.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "sim/engine/plan.h"
#include "sim/math/kernels.h"

namespace moniac {

/// Called from one thread at a time with the number of paths done so far.
using Progress = std::function<void(std::int64_t paths_done)>;

/// How to run. Nothing here changes a bit of the results.
struct Execution {
  const Kernels* kernels = &best_kernels();
  int threads = 0;      ///< 0: one per core
  int block = 512;      ///< paths simulated together; a multiple of 64, at most 2048
  bool poison = false;  ///< fill columns with NaN before each step, so that an output nobody wrote fails the run
  Progress progress = {};
  const std::atomic<bool>* stop = nullptr;  ///< when it turns true the run ends early and throws Interrupted
};

/// Too many paths failed, or an identity does not hold; the results are complete all the same.
enum class Verdict { ok, too_many_failed, identity_breach };

struct Interrupted {};

struct RunOutcome {
  Results results;
  Verdict verdict = Verdict::ok;
};

/// Runs the plan.
RunOutcome run(const Plan& plan, const Execution& execution = {});

/// Bytes that the statistics of a run take, apart from blocks: for --dry-run.
std::size_t statistics_bytes(const Plan& plan);

}  // namespace moniac
