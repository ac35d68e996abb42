#include "sim/engine/comparison.h"

#include <algorithm>
#include <cmath>

#include "sim/engine/common_record.h"
#include "sim/engine/pair_worker.h"
#include "sim/engine/run_statistics.h"
#include "sim/math/pool.h"
#include "sim/math/sketch.h"
#include "sim/parallel/pipeline.h"

namespace moniac {

namespace {

// Both runs while they go on. Units are worked on in parallel and merged in order.
class PairedEnsemble {
 public:
  PairedEnsemble(const Plan& a, const Plan& b, const Execution& execution)
      : a_(a),
        b_(b),
        execution_(execution),
        common_(common_record(a, b)),
        differences_(difference_plan(a, b, common_)),
        pilot_(take_worker()),
        statistics_a_(a, a.exact_quantiles ? std::vector<SketchFrame>{} : sketch_frames(pilot_->a(), a)),
        statistics_b_(b, b.exact_quantiles ? std::vector<SketchFrame>{} : sketch_frames(pilot_->b(), b)),
        statistics_(differences_, differences_.exact_quantiles ? std::vector<SketchFrame>{} : difference_frames()),
        keeping_{
            .a = keeping_of(statistics_a_), .b = keeping_of(statistics_b_), .differences = keeping_of(statistics_)},
        moments_a_(series_count(differences_)),
        moments_b_(series_count(differences_)),
        outcomes_(common_.outcomes.size()) {
    workers_.give_back(std::move(pilot_));
  }

  Comparison run() {
    ordered_pipeline((a_.paths + unit_paths - 1) / unit_paths, execution_.threads,
                     [&](std::int64_t index) { return work(index * unit_paths); },
                     [&](std::unique_ptr<UnitResult> result) { merge(std::move(result)); });
    return finish();
  }

 private:
  std::unique_ptr<PairWorker> take_worker() {
    return workers_.take([&] { return std::make_unique<PairWorker>(a_, b_, common_, execution_); });
  }

  static Keeping keeping_of(RunStatistics& statistics) {
    return {.frames = statistics.frames(), .values = statistics.values(), .journal = nullptr, .every_path = true};
  }

  // As of a run: mean and spread of each series over the first paths.
  std::vector<SketchFrame> difference_frames() {
    constexpr std::int64_t pilot_paths = 512;
    ComparedUnit pilot;
    const ComparedKeeping keeping{.a = {.frames = {}, .values = {}, .every_path = true},
                                  .b = {.frames = {}, .values = {}, .every_path = true},
                                  .differences = {}};
    pilot_->run({0, std::min(a_.paths, pilot_paths)}, keeping, pilot);
    std::vector<SketchFrame> frames;
    for (const MomentTree& tree : pilot.differences.moments) {
      const Moments moments = tree.total();
      frames.push_back({moments.mean, sketch_scale(moments.mean, std::sqrt(moments.variance()))});
    }
    return frames;
  }

  std::unique_ptr<UnitResult> work(std::int64_t first) {
    if (execution_.stop && execution_.stop->load(std::memory_order_relaxed)) throw Interrupted{};
    std::unique_ptr<ComparedUnit> unit = units_.take([] { return std::make_unique<ComparedUnit>(); });
    std::unique_ptr<PairWorker> worker = take_worker();
    worker->run({first, std::min(first + unit_paths, a_.paths)}, keeping_, *unit);
    workers_.give_back(std::move(worker));
    return unit;
  }

  void merge(std::unique_ptr<UnitResult> result) {
    std::unique_ptr<ComparedUnit> unit(static_cast<ComparedUnit*>(result.release()));
    statistics_a_.add(unit->a.summary);
    statistics_b_.add(unit->b.summary);
    statistics_.add(unit->differences);
    for (std::size_t s = 0; s < moments_a_.size(); ++s) {
      moments_a_[s].append(unit->moments_a[s]);
      moments_b_[s].append(unit->moments_b[s]);
    }
    for (std::size_t o = 0; o < outcomes_.size(); ++o) outcomes_[o].add(unit->outcomes[o]);
    units_.give_back(std::move(unit));
    if (execution_.progress) execution_.progress(statistics_.paths());
  }

