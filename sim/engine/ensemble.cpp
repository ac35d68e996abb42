#include "sim/engine/ensemble.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "sim/engine/run_statistics.h"
#include "sim/engine/unit.h"
#include "sim/math/sketch.h"
#include "sim/parallel/pipeline.h"

namespace moniac {

namespace {

// Objects that are expensive to build, lent to whoever needs one next.
template <class T>
class Pool {
 public:
  template <class Make>
  std::unique_ptr<T> take(const Make& make) {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        std::unique_ptr<T> object = std::move(free_.back());
        free_.pop_back();
        return object;
      }
    }
    return make();
  }
  void give_back(std::unique_ptr<T> object) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(object));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> free_;
};

// Mean and spread of each series over the first paths, which centre its sketch. Every run computes them alike, whatever
// its block size or share of the paths.
std::vector<SketchFrame> sketch_frames(const Plan& plan, UnitWorker& worker) {
  constexpr std::int64_t pilot_paths = 512;
  UnitSummary pilot;
  worker.run(0, std::min(plan.paths, pilot_paths), {}, pilot);
  std::vector<SketchFrame> frames;
  for (const MomentTree& tree : pilot.moments) {
    const Moments moments = tree.total();
    frames.push_back({moments.mean, sketch_scale(moments.mean, std::sqrt(moments.variance()))});
  }
  return frames;
}

Verdict judge(const Plan& plan, const Results& results) {
  for (const IdentityResult& identity : results.identities) {
    if (identity.maximum > identity.tolerance && !identity.closed_by_impose) return Verdict::identity_breach;
  }
  const double failed = static_cast<double>(results.failed);
  return failed > plan.max_failed * static_cast<double>(plan.paths) ? Verdict::too_many_failed : Verdict::ok;
}

}  // namespace

RunOutcome run(const Plan& plan, const Execution& execution) {
  const std::size_t lanes = static_cast<std::size_t>(execution.block);
  const auto new_worker = [&] {
    return std::make_unique<UnitWorker>(plan, *execution.kernels, lanes, execution.poison);
  };
  Pool<UnitWorker> workers;
  Pool<UnitSummary> summaries;

  std::vector<SketchFrame> frames;
  if (!plan.exact_quantiles) {
    auto worker = workers.take(new_worker);
    frames = sketch_frames(plan, *worker);
    workers.give_back(std::move(worker));
  }
  RunStatistics statistics(plan, std::move(frames));

  const auto simulate = [&](std::int64_t unit) -> std::unique_ptr<UnitResult> {
    if (execution.stop && execution.stop->load(std::memory_order_relaxed)) throw Interrupted{};
    auto worker = workers.take(new_worker);
    auto summary = summaries.take([] { return std::make_unique<UnitSummary>(); });
    const std::int64_t first = unit * unit_paths;
    worker->run(first, std::min(unit_paths, plan.paths - first), statistics.keeping(), *summary);
    workers.give_back(std::move(worker));
    return summary;
  };
  const auto merge = [&](std::unique_ptr<UnitResult> result) {
    std::unique_ptr<UnitSummary> summary(static_cast<UnitSummary*>(result.release()));
    statistics.add(*summary);
    summaries.give_back(std::move(summary));
    if (execution.progress) execution.progress(statistics.paths());
  };
  ordered_pipeline((plan.paths + unit_paths - 1) / unit_paths, execution.threads, simulate, merge);

  RunOutcome outcome;
  outcome.results = statistics.finish(execution.threads);
  outcome.verdict = judge(plan, outcome.results);
  return outcome;
}

}  // namespace moniac
