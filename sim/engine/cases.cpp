#include "sim/engine/cases.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "sim/engine/run_statistics.h"
#include "sim/engine/shared_draws.h"
#include "sim/engine/unit.h"
#include "sim/math/kernels.h"
#include "sim/parallel/pipeline.h"

namespace moniac {

namespace {

// A case while its units are worked on.
class CaseRun {
 public:
  CaseRun(Plan plan, const Execution& execution, const SharedDraws* shared)
      : plan_(std::move(plan)),
        execution_(execution),
        shared_(shared != nullptr && shared->serves(plan_) ? shared : nullptr),
        statistics_(plan_, plan_.exact_quantiles ? std::vector<SketchFrame>{} : pilot_frames()),
        keeping_{.frames = statistics_.frames(), .values = statistics_.values(), .journal = nullptr} {}

  std::unique_ptr<FinishedUnit> work(const PathRange& range) const {
    auto unit = std::make_unique<FinishedUnit>();
    new_worker()->run(range, keeping_, *unit);
    return unit;
  }

  void add(const RangeSummary& next) { statistics_.add(next); }
  std::vector<double> responses() const { return statistics_.responses(); }

  Results finish() const { return statistics_.finish(1); }

 private:
  std::unique_ptr<UnitWorker> new_worker() const {
    return std::make_unique<UnitWorker>(plan_, *execution_.kernels, execution_.lanes(plan_), execution_.poison,
                                        shared_);
  }
  std::vector<SketchFrame> pilot_frames() const { return sketch_frames(*new_worker(), plan_); }

  const Plan plan_;
  const Execution& execution_;
  const SharedDraws* const shared_;
  RunStatistics statistics_;
  const Keeping keeping_;
};

// Paths of a case, cut into units of work, and where its first half ends.
struct Cut {
  std::vector<PathRange> ranges;
  std::int64_t half = 0;
};

Cut cut_of(std::int64_t paths, bool halves) {
  Cut cut;
  const auto cell = static_cast<std::int64_t>(cell_size);
  if (halves) cut.half = paths / 2 / cell * cell;
  for (std::int64_t first = 0; first < paths;) {
    const std::int64_t end = std::min((first / unit_paths + 1) * unit_paths, paths);
    const bool crosses = first < cut.half && cut.half < end;
    cut.ranges.push_back({first, crosses ? cut.half : end});
    first = cut.ranges.back().end;
  }
  return cut;
}

class Sweep {
 public:
  Sweep(const CaseList& cases, const Execution& execution, const std::function<void(CaseResult)>& take)
      : cases_(cases), execution_(execution), take_(take), cut_(cut_of(cases.paths, cases.halves)) {}

  void run() {
    const auto units = static_cast<std::int64_t>(cases_.indices.size() * cut_.ranges.size());
    ordered_pipeline(
        units, execution_.threads, [&](std::int64_t unit) { return work(unit); },
        [&](std::unique_ptr<UnitResult> result) { merge(static_cast<const FinishedUnit&>(*result).summary); });
  }

 private:
  struct Slot {
    std::mutex mutex;
    std::unique_ptr<CaseRun> run;
  };

  // Position of the unit's case in the list, and which of its ranges it is.
  std::pair<std::size_t, std::size_t> locate(std::int64_t unit) const {
    return {static_cast<std::size_t>(unit) / cut_.ranges.size(), static_cast<std::size_t>(unit) % cut_.ranges.size()};
  }

  // The case, planned by whichever thread needs it first.
  CaseRun& find_or_make(std::size_t position) {
    Slot* slot = nullptr;
    {
      const std::lock_guard lock(mutex_);
      slot = &slots_[position];
    }
    const std::lock_guard lock(slot->mutex);
    if (!slot->run) {
      Plan plan = cases_.plan(cases_.indices[position]);
      const SharedDraws* shared = shared_draws(plan);
      slot->run = std::make_unique<CaseRun>(std::move(plan), execution_, shared);
    }
    return *slot->run;
  }

  // The draws of the first case that is planned; null when they would not stay in the cache, where computing them again
  // is as fast.
  const SharedDraws* shared_draws(const Plan& plan) {
    constexpr std::size_t most_bytes = std::size_t{16} << 20;
    if (cases_.indices.size() == 1 || SharedDraws::bytes(plan) > most_bytes) return nullptr;
    const std::lock_guard lock(draws_mutex_);
    if (!draws_) draws_ = std::make_unique<SharedDraws>(plan, *execution_.kernels);
    return draws_.get();
  }

  std::unique_ptr<UnitResult> work(std::int64_t unit) {
    if (execution_.stop && execution_.stop->load(std::memory_order_relaxed)) throw Interrupted{};
    const auto [position, range] = locate(unit);
    return find_or_make(position).work(cut_.ranges[range]);
  }

  void merge(const RangeSummary& summary) {
    const auto [position, range] = locate(merged_++);
    CaseRun& run = find_or_make(position);
    run.add(summary);
    if (summary.range.end == cut_.half) first_half_ = run.responses();
    if (range + 1 == cut_.ranges.size()) finish(position, run);
    if (execution_.progress) {
      execution_.progress(static_cast<std::int64_t>(position) * cases_.paths + summary.range.end);
    }
  }

  void finish(std::size_t position, const CaseRun& run) {
    CaseResult outcome{.index = cases_.indices[position], .results = run.finish(), .first_half = {}, .second_half = {}};
    if (cut_.half > 0) {
      outcome.second_half = the_rest(responses(outcome.results), first_half_);
      outcome.first_half = std::move(first_half_);
    }
    {
      const std::lock_guard lock(mutex_);
      slots_.erase(position);
    }
    take_(std::move(outcome));
  }

  // Means over the second half, of those over all paths and over the first half.
  std::vector<double> the_rest(std::vector<double> all, const std::vector<double>& first) const {
    const auto paths = static_cast<double>(cases_.paths);
    const auto half = static_cast<double>(cut_.half);
    for (std::size_t r = 0; r < all.size(); ++r) all[r] = (paths * all[r] - half * first[r]) / (paths - half);
    return all;
  }

  const CaseList& cases_;
  const Execution& execution_;
  const std::function<void(CaseResult)>& take_;
  const Cut cut_;
  std::mutex mutex_;
  std::map<std::size_t, Slot> slots_;  ///< of cases in work
  std::mutex draws_mutex_;
  std::unique_ptr<SharedDraws> draws_;
  std::int64_t merged_ = 0;
  std::vector<double> first_half_;  ///< of the case that is being merged
};

}  // namespace

void run_cases(const CaseList& cases, const Execution& execution, const std::function<void(CaseResult)>& take) {
  Sweep(cases, execution, take).run();
}

}  // namespace moniac
