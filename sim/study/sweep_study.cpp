#include "sim/study/sweep_study.h"

#include <fmt/format.h>

#include "sim/engine/ensemble.h"

namespace moniac {

namespace {

// What a sweep needs, and what it cannot keep.
Problems with_sweep_problems(const Scenario& scenario, Problems problems) {
  if (!scenario.sweep && problems.empty()) {
    problems.add(
        {scenario.source, 0, 0, 0}, "the scenario has no 'sweep'",
        "write sweep: {design: grid, axes: {us.policy_rate.phi_pi: {values: [1, 1.5, 2]}}}, or use moniac run");
  }
  if (scenario.record.paths > 0) {
    problems.add(scenario.record.place, "the paths of a sweep are not recorded",
                 "leave record.paths out; 'moniac rerun RESULT --case C --path P' shows any of them");
  }
  if (scenario.record.trigger_log > 0) {
    problems.add(scenario.record.place, "the log of triggers of a sweep is not kept", "leave record.trigger_log out");
  }
  return problems;
}

CaseTable checked_table(const Scenario& scenario, Problems& problems) {
  CaseTable table(scenario, problems);
  problems.raise();
  return table;
}

// A sweep with thousands of listed cases would be copied for each of them.
Scenario without_sweep(Scenario scenario) {
  std::erase_if(scenario.resolved.entries, [](const auto& entry) { return entry.key.text == "sweep"; });
  return scenario;
}

}  // namespace

SweepStudy::SweepStudy(const Scenario& scenario, const Catalogue& catalogue, Problems found)
    : scenario_(scenario),
      catalogue_(catalogue),
      problems_(with_sweep_problems(scenario, std::move(found))),
      base_(Plan::make(scenario, catalogue, problems_)),
      table_(checked_table(scenario, problems_)),
      stem_(without_sweep(scenario)) {
  check_corners();
}

Plan SweepStudy::plan(std::int64_t index) const {
  Problems problems;
  const Scenario scenario = changed(stem_, table_.changes(index), problems);
  try {
    return Plan::make(scenario, catalogue_, problems);
  } catch (const ScenarioError& error) {
    throw ScenarioError(of_case(error.problems(), index));
  }
}

Results SweepStudy::question() const {
  Results results = question_of(base_);
  Cases& cases = results.cases.emplace();
  cases.design = table_.design_text();
  cases.axes = table_.axes();
  return results;
}

// Nothing runs when a value is out of its range: the extreme ones of each axis are tried first.
void SweepStudy::check_corners() const {
  constexpr std::size_t most_told = 20;
  Problems found;
  for (const std::int64_t index : table_.corners()) {
    try {
      plan(index);
    } catch (const ScenarioError& error) {
      for (const Problem& problem : error.problems()) {
        if (found.list().size() < most_told) found.add(problem.place, problem.message, problem.remedy, problem.second);
      }
    }
  }
  found.raise();
}

std::vector<Problem> SweepStudy::of_case(std::vector<Problem> problems, std::int64_t index) const {
  for (Problem& problem : problems) {
    problem.message = fmt::format("{} (case {}: {})", problem.message, index, table_.text(index));
  }
  return problems;
}

}  // namespace moniac
