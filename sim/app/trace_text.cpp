#include "sim/app/trace_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/app/text.h"
#include "sim/output/csv_row.h"

namespace moniac {

namespace {

constexpr int digits = 5;

std::vector<double> values_of(const Trace& trace, std::size_t column) {
  std::vector<double> values;
  for (const std::vector<double>& row : trace.values) values.push_back(row[column]);
  return values;
}

// "4.2500 2025-07-01".
std::string extreme_text(const std::vector<double>& values, std::vector<double>::const_iterator extreme,
                         const Calendar& time, int decimals) {
  return fmt::format("{} {}", fixed(*extreme, decimals), iso(time.date(static_cast<int>(extreme - values.begin()))));
}

void add_row(TextTable& table, const TraceColumn& column, const std::vector<double>& values, const Calendar& time) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const int decimals = decimals_for(*high - *low, digits);
  const std::string label = column.label.empty() ? "" : "[" + column.label + "]";
  table.add({column.name + label, column.unit, fixed(values.front(), decimals), fixed(values.back(), decimals),
             extreme_text(values, low, time, decimals), extreme_text(values, high, time, decimals)});
}

// Traces hold the variables of a plan first, in its order.
std::vector<std::size_t> recorded_trace_columns(const Plan& plan) {
  std::vector<std::size_t> first_of{0};
  for (const Variable& variable : plan.variables) {
    first_of.push_back(first_of.back() + static_cast<std::size_t>(variable.width()));
  }
  std::vector<std::size_t> columns;
  for (const Recorded& recorded : plan.recorded) {
    for (const int value : recorded.values) {
      columns.push_back(first_of[static_cast<std::size_t>(recorded.variable)] + static_cast<std::size_t>(value));
    }
  }
  return columns;
}

std::string outcomes_text(const Plan& plan, const Trace& trace) {
  std::string text;
  for (std::size_t o = 0; o < trace.outcomes.size(); ++o) {
    text += fmt::format("outcome {}: {} ({})\n", plan.outcomes[o].name, trace.outcomes[o] ? "yes" : "no",
                        plan.outcomes[o].text);
  }
  return text;
}

std::string firings_text(const Plan& plan, const Trace& trace) {
  std::string text;
  for (const TriggerFiring& firing : trace.firings) {
    text += fmt::format("trigger {} fired at the end of {}\n",
                        plan.triggers[static_cast<std::size_t>(firing.trigger)].name, iso(plan.time.date(firing.step)));
  }
  return text;
}

}  // namespace

std::string trace_table(const Plan& plan, const Trace& trace) {
  const int last = static_cast<int>(trace.values.size()) - 1;
  TextTable table("llrrrr");
  table.add({"variable", "unit", iso(plan.time.start), iso(plan.time.date(last)), "lowest", "highest"});
  for (const std::size_t column : recorded_trace_columns(plan)) {
    add_row(table, trace.columns[column], values_of(trace, column), plan.time);
  }
  const std::string failure = trace.failure ? failure_text(*trace.failure, plan.time) + "\n" : "";
  return table.text() + outcomes_text(plan, trace) + firings_text(plan, trace) + failure;
}

std::string trace_csv_heading(bool of_case) {
  return std::string(of_case ? "case," : "") + "path,step,date,kind,name,label,unit,value\n";
}

std::string trace_csv(const Plan& plan, const Trace& trace, std::optional<std::int64_t> of_case) {
  std::string text;
  for (std::size_t k = 0; k < trace.values.size(); ++k) {
    const std::string date = iso(plan.time.date(static_cast<int>(k)));
    for (std::size_t c = 0; c < trace.columns.size(); ++c) {
      const TraceColumn& column = trace.columns[c];
      if (of_case) text += csv_cell(*of_case) + ",";
      text += csv_row(trace.path, static_cast<std::int64_t>(k), date, to_string(column.kind), column.name, column.label,
                      column.unit, trace.values[k][c]);
    }
  }
  return text;
}

std::string failure_text(const Failure& failure, const Calendar& time) {
  return fmt::format("path {} failed in step {} ({}): {}: {}", failure.path, failure.step, iso(time.date(failure.step)),
                     failure.model, failure.cause);
}

}  // namespace moniac
