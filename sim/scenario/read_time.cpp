#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/fields.h"
#include "sim/scenario/number.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/sections.h"

namespace moniac {

namespace {

struct Step {
  int every = 1;
  StepUnit unit = StepUnit::month;
};

constexpr auto step_remedy = "write 1 month, 2 weeks, 1 quarter, 1 year, 1 day or 1 weekday";

bool starts_with_letter(std::string_view text) {
  return !text.empty() && ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
}

// "1 month", "2 weeks"; "quarter" and "monthly" are none.
std::optional<Step> read_step(const Node& node, Problems& problems) {
  if (node.kind == Node::Kind::scalar && starts_with_letter(node.text)) {
    problems.add(node.place, fmt::format("step = {} is not a length of time", in_quotes(node.text)), step_remedy);
    return {};
  }
  const auto text = read_number_text(node, "step", problems);
  if (!text) return {};
  const Words& units = step_units();
  std::string word = text->rest;
  if (!word.empty() && word.back() == 's') word.pop_back();
  const auto found = std::find(units.begin(), units.end(), word);
  const bool whole =
      text->number >= 1 && text->number <= max_units_per_step && text->number == static_cast<int>(text->number);
  if (found != units.end() && whole) {
    return Step{static_cast<int>(text->number), static_cast<StepUnit>(found - units.begin())};
  }
  if (found == units.end()) {
    problems.add(node.place, fmt::format("step = {} has no unit of time", in_quotes(node.text)), step_remedy);
  } else {
    problems.add(node.place, fmt::format("step = {} is not a whole number of {}s from 1 to {}", in_quotes(node.text),
                                         word, max_units_per_step));
  }
  return {};
}

std::optional<int> read_step_count(const Fields& fields, const Node& node, const Calendar& time, Problems& problems) {
  const Node* steps = fields.find("steps");
  const Node* horizon = fields.find("horizon");
  if (steps && horizon) {
    problems.add(horizon->place, "both steps and horizon are given", "keep one of the two", steps->place);
    return {};
  }
  if (steps) {
    const auto count = read_integer(*steps, "steps", 1, max_steps, problems);
    return count ? std::optional<int>{static_cast<int>(*count)} : std::nullopt;
  }
  if (!horizon) {
    problems.add(node.place, "time has neither 'horizon' nor 'steps'", "write horizon: 24 months, or steps: 24");
    return {};
  }
  const auto length = read_quantity(*horizon, "horizon", problems);
  return length ? read_whole_steps(*length, time, "horizon", problems) : std::nullopt;
}

}  // namespace

std::optional<Calendar> read_time(const Node& node, Problems& problems) {
  const Fields fields{node, "time", names_of(time_keys()), problems};
  if (!fields.valid()) return {};
  const Node* start_node = fields.require("start", "write start: 2025-01-01");
  const Node* step_node = fields.require("step", "write step: 1 month");
  const auto start = start_node ? read_date(*start_node, "start", problems) : std::nullopt;
  const auto step = step_node ? read_step(*step_node, problems) : std::nullopt;
  Calendar time;
  if (step) {
    time.every = step->every;
    time.unit = step->unit;
  }
  const auto steps = step ? read_step_count(fields, node, time, problems) : std::nullopt;
  if (!start || !step || !steps) return {};
  time.start = *start;
  time.steps = *steps;
  if (time.dt() * time.steps <= longest_run_years) return time;
  problems.add(node.place,
               fmt::format("{} steps of {} are more than {} years", time.steps, time.step_text(), longest_run_years));
  return {};
}

void read_ensemble(const Node& node, Scenario& scenario, Problems& problems) {
  const Fields fields{node, "ensemble", names_of(ensemble_keys()), problems};
  if (const Node* paths = fields.require("paths", "write paths: 20000")) {
    scenario.paths = read_integer(*paths, "paths", 1, most_paths, problems).value_or(0);
  }
  if (const Node* seed = fields.require("seed", "write a whole number; the same seed gives the same run")) {
    if (seed->text == "random") {
      problems.add(seed->place, "a random seed is not supported",
                   "write a whole number, so that the run can be repeated");
    } else {
      scenario.seed = read_unsigned(*seed, "seed", problems).value_or(0);
    }
  }
  if (const Node* failed = fields.find("max_failed")) {
    scenario.max_failed =
        read_share(*failed, "max_failed", "share of paths that may fail before the run counts as failed: 1 %", problems)
            .value_or(scenario.max_failed);
  }
}

}  // namespace moniac
