// Results of paths that are weighed.
#include <algorithm>
#include <cmath>

#include "sim/engine/unit.h"
#include "sim/study/views.h"

namespace moniac {

namespace {

std::vector<double> chosen(std::span<const double> all, const std::vector<std::size_t>& paths) {
  std::vector<double> values;
  values.reserve(paths.size());
  for (const std::size_t path : paths) values.push_back(all[path]);
  return values;
}

class Summariser {
 public:
  Summariser(const Plan& plan, const SampledRun& run, const Weighed& weighed)
      : plan_(plan), run_(run), paths_(weighed.paths), statistics_(weighed.statistics) {}

  // `column`: of the variable's first value among the recorded columns.
  void summarise(RecordedVariable& variable, std::size_t column, std::size_t columns) const {
    const std::size_t dates = plan_.recorded_steps.size(), width = variable.width();
    for (std::size_t date = 0; date < dates; ++date) {
      for (std::size_t value = 0; value < width; ++value) {
        const std::vector<double> x = chosen(run_.series(date * columns + column + value), paths_);
        const std::size_t i = date * width + value;
        const WeightedMean mean = statistics_.mean(x);
        variable.mean[i] = mean.mean;
        variable.se[i] = mean.se;
        variable.sd[i] = statistics_.sd(x, mean.mean);
        put_quantiles(variable, x, date * plan_.quantiles.size() * width + value);
      }
    }
    variable.quantile_error.clear();
  }

  void answer(OutcomeResult& outcome, std::size_t index) const {
    std::vector<unsigned char> inside;
    for (const std::size_t path : paths_) inside.push_back(run_.answers.outcomes[index][path]);
    const Proportion share = statistics_.probability(inside);
    outcome.probability = share.probability;
    outcome.se = share.se;
    outcome.low = share.low;
    outcome.high = share.high;
    outcome.first_passage.clear();
    if (!plan_.outcomes[index].bucket_of.empty()) average(outcome, index, inside);
  }

 private:
  // Half the distance between the quantiles a standard error of the rank to either side, as of a run, with the
  // effective sample size for the number of paths.
  void put_quantiles(RecordedVariable& variable, const std::vector<double>& x, std::size_t first) const {
    std::vector<double> percents;
    for (const double percent : plan_.quantiles) {
      const double p = percent / 100, se = std::sqrt(p * (1 - p) / statistics_.kish());
      for (const double at : {p, p - se, p + se}) percents.push_back(100 * std::min(std::max(at, 0.0), 1.0));
    }
    const std::vector<double> quantiles = statistics_.quantiles(x, percents);
    for (std::size_t q = 0; q < plan_.quantiles.size(); ++q) {
      const std::size_t i = first + q * variable.width();
      variable.quantiles[i] = quantiles[3 * q];
      variable.quantile_se[i] = std::max(0.0, quantiles[3 * q + 2] - quantiles[3 * q + 1]) / 2;
    }
  }

  // The mean of the numbers that fall into a bucket.
  void average(OutcomeResult& bucket, std::size_t index, const std::vector<unsigned char>& inside) const {
    bucket.mean.reset();
    bucket.mean_se.reset();
    const OutcomePlan::Binned& binned = *plan_.outcomes[index].binned;
    const auto number = std::find_if(plan_.numbers.begin(), plan_.numbers.end(), [&](const NumberPlan& plan) {
      return plan.column == binned.column && plan.step == binned.step;
    });
    if (bucket.hits == 0) return;
    const auto n = static_cast<std::size_t>(number - plan_.numbers.begin());
    const WeightedMean mean = statistics_.mean_inside(chosen(run_.answers.numbers[n], paths_), inside);
    bucket.mean = mean.mean;
    if (bucket.hits > 1) bucket.mean_se = mean.se;
  }

  const Plan& plan_;
  const SampledRun& run_;
  const std::vector<std::size_t>& paths_;
  const WeightedPaths& statistics_;
};

}  // namespace

Results weighted_results(const Plan& plan, const SampledRun& run, Weighed weighed) {
  Results results = run.outcome.results;
  const Summariser summariser(plan, run, weighed);
  const std::size_t columns = series_count(plan) / plan.recorded_steps.size();
  std::size_t column = 0;
  for (RecordedVariable& variable : results.variables) {
    summariser.summarise(variable, column, columns);
    column += variable.width();
  }
  for (std::size_t o = 0; o < results.outcomes.size(); ++o) summariser.answer(results.outcomes[o], o);
  results.triggers.clear();
  results.trigger_log.clear();
  results.quantile_method = "weighted";
  results.weighting = std::move(weighed.weighting);
  return results;
}

}  // namespace moniac
