#include "sim/engine/ensemble.h"

#include <algorithm>
#include <cassert>

#include "sim/engine/finished_range.h"
#include "sim/engine/run_statistics.h"
#include "sim/engine/unit.h"
#include "sim/math/pool.h"
#include "sim/parallel/pipeline.h"

namespace moniac {

namespace {

// The work of a run, or of a share of it, in order of path: units to simulate, and ranges that an earlier attempt
// finished.
struct Piece {
  PathRange range;
  bool finished = false;
};
std::vector<Piece> pieces_of(const PathRange& share, const std::vector<PathRange>& finished) {
  std::vector<Piece> pieces;
  std::int64_t first = share.first;
  const auto simulate_until = [&](std::int64_t end) {
    for (; first < end; first += unit_paths) pieces.push_back({{first, std::min(first + unit_paths, end)}, false});
  };
  for (const PathRange& range : finished) {
    simulate_until(range.first);
    pieces.push_back({range, true});
    first = range.end;
  }
  simulate_until(share.end);
  return pieces;
}

// A run while it goes on. Units are worked on in parallel and merged in order.
class Ensemble {
 public:
  /// `answers`, unless it is null, is given those of every path.
  Ensemble(const Plan& plan, const Execution& execution, PathAnswers* answers = nullptr)
      : plan_(plan),
        execution_(execution),
        journal_(execution.journal),
        statistics_(plan, plan.exact_quantiles ? std::vector<SketchFrame>{} : pilot_frames()),
        answers_(answers),
        keeping_(keeping()) {}

  void simulate(const PathRange& share) {
    statistics_.restart();
    pieces_ = pieces_of(share, journal_ ? journal_->finished() : std::vector<PathRange>{});
    merged_ = 0;
    try {
      ordered_pipeline(
          static_cast<std::int64_t>(pieces_.size()), execution_.threads,
          [&](std::int64_t index) { return work(pieces_[static_cast<std::size_t>(index)]); },
          [&](std::unique_ptr<UnitResult> result) { merge(std::move(result)); });
    } catch (const Interrupted&) {
      if (journal_) journal_->flush(keeping_.values);
      throw;
    }
    if (journal_) journal_->complete(keeping_.values);
  }

  const ExactValues& values() const { return keeping_.values; }

  RunOutcome outcome() const {
    RunOutcome outcome;
    outcome.results = statistics_.finish(execution_.threads);
    outcome.verdict = judge(plan_, outcome.results);
    return outcome;
  }

 private:
  Keeping keeping() {
    Keeping keeping{.frames = statistics_.frames(), .values = statistics_.values(), .journal = journal_};
    if (!answers_) return keeping;
    const auto paths = static_cast<std::size_t>(plan_.paths);
    answers_->outcomes.assign(plan_.outcomes.size(), std::vector<unsigned char>(paths));
    answers_->numbers.assign(plan_.numbers.size(), std::vector<double>(paths));
    answers_->counts.assign(paths, 1);
    keeping.every_path = true;
    keeping.observer = [this](const Block& block) { keep_numbers(block); };
    return keeping;
  }

  void keep_numbers(const Block& block) const {
    for (std::size_t n = 0; n < plan_.numbers.size(); ++n) {
      if (plan_.numbers[n].step != block.index()) continue;
      std::copy_n(block.now(plan_.numbers[n].column), block.paths(), answers_->numbers[n].begin() + block.first());
    }
  }

  void keep_answers(const UnitWorker& worker, const RangeSummary& unit) const {
    for (std::size_t o = 0; o < plan_.outcomes.size(); ++o) {
      std::copy_n(worker.answers(o).begin(), unit.range.paths(), answers_->outcomes[o].begin() + unit.range.first);
    }
    for (const Failure& failure : unit.failures) answers_->counts[static_cast<std::size_t>(failure.path)] = 0;
  }