  Comparison finish() const {
    Comparison comparison{.a = statistics_a_.finish(execution_.threads),
                          .b = statistics_b_.finish(execution_.threads),
                          .differences = statistics_.finish(execution_.threads),
                          .variables = {},
                          .outcomes = {},
                          .left_out = common_.left_out,
                          .inputs = {}};
    std::size_t column = 0;
    for (std::size_t v = 0; v < common_.variables.size(); ++v) {
      comparison.variables.push_back(compared(v, column, comparison.differences.variables[v]));
      name_producers(common_.variables[v], comparison, comparison.differences.variables[v]);
      column += common_.variables[v].values_a.size();
    }
    for (std::size_t o = 0; o < outcomes_.size(); ++o) comparison.outcomes.push_back(answer(o));
    return comparison;
  }

  static void name_producers(const CommonVariable& pair, const Comparison& comparison, RecordedVariable& difference) {
    const std::string &a = comparison.a.variables[pair.a].model, &b = comparison.b.variables[pair.b].model;
    difference.model = a == b ? a : a + " in A, " + b + " in B";
  }

  // `first_column`: of this variable among the columns of the differences.
  ComparedVariable compared(std::size_t variable, std::size_t first_column, const RecordedVariable& difference) const {
    const std::size_t columns = moments_a_.size() / common_.dates_a.size();
    const std::size_t width = common_.variables[variable].values_a.size();
    const Recorded& recorded = a_.recorded[common_.variables[variable].a];
    ComparedVariable result{.name = a_.variables[static_cast<std::size_t>(recorded.variable)].name,
                            .mean_a = {},
                            .mean_b = {},
                            .variance_reduction = {}};
    for (std::size_t date = 0; date < common_.dates_a.size(); ++date) {
      for (std::size_t value = 0; value < width; ++value) {
        const std::size_t series = date * columns + first_column + value;
        const Moments a = moments_a_[series].total(), b = moments_b_[series].total();
        const double sd = difference.sd[date * width + value];
        result.mean_a.push_back(a.mean);
        result.mean_b.push_back(b.mean);
        result.variance_reduction.push_back((a.variance() + b.variance()) / (sd * sd));
      }
    }
    return result;
  }

  OutcomeDifference answer(std::size_t outcome) const {
    const OutcomePlan& a = a_.outcomes[common_.outcomes[outcome].first];
    const OutcomePlan& b = b_.outcomes[common_.outcomes[outcome].second];
    const PairedCounts& counts = outcomes_[outcome];
    return {.name = a.name,
            .text_a = a.text,
            .text_b = b.text,
            .counts = counts,
            .probability_a = proportion(counts.both + counts.only_a, counts.paths()).probability,
            .probability_b = proportion(counts.both + counts.only_b, counts.paths()).probability,
            .difference = proportion_difference(counts),
            .bucket_of = a.bucket_of,
            .label = a.label};
  }

  const Plan& a_;
  const Plan& b_;
  const Execution& execution_;
  const CommonRecord common_;
  const Plan differences_;
  Pool<PairWorker> workers_;
  Pool<ComparedUnit> units_;
  std::unique_ptr<PairWorker> pilot_;  // until the frames are known
  RunStatistics statistics_a_, statistics_b_, statistics_;
  const ComparedKeeping keeping_;
  std::vector<MomentTree> moments_a_, moments_b_;
  std::vector<PairedCounts> outcomes_;
};

}  // namespace

Comparison compare(const Plan& a, const Plan& b, const Execution& execution) {
  return PairedEnsemble(a, b, execution).run();
}

}  // namespace moniac
