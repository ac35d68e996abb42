// The plan as a person reads it.
#include <fmt/format.h>

#include <algorithm>

#include "sim/engine/block.h"
#include "sim/engine/plan.h"
#include "sim/engine/unit.h"

namespace moniac {

namespace {

std::string wire_text(const std::string& name, const Wire& wire) {
  return fmt::format("      {:<28} <- {}{}{}\n", name, wire.text, wire.lagged ? ", last step" : "",
                     wire.fell_back ? " (default)" : "");
}

// A line for each value; of several dimensions one line for the first and the last.
std::string input_text(const Placed& placed, const InputDecl& input) {
  const int values = width(input), shown = input.dimensions.size() > 1 ? values - 1 : 1;
  std::string text;
  for (int value = 0; value < values; value += shown) {
    const std::string name = value_name(input.name, input.dimensions, static_cast<std::size_t>(value));
    text += (value > 0 && shown > 1 ? fmt::format("      … {} more\n", values - 2) : "") +
            wire_text(name, placed.inputs[static_cast<std::size_t>(input.first + value)]);
  }
  return text;
}

std::string models_text(const Plan& plan) {
  std::string text = "\nmodels, in the order of a step\n";
  int number = 0;
  for (const Placed& placed : plan.placed) {
    text += fmt::format("{:3} {}{}\n", ++number, placed.key,
                        placed.key == placed.scope + "." + placed.type ? "" : " (" + placed.type + ")");
    for (const std::string& note : placed.declared->notes()) text += fmt::format("      {}\n", note);
    for (const InputDecl& input : placed.declared->inputs()) text += input_text(placed, input);
  }
  return text;
}

std::string variables_text(const Plan& plan) {
  std::string text = "\nvariables\n";
  for (const Variable& variable : plan.variables) {
    std::string by = "lever";
    if (variable.kind == Variable::Kind::sum) by = "sum of contributions";
    if (variable.placed >= 0) by = "from " + plan.placed[static_cast<std::size_t>(variable.placed)].key;
    const std::string extent = variable.dimensions.empty()
                                   ? ""
                                   : fmt::format(" [{} x {}]", dimension_names(variable.dimensions), variable.width());
    text += fmt::format("      {:<35} {:<15} {}\n", variable.name + extent, variable.unit, by);
  }
  return text;
}

// Runs of equal values: "0.5 from 2025-12-01, 0.7 from 2026-03-01".
std::string path_text(const Plan& plan, const std::vector<double>& values) {
  std::string text;
  int shown = 0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (k > 0 && values[k] == values[k - 1]) continue;
    if (++shown > 6) return text + ", …";
    text += fmt::format("{}{} from {}", text.empty() ? "" : ", ", to_text(values[k]),
                        iso(plan.time.date(static_cast<int>(k))));
  }
  return text;
}

// A line for each value; of several dimensions a line for all that move alike.
std::string lever_text(const Plan& plan, const Variable& variable) {
  std::vector<std::pair<std::string, std::string>> lines;  // name, path
  std::vector<int> others;
  for (const LeverPath& lever : plan.levers) {
    const int value = lever.column - variable.column;
    if (value < 0 || value >= variable.width()) continue;
    const std::string path = path_text(plan, lever.values);
    const auto same = std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.second == path; });
    if (variable.dimensions.size() > 1 && same != lines.end()) {
      ++others[static_cast<std::size_t>(same - lines.begin())];
    } else {
      lines.emplace_back(variable.name_of(value), path);
      others.push_back(0);
    }
  }
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text +=
        fmt::format("      {}{}{}: {}\n", lines[i].first, others[i] > 0 ? fmt::format(" and {} more", others[i]) : "",
                    variable.unit.empty() ? "" : " (" + variable.unit + ")", lines[i].second);
  }
  return text;
}

std::string levers_text(const Plan& plan) {
  std::string text;
  for (const Variable& variable : plan.variables) {
    if (variable.kind != Variable::Kind::lever) continue;
    text += lever_text(plan, variable);
  }
  const std::string* told = nullptr;
  for (const Imposition& imposition : plan.impositions) {
    if (told != nullptr && *told == imposition.name) continue;  // another value of the same schedule
    told = &imposition.name;
    const auto imposed = std::count_if(imposition.values.begin(), imposition.values.end(),
                                       [](const auto& value) { return value.has_value(); });
    text += fmt::format("      {}: imposed in {} of {} steps\n", imposition.name, imposed, plan.time.steps);
  }
  return text.empty() ? "" : "\nlevers and impositions\n" + text;
}

std::string draws_text(const Plan& plan) {
  std::string text = "\nshocks, each a stream of its own\n";
  for (const Draw& draw : plan.draws) {
    if (draw.draw == 0) {
      text += fmt::format("      {:<36}{}\n", draw.stream, draw.law == ShockDecl::Law::normal ? "normal" : "uniform");
    }
  }
  for (const EventStream& events : plan.events) text += fmt::format("      {:<36}uniforms by event\n", events.stream);
  return plan.draws.empty() && plan.events.empty() ? "" : text;
}

std::string triggers_text(const Plan& plan) {
  std::string text;
  for (const TriggerPlan& trigger : plan.triggers) {
    text += fmt::format("      {:<28} when {}\n      {:<28} {}\n", trigger.name, trigger.text, "", trigger.action);
  }
  return text.empty() ? "" : "\ntriggers, each on every path by itself\n" + text;
}

std::string outcomes_text(const Plan& plan) {
  std::string text;
  for (const OutcomePlan& outcome : plan.outcomes) text += fmt::format("      {:<28} {}\n", outcome.name, outcome.text);
  return text.empty() ? "" : "\noutcomes\n" + text;
}

}  // namespace

std::string Plan::text() const {
  const Calendar& t = time;
  std::string text = fmt::format("{}\n{} paths from {} to {}, {} steps of {} (dt = {:.6g} years), seed {}\n", title,
                                 paths, iso(t.start), iso(t.date(t.steps)), t.steps, t.step_text(), t.dt(), seed);
  text += models_text(*this) + variables_text(*this) + levers_text(*this) + draws_text(*this) + triggers_text(*this) +
          outcomes_text(*this);
  text += fmt::format("\nrecords {} columns at {} dates; quantiles {}\n", moniac::recorded_columns(*this).size(),
                      recorded_steps.size(), exact_quantiles ? "exact" : "from a sketch");
  if (kept_paths > 0) {
    text += fmt::format("keeps the first {} paths one by one, as {}\n", kept_paths,
                        single_precision ? "float32" : "float64");
  }
  text += fmt::format("memory: {} KB for a block of {} paths\n", block_bytes(block_paths()) / 1024, block_paths());
  return text;
}

std::size_t Plan::block_bytes(std::size_t lanes) const {
  return (block_columns(*this) + Scratch::size) * (lanes + 8) * sizeof(double) +
         (MeasureWatch::bytes_per_lane(*this) + TriggerWatch::bytes_per_lane(*this)) * lanes;
}

std::size_t Plan::block_paths() const {
  constexpr std::size_t most = 512, least = 64, cache = std::size_t{8} << 20;
  std::size_t lanes = most;
  while (lanes > least && block_bytes(lanes) > cache) lanes /= 2;
  return lanes;
}

}  // namespace moniac