  std::unique_ptr<UnitWorker> take_worker() {
    return workers_.take([&] {
      return std::make_unique<UnitWorker>(plan_, *execution_.kernels, execution_.lanes(plan_), execution_.poison);
    });
  }

  std::vector<SketchFrame> pilot_frames() {
    std::unique_ptr<UnitWorker> worker = take_worker();
    std::vector<SketchFrame> frames = sketch_frames(*worker, plan_);
    workers_.give_back(std::move(worker));
    return frames;
  }

  std::unique_ptr<UnitResult> work(const Piece& piece) {
    if (execution_.stop && execution_.stop->load(std::memory_order_relaxed)) throw Interrupted{};
    std::unique_ptr<FinishedUnit> unit = units_.take([] { return std::make_unique<FinishedUnit>(); });
    if (piece.finished) {
      FinishedRange finished = journal_->load(piece.range);
      keep_values(finished, keeping_, *execution_.kernels);
      unit->summary = std::move(finished.summary);
      return unit;
    }
    std::unique_ptr<UnitWorker> worker = take_worker();
    worker->run(piece.range, keeping_, *unit);
    if (answers_) keep_answers(*worker, unit->summary);
    workers_.give_back(std::move(worker));
    return unit;
  }

  void merge(std::unique_ptr<UnitResult> result) {
    std::unique_ptr<FinishedUnit> unit(static_cast<FinishedUnit*>(result.release()));
    statistics_.add(unit->summary);
    const bool fresh = !pieces_[merged_++].finished;
    if (journal_ && fresh) journal_->add(unit->summary, std::move(unit->kept), keeping_.values);
    units_.give_back(std::move(unit));
    if (execution_.progress) execution_.progress(statistics_.paths());
  }

  const Plan& plan_;
  const Execution& execution_;
  Journal* const journal_;
  Pool<UnitWorker> workers_;
  Pool<FinishedUnit> units_;
  RunStatistics statistics_;
  PathAnswers* const answers_;
  const Keeping keeping_;
  std::vector<Piece> pieces_;
  std::size_t merged_ = 0;
};

}  // namespace

Verdict judge(const Plan& plan, const Results& results) {
  for (const IdentityResult& identity : results.identities) {
    if (identity.maximum > identity.tolerance && !identity.closed_by_impose) return Verdict::identity_breach;
  }
  const auto failed = static_cast<double>(results.failed);
  const double all = failed + static_cast<double>(results.paths_used);
  return failed > plan.max_failed * all ? Verdict::too_many_failed : Verdict::ok;
}

RunOutcome run(const Plan& plan, const Execution& execution) {
  Ensemble ensemble(plan, execution);
  ensemble.simulate({0, plan.paths});
  return ensemble.outcome();
}

std::span<const double> SampledRun::series(std::size_t index) const {
  const auto length = static_cast<std::size_t>(paths);
  return std::span(values).subspan(index * length, length);
}

SampledRun run_sampled(const Plan& plan, const Execution& execution) {
  assert(plan.exact_quantiles);
  SampledRun sampled;
  Ensemble ensemble(plan, execution, &sampled.answers);
  ensemble.simulate({0, plan.paths});
  sampled.outcome = ensemble.outcome();
  sampled.paths = plan.paths;
  const ExactValues values = ensemble.values();
  for (std::size_t s = 0; s < series_count(plan); ++s) {
    const double* row = values.data + static_cast<std::int64_t>(s) * values.stride;
    sampled.values.insert(sampled.values.end(), row, row + plan.paths);
  }
  return sampled;
}

void run_share(const Plan& plan, const PathRange& share, const Execution& execution) {
  Ensemble(plan, execution).simulate(share);
}

void run_shares(const Plan& plan, const std::function<std::optional<PathRange>()>& next, const Execution& execution) {
  Ensemble ensemble(plan, execution);
  while (const std::optional<PathRange> share = next()) ensemble.simulate(*share);
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
