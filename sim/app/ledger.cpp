#include "sim/app/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/engine/combinations.h"

namespace moniac {

namespace {

// The unit of what a plan is asked: none of an outcome.
std::string unit_of(const Plan& plan) {
  if (!plan.outcomes.empty()) return {};
  return plan.variables[static_cast<std::size_t>(plan.recorded.front().variable)].unit;
}

// "us.y10 on 2026-12-31"; of an event "us.y10 above 5 %/year, at any step".
std::string measure_of(const Claim& claim, const Plan& plan) {
  const auto event = std::find_if(plan.outcomes.begin(), plan.outcomes.end(),
                                  [](const OutcomePlan& outcome) { return outcome.name == "event"; });
  return event == plan.outcomes.end() ? claim.measure : event->text;
}

bool differ(const ClaimFinding& finding, const ClaimFinding& main) {
  return finding.verdict != main.verdict;
}

}  // namespace

const ClaimFinding* LedgerEntry::flip() const {
  const auto reverse = main().verdict == ClaimVerdict::supported ? ClaimVerdict::contradicted : ClaimVerdict::supported;
  const ClaimFinding* first = nullptr;
  for (const ClaimFinding& finding : findings) {
    if (!differ(finding, main())) continue;
    if (finding.verdict == reverse) return &finding;
    if (first == nullptr) first = &finding;
  }
  return first;
}

ClaimTest::ClaimTest(const Claim& claim, const Catalogue& catalogue, Problems& problems)
    : claim_(claim), catalogue_(catalogue), measure_(claim.measure), expected_{.kind = claim.expected} {
  if (claim.observed) {
    unit_ = claim.observed->unit;
    read_expected(problems);
  }
  for (std::size_t index = 0; index < plan_count(); ++index) {
    try {
      const Plan checked = plan(index);
      if (index > 0) continue;
      measure_ = measure_of(claim, checked);
      unit_ = unit_of(checked);
      read_expected(problems);
    } catch (const ScenarioError& error) {
      for (const Problem& problem : error.problems()) {
        problems.add(problem.place, fmt::format("{} (claim {})", problem.message, claim.name.text()), problem.remedy,
                     problem.second);
      }
      return;  // the others would say the same
    }
  }
}

void ClaimTest::read_expected(Problems& problems) {
  if (claim_.low) expected_.low = in_unit(*claim_.low, problems);
  if (claim_.high) expected_.high = in_unit(*claim_.high, problems);
  if (claim_.slight) slight_ = in_unit(*claim_.slight, problems);
}

double ClaimTest::in_unit(const Quantity& quantity, Problems& problems) const {
  if (quantity.unit.empty()) return quantity.number;
  return convert(quantity, unit_, claim_.scenario.time.dt(), "what the claim expects", problems).value_or(0);
}

const Change* ClaimTest::driver(std::size_t variant) const {
  return variant == 0 ? nullptr : &claim_.drivers[(variant - 1) / 2].ends[(variant - 1) % 2];
}

// Of each variant the corners: without and with the change, then the same with what is given.
Plan ClaimTest::plan(std::size_t index, Problems problems) const {
  const std::size_t corner = index % corners();
  const bool with_change = claim_.has_change() && corner % 2 == 1;
  const bool with_given = !claim_.given.empty() && (claim_.has_change() ? corner >= 2 : corner == 1);
  const Scenario scenario = variant(claim_, with_change, with_given, driver(index / corners()), problems);
  return Plan::make(scenario, catalogue_, problems);
}

LedgerEntry ClaimTest::run(const Execution& execution) const {
  if (!claim_.observed) return simulate(execution);
  ClaimFinding finding{.setting = {}, .evidence = {.estimate = claim_.observed->number}};
  finding.verdict = verdict(expected_, finding.evidence);
  return {.claim = &claim_, .measure = measure_, .unit = unit_, .findings = {finding}};
}

LedgerEntry ClaimTest::simulate(const Execution& execution) const {
  // Effect: (with - without), given less not given; a level where nothing changes. Before it the first corner, whose
  // standard deviation says what is slight.
  Weights weights;
  for (std::size_t variant = 0; variant < variants(); ++variant) {
    std::vector<double> level(plan_count()), effect(plan_count());
    const std::size_t first = variant * corners();
    level[first] = 1;
    for (std::size_t corner = 0; corner < corners(); ++corner) {
      const bool minus_change = claim_.has_change() && corner % 2 == 0;
      const bool minus_given = !claim_.given.empty() && corner < corners() / 2;
      effect[first + corner] = minus_change == minus_given ? 1 : -1;
    }
    weights.push_back(level);
    weights.push_back(effect);
  }
  const PlanFamily family{
      .count = plan_count(), .paths = claim_.scenario.paths, .plan = [&](std::size_t index) { return plan(index); }};
  const Combinations found = combine(family, weights, execution);
  LedgerEntry entry{.claim = &claim_,
                    .measure = measure_,
                    .unit = unit_,
                    .findings = {},
                    .paths = claim_.scenario.paths,
                    .paths_used = found.paths_used,
                    .runs = *std::max_element(found.verdicts.begin(), found.verdicts.end())};
  for (std::size_t variant = 0; variant < variants(); ++variant) {
    const Moments &level = found.moments[2 * variant].back(), &effect = found.moments[2 * variant + 1].back();
    ClaimFinding finding{.setting = {}, .evidence = {.estimate = effect.mean, .se = effect.standard_error()}};
    finding.evidence.slight = slight_.value_or(claim_.has_change() ? 0.1 * std::sqrt(level.variance()) : 0);
    finding.verdict = verdict(expected_, finding.evidence);
    if (variant > 0) {
      finding.setting =
          fmt::format("{} = {}", claim_.drivers[(variant - 1) / 2].name, flow_text(driver(variant)->value));
    }
    entry.findings.push_back(finding);
  }
  return entry;
}

}  // namespace moniac
