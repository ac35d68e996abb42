#include "sim/results/cases.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace moniac {

namespace {

template <class T>
void append(std::vector<T>& all, std::vector<T>&& next) {
  all.insert(all.end(), std::make_move_iterator(next.begin()), std::make_move_iterator(next.end()));
}

bool same_variable(const RecordedVariable& a, const RecordedVariable& b) {
  return a.name == b.name && a.unit == b.unit && a.dimensions == b.dimensions;
}

// What the arrays of a case are over.
bool same_shape(const Results& sweep, const Results& next) {
  const auto first = sweep.outcomes.begin();
  return sweep.identities.size() == next.identities.size() && sweep.outcomes.size() >= next.outcomes.size() &&
         std::equal(sweep.variables.begin(), sweep.variables.end(), next.variables.begin(), next.variables.end(),
                    same_variable) &&
         std::equal(next.outcomes.begin(), next.outcomes.end(), first,
                    [](const OutcomeResult& a, const OutcomeResult& b) { return a.name == b.name; });
}

void append_variable(RecordedVariable& all, RecordedVariable&& next) {
  append(all.mean, std::move(next.mean));
  append(all.sd, std::move(next.sd));
  append(all.se, std::move(next.se));
  append(all.minimum, std::move(next.minimum));
  append(all.maximum, std::move(next.maximum));
  append(all.quantiles, std::move(next.quantiles));
  append(all.quantile_se, std::move(next.quantile_se));
  append(all.quantile_error, std::move(next.quantile_error));
}

void add_up(ClampResult& all, const ClampResult& next) {
  all.held += next.held;
  all.path_steps += next.path_steps;
}

void take_larger(IdentityResult& largest, const IdentityResult& next) {
  if (next.maximum > largest.maximum) largest = next;
}

}  // namespace

std::vector<double> responses(const Results& results) {
  std::vector<double> all;
  for (const RecordedVariable& variable : results.variables) {
    all.insert(all.end(), variable.mean.begin(), variable.mean.end());
  }
  for (const OutcomeResult& outcome : results.outcomes) all.push_back(outcome.probability);
  return all;
}

void append_case(Results& sweep, Results next) {
  Cases& cases = *sweep.cases;
  const std::int64_t index = cases.count++;
  cases.paths_used.push_back(next.paths_used);
  cases.failed.push_back(next.failed);
  sweep.paths_used += next.paths_used;
  sweep.failed += next.failed;
  for (Failure& failure : next.failures) failure.of_case = index;
  for (IdentityResult& identity : next.identities) identity.of_case = index;
  if (index == 0) {
    sweep.variables = std::move(next.variables);
    sweep.identities = std::move(next.identities);
    sweep.clamps = std::move(next.clamps);
  } else {
    if (!same_shape(sweep, next)) throw std::logic_error("a case of the sweep records other things than the first");
    for (std::size_t v = 0; v < sweep.variables.size(); ++v) {
      append_variable(sweep.variables[v], std::move(next.variables[v]));
    }
    for (std::size_t i = 0; i < sweep.identities.size(); ++i) take_larger(sweep.identities[i], next.identities[i]);
    for (std::size_t c = 0; c < sweep.clamps.size(); ++c) add_up(sweep.clamps[c], next.clamps[c]);
  }
  append(sweep.outcomes, std::move(next.outcomes));
  append(sweep.triggers, std::move(next.triggers));
  append(sweep.failures, std::move(next.failures));
}

}  // namespace moniac
