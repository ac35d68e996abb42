// Wires: what each input of each instance reads.
#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "sim/engine/plan_builder.h"
#include "sim/units/units.h"

namespace moniac {

namespace {

std::string with_unit(double value, const std::string& unit) {
  return unit.empty() ? to_text(value) : to_text(value) + " " + unit;
}

bool looks_like_a_number(const std::string& text) {
  return !text.empty() && (std::string("+-.0123456789").find(text.front()) != std::string::npos);
}

const Node* given_input(const Instance& instance, const std::string& input) {
  for (const auto& [name, node] : instance.inputs) {
    if (name.text == input) return &node;
  }
  return nullptr;
}

}  // namespace

void PlanBuilder::wire_inputs() {
  reads_.resize(plan_.placed.size());
  for (int p = 0; p < static_cast<int>(plan_.placed.size()); ++p) {
    check_given_inputs(p);
    for (const InputDecl& input : placed_at(p).declared->inputs()) {
      for (std::size_t value = 0; value < static_cast<std::size_t>(width(input)); ++value) {
        plan_.placed[static_cast<std::size_t>(p)].inputs.push_back(wire(p, input, value));
      }
    }
  }
}

void PlanBuilder::check_given_inputs(int placed) {
  std::vector<std::string> declared;
  for (const InputDecl& input : placed_at(placed).declared->inputs()) declared.push_back(input.name);
  for (const auto& [name, node] : instance_of(placed).inputs) {
    if (std::find(declared.begin(), declared.end(), name.text) != declared.end()) continue;
    problems_.add(name.place, fmt::format("model {} has no input '{}'", placed_at(placed).type, name.text),
                  suggestion(name.text, declared));
  }
}

Wire PlanBuilder::wire(int placed, const InputDecl& input, std::size_t value) {
  if (const Node* given = given_input(instance_of(placed), input.name)) {
    return wire_given(placed, input, value, *given);
  }
  if (Variable* variable = find_variable(absolute(placed, input.name))) {
    const Addressed whole{variable, variable->dimensions, {}, true};
    return wire_variable(placed, input, value, whole, instance_of(placed).place);
  }
  if (value == 0 && report_withheld(absolute(placed, input.name), instance_of(placed).place)) return {};
  if (input.fallback) {
    const std::string text = with_unit(*input.fallback, input.unit);
    if (value == 0)
      plan_.defaults_used.push_back(absolute(placed, input.name) + " = " + text + ", read by " + placed_at(placed).key);
    return wire_constant(*input.fallback, text, true);
  }
  if (value == 0) report_unwired(placed, input);
  return {};
}

Wire PlanBuilder::wire_given(int placed, const InputDecl& input, std::size_t value, const Node& given) {
  if (given.kind != Node::Kind::scalar) {
    problems_.add(given.place, fmt::format("input '{}' needs a variable or a quantity", input.name),
                  fmt::format("for example {}: us.output_gap, or {}: {}", input.name, input.name,
                              with_unit(input.fallback.value_or(1), input.unit)));
    return {};
  }
  if (looks_like_a_number(given.text)) {
    const std::optional<Quantity> quantity = read_quantity(given, problems_);
    if (!quantity) return {};
    const auto constant = convert(*quantity, input.unit, dt(), "input " + input.name, problems_);
    return constant ? wire_constant(*constant, given.text, false) : Wire{};
  }
  const Addressed from = address({given.text, given.place});
  return from.variable ? wire_variable(placed, input, value, from, given.place) : Wire{};
}

Wire PlanBuilder::wire_variable(int placed, const InputDecl& input, std::size_t value, const Addressed& from,
                                const Place& place) {
  const Variable& variable = *from.variable;
  const std::string reader = fmt::format("input '{}' of {}", input.name, placed_at(placed).key);
  if (variable.placed == placed) {
    problems_.add(place, fmt::format("{} reads '{}', which the instance itself produces", reader, variable.name),
                  fmt::format("wire it to another variable under `inputs:` of {}", placed_at(placed).key));
    return {};
  }
  const std::optional<int> read = value_read(placed, input, value, from, place);
  if (!read) return {};
  const std::optional<double> factor = strict_conversion(variable.unit, input.unit, dt());
  if (!factor) {
    problems_.add(
        place, fmt::format("{} is in {}, but '{}' is in {}", reader, input.unit.empty() ? "pure numbers" : input.unit,
                           variable.name, variable.unit.empty() ? "pure numbers" : variable.unit));
    return {};
  }
  if (!input.lagged)
    reads_[static_cast<std::size_t>(placed)].push_back(static_cast<int>(&variable - plan_.variables.data()));
  const int column = variable.column + *read;
  return {.kind = Wire::Kind::variable,
          .column = *factor == 1 ? column : converted_column(variable, column, input.unit, *factor),
          .lagged = input.lagged,
          .text = variable.name_of(*read)};
}

// The value of a variable that a value of an input reads.
std::optional<int> PlanBuilder::value_read(int placed, const InputDecl& input, std::size_t value, const Addressed& from,
                                           const Place& place) {
  const Variable& variable = *from.variable;
  const std::string reader = fmt::format("input '{}' of {}", input.name, placed_at(placed).key);
  if (input.dimensions.empty()) {
    if (variable.dimensions.empty()) return 0;
    if (!from.whole && from.values.size() == 1) return from.values.front();
    problems_.add(place,
                  fmt::format("{} is a single number, but '{}' has one value per {}", reader, variable.name,
                              dimension_names(variable.dimensions)),
                  fmt::format("pick one, for example {}", variable.name_of(0)));
    return {};
  }
  const auto found = find_value(variable.dimensions, labels_of(input.dimensions, value));
  if (found && from.whole && same_names(variable.dimensions, input.dimensions)) return static_cast<int>(*found);
  problems_.add(place,
                fmt::format("{} needs '{}' with label '{}' of dimension {}", reader, variable.name,
                            label_text(input.dimensions, value), dimension_names(input.dimensions)),
                variable.dimensions.empty() ? "it is a single number"
                                            : fmt::format("its dimension is {}", dimension_names(variable.dimensions)));
  return {};
}

Wire PlanBuilder::wire_constant(double value, std::string text, bool fell_back) {
  const auto [slot, added] = constants_.emplace(std::bit_cast<std::uint64_t>(value), plan_.layout.constants);
  if (added) {
    ++plan_.layout.constants;
    plan_.constants.push_back(value);
  }
  return {.kind = Wire::Kind::constant, .column = slot->second, .text = std::move(text), .fell_back = fell_back};
}

int PlanBuilder::converted_column(const Variable& variable, int column, const std::string& unit, double factor) {
  const auto [slot, added] = converted_.emplace(std::pair(column, unit), plan_.layout.variables);
  if (added) {
    ++plan_.layout.variables;
    plan_.conversions.push_back({.from = column,
                                 .to = slot->second,
                                 .factor = factor,
                                 .variable = static_cast<int>(&variable - plan_.variables.data())});
  }
  return slot->second;
}

void PlanBuilder::report_unwired(int placed, const InputDecl& input) {
  std::string candidates;
  for (const Variable& variable : plan_.variables) {
    if (variable.placed == placed || !strict_conversion(variable.unit, input.unit, dt())) continue;
    candidates += (candidates.empty() ? "" : ", ") + variable.name;
  }
  const std::string name = absolute(placed, input.name);
  problems_.add(
      placed_at(placed).place,
      fmt::format("nothing produces '{}', which {} needs ({})", name, placed_at(placed).key, input.doc),
      candidates.empty()
          ? fmt::format("give it a value: levers: {{{}: …}}, or inputs: {{{}: …}} of the instance", name, input.name)
          : fmt::format("in the same unit: {}. Wire one under `inputs:` of {}, or set the lever {}", candidates,
                        placed_at(placed).key, name));
}

}  // namespace moniac
