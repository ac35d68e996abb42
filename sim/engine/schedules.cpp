// Schedules: the value of each lever and each imposed variable in every step.
#include <fmt/format.h>

#include <algorithm>

#include "sim/engine/plan_builder.h"
#include "sim/units/units.h"

namespace moniac {

namespace {

// The points of a schedule in `unit`; points that do not convert are reported and left out.
Series converted(const Schedule& schedule, const std::string& unit, double dt, Problems& problems) {
  Series series{.points = {}, .linear = schedule.linear};
  for (const Schedule::Point& point : schedule.points) {
    const auto value = convert(point.value, unit, dt, schedule.variable.text, problems);
    if (value) series.points.push_back({point.date, *value});
  }
  return series;
}

bool per_time(const std::string& unit) {
  const auto parsed = parse_unit(unit);
  return parsed && (parsed->halves.contains("year") || parsed->halves.contains("step"));
}

std::vector<double> with_dated(const LeverPath& path) {
  std::vector<double> values = path.base;
  for (const DatedChange& dated : path.dated) {
    for (int k = dated.from; k <= dated.last; ++k) {
      double& value = values[static_cast<std::size_t>(k)];
      value = dated.change(value);
    }
  }
  return values;
}

}  // namespace

double LeverChange::operator()(double before) const {
  switch (action) {
    case Event::Action::set:
      return value;
    case Event::Action::add:
      return before + value;
    case Event::Action::multiply:
      return before * value;
  }
  return before;
}

void PlanBuilder::plan_levers() {
  for (const Schedule& schedule : scenario_.levers) address(schedule.variable);
  for (const Event& event : scenario_.events) {
    for (const Event::Change& change : event.changes) address(change.lever);
  }
  for (const Variable& variable : plan_.variables) {
    if (variable.kind != Variable::Kind::lever) continue;
    for (int value = 0; value < variable.width(); ++value) {
      LeverPath path{variable.column + value, {}, lever_base(variable, value), {}, {}};
      for (std::size_t e = 0; e < scenario_.events.size(); ++e) {
        add_changes(scenario_.events[e], static_cast<int>(e), variable, value, path);
      }
      std::stable_sort(path.dated.begin(), path.dated.end(),
                       [](const DatedChange& a, const DatedChange& b) { return a.from < b.from; });
      path.values = with_dated(path);
      plan_.levers.push_back(std::move(path));
    }
  }
}

std::vector<double> PlanBuilder::lever_base(const Variable& lever, int value) {
  const std::optional<double> fallback = first_reader(lever.name)->input->fallback;
  const int steps = scenario_.time.steps;
  std::vector<double> values(static_cast<std::size_t>(steps) + 1, fallback.value_or(0));
  bool scheduled = false;
  for (const Schedule& schedule : scenario_.levers) {
    if (!names_value(split_name(schedule.variable.text), lever, value)) continue;
    const Series series = converted(schedule, lever.unit, dt(), problems_);
    if (series.empty()) continue;
    scheduled = schedule.linear || series.points.front().date <= scenario_.time.start || fallback;
    for (int k = 0; k <= steps; ++k) {
      const Date date = scenario_.time.date(k);
      if (schedule.linear || date >= series.points.front().date) values[static_cast<std::size_t>(k)] = series.at(date);
    }
    if (!scheduled) {
      problems_.add(schedule.place,
                    fmt::format("'{}' has no value before {}", lever.name, iso(series.points.front().date)),
                    fmt::format("its readers declare no default: start the schedule at {}", iso(scenario_.time.start)));
    }
  }
  return values;
}

// The changes of one event to one lever. A flow lever's amount without a length is that of one step.
void PlanBuilder::add_changes(const Event& event, int place, const Variable& lever, int value, LeverPath& path) {
  const int horizon = scenario_.time.steps;
  const int from = event.trigger ? 0 : scenario_.time.step_of(event.at).value_or(0);
  if (from == 0 && !event.trigger) return;  // reported by the reader
  const auto length = event.duration ? read_steps(*event.duration, scenario_.time, problems_) : std::nullopt;
  for (const Event::Change& change : event.changes) {
    if (!names_value(split_name(change.lever.text), lever, value)) continue;
    const bool factor = change.action == Event::Action::multiply;
    const auto amount = convert(change.value, factor ? "" : lever.unit, dt(), change.lever.text, problems_);
    if (!amount) continue;
    const bool once = !event.duration && !factor && is_flow(lever.unit) && !per_time(change.value.unit);
    const int steps = std::min(length ? *length : once ? 1 : horizon, horizon);
    if (from > 0) {
      path.dated.push_back({{change.action, *amount}, from, std::min(from + steps - 1, horizon), place});
      continue;
    }
    const auto trigger = std::find_if(plan_.triggers.begin(), plan_.triggers.end(),
                                      [&](const TriggerPlan& candidate) { return candidate.event == place; });
    trigger->length = std::max(trigger->length, steps);
    path.triggered.push_back({{change.action, *amount}, static_cast<int>(trigger - plan_.triggers.begin()), steps});
  }
}

void PlanBuilder::plan_impositions() {
  for (const Schedule& schedule : scenario_.impose) plan_imposition(schedule);
}

// Two paths that are imposed on one value in one step: cn.house_sales and cn.house_sales[tier_1].
bool PlanBuilder::refuse_overlap(const Schedule& schedule, int column,
                                 const std::vector<std::optional<double>>& values) {
  for (const Imposition& other : plan_.impositions) {
    if (other.column != column) continue;
    for (std::size_t k = 0; k < values.size(); ++k) {
      if (!values[k] || !other.values[k]) continue;
      const auto first = std::find_if(scenario_.impose.begin(), scenario_.impose.end(),
                                      [&](const Schedule& one) { return one.variable.text == other.name; });
      problems_.add(schedule.variable.place,
                    fmt::format("'{}' overlaps with '{}' on {}", schedule.variable.text, other.name,
                                iso(scenario_.time.date(static_cast<int>(k)))),
                    "end one with `until` before the other begins, or name other values", first->variable.place);
      return true;
    }
  }
  return false;
}

void PlanBuilder::plan_imposition(const Schedule& schedule) {
  const Addressed target = address(schedule.variable);
  if (target.variable == nullptr) return;
  const Variable& variable = *target.variable;
  if (variable.kind != Variable::Kind::output) {
    problems_.add(schedule.variable.place, fmt::format("'{}' is not produced by one model", variable.name),
                  variable.kind == Variable::Kind::lever ? "move it under `levers:` instead"
                                                         : "impose what contributes to the sum instead");
    return;
  }
  const Series series = converted(schedule, variable.unit, dt(), problems_);
  if (series.empty()) return;
  std::vector<std::optional<double>> values(static_cast<std::size_t>(scenario_.time.steps) + 1);
  const Date first = series.points.front().date;
  for (int k = 1; k <= scenario_.time.steps; ++k) {
    const Date date = scenario_.time.date(k);
    // A date acts in the step that holds it, so the last step is the one that holds `until`.
    const bool over = schedule.until && scenario_.time.date(k - 1) >= *schedule.until;
    if (date >= first && !over) values[static_cast<std::size_t>(k)] = series.at(date);
  }
  const Placed& producer = placed_at(variable.placed);
  for (const int value : target.values) {
    const int column = variable.column + value;
    if (refuse_overlap(schedule, column, values)) return;
    const auto output = std::find(producer.output_columns.begin(), producer.output_columns.end(), column);
    plan_.impositions.push_back({.name = schedule.variable.text,
                                 .column = column,
                                 .placed = variable.placed,
                                 .output = static_cast<int>(output - producer.output_columns.begin()),
                                 .values = values});
  }
}

}  // namespace moniac
