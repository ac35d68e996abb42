#include "sim/app/scorecard.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/app/text.h"
#include "sim/math/hash.h"
#include "sim/math/quantile.h"
#include "sim/output/csv_row.h"
#include "sim/results/first_passage.h"
#include "sim/study/draws.h"
#include "sim/study/scores.h"

namespace moniac {

namespace {

// The central 50, 90 and 98 % with the median, as fan charts show them.
constexpr std::array<double, 7> percents = {50, 25, 75, 5, 95, 1, 99};

// A variable, or an element of a vector, as it is recorded.
struct Series {
  std::string unit;
  std::size_t column = 0;
};

std::vector<double> ascending(std::span<const double> values) {
  std::vector<double> sorted;
  std::copy_if(values.begin(), values.end(), std::back_inserter(sorted), [](double x) { return !std::isnan(x); });
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

class Scorer {
 public:
  Scorer(const Plan& plan, const SampledRun& run, const RandomWalk& walk) : plan_(plan), run_(run), walk_(walk) {
    for (const RecordedVariable& variable : run.outcome.results.variables) {
      for (std::size_t value = 0; value < variable.width(); ++value)
        series_.emplace_back(variable.name_of(value), Series{variable.unit, series_.size()});
    }
  }

  NumberScore score(const ObservedNumber& observed) const {
    const auto known = std::find_if(series_.begin(), series_.end(),
                                    [&](const auto& named) { return named.first == observed.variable.text; });
    const Series& series = known->second;
    const int step = observed.date == plan_.time.start ? 0 : *plan_.time.step_of(observed.date);
    NumberScore result{.name = known->first, .unit = series.unit, .date = observed.date, .observed = observed.value};
    const std::vector<double> values = ascending(of(series, step));
    if (!values.empty()) rate(values, step, result);
    const std::vector<double> start = ascending(of(series, 0));
    double sum = 0;
    for (const double x : start) sum += x;
    result.start = sum / static_cast<double>(start.size());
    const auto deviation = walk_.find(result.name);
    const double sd = deviation == walk_.end() ? 0 : deviation->second * std::sqrt(step * plan_.time.dt());
    result.benchmark = normal_crps(result.observed - result.start, sd);
    return result;
  }

 private:
  std::span<const double> of(const Series& series, int step) const {
    const auto date = std::find(plan_.recorded_steps.begin(), plan_.recorded_steps.end(), step);
    const auto index = static_cast<std::size_t>(date - plan_.recorded_steps.begin());
    return run_.series(index * series_.size() + series.column);
  }

  void rate(const std::vector<double>& values, int step, NumberScore& result) const {
    const std::vector<double> q = exact_quantiles(values, percents);
    result.median = q[0];
    result.low_50 = q[1], result.high_50 = q[2];
    result.low_90 = q[3], result.high_90 = q[4];
    const CentralInterval intervals[] = {{q[1], q[2], 0.5}, {q[3], q[4], 0.1}, {q[5], q[6], 0.02}};
    result.interval_score = weighted_interval_score(q[0], intervals, result.observed);
    result.crps = crps(values, result.observed);
    if (values.size() > 1) result.fair_crps = fair_crps(values, result.observed);
    const std::uint64_t key = stream_key(plan_.seed, result.name + "/score");
    const double tie = uniform_draws(key, static_cast<std::uint32_t>(step), 0, 1).front();
    result.transform = probability_transform(values, result.observed, tie);
  }

  const Plan& plan_;
  const SampledRun& run_;
  const RandomWalk& walk_;
  std::vector<std::pair<std::string, Series>> series_;
};

OutcomeScore score_of(const Results& results, const ObservedOutcome& observed) {
  std::vector<double> shares;
  std::size_t came = 0;
  OutcomeScore result{.name = observed.name, .text = {}, .observed = observed.happened ? "1" : "0"};
  for (const OutcomeResult& outcome : results.outcomes) {
    if (outcome.name == observed.name) {
      result.text = outcome.text;
      result.probability = observed.happened ? outcome.probability : 1 - outcome.probability;
      result.brier = brier_score(outcome.probability, observed.happened);
    } else if (outcome.bucket_of == observed.name) {
      if (outcome.label == observed.bucket) {
        came = shares.size();
        result.text = outcome.text;
        result.observed = outcome.label;
        result.probability = outcome.probability;
      }
      shares.push_back(outcome.probability);
    }
  }
  if (!shares.empty()) result.brier = ranked_probability_score(shares, came);
  result.log = log_score(result.probability, results.paths_used);
  return result;
}

// Of a first passage whose day is known, or that did not come about.
std::optional<WaitingScore> waiting_score(const Plan& plan, const Results& results, const ObservedOutcome& observed) {
  const auto planned = std::find_if(plan.outcomes.begin(), plan.outcomes.end(),
                                    [&](const OutcomePlan& outcome) { return outcome.name == observed.name; });
  if (planned == plan.outcomes.end() || !planned->passage || (observed.happened && !observed.day)) return {};
  const OutcomeResult& result = results.outcomes[static_cast<std::size_t>(planned - plan.outcomes.begin())];
  const int end = plan.occurrences[static_cast<std::size_t>(planned->occurrence)].last_step;
  const int came = !observed.day ? end : *observed.day == plan.time.start ? 0 : *plan.time.step_of(*observed.day);
  const double days = 365.25 * plan.time.dt();
  std::optional<Date> median;
  if (const auto step = passage_quantile(result, 50)) median = plan.time.date(*step);
  const double crps = waiting_time_crps(result.first_passage, result.paths, static_cast<std::size_t>(end),
                                        static_cast<std::size_t>(came));
  return WaitingScore{observed.name, observed.day, median, days * came, days * crps};
}

std::string numbers_text(const Scorecard& scorecard) {
  if (scorecard.numbers.empty()) return {};
  TextTable table("lllrrlrrr");
  table.add({"observed", "", "date", "value", "median", "5 % … 95 %", "transform", "CRPS", "no change"});
  for (const NumberScore& n : scorecard.numbers) {
    const double spread = n.high_90 - n.low_90;
    const int decimals = spread > 0 ? decimals_for(spread, 3) : decimals_for(n.observed, 5);
    table.add({n.name, n.unit, iso(n.date), fixed(n.observed, decimals), fixed(n.median, decimals),
               fmt::format("{} … {}", fixed(n.low_90, decimals), fixed(n.high_90, decimals)), fixed(n.transform, 2),
               fixed(n.crps, decimals), fixed(n.benchmark, decimals)});
  }
  return "\n" + table.text();
}

std::string share(std::int64_t part, std::int64_t whole) {
  return fmt::format("{:.0f} %", 100 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string summaries_text(const Scorecard& scorecard) {
  if (scorecard.numbers.empty()) return {};
  TextTable table("llrrrrrr");
  table.add({"over its dates", "", "dates", "median less observed", "CRPS", "skill", "inside 50 %", "inside 90 %"});
  for (const VariableScore& s : over_dates(scorecard.numbers)) {
    const int decimals = decimals_for(s.crps, 2);
    const std::string skill = s.benchmark > 0 ? fixed(1 - s.crps / s.benchmark, 2) : "";
    table.add({s.name, s.unit, std::to_string(s.dates), fixed(s.error, decimals), fixed(s.crps, decimals), skill,
               share(s.inside_50, s.dates), share(s.inside_90, s.dates)});
  }
  return "\n" + table.text() +
         "skill: 1 - CRPS / distance of the start from what was observed; 0 is no better than no change\n";
}

std::string outcomes_text(const Scorecard& scorecard) {
  if (scorecard.outcomes.empty()) return {};
  TextTable table("llrrrl");
  table.add({"outcome", "observed", "its probability", "Brier or RPS", "log score", ""});
  for (const OutcomeScore& o : scorecard.outcomes) {
    table.add({o.name, o.observed, fixed(o.probability, 4), fixed(o.brier, 4), fixed(o.log, 3), o.text});
  }
  return "\n" + table.text();
}

std::string waits_text(const Scorecard& scorecard) {
  if (scorecard.waits.empty()) return {};
  TextTable table("lllr");
  table.add({"first passage", "observed", "median", "CRPS, days"});
  for (const WaitingScore& w : scorecard.waits) {
    table.add({w.name, w.observed ? iso(*w.observed) : "not in its window", w.median ? iso(*w.median) : "not reached",
               fixed(w.crps, decimals_for(w.crps, 3))});
  }
  return "\n" + table.text();
}

}  // namespace

std::vector<VariableScore> over_dates(const std::vector<NumberScore>& numbers) {
  std::vector<VariableScore> scores;
  for (const NumberScore& number : numbers) {
    if (scores.empty() || scores.back().name != number.name) scores.push_back({number.name, number.unit});
    VariableScore& sum = scores.back();
    ++sum.dates;
    sum.inside_50 += number.inside_50() ? 1 : 0;
    sum.inside_90 += number.inside_90() ? 1 : 0;
    sum.error += number.median - number.observed;
    sum.crps += number.crps;
    sum.benchmark += number.benchmark;
  }
  for (VariableScore& score : scores) {
    for (double* mean : {&score.error, &score.crps, &score.benchmark}) *mean /= static_cast<double>(score.dates);
  }
  return scores;
}

Scorecard score(const Plan& plan, const SampledRun& run, const Observations& observed, const RandomWalk& walk) {
  Scorecard scorecard{.title = plan.title, .numbers = {}, .outcomes = {}, .waits = {}};
  const Scorer scorer(plan, run, walk);
  for (const ObservedNumber& number : observed.numbers) scorecard.numbers.push_back(scorer.score(number));
  std::stable_sort(scorecard.numbers.begin(), scorecard.numbers.end(),
                   [](const auto& a, const auto& b) { return std::tie(a.name, a.date) < std::tie(b.name, b.date); });
  for (const ObservedOutcome& outcome : observed.outcomes) {
    scorecard.outcomes.push_back(score_of(run.outcome.results, outcome));
    if (const auto waiting = waiting_score(plan, run.outcome.results, outcome)) scorecard.waits.push_back(*waiting);
  }
  return scorecard;
}

std::string scorecard_text(const Scorecard& scorecard) {
  return scorecard.title + "\n" + numbers_text(scorecard) + summaries_text(scorecard) + outcomes_text(scorecard) +
         waits_text(scorecard);
}

std::string scorecard_csv(const Scorecard& scorecard) {
  std::string text =
      "name,unit,date,observed,median,q5,q25,q75,q95,transform,crps,fair_crps,interval_score,no_change,probability,"
      "brier,"
      "log_score\n";
  for (const NumberScore& n : scorecard.numbers) {
    text += csv_row(n.name, n.unit, iso(n.date), n.observed, n.median, n.low_90, n.low_50, n.high_50, n.high_90,
                    n.transform, n.crps, n.fair_crps, n.interval_score, n.benchmark, "", "", "");
  }
  for (const OutcomeScore& o : scorecard.outcomes) {
    text += csv_row(o.name, "", "", o.observed, "", "", "", "", "", "", "", "", "", "", o.probability, o.brier, o.log);
  }
  for (const WaitingScore& w : scorecard.waits) {
    const std::string day = w.observed ? iso(*w.observed) : "";
    text += csv_row(w.name, "day", day, w.waited, "", "", "", "", "", "", w.crps, "", "", "", "", "", "");
  }
  return text;
}

}  // namespace moniac
