#include "sim/engine/run_statistics.h"

#include <sys/mman.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <span>

#include "sim/engine/ensemble.h"
#include "sim/math/quantile.h"
#include "sim/math/sketch.h"
#include "sim/parallel/pipeline.h"
#include "sim/results/proportion.h"
#include "sim/units/units.h"

namespace moniac {

namespace {

// The kept values are the largest memory of a run and touched once: huge pages make that several times faster. The few
// of a small case come from memory that was used before.
std::unique_ptr<double, void (*)(double*)> kept_values(std::size_t doubles) {
  constexpr std::size_t huge_page = std::size_t{1} << 21;
  const std::size_t wanted = doubles * sizeof(double);
  if (wanted < huge_page) return {new double[doubles], [](double* values) { delete[] values; }};
  const std::size_t bytes = (wanted + huge_page - 1) / huge_page * huge_page;
  void* memory = ::operator new (bytes, std::align_val_t{huge_page});
  madvise(memory, bytes, MADV_HUGEPAGE);  // advice only: without it the run is slower, not wrong
  return {static_cast<double*>(memory),
          [](double* values) { ::operator delete (values, std::align_val_t{huge_page}); }};
}

// Each quantile, and those one standard error of its rank, which is binomial, below and above it. All in percent.
std::vector<double> with_neighbours(const std::vector<double>& percents, std::int64_t count) {
  std::vector<double> levels;
  for (const double percent : percents) {
    const double p = percent / 100, n = static_cast<double>(std::max<std::int64_t>(count, 1));
    const double step = 100 * std::sqrt(p * (1 - p) / n);
    levels.insert(levels.end(), {percent, std::max(percent - step, 0.0), std::min(percent + step, 100.0)});
  }
  return levels;
}

std::string producer_text(const Plan& plan, const Variable& variable) {
  if (variable.kind == Variable::Kind::lever) return "lever";
  if (variable.kind == Variable::Kind::sum) return "sum of contributions";
  const Placed& placed = plan.placed[static_cast<std::size_t>(variable.placed)];
  return placed.key + " (" + placed.type + ")";
}

}  // namespace

RunStatistics::RunStatistics(const Plan& plan, std::vector<SketchFrame> frames)
    : plan_(plan),
      columns_(recorded_columns(plan).size()),
      frames_(std::move(frames)),
      values_(nullptr, [](double*) {}) {
  if (plan.exact_quantiles) {
    stride_ = (plan.paths + 7) / 8 * 8;
    values_ = kept_values(series_count(plan) * static_cast<std::size_t>(stride_));
  }
}

RunStatistics::SeriesQuantiles RunStatistics::quantiles_of(std::size_t series) const {
  const Moments moments = total_.moments[series].total();
  const std::vector<double> levels = with_neighbours(plan_.quantiles, moments.count);
  if (plan_.exact_quantiles) {
    const double* row = values_.get() + static_cast<std::int64_t>(series) * stride_;
    return by_quantile(exact_quantiles({row, static_cast<std::size_t>(plan_.paths)}, levels), 0);
  }
  const Sketch sketch{.center = frames_[series].center,
                      .scale = frames_[series].scale,
                      .counts = std::span(total_.counts).subspan(series * sketch_buckets, sketch_buckets),
                      .minimum = moments.minimum,
                      .maximum = moments.maximum};
  std::vector<double> found;
  for (double percent : levels) found.push_back(sketch.quantile(percent / 100));
  return by_quantile(found, sketch.error_bound());
}

// Of quantiles with their neighbours.
RunStatistics::SeriesQuantiles RunStatistics::by_quantile(const std::vector<double>& found, double error) const {
  SeriesQuantiles quantiles{.values = {}, .se = {}, .error = error};
  for (std::size_t q = 0; q < plan_.quantiles.size(); ++q) {
    quantiles.values.push_back(found[3 * q]);
    quantiles.se.push_back((found[3 * q + 2] - found[3 * q + 1]) / 2);
  }
  return quantiles;
}

std::vector<RunStatistics::SeriesQuantiles> RunStatistics::all_quantiles(int threads) const {
  std::vector<SeriesQuantiles> all(total_.moments.size());
  parallel_for(static_cast<std::int64_t>(all.size()), threads, [&](std::int64_t series) {
    all[static_cast<std::size_t>(series)] = quantiles_of(static_cast<std::size_t>(series));
  });
  return all;
}

// `first_column`: of this variable among the recorded columns.
RecordedVariable RunStatistics::summarise(std::size_t recorded, std::size_t first_column,
                                          const std::vector<SeriesQuantiles>& quantiles) const {
  const Recorded& what = plan_.recorded[recorded];
  const Variable& variable = plan_.variables[static_cast<std::size_t>(what.variable)];
  RecordedVariable summary{.name = variable.name,
                           .unit = variable.unit,
                           .doc = variable.doc,
                           .model = producer_text(plan_, variable),
                           .flow = is_flow(variable.unit),
                           .dimensions = what.dimensions,
                           .mean = {},
                           .sd = {},
                           .se = {},
                           .minimum = {},
                           .maximum = {},
                           .quantiles = {},
                           .quantile_se = {},
                           .quantile_error = {}};
  for (std::size_t date = 0; date < plan_.recorded_steps.size(); ++date) {
    const std::size_t first = date * columns_ + first_column;
    for (std::size_t value = 0; value < what.values.size(); ++value) {
      const Moments moments = total_.moments[first + value].total();
      summary.mean.push_back(moments.mean);
      summary.sd.push_back(std::sqrt(moments.variance()));
      summary.se.push_back(moments.standard_error());
      summary.minimum.push_back(moments.minimum);
      summary.maximum.push_back(moments.maximum);
      if (!plan_.exact_quantiles) summary.quantile_error.push_back(quantiles[first + value].error);
    }
    for (std::size_t q = 0; q < plan_.quantiles.size(); ++q) {
      for (std::size_t value = 0; value < what.values.size(); ++value) {
        summary.quantiles.push_back(quantiles[first + value].values[q]);
        summary.quantile_se.push_back(quantiles[first + value].se[q]);
      }
    }
  }
  return summary;
}

std::vector<double> RunStatistics::responses() const {
  std::vector<double> all;
  std::size_t column = 0;
  for (const Recorded& recorded : plan_.recorded) {
    for (std::size_t date = 0; date < plan_.recorded_steps.size(); ++date) {
      for (std::size_t value = 0; value < recorded.values.size(); ++value) {
        all.push_back(total_.moments[date * columns_ + column + value].total().mean);
      }
    }
    column += recorded.values.size();
  }
  const std::int64_t counted = paths() - static_cast<std::int64_t>(total_.failures.size());
  for (const OutcomeCounts& counts : total_.outcomes) all.push_back(proportion(counts.hits, counted).probability);
  return all;
}

OutcomeResult RunStatistics::answer(std::size_t outcome) const {
  const OutcomePlan& asked = plan_.outcomes[outcome];
  const OutcomeCounts& counts = total_.outcomes[outcome];
  const std::int64_t counted = paths() - static_cast<std::int64_t>(total_.failures.size());
  const Proportion share = proportion(counts.hits, counted);
  OutcomeResult result{.name = asked.name,
                       .text = asked.text,
                       .kind = asked.kind,
                       .paths = counted,
                       .hits = counts.hits,
                       .probability = share.probability,
                       .se = share.se,
                       .low = share.low,
                       .high = share.high,
                       .undefined = counts.undefined,
                       .first_passage = counts.first_passage,
                       .bucket_of = asked.bucket_of,
                       .label = asked.label};
  if (asked.binned) {
    const Moments numbers = total_.binned[outcome].total();
    result.unit = asked.binned->unit;
    if (numbers.count > 0) result.mean = numbers.mean;
    if (numbers.count > 1) result.mean_se = numbers.standard_error();
    result.stated = asked.binned->stated;
  }
  if (asked.passage) {
    result.first_passage.resize(static_cast<std::size_t>(plan_.time.steps) + 1);
  }
  return result;
}

TriggerResult RunStatistics::tell(std::size_t trigger) const {
  const TriggerPlan& plan = plan_.triggers[trigger];
  const TriggerCounts& counts = total_.triggers[trigger];
  const std::int64_t counted = paths() - static_cast<std::int64_t>(total_.failures.size());
  const Proportion share = proportion(counts.paths, counted);
  return {.name = plan.name,
          .text = plan.text,
          .action = plan.action,
          .paths = counted,
          .fired = counts.paths,
          .share = share.probability,
          .se = share.se,
          .low = share.low,
          .high = share.high,
          .firings = counts.firings,
          .first_firing = counts.first_firing};
}

std::vector<IdentityResult> RunStatistics::identities() const {
  std::vector<IdentityResult> results;
  for (const Variable& variable : plan_.variables) {
    if (!variable.identity) continue;
    const LargestResidual& largest = total_.residuals[results.size()];
    const bool imposed = std::any_of(plan_.impositions.begin(), plan_.impositions.end(),
                                     [&](const Imposition& i) { return i.placed == variable.placed; });
    results.push_back({.name = variable.name,
                       .unit = variable.unit,
                       .maximum = std::max(largest.value, 0.0),
                       .tolerance = variable.tolerance,
                       .path = largest.path,
                       .step = largest.step,
                       .closed_by_impose = imposed});
  }
  return results;
}

std::vector<ClampResult> RunStatistics::clamps() const {
  const std::int64_t counted = paths() - static_cast<std::int64_t>(total_.failures.size());
  std::vector<ClampResult> results;
  for (const Variable& variable : plan_.variables) {
    if (!variable.clamp) continue;
    results.push_back({.name = variable.name,
                       .doc = variable.doc,
                       .held = total_.clamped[results.size()],
                       .path_steps = counted * plan_.time.steps});
  }
  return results;
}

Results RunStatistics::finish(int threads) const {
  Results results = question_of(plan_);
  const std::vector<SeriesQuantiles> quantiles = all_quantiles(threads);
  std::size_t column = 0;
  for (std::size_t r = 0; r < plan_.recorded.size(); ++r) {
    results.variables.push_back(summarise(r, column, quantiles));
    column += plan_.recorded[r].values.size();
  }
  for (std::size_t o = 0; o < plan_.outcomes.size(); ++o) results.outcomes.push_back(answer(o));
  for (std::size_t t = 0; t < plan_.triggers.size(); ++t) results.triggers.push_back(tell(t));
  results.logged_paths = plan_.logged_paths;
  results.trigger_log = total_.trigger_log;
  results.failures = total_.failures;
  results.failed = static_cast<std::int64_t>(total_.failures.size());
  results.paths_used = paths() - results.failed;
  results.identities = identities();
  results.clamps = clamps();
  return results;
}

Results question_of(const Plan& plan) {
  Results results;
  results.title = plan.title;
  results.description = plan.description;
  results.scenario_name = plan.scenario_name;
  results.scenario_text = plan.scenario_text;
  results.resolved_scenario = plan.resolved_scenario;
  results.seed = plan.seed;
  results.paths = plan.paths;
  results.time = plan.time;
  results.parameters = plan.parameters;
  results.defaults_used = plan.defaults_used;
  results.steps = plan.recorded_steps;
  for (int step : plan.recorded_steps) results.dates.push_back(plan.time.date(step));
  results.quantiles = plan.quantiles;
  results.quantile_method = plan.exact_quantiles ? "exact" : "sketch";
  results.kept_paths = plan.kept_paths;
  results.single_precision = plan.single_precision;
  return results;
}

std::size_t statistics_bytes(const Plan& plan) {
  const std::size_t series = series_count(plan);
  const std::size_t values = plan.exact_quantiles ? static_cast<std::size_t>(plan.paths) * sizeof(double) : 0;
  const std::size_t sketch = plan.exact_quantiles ? 0 : sketch_buckets * sizeof(std::uint32_t);
  constexpr std::size_t tree = 20 * sizeof(Moments);
  return series * (values + sketch + tree);
}

}  // namespace moniac
