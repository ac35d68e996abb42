// Levers, impositions and events.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/scenario/fields.h"
#include "sim/scenario/number.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/schedule.h"
#include "sim/scenario/sections.h"

namespace moniac {

namespace {

// Dates of a short schedule are meant for this run; a longer record (`values:`) may reach beyond it.
void check_dates(const DatedValues& values, const Calendar& time, Problems& problems) {
  if (values.until) {
    check_in_run(*values.until, values.until_place, "until", time, problems);
    if (!values.constant && *values.until < values.points.front().date) {
      problems.add(values.until_place, "until stands before the first date", "", values.places.front());
    }
  }
  if (values.constant || values.open) return;
  for (std::size_t i = 0; i < values.points.size(); ++i) {
    check_in_run(values.points[i].date, values.places[i], "the date", time, problems);
  }
}

std::vector<Schedule> read_schedules(const Node& node, const std::string& section, bool allow_until,
                                     const Calendar* time, Problems& problems) {
  std::vector<Schedule> all;
  if (!expect(Node::Kind::mapping, node, section, fmt::format("{}: {{us.y10: {{2025-01-01: 4 %/year}}}}", section),
              problems)) {
    return all;
  }
  for (const auto& [key, value] : node.entries) {
    const auto variable = read_variable(key, section, problems);
    if (value.kind == Node::Kind::null) {
      problems.add(key.place, fmt::format("{} has no value; nothing of that name is inherited", in_quotes(key.text)));
      continue;
    }
    auto values = read_dated_values(value, key.text, allow_until, problems);
    if (!variable || !values) continue;
    if (time) check_dates(*values, *time, problems);
    if (values->constant && time) values->points[0].date = time->start;
    all.push_back({*variable, std::move(values->points), values->linear, values->until, key.place});
  }
  return all;
}

}  // namespace

std::vector<Schedule> read_levers(const Node& node, const Calendar* time, Problems& problems) {
  return read_schedules(node, "levers", false, time, problems);
}

std::vector<Schedule> read_impose(const Node& node, const Calendar* time, Problems& problems) {
  return read_schedules(node, "impose", true, time, problems);
}

namespace {

std::optional<Quantity> read_change(const Node& value, Event::Action action, const std::string& lever,
                                    Problems& problems) {
  auto quantity = read_quantity(value, lever, problems);
  if (!quantity || action != Event::Action::multiply) return quantity;
  const auto factor = convert(*quantity, "", 1, fmt::format("the factor of {}", lever), problems);
  if (!factor) return {};
  return Quantity{*factor, "", value.place};
}

void read_changes(const Node& node, Event::Action action, const std::string& word, Event& event, Problems& problems) {
  if (!expect(Node::Kind::mapping, node, word, fmt::format("{}: {{us.fed_purchases: 60 USD bn/month}}", word),
              problems)) {
    return;
  }
  for (const auto& [key, value] : node.entries) {
    const auto lever = read_variable(key, word, problems);
    const auto quantity = read_change(value, action, key.text, problems);
    if (lever && quantity) event.changes.push_back({action, *lever, *quantity});
  }
}

void read_all_changes(const Node& item, Event& event, Problems& problems) {
  bool any = false;
  for (const auto& [key, value] : item.entries) {
    const std::string& word = key.text;
    const auto found = std::find(event_actions().begin(), event_actions().end(), word);
    if (found == event_actions().end()) continue;
    any = true;
    const auto action = static_cast<Event::Action>(found - event_actions().begin());
    if (value.kind != Node::Kind::null) read_changes(value, action, word, event, problems);
  }
  if (!any) problems.add(item.place, "this event changes nothing", "write set:, add: or multiply: {lever: value}");
}

// The date of an event that is no trigger.
std::optional<Date> read_event_date(const Node& item, const Fields& fields, const Calendar* time, Problems& problems) {
  if (!item.find("at")) {
    problems.add(item.place, "an event has neither 'at' nor 'when'",
                 "write at: 2025-07-01, or when: {us.y10: {above: 5 %/year}}");
  }
  const Node* at = fields.find("at");
  const auto date = at ? read_date(*at, "at", problems) : std::nullopt;
  if (date && time) check_in_run(*date, at->place, "at", *time, problems);
  return date;
}

std::optional<Event> read_event(const Node& item, const Calendar* time, Problems& problems) {
  const Fields fields{item, "an event", names_of(event_keys()), problems};
  if (!fields.valid()) return {};
  Event event;
  event.place = item.place;
  if (const Node* name = fields.find("name")) {
    check_name(*name, "an event", problems);
    event.name = name->text;
  }
  event.trigger = read_trigger(item, fields, time, problems);
  const auto date = event.trigger ? std::nullopt : read_event_date(item, fields, time, problems);
  if (const Node* length = fields.find("for")) event.duration = read_length(*length, "for", time, problems);
  read_all_changes(item, event, problems);
  if (!date && !event.trigger) return {};
  if (date) event.at = *date;
  return event;
}

// Steps in which a `set` is in force for certain: a window for an event with `for`, else its first step. A later `set`
// may replace one that lasts to the end.
struct Window {
  int first = 0;
  int last = 0;
  Place place;
};

std::optional<Window> window_of(const Event& event, const Place& place, const Calendar& time) {
  const auto first = event.trigger ? std::nullopt : time.step_of(event.at);
  if (!first) return {};
  Problems already_reported;
  const auto length =
      event.duration ? read_steps(*event.duration, time, "for", already_reported) : std::optional<int>{1};
  if (!length) return {};
  return Window{*first, *first + *length - 1, place};
}

void check_overlaps(const std::vector<Event>& events, const Calendar& time, Problems& problems) {
  std::map<std::string, std::vector<Window>> windows;
  for (const Event& event : events) {
    for (const Event::Change& change : event.changes) {
      if (change.action != Event::Action::set) continue;
      const auto window = window_of(event, change.lever.place, time);
      if (!window) continue;
      auto& earlier = windows[change.lever.text];
      const auto clash = std::find_if(earlier.begin(), earlier.end(), [&](const Window& other) {
        return other.first <= window->last && window->first <= other.last;
      });
      if (clash != earlier.end()) {
        problems.add(change.lever.place,
                     fmt::format("two events set {} at the same time", in_quotes(change.lever.text)),
                     "move one of them, shorten its 'for', or use add", clash->place);
      }
      earlier.push_back(*window);
    }
  }
}

void check_names(const std::vector<Event>& events, Problems& problems) {
  std::map<std::string, Place> seen;
  for (const Event& event : events) {
    if (event.name.empty()) continue;
    const auto [first, fresh] = seen.emplace(event.name, event.place);
    if (!fresh) {
      problems.add(event.place, fmt::format("two events are named {}", in_quotes(event.name)), "rename one of them",
                   first->second);
    }
  }
}

}  // namespace

std::vector<Event> read_events(const Node& node, const Calendar* time, Problems& problems) {
  std::vector<Event> events;
  if (!expect(Node::Kind::sequence, node, "events", "[{at: 2025-07-01, set: {…}}]", problems)) return events;
  for (const Node& item : node.items) {
    if (auto event = read_event(item, time, problems)) events.push_back(std::move(*event));
  }
  check_names(events, problems);
  if (time) check_overlaps(events, *time, problems);
  return events;
}

}  // namespace moniac
