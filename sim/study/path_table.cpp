#include "sim/study/path_table.h"

#include <algorithm>

namespace moniac {

PathTable::PathTable(const Plan& plan, const PathAnswers& answers) : plan_(plan), answers_(answers) {
  for (std::size_t path = 0; path < answers.counts.size(); ++path) {
    if (answers.counts[path]) paths_.push_back(path);
  }
}

const PathNumbers* PathTable::event(const std::string& outcome) {
  const std::vector<unsigned char>& all = answers_.outcomes[index_of(outcome)];
  PathNumbers values;
  for (const std::size_t path : paths_) values.push_back(all[path]);
  return keep(std::move(values));
}

const std::string& PathTable::text(const std::string& outcome) const {
  return plan_.outcomes[index_of(outcome)].text;
}

const PathNumbers* PathTable::number(std::size_t index) {
  const NumberPlan& asked = plan_.numbers[index];
  for (const auto& [plan, numbers] : numbers_) {
    if (plan->column == asked.column && plan->step == asked.step) return numbers;
  }
  PathNumbers values;
  for (const std::size_t path : paths_) values.push_back(answers_.numbers[index][path]);
  return numbers_.emplace_back(&asked, keep(std::move(values))).second;
}

const PathNumbers* PathTable::at_most(const PathNumbers& x, double level) {
  PathNumbers values;
  for (const double number : x) values.push_back(number <= level ? 1 : 0);
  return keep(std::move(values));
}

std::size_t PathTable::index_of(const std::string& outcome) const {
  const auto known = std::find_if(plan_.outcomes.begin(), plan_.outcomes.end(),
                                  [&](const OutcomePlan& plan) { return plan.name == outcome; });
  return static_cast<std::size_t>(known - plan_.outcomes.begin());
}

}  // namespace moniac
