// Triggers: their conditions and options in steps. What they do to levers is in schedules.cpp.
#include <fmt/format.h>

#include <algorithm>

#include "sim/engine/plan_builder.h"
#include "sim/engine/question_text.h"
#include "sim/math/hash.h"

namespace moniac {

namespace {

std::string condition_text(const Trigger& trigger) {
  std::string text = in_words(trigger.when);
  if (trigger.hold) text += " for " + to_text(*trigger.hold);
  if (trigger.probability < 1) text += fmt::format(", with probability {}", to_text(trigger.probability));
  if (trigger.cooldown) text += fmt::format(", {} apart", to_text(*trigger.cooldown));
  if (trigger.at_most == 1) text += ", once";
  if (trigger.at_most != 1 && trigger.at_most != Trigger{}.at_most) {
    text += fmt::format(", at most {} times", trigger.at_most);
  }
  if (trigger.off) text += ", again after " + in_words(*trigger.off);
  return text;
}

std::string change_text(const Event::Change& change) {
  const std::string value = to_text(change.value);
  switch (change.action) {
    case Event::Action::set:
      return fmt::format("set {} to {}", change.lever.text, value);
    case Event::Action::add:
      return fmt::format("add {} to {}", value, change.lever.text);
    case Event::Action::multiply:
      return fmt::format("multiply {} by {}", change.lever.text, value);
  }
  return "";
}

std::string action_text(const Event& event) {
  std::string text;
  for (const Event::Change& change : event.changes) text += (text.empty() ? "" : ", ") + change_text(change);
  if (event.duration) text += " for " + to_text(*event.duration);
  if (event.trigger->delay) text += fmt::format(", {} later", to_text(*event.trigger->delay));
  if (event.trigger->release) text += ", until " + in_words(*event.trigger->release);
  return text;
}

}  // namespace

int PlanBuilder::steps_of(const std::optional<Quantity>& length, int otherwise) {
  return length ? read_steps(*length, scenario_.time, problems_).value_or(otherwise) : otherwise;
}

void PlanBuilder::plan_triggers() {
  for (std::size_t e = 0; e < scenario_.events.size(); ++e) {
    if (scenario_.events[e].trigger) plan_trigger(scenario_.events[e], static_cast<int>(e));
  }
}

void PlanBuilder::plan_trigger(const Event& event, int place) {
  const Trigger& trigger = *event.trigger;
  TriggerPlan plan{.name = event.name,
                   .text = condition_text(trigger),
                   .action = action_text(event),
                   .event = place,
                   .key = stream_key(scenario_.seed, "trigger/" + event.name),
                   .when = plan_condition(trigger.when),
                   .off = trigger.off ? plan_condition(*trigger.off) : ConditionPlan{},
                   .release = trigger.release ? plan_condition(*trigger.release) : ConditionPlan{},
                   .run_length = steps_of(trigger.hold, 1),
                   .cooldown = steps_of(trigger.cooldown, 0),
                   .probability = trigger.probability,
                   .at_most = trigger.at_most,
                   .delay = steps_of(trigger.delay, 0),
                   .length = 0};
  check_trigger_stream(plan, event.place);
  plan_.triggers.push_back(std::move(plan));
}

void PlanBuilder::check_trigger_stream(const TriggerPlan& trigger, const Place& place) {
  std::string other;
  for (const Draw& draw : plan_.draws) {
    if (draw.key == trigger.key) other = draw.stream;
  }
  for (const TriggerPlan& earlier : plan_.triggers) {
    if (earlier.key == trigger.key) other = "trigger/" + earlier.name;
  }
  if (other.empty()) return;
  problems_.add(place, fmt::format("the streams trigger/{} and {} have the same key", trigger.name, other),
                "rename the trigger or choose another seed");
}

}  // namespace moniac
