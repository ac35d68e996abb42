#include "sim/scenario/schedule.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/fields.h"
#include "sim/scenario/format.h"
#include "sim/scenario/quantity.h"

namespace moniac {

namespace {

bool is_long_form(const Node& node) {
  Words words = names_of(schedule_keys());
  for (const Key& key : csv_keys()) words.push_back(key.name);
  return std::any_of(node.entries.begin(), node.entries.end(), [&](const auto& entry) {
    return std::find(words.begin(), words.end(), entry.key.text) != words.end();
  });
}

bool read_points(const Node& node, const std::string& what, DatedValues& values, Problems& problems) {
  if (node.entries.empty()) {
    problems.add(node.place, fmt::format("{} has no dates", what), "write {2025-01-01: value, …}");
    return false;
  }
  const std::size_t before = problems.list().size();
  for (const auto& [key, value] : node.entries) {
    const auto date = read_date(key, fmt::format("the date of {}", what), problems);
    const auto quantity = read_quantity(value, what, problems);
    if (!date) continue;
    if (!values.points.empty() && *date <= values.points.back().date) {
      const Date last = values.points.back().date;
      const bool same = *date == last;
      problems.add(key.place,
                   same
                       ? fmt::format("{} has {} twice", what, iso(last))
                       : fmt::format("the dates of {} must increase: {} stands behind {}", what, iso(*date), iso(last)),
                   same ? "keep one of the two" : "put the dates in order", values.places.back());
    }
    values.points.push_back({*date, quantity.value_or(Quantity{})});
    values.places.push_back(key.place);
  }
  return problems.list().size() == before;
}

bool read_constant(const Node& node, const std::string& what, DatedValues& values, Problems& problems) {
  const auto quantity = read_quantity(node, what, problems);
  if (!quantity) return false;
  values.constant = true;
  values.points.push_back({Date{}, *quantity});
  values.places.push_back(node.place);
  return true;
}

bool read_long_form(const Node& node, const std::string& what, bool allow_until, DatedValues& values,
                    Problems& problems) {
  Words known = names_of(schedule_keys());
  if (!allow_until) known.erase(std::remove(known.begin(), known.end(), "until"), known.end());
  for (const auto& entry : node.entries) {
    if (!parse_date(entry.key.text)) continue;
    problems.add(entry.key.place, fmt::format("a date among the options of {}", what),
                 "put the dates below 'values': {values: {2025-01-01: value, …}}");
    return false;
  }
  const Fields fields{node, what, known, problems};
  bool good = true;
  if (const Node* interpolate = fields.find("interpolate")) {
    const auto choice = read_choice(*interpolate, "interpolate", interpolations(), problems);
    good = choice.has_value();
    values.linear = choice == 1;
  }
  if (const Node* until = fields.find("until"); until && allow_until) {
    values.until = read_date(*until, "until", problems);
    values.until_place = until->place;
    good = good && values.until;
  }
  const Node* dated = fields.require("values", "write {values: {2025-01-01: value, …}}");
  if (!dated) return false;
  if (dated->kind == Node::Kind::scalar) return read_constant(*dated, what, values, problems) && good;
  if (!expect(Node::Kind::mapping, *dated, what, "{2025-01-01: value, …}", problems)) return false;
  values.open = true;
  return read_points(*dated, what, values, problems) && good;
}

}  // namespace

std::optional<DatedValues> read_dated_values(const Node& node, const std::string& what, bool allow_until,
                                             Problems& problems) {
  DatedValues values;
  bool good = false;
  if (node.kind == Node::Kind::scalar) {
    good = read_constant(node, what, values, problems);
  } else if (!expect(Node::Kind::mapping, node, what, "a single value or {2025-01-01: value, …}", problems)) {
    return {};
  } else if (is_long_form(node)) {
    good = read_long_form(node, what, allow_until, values, problems);
  } else {
    good = read_points(node, what, values, problems);
  }
  if (!good) return {};
  return values;
}

}  // namespace moniac
