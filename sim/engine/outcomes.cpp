// Outcomes: what may happen on a path, in an order in which parts come before what they are parts of.
#include <fmt/format.h>

#include <algorithm>

#include "sim/engine/plan_builder.h"
#include "sim/engine/question_text.h"
#include "sim/scenario/format.h"
#include "sim/scenario/outcome_references.h"

namespace moniac {

namespace {

using Kind = OutcomeSpec::Kind;

// At or above `low`, and below `high`, where they are given.
ConditionPlan between(int column, const double* low, const double* high) {
  using Instruction = ConditionPlan::Instruction;
  ConditionPlan plan{.instructions = {}, .depth = 1};
  const auto test_below = [&](double level) {
    plan.instructions.push_back({.kind = Instruction::Kind::test, .test = {column, Predicate::Test::below, level}});
  };
  if (high) test_below(*high);
  if (low) {
    test_below(*low);
    plan.instructions.push_back({.kind = Instruction::Kind::negation, .test = {}});
  }
  if (low && high) {
    plan.instructions.push_back({.kind = Instruction::Kind::both, .test = {}});
    plan.depth = 2;
  }
  return plan;
}

}  // namespace

void PlanBuilder::plan_outcomes() {
  for (const std::size_t o : by_dependence(scenario_.outcomes)) {
    const OutcomeSpec& spec = scenario_.outcomes[o];
    if (spec.buckets) {
      plan_buckets(spec);
    } else {
      occurrences_[spec.name] = plan_occurrence(spec);
    }
  }
  for (const OutcomeSpec& spec : scenario_.outcomes) list_outcomes(spec);
}

// The index of what happens; -1 for the name of what was mistaken, which is reported.
int PlanBuilder::plan_occurrence(const OutcomeSpec& spec) {
  if (spec.kind == Kind::named) {
    const auto known = occurrences_.find(spec.name);
    return known == occurrences_.end() ? -1 : known->second;
  }
  plan_.occurrences.push_back(spec.condition ? condition_occurrence(spec) : joint_occurrence(spec));
  return static_cast<int>(plan_.occurrences.size()) - 1;
}

OccurrencePlan PlanBuilder::condition_occurrence(const OutcomeSpec& spec) {
  OccurrencePlan occurrence;
  occurrence.condition = plan_condition(*spec.condition, &occurrence);
  occurrence.last_step = std::min(steps_of(spec.within, scenario_.time.steps), scenario_.time.steps);
  occurrence.run_length = spec.kind == Kind::all ? occurrence.last_step : steps_of(spec.duration, 1);
  return occurrence;
}

OccurrencePlan PlanBuilder::joint_occurrence(const OutcomeSpec& spec) {
  using Joint = OccurrencePlan::Kind;
  OccurrencePlan occurrence;
  occurrence.first_step = 0;  // its parts have windows of their own
  occurrence.kind = spec.kind == Kind::all_of    ? Joint::all_of
                    : spec.kind == Kind::any_of  ? Joint::any_of
                    : spec.kind == Kind::none_of ? Joint::none_of
                                                 : Joint::sequence;
  for (const OutcomeSpec& part : spec.parts) {
    const int index = plan_occurrence(part);
    if (index >= 0) occurrence.parts.push_back(index);
  }
  occurrence.last_step = std::min(steps_of(spec.within, scenario_.time.steps), scenario_.time.steps);
  occurrence.least_gap = steps_of(spec.least_gap, occurrence.least_gap);
  occurrence.most_gap = steps_of(spec.most_gap, occurrence.most_gap);
  return occurrence;
}

// Each bucket happens in the step of the measure.
void PlanBuilder::plan_buckets(const OutcomeSpec& spec) {
  const auto [measured, step] = number(spec.buckets->measure);
  if (measured.column < 0) return;
  std::vector<double> edges;
  for (const Quantity& edge : spec.buckets->edges) {
    const auto level = convert(edge, measured.unit, dt(), "edges", problems_);
    if (!level) return;
    if (!edges.empty() && *level <= edges.back()) {
      problems_.add(edge.place, fmt::format("edges must increase: {} does not", to_text(edge)));
    }
    edges.push_back(*level);
  }
  std::vector<std::optional<double>> stated(edges.size() + 1);
  for (std::size_t b = 0; b < spec.buckets->stated.size(); ++b) {
    stated[b] = convert(spec.buckets->stated[b], measured.unit, dt(), "stated", problems_);
  }
  for (std::size_t b = 0; b <= edges.size(); ++b) {
    const double* low = b == 0 ? nullptr : &edges[b - 1];
    const double* high = b == edges.size() ? nullptr : &edges[b];
    OccurrencePlan bucket;
    bucket.condition = between(measured.column, low, high);
    bucket.first_step = bucket.last_step = step;
    if (measured.doubtful) bucket.doubtful.emplace_back(measured.column, 0);
    const std::string name = bucket_name(spec.name, spec.buckets->labels[b]);
    binned_[name] = {.column = measured.column, .step = step, .unit = measured.unit, .stated = stated[b]};
    occurrences_[name] = static_cast<int>(plan_.occurrences.size());
    plan_.occurrences.push_back(std::move(bucket));
  }
}

void PlanBuilder::list_outcomes(const OutcomeSpec& spec) {
  const auto occurrence = [&](const std::string& name) {
    const auto known = occurrences_.find(name);
    return known == occurrences_.end() ? -1 : known->second;
  };
  if (!spec.buckets) {
    plan_.outcomes.push_back({.name = spec.name,
                              .text = in_words(spec),
                              .kind = outcome_kinds()[static_cast<std::size_t>(spec.kind)],
                              .occurrence = occurrence(spec.name),
                              .passage = spec.kind == Kind::first || spec.kind == Kind::sequence,
                              .bucket_of = {},
                              .label = {}});
    return;
  }
  BucketSpec buckets = *spec.buckets;
  if (!buckets.measure.at) buckets.measure.at = scenario_.time.date(scenario_.time.steps);
  for (std::size_t b = 0; b < buckets.labels.size(); ++b) {
    const std::string name = bucket_name(spec.name, buckets.labels[b]);
    plan_.outcomes.push_back({.name = name,
                              .text = in_words(buckets, b),
                              .kind = "bucket",
                              .occurrence = occurrence(name),
                              .passage = false,
                              .bucket_of = spec.name,
                              .label = buckets.labels[b],
                              .binned = binned_[name]});
  }
}

}  // namespace moniac
