#include "sim/study/mixture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/engine/unit.h"
#include "sim/math/scalar.h"
#include "sim/study/views.h"

namespace moniac {

namespace {

// What a plan records and asks, in order.
std::vector<std::string> contents(const Plan& plan) {
  std::vector<std::string> all;
  for (const Recorded& recorded : plan.recorded) {
    const Variable& variable = plan.variables[static_cast<std::size_t>(recorded.variable)];
    all.push_back(fmt::format("variable {} in {}", variable.name, variable.unit));
    for (const int value : recorded.values) all.push_back("value " + variable.name_of(value));
  }
  for (const int step : plan.recorded_steps) all.push_back("date " + iso(plan.time.date(step)));
  for (const OutcomePlan& outcome : plan.outcomes)
    all.push_back(fmt::format("outcome {} ({})", outcome.name, outcome.text));
  return all;
}

template <class Result>
auto of_name(std::vector<Result>& all, const std::string& name) {
  return std::find_if(all.begin(), all.end(), [&](const Result& one) { return one.name == name; });
}

// One ensemble of the paths of all.
class Joined {
 public:
  explicit Joined(const std::vector<MixedRun>& parts) : parts_(parts), plan_(*parts.front().plan) {
    run_.outcome.results = parts.front().run.outcome.results;
    for (const MixedRun& part : parts) run_.paths += part.run.paths;
    join_values();
    join_answers();
    for (std::size_t p = 1; p < parts.size(); ++p) join(parts[p].run.outcome.results);
    run_.outcome.results.parameters.clear();  // each scenario has its own
    run_.outcome.results.defaults_used.clear();
  }

  const SampledRun& run() const { return run_; }

 private:
  void join_values() {
    for (std::size_t s = 0; s < series_count(plan_); ++s)
      for (const MixedRun& part : parts_) {
        const std::span<const double> series = part.run.series(s);
        run_.values.insert(run_.values.end(), series.begin(), series.end());
      }
  }

  void join_answers() {
    PathAnswers& all = run_.answers;
    const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    for (const MixedRun& part : parts_) {
      const PathAnswers& answers = part.run.answers;
      all.outcomes.resize(answers.outcomes.size());
      all.numbers.resize(answers.numbers.size());
      for (std::size_t o = 0; o < answers.outcomes.size(); ++o) append(all.outcomes[o], answers.outcomes[o]);
      for (std::size_t n = 0; n < answers.numbers.size(); ++n) append(all.numbers[n], answers.numbers[n]);
      append(all.counts, answers.counts);
    }
  }

  // Counts, extremes and failures; what is weighed comes later.
  void join(const Results& part) {
    Results& all = run_.outcome.results;
    for (Failure failure : part.failures) {
      failure.path += all.paths;
      all.failures.push_back(std::move(failure));
    }
    for (std::size_t v = 0; v < all.variables.size(); ++v) widen(all.variables[v], part.variables[v]);
    for (std::size_t o = 0; o < all.outcomes.size(); ++o) {
      all.outcomes[o].paths += part.outcomes[o].paths;
      all.outcomes[o].hits += part.outcomes[o].hits;
      all.outcomes[o].undefined += part.outcomes[o].undefined;
    }
    for (const ClampResult& clamp : part.clamps) join(all.clamps, clamp);
    for (IdentityResult identity : part.identities) {
      identity.path += all.paths;
      join(all.identities, identity);
    }
    all.paths += part.paths;
    all.paths_used += part.paths_used;
    all.failed += part.failed;
  }

  // Of those of one name the worst.
  static void join(std::vector<IdentityResult>& all, const IdentityResult& one) {
    const auto known = of_name(all, one.name);
    if (known == all.end()) {
      all.push_back(one);
    } else if (one.maximum > known->maximum) {
      *known = one;
    }
  }

  static void join(std::vector<ClampResult>& all, const ClampResult& one) {
    const auto known = of_name(all, one.name);
    if (known == all.end()) {
      all.push_back(one);
    } else {
      known->held += one.held;
      known->path_steps += one.path_steps;
    }
  }

  static void widen(RecordedVariable& all, const RecordedVariable& part) {
    for (std::size_t i = 0; i < all.minimum.size(); ++i) {
      all.minimum[i] = std::min(all.minimum[i], part.minimum[i]);
      all.maximum[i] = std::max(all.maximum[i], part.maximum[i]);
    }
  }

  const std::vector<MixedRun>& parts_;
  const Plan& plan_;
  SampledRun run_;
};

// A scenario as the view that its paths weigh so much.
ViewResult stated(const MixedRun& part, double paths_of_all) {
  ViewResult view;
  view.name = part.name;
  view.text = part.text;
  view.relation = "is";
  view.stated = part.probability;
  view.before = static_cast<double>(part.run.outcome.results.paths_used) / paths_of_all;
  view.after = part.probability;
  view.multiplier = log(view.stated / view.before);
  view.inside = part.run.outcome.results.paths_used;
  return view;
}

// Each path counts p/n.
Weighed weighed(const std::vector<MixedRun>& parts, const SampledRun& joined) {
  const auto used = static_cast<std::size_t>(joined.outcome.results.paths_used);
  Weighting weighting;
  weighting.weights.resize(joined.answers.counts.size());
  std::vector<std::size_t> paths;
  std::vector<double> weights;
  std::vector<std::vector<double>> rows(parts.size(), std::vector<double>(used));  // whose paths they are
  std::size_t path = 0;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const double weight = parts[p].probability / static_cast<double>(parts[p].run.outcome.results.paths_used);
    const std::size_t end = path + static_cast<std::size_t>(parts[p].run.paths);
    for (; path < end; ++path) {
      if (!joined.answers.counts[path]) continue;
      weighting.weights[path] = weight;
      rows[p][paths.size()] = 1;
      paths.push_back(path);
      weights.push_back(weight);
    }
    weighting.views.push_back(stated(parts[p], static_cast<double>(used)));
    weighting.divergence += parts[p].probability * weighting.views.back().multiplier;
  }
  WeightedPaths statistics(std::move(weights), std::move(rows));
  weighting.kish = statistics.kish();
  weighting.entropy = static_cast<double>(used) * exp(0 - weighting.divergence);
  return {std::move(weighting), std::move(paths), std::move(statistics)};
}

}  // namespace

std::string mixing_obstacle(const Plan& a, const Plan& b) {
  if (!(a.time == b.time)) return "it runs over other steps";
  const std::vector<std::string> in_a = contents(a), in_b = contents(b);
  const auto [first, second] = std::mismatch(in_a.begin(), in_a.end(), in_b.begin(), in_b.end());
  if (first == in_a.end() && second == in_b.end()) return {};
  if (first == in_a.end()) return fmt::format("it has the {}, which the first has not", *second);
  const std::string there = second == in_b.end() ? "nothing more" : "the " + *second;
  return fmt::format("the first has the {} where it has {}", *first, there);
}

Results mixed_results(const std::vector<MixedRun>& parts) {
  const Joined joined(parts);
  return weighted_results(*parts.front().plan, joined.run(), weighed(parts, joined.run()));
}

}  // namespace moniac
