// What a condition makes of its variable before it is tested.
#include <fmt/format.h>

#include "sim/scenario/conditions.h"
#include "sim/scenario/format.h"
#include "sim/scenario/quantity.h"

namespace moniac {

namespace {

// The start is a date of a variable too, though of no step.
void check_date(Date date, const Node& node, const std::string& what, const Calendar* time, Problems& problems) {
  if (time && date != time->start) check_in_run(date, node.place, what, *time, problems);
}

Measure::Base read_window(const Node& node, const std::string& what, const Calendar* time, Problems& problems) {
  const auto length = read_length(node, what, time, problems);
  return length ? Measure::Base{*length} : Measure::Base{};
}

// What a ratio or a difference is taken against.
Measure::Base read_base(const Node& node, const std::string& what, const Calendar* time, Problems& problems) {
  if (!expect(Node::Kind::scalar, node, what, "us.y2, start or 2026-12-31", problems)) return {};
  if (node.text == "start") return Measure::Start{};
  if (is_variable(node.text)) return Name{node.text, node.place};
  if (const auto date = parse_date(node.text)) {
    check_date(*date, node, what, time, problems);
    return *date;
  }
  const bool length = !node.text.empty() && node.text.front() >= '0' && node.text.front() <= '9';
  if (length && what == "ratio") return read_window(node, what, time, problems);
  problems.add(node.place, fmt::format("{} = {} is neither a variable, start nor a date", what, in_quotes(node.text)),
               length ? fmt::format("write change: {} for the difference over a length of time", node.text)
                      : fmt::format("write {}: us.y2, {}: start or {}: 2026-12-31", what, what, what));
  return {};
}

Measure::Transform read_drawdown(const Node& node, Problems& problems) {
  const auto choice = read_choice(node, "drawdown", drawdowns(), problems);
  return choice == 1 ? Measure::Transform::relative_drawdown : Measure::Transform::drawdown;
}

void read_transform(const std::string& word, const Node& node, const Calendar* time, Measure& measure,
                    Problems& problems) {
  using Transform = Measure::Transform;
  if (word == "drawdown") {
    measure.transform = read_drawdown(node, problems);
  } else if (word == "ratio" || word == "diff_from") {
    measure.transform = word == "ratio" ? Transform::ratio : Transform::diff_from;
    measure.base = read_base(node, word, time, problems);
  } else {
    measure.transform = word == "change" ? Transform::change : Transform::mean;
    measure.base = read_window(node, word, time, problems);
  }
}

}  // namespace

Measure read_measure(Name variable, const Fields& fields, const Calendar* time, Problems& problems) {
  Measure measure{.variable = std::move(variable), .transform = Measure::Transform::none, .base = {}, .at = {}};
  const Node* first = nullptr;
  for (const Key& key : measure_keys()) {
    const Node* value = fields.find(key.name);
    if (!value || key.name == "at") continue;
    if (first) {
      problems.add(value->place, fmt::format("two transforms of {}", measure.variable.text),
                   "keep one of the two; only 'at' may stand beside another", first->place);
      continue;
    }
    first = value;
    read_transform(key.name, *value, time, measure, problems);
  }
  if (const Node* at = fields.find("at")) {
    measure.at = read_date(*at, "at", problems);
    if (measure.at) check_date(*measure.at, *at, "at", time, problems);
    const auto* base = std::get_if<Date>(&measure.base);
    if (base && measure.at && *base > *measure.at) {
      problems.add(at->place, fmt::format("at = {} is before {}, which it is compared with", at->text, iso(*base)),
                   "exchange the two dates", first->place);
    }
  }
  return measure;
}

}  // namespace moniac
