// Measures: variables as they are tested, and what is made of them before, each in a column of its own.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "sim/engine/plan_builder.h"
#include "sim/units/units.h"

namespace moniac {

bool MeasurePlan::same_as(const MeasurePlan& m) const {
  return std::tie(kind, from, back, other, factor, step) == std::tie(m.kind, m.from, m.back, m.other, m.factor, m.step);
}

int PlanBuilder::step_of(Date date) const {
  return date == scenario_.time.start ? 0 : scenario_.time.step_of(date).value_or(0);
}

PlanBuilder::Measured PlanBuilder::variable_column(const Name& name) {
  const Addressed found = address(name);
  if (found.variable == nullptr) return {};
  const Variable& variable = *found.variable;
  if (found.values.size() > 1) {
    problems_.add(name.place,
                  fmt::format("'{}' has one value per {}", variable.name, dimension_names(variable.dimensions)),
                  fmt::format("pick one, for example {}", variable.name_of(found.values.front())));
    return {};
  }
  return {.column = variable.column + found.values.front(), .unit = variable.unit};
}

// The column of a measure, which is the same for all who ask for the same.
int PlanBuilder::measure_column(MeasurePlan plan) {
  std::vector<MeasurePlan>& measures = plan_.measures;
  const auto same = std::find_if(measures.begin(), measures.end(), [&](const auto& m) { return m.same_as(plan); });
  if (same != measures.end()) return same->to;
  plan.to = plan_.layout.variables++;
  measures.push_back(plan);
  return plan.to;
}

PlanBuilder::Measured PlanBuilder::measure(const Measure& measure) {
  const Measured variable = variable_column(measure.variable);
  if (variable.column < 0) return {};
  Measured value = transformed(measure, variable);
  if (value.column < 0 || !measure.at) return value;
  const int step = step_of(*measure.at);
  value.column = measure_column({.kind = MeasurePlan::Kind::hold, .from = value.column, .step = step});
  value.from = std::max(value.from, step);
  return value;
}

// The one number of a path that is meant, with its step: at its date, or at the end.
std::pair<PlanBuilder::Measured, int> PlanBuilder::number(Measure value) {
  const int step = value.at ? step_of(*value.at) : scenario_.time.steps;
  value.at.reset();
  return {measure(value), step};
}

void PlanBuilder::plan_numbers() {
  for (const Measure& asked : scenario_.measures) {
    const auto [measured, step] = number(asked);
    plan_.numbers.push_back({.column = measured.column, .step = step, .unit = measured.unit});
  }
}

PlanBuilder::Measured PlanBuilder::transformed(const Measure& measure, const Measured& variable) {
  using Transform = Measure::Transform;
  using Kind = MeasurePlan::Kind;
  if (measure.transform == Transform::none) return variable;
  const bool share = measure.transform == Transform::ratio || measure.transform == Transform::relative_drawdown;
  Measured value{.column = -1, .unit = share ? "" : variable.unit, .doubtful = share};
  MeasurePlan plan{.from = variable.column};
  if (measure.transform == Transform::ratio) plan.kind = Kind::ratio;
  if (measure.transform == Transform::mean) plan.kind = Kind::mean;
  if (measure.transform == Transform::drawdown) plan.kind = Kind::drawdown;
  if (measure.transform == Transform::relative_drawdown) plan.kind = Kind::relative_drawdown;
  if (const auto* length = std::get_if<Quantity>(&measure.base)) {
    plan.back = std::min(steps_of(*length, 1), scenario_.time.steps);
  } else if (const auto* date = std::get_if<Date>(&measure.base)) {
    plan.step = value.from = step_of(*date);
  } else if (std::holds_alternative<Measure::Start>(measure.base)) {
    plan.step = 0;
  } else if (const auto* name = std::get_if<Name>(&measure.base)) {
    const Measured other = variable_column(*name);
    if (other.column < 0) return {};
    const auto factor = strict_conversion(other.unit, variable.unit, dt());
    if (!factor) {
      problems_.add(name->place,
                    fmt::format("{} in {} cannot be compared with {} in {}", measure.variable.text, variable.unit,
                                name->text, other.unit),
                    "take two variables that measure the same");
      return {};
    }
    plan.other = other.column;
    plan.factor = *factor;
  }
  value.column = measure_column(plan);
  return value;
}

}  // namespace moniac
