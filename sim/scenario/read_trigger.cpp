// Triggers: events that happen on a path when conditions hold there.
#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/conditions.h"
#include "sim/scenario/number.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/sections.h"

namespace moniac {

namespace {

// A mapping without its conditions, so that its options can be checked by name.
Node options_of(const Node& when) {
  Node options = when;
  std::erase_if(options.entries, [](const auto& entry) { return is_condition(entry.key); });
  return options;
}

void read_when(const Node& when, Trigger& trigger, const Calendar* time, Problems& problems) {
  std::vector<Condition> conditions;
  for (const auto& [key, value] : when.entries) {
    if (is_condition(key)) read_condition(key, value, time, conditions, problems);
  }
  const bool tests =
      std::any_of(when.entries.begin(), when.entries.end(), [](const auto& entry) { return is_condition(entry.key); });
  trigger.when = joined(std::move(conditions)).value_or(Condition{});
  const Node options = options_of(when);
  const Fields fields{options, "'when'", names_of(when_keys()), problems};
  if (!fields.valid()) return;
  if (!tests) problems.add(when.place, "this trigger tests nothing", "write when: {us.y10: {above: 5 %/year}}");
  if (const Node* hold = fields.find("for")) trigger.hold = read_length(*hold, "for", time, problems);
  if (const Node* rest = fields.find("cooldown")) trigger.cooldown = read_length(*rest, "cooldown", time, problems);
  if (const Node* share = fields.find("probability")) {
    trigger.probability = read_share(*share, "probability", "write a share: 0.5, or 50 %", problems).value_or(1);
  }
  if (const Node* most = fields.find("at_most")) {
    trigger.at_most = read_integer(*most, "at_most", 1, trigger.at_most, problems).value_or(trigger.at_most);
  }
  if (const Node* off = fields.find("off")) trigger.off = read_conditions(*off, "off", "'off'", time, problems);
}

void refuse_without_when(const Fields& fields, Problems& problems) {
  for (const char* word : {"delay", "release"}) {
    if (const Node* value = fields.find(word)) {
      problems.add(value->place, fmt::format("'{}' belongs to a trigger, and this event has no 'when'", word),
                   fmt::format("write when: {{us.y10: {{above: 5 %/year}}}}, or remove '{}'", word));
    }
  }
}

}  // namespace

std::optional<Trigger> read_trigger(const Node& event, const Fields& fields, const Calendar* time, Problems& problems) {
  if (!event.find("when")) {
    refuse_without_when(fields, problems);
    return {};
  }
  Trigger trigger;
  if (const Node* at = event.find("at")) {
    problems.add(at->place, "this event has both a date ('at') and a trigger ('when')",
                 "keep one of the two; write a second event for the other", event.find("when")->place);
  }
  fields.require("name", "write name: fed_steps_in; its random numbers are drawn under that name");
  if (const Node* when = fields.find("when")) read_when(*when, trigger, time, problems);
  if (const Node* delay = fields.find("delay")) trigger.delay = read_length(*delay, "delay", time, problems);
  if (const Node* release = fields.find("release")) {
    trigger.release = read_conditions(*release, "release", "'release'", time, problems);
  }
  return trigger;
}

}  // namespace moniac
