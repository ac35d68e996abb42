// Plan -> Results: units of work, in parallel, merged in order.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "sim/engine/plan.h"
#include "sim/math/kernels.h"
#include "sim/results/journal.h"

namespace moniac {

/// Called from one thread at a time with the number of paths done so far.
using Progress = std::function<void(std::int64_t paths_done)>;

/// How to run. Nothing here changes a bit of the results.
struct Execution {
  const Kernels* kernels = &best_kernels();
  int threads = 0;      ///< 0: one per core
  int block = 0;        ///< paths simulated together, a multiple of 64, at most 2048; 0: as many as the plan says
  bool poison = false;  ///< fill columns with NaN before each step, so that an output nobody wrote fails the run
  Progress progress = {};
  Journal* journal = nullptr;  ///< keeps finished units and recorded paths; without one, paths are not recorded
  const std::atomic<bool>* stop = nullptr;  ///< when it turns true the run ends early and throws Interrupted

  /// Paths of `plan` simulated together.
  std::size_t lanes(const Plan& plan) const { return block > 0 ? static_cast<std::size_t>(block) : plan.block_paths(); }
};

/// Too many paths failed, or an identity does not hold; the results are complete all the same.
enum class Verdict { ok, too_many_failed, identity_breach };

struct Interrupted {};

struct RunOutcome {
  Results results;
  Verdict verdict = Verdict::ok;
};

/// Results of a plan without an answer: what was asked, and of which scenario.
Results question_of(const Plan& plan);

/// Of results that are complete, of a run or of all cases of a sweep.
Verdict judge(const Plan& plan, const Results& results);

/// Runs the plan: what the journal has is taken from there, the rest is simulated.
RunOutcome run(const Plan& plan, const Execution& execution = {});

/// What single paths say, besides recorded values.
struct PathAnswers {
  std::vector<std::vector<unsigned char>> outcomes;  ///< [outcome][path]: whether it happened
  std::vector<std::vector<double>> numbers;          ///< [number of the plan][path]
  std::vector<unsigned char> counts;                 ///< [path]: it did not fail
};

/// A run with the recorded values of every path.
struct SampledRun {
  RunOutcome outcome;
  std::int64_t paths = 0;
  PathAnswers answers;
  std::vector<double>
      values;  ///< [date][recorded column][path], labels of vectors one after the other; NaN on failed paths

  /// The values of a series, date x number of columns + column.
  std::span<const double> series(std::size_t index) const;
};

/// Runs a plan whose quantiles are exact, and keeps every value that it records and every answer.
SampledRun run_sampled(const Plan& plan, const Execution& execution = {});

/// Simulates the paths of `share`, which is whole units of work, into the journal: what it has already is left as it
/// is.
void run_share(const Plan& plan, const PathRange& share, const Execution& execution);

/// The same for one share after the other, as `next` hands them out until it has none; the journal hears of each that
/// it is complete. What all of them need is made once.
void run_shares(const Plan& plan, const std::function<std::optional<PathRange>()>& next, const Execution& execution);

/// The recorded values of one path, [recorded variable][date][label]; all NaN when the path fails. `path` is one of
/// the plan's kept paths.
std::vector<std::vector<double>> replay(const Plan& plan, std::int64_t path, const Kernels& kernels);

/// Bytes that the statistics of a run take, apart from blocks: for --dry-run.
std::size_t statistics_bytes(const Plan& plan);

}  // namespace moniac
