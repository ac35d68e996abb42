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
  FinishedUnit pilot;
  worker.run({0, std::min(plan.paths, pilot_paths)}, {}, pilot);
  std::vector<SketchFrame> frames;
  for (const MomentTree& tree : pilot.summary.moments) {
    const Moments moments = tree.total();
    frames.push_back({moments.mean, sketch_scale(moments.mean, std::sqrt(moments.variance()))});
  }
  return frames;
}

// The work of a run in order of path: units to simulate, and ranges that an earlier attempt finished.
struct Piece {
  PathRange range;
  bool finished = false;
};
std::vector<Piece> pieces_of(const Plan& plan, const std::vector<PathRange>& finished) {
  std::vector<Piece> pieces;
  std::int64_t first = 0;
  const auto simulate_until = [&](std::int64_t end) {
    for (; first < end; first += unit_paths) pieces.push_back({{first, std::min(first + unit_paths, end)}, false});
  };
  for (const PathRange& range : finished) {
    simulate_until(range.first);
    pieces.push_back({range, true});
    first = range.end;
  }
  simulate_until(plan.paths);
  return pieces;
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
  Pool<FinishedUnit> units;

  std::vector<SketchFrame> frames;
  if (!plan.exact_quantiles) {
    auto worker = workers.take(new_worker);
    frames = sketch_frames(plan, *worker);
    workers.give_back(std::move(worker));
  }
  RunStatistics statistics(plan, std::move(frames));
  Journal* const journal = execution.journal;
  const Keeping keeping{.frames = statistics.frames(), .values = statistics.values(), .journal = journal};
  const std::vector<Piece> pieces = pieces_of(plan, journal ? journal->finished() : std::vector<PathRange>{});

  const auto work = [&](std::int64_t index) -> std::unique_ptr<UnitResult> {
    if (execution.stop && execution.stop->load(std::memory_order_relaxed)) throw Interrupted{};
    const Piece& piece = pieces[static_cast<std::size_t>(index)];
    auto unit = units.take([] { return std::make_unique<FinishedUnit>(); });
    if (piece.finished) {
      unit->summary = journal->load(piece.range, keeping.values);
      return unit;
    }
    auto worker = workers.take(new_worker);
    worker->run(piece.range, keeping, *unit);
    workers.give_back(std::move(worker));
    return unit;
  };
  std::size_t merged = 0;
  const auto merge = [&](std::unique_ptr<UnitResult> result) {
    std::unique_ptr<FinishedUnit> unit(static_cast<FinishedUnit*>(result.release()));
    statistics.add(unit->summary);
    if (journal && !pieces[merged].finished) journal->add(unit->summary, std::move(unit->kept), keeping.values);
    ++merged;
    units.give_back(std::move(unit));
    if (execution.progress) execution.progress(statistics.paths());
  };
  try {
    ordered_pipeline(static_cast<std::int64_t>(pieces.size()), execution.threads, work, merge);
  } catch (const Interrupted&) {
    if (journal) journal->flush(keeping.values);
    throw;
  }

  RunOutcome outcome;
  outcome.results = statistics.finish(execution.threads);
  outcome.verdict = judge(plan, outcome.results);
  return outcome;
}

std::vector<std::vector<double>> replay(const Plan& plan, std::int64_t path, const Kernels& kernels) {
  constexpr auto lanes = static_cast<std::int64_t>(cell_size);
  const std::int64_t first = path / lanes * lanes;
  UnitWorker worker(plan, kernels, cell_size, false);
  FinishedUnit unit;
  worker.run({first, std::min(first + lanes, plan.paths)}, {}, unit);
  std::vector<std::vector<double>> values;
  for (std::size_t r = 0; r < plan.recorded.size(); ++r) {
    const KeptValues kept = worker.kept(r);
    std::vector<double>& path_values = values.emplace_back();
    for (std::int64_t d = 0; d < kept.dates; ++d) {
      for (std::int64_t l = 0; l < kept.labels; ++l) {
        path_values.push_back(kept.data[d * kept.date_stride + l * kept.label_stride + path - first]);
      }
    }
  }
  return values;
}

}  // namespace moniac
