#include "sim/study/views.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/format.h"
#include "sim/study/path_table.h"

namespace moniac {

namespace {

using Kind = StatedView::Kind;
using Moment = StatedRow::Moment;

std::vector<std::string> names_of(const OutcomeSpec& outcome) {
  if (!outcome.buckets) return {outcome.name};
  std::vector<std::string> names;
  for (const std::string& label : outcome.buckets->labels) names.push_back(bucket_name(outcome.name, label));
  return names;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void add_outcomes(Scenario& scenario, const Views& views, Problems& problems) {
  for (const OutcomeSpec& outcome : views.outcomes) {
    const auto same = std::find_if(scenario.outcomes.begin(), scenario.outcomes.end(),
                                   [&](const OutcomeSpec& other) { return other.name == outcome.name; });
    if (same != scenario.outcomes.end()) {
      problems.add(outcome.place, fmt::format("the scenario has an outcome {} already", outcome.name),
                   "give the view another name", same->place);
    } else if (outcome.buckets) {
      problems.add(outcome.place, fmt::format("the probability of view {} is of buckets, not of one", outcome.name),
                   "write the buckets as an outcome of the scenario, and name one of them");
    } else {
      scenario.outcomes.push_back(outcome);
    }
  }
}

// The mean of a bucket is that of the measure of its outcome.
void find_outcome(StatedView& view, const std::vector<OutcomeSpec>& outcomes, Problems& problems) {
  std::vector<std::string> known;
  for (const OutcomeSpec& outcome : outcomes) {
    if (view.kind == Kind::mean && !outcome.buckets) continue;
    const std::vector<std::string> names = names_of(outcome);
    known.insert(known.end(), names.begin(), names.end());
    if (!has(names, view.outcome.text)) continue;
    if (view.kind == Kind::mean) view.measures = {outcome.buckets->measure};
    return;
  }
  const char* what = view.kind == Kind::mean ? "bucket" : "outcome";
  problems.add(view.outcome.place, fmt::format("the scenario has no {} {}", what, in_quotes(view.outcome.text)),
               known.empty() ? fmt::format("it has no {}s at all", what) : suggestion(view.outcome.text, known));
}

// The stages of sequential pooling.
class Pooling {
 public:
  Pooling(std::vector<StatedRow> stated, std::size_t paths) : stated_(std::move(stated)), paths_(paths) {
    pooled_.weights.assign(paths, 1 / static_cast<double>(paths));
  }

  void solve() {
    for (int stage = 0; stage <= 2; ++stage) {
      const auto of_stage = [&](const StatedRow& row) { return row.stage() == stage; };
      if (std::none_of(stated_.begin(), stated_.end(), of_stage)) continue;
      if (stage > 0) hold_moments(stage);
      pool_up_to(stage);
    }
  }

  Weighting weighting() const {
    Weighting result{.views_name = {},
                     .views_text = {},
                     .views = {},
                     .divergence = pooled_.divergence,
                     .kish = pooled_.kish,
                     .entropy = pooled_.entropy,
                     .weights = pooled_.weights};
    const std::vector<double> equal(paths_, 1 / static_cast<double>(paths_));
    for (const StatedRow& row : stated_) {
      if (!row.held()) result.views.push_back(told(row, equal));
    }
    return result;
  }

  /// Takes the values of the rows that the weights are fitted to.
  std::vector<PathNumbers> take_fitted() {
    std::vector<PathNumbers> fitted;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (pooled_.multipliers[i] != 0) fitted.push_back(std::move(rows_[i].values));
    }
    return fitted;
  }

 private:
  ViewResult told(const StatedRow& row, const std::vector<double>& equal) const {
    ViewResult result{.name = row.name,
                      .text = row.text,
                      .relation = view_bounds()[static_cast<std::size_t>(row.relation)],
                      .unit = row.unit,
                      .stated = row.level,
                      .before = row.value(equal),
                      .after = row.value(pooled_.weights),
                      .multiplier = row.multiplier * row.slope(pooled_.weights),
                      .inside = {}};
    const PathNumbers* event = row.moment == Moment::probability ? row.x : row.inside;
    if (event != nullptr) result.inside = std::count(event->begin(), event->end(), 1.0);
    return result;
  }

  // Deviations are from the means that the views have made by now, and correlations are of such standard deviations.
  void hold_moments(int stage) {
    const std::vector<StatedRow> askers = stated_;
    for (const StatedRow& asker : askers) {
      if (asker.stage() != stage) continue;
      for (const PathNumbers* x : {asker.x, asker.y}) {
        if (x == nullptr) continue;
        hold(Moment::mean, x, weighted_mean(*x, pooled_.weights), asker);
        if (stage == 2) hold(Moment::sd, x, weighted_sd(*x, pooled_.weights), asker);
      }
    }
  }

  // By a row of its own, unless there is one: a bound that is met from one side is now met from both.
  void hold(Moment moment, const PathNumbers* x, double level, const StatedRow& asker) {
    for (StatedRow& row : stated_) {
      const bool fixes = row.relation == Relation::is || row.multiplier != 0;
      if (row.moment != moment || row.x != x || !fixes) continue;
      row.fixed = true;
      return;
    }
    stated_.push_back(
        {.moment = moment,
         .relation = Relation::is,
         .level = level,
         .x = x,
         .name = {},
         .text = fmt::format("the {} that {} needs held", moment == Moment::mean ? "mean" : "sd", asker.name),
         .unit = {},
         .place = asker.place});
  }

  void pool_up_to(int stage) {
    std::vector<StatedRow*> active;
    rows_.clear();
    Problems problems;
    for (StatedRow& row : stated_) {
      if (row.stage() > stage) continue;
      active.push_back(&row);
      rows_.push_back(row.row(pooled_.weights));
      if (!in_support(rows_.back())) report_support(row, rows_.back(), problems);
    }
    problems.raise();
    Pooled pooled = pool(rows_, paths_);
    if (pooled.weights.empty()) report_contradiction(active, problems);
    problems.raise();
    for (std::size_t i = 0; i < active.size(); ++i) active[i]->multiplier = pooled.multipliers[i];
    pooled_ = std::move(pooled);
  }

  // --- what cannot be ------------------------------------------------------------------------------------------

  void report_support(const StatedRow& row, const ViewRow& values, Problems& problems) const {
    problems.add(row.place, fmt::format("view {} is outside the support: {}", row.name, range_text(row, values)),
                 "weights cannot make what no path does: state what some paths do, or take more paths");
  }

  std::string range_text(const StatedRow& row, const ViewRow& values) const {
    const PathNumbers* event = row.moment == Moment::probability ? row.x : row.inside;
    const auto inside = event ? std::count(event->begin(), event->end(), 1.0) : 0;
    const bool trivial = event && (inside == 0 || inside == static_cast<std::ptrdiff_t>(paths_));
    if (trivial) return fmt::format("{} of {} paths are in the event of {}", inside, paths_, row.text);
    if (row.moment == Moment::mean) {
      const auto [low, high] = std::minmax_element(values.values.begin(), values.values.end());
      return fmt::format("the {} is {:.6g} … {:.6g} {} on single paths", row.text, *low, *high, row.unit);
    }
    return fmt::format("no weights of the {} paths give such a {}", paths_, row.text);
  }

  void report_contradiction(const std::vector<StatedRow*>& active, Problems& problems) const {
    std::vector<const StatedRow*> rows;
    for (const std::size_t i : contradiction(rows_, paths_)) rows.push_back(active[i]);
    std::stable_partition(rows.begin(), rows.end(), [](const StatedRow* row) { return !row->held(); });
    if (rows.size() == 1) {
      problems.add(rows[0]->place,
                   fmt::format("view {} leaves nearly every path out: {}", rows[0]->name, rows[0]->text),
                   "state a number that more paths are near, or take more paths");
      return;
    }
    std::string names;
    for (const StatedRow* row : rows) names += (names.empty() ? "" : ", ") + (row->held() ? row->text : row->name);
    problems.add(rows[0]->place, fmt::format("no weights of the paths satisfy these views together: {}", names),
                 "take one of them back, or loosen it to at_least or at_most",
                 rows[1]->held() ? std::nullopt : std::optional(rows[1]->place));
  }

  std::vector<StatedRow> stated_;
  std::size_t paths_;
  std::vector<ViewRow> rows_;  // of the last pooling
  Pooled pooled_;
};

}  // namespace

Scenario weighable(Scenario scenario) {
  scenario.record.method = RecordSpec::Quantiles::exact;
  scenario.record.paths = 0;
  scenario.record.trigger_log = 0;
  for (const OutcomeSpec& outcome : scenario.outcomes) {
    if (outcome.buckets) scenario.measures.push_back(outcome.buckets->measure);
  }
  return scenario;
}

Scenario asking(Scenario scenario, Views& views, Problems& problems) {
  add_outcomes(scenario, views, problems);
  for (StatedView& view : views.views) {
    if (!view.outcome.text.empty()) find_outcome(view, scenario.outcomes, problems);
    scenario.measures.insert(scenario.measures.end(), view.measures.begin(), view.measures.end());
  }
  return scenario;
}

Weighed weigh(const Plan& plan, const PathAnswers& answers, const Views& views) {
  Problems problems;
  PathTable table(plan, answers);
  Pooling pooling(stated_rows(plan, views, table, problems), table.paths().size());
  problems.raise();
  pooling.solve();
  Weighting weighting = pooling.weighting();
  weighting.views_name = views.source->name;
  weighting.views_text = views.source->text;
  WeightedPaths statistics(weighting.weights, pooling.take_fitted());
  std::vector<double> all(answers.counts.size());
  for (std::size_t j = 0; j < table.paths().size(); ++j) all[table.paths()[j]] = weighting.weights[j];
  weighting.weights = std::move(all);
  return {std::move(weighting), table.paths(), std::move(statistics)};
}

}  // namespace moniac
