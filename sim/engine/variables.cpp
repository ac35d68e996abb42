// Variables: outputs, sums of contributions, and the levers that a scenario moves.
#include <fmt/format.h>

#include <algorithm>

#include "sim/engine/plan_builder.h"
#include "sim/units/units.h"

namespace moniac {

std::pair<std::string, std::string> split_label(const std::string& name) {
  const std::size_t open = name.find('[');
  if (open == std::string::npos || name.back() != ']') return {name, ""};
  return {name.substr(0, open), name.substr(open + 1, name.size() - open - 2)};
}

Variable* PlanBuilder::find_variable(const std::string& name) {
  const auto found = std::find_if(plan_.variables.begin(), plan_.variables.end(),
                                  [&](const Variable& variable) { return variable.name == name; });
  return found == plan_.variables.end() ? nullptr : &*found;
}

std::vector<std::string> PlanBuilder::variable_names() const {
  std::vector<std::string> names;
  for (const Variable& variable : plan_.variables) names.push_back(variable.name);
  return names;
}

std::string PlanBuilder::absolute(int placed, const std::string& name) const {
  return name.find('.') == std::string::npos ? placed_at(placed).scope + "." + name : name;
}

PlanBuilder::Addressed PlanBuilder::address(const Name& name) {
  const auto [base, label] = split_label(name.text);
  Variable* variable = find_variable(base);
  if (variable == nullptr) {
    problems_.add(name.place, fmt::format("this scenario has no variable '{}'", base),
                  suggestion(base, variable_names()));
    return {};
  }
  if (label.empty()) return {variable, -1};
  const auto found = std::find(variable->labels.begin(), variable->labels.end(), label);
  if (found == variable->labels.end()) {
    problems_.add(name.place, fmt::format("'{}' has no label '{}'", base, label),
                  variable->labels.empty() ? fmt::format("'{}' is a single number: write it without [ ]", base)
                                           : suggestion(label, variable->labels));
    return {};
  }
  return {variable, static_cast<int>(found - variable->labels.begin())};
}

Variable& PlanBuilder::add_variable(Variable variable) {
  variable.column = plan_.layout.variables;
  plan_.layout.variables += variable.width();
  plan_.variables.push_back(std::move(variable));
  return plan_.variables.back();
}

void PlanBuilder::declare_variables() {
  for (int p = 0; p < static_cast<int>(plan_.placed.size()); ++p) {
    Placed& placed = plan_.placed[static_cast<std::size_t>(p)];
    for (const OutputDecl& output : placed.declared->outputs()) {
      const int first =
          output.kind == OutputDecl::Kind::additive ? declare_contribution(p, output) : declare_output(p, output);
      for (int label = 0; label < width(output); ++label) placed.output_columns.push_back(first + label);
    }
    for (const StateDecl& state : placed.declared->states()) {
      for (int i = 0; i < width(state); ++i) placed.state_columns.push_back(plan_.layout.states++);
    }
  }
}

int PlanBuilder::declare_output(int placed, const OutputDecl& output) {
  // Several models of one scope may check identities or have bounds: these carry the instance's name.
  const bool identity = output.kind == OutputDecl::Kind::identity;
  const bool clamp = output.kind == OutputDecl::Kind::clamp;
  const std::string name =
      identity || clamp ? placed_at(placed).key + "." + output.name : absolute(placed, output.name);
  if (const Variable* other = find_variable(name)) {
    problems_.add(placed_at(placed).place,
                  fmt::format("'{}' is produced twice: by {} and by {}", name, placed_at(placed).key,
                              other->placed >= 0 ? placed_at(other->placed).key : "models that add to it"),
                  "take one of the two out of the scenario",
                  other->placed >= 0 ? std::optional(placed_at(other->placed).place) : std::nullopt);
  }
  return add_variable({.name = name,
                       .unit = output.unit,
                       .doc = output.doc,
                       .kind = Variable::Kind::output,
                       .placed = placed,
                       .dimension = output.dimension,
                       .labels = output.labels,
                       .identity = identity,
                       .clamp = clamp,
                       .tolerance = output.tolerance})
      .column;
}

int PlanBuilder::declare_contribution(int placed, const OutputDecl& output) {
  const std::string name = absolute(placed, output.name);
  const Variable* sum = find_variable(name);
  if (sum == nullptr) {
    add_variable({.name = name,
                  .unit = output.unit,
                  .doc = output.doc,
                  .kind = Variable::Kind::sum,
                  .dimension = {},
                  .labels = {}});
  } else if (sum->kind != Variable::Kind::sum || sum->unit != output.unit) {
    problems_.add(placed_at(placed).place,
                  fmt::format("{} adds to '{}' in {}, but it is {} in {}", placed_at(placed).key, name, output.unit,
                              sum->kind == Variable::Kind::sum ? "a sum" : "produced by one model", sum->unit),
                  "every producer of a sum must declare it as a contribution with the same unit");
  }
  const int column = plan_.layout.variables++;
  contributions_[name].push_back({placed, column});
  return column;
}

void PlanBuilder::declare_levers() {
  for (const Schedule& schedule : scenario_.levers) declare_lever(schedule.variable);
  for (const Event& event : scenario_.events) {
    for (const Event::Change& change : event.changes) declare_lever(change.lever);
  }
}

std::optional<PlanBuilder::Reader> PlanBuilder::first_reader(const std::string& variable) const {
  for (int p = 0; p < static_cast<int>(plan_.placed.size()); ++p) {
    for (const InputDecl& input : placed_at(p).declared->inputs()) {
      std::string source = absolute(p, input.name);
      for (const auto& [name, given] : instance_of(p).inputs) {
        if (name.text == input.name && given.kind == Node::Kind::scalar) source = split_label(given.text).first;
      }
      if (source == variable) return Reader{p, &input};
    }
  }
  return {};
}

void PlanBuilder::declare_lever(const Name& name) {
  const std::string base = split_label(name.text).first;
  if (const Variable* variable = find_variable(base)) {
    if (variable->kind == Variable::Kind::lever) return;
    const std::string producer = variable->placed >= 0 ? placed_at(variable->placed).key : "several models";
    problems_.add(name.place, fmt::format("'{}' is produced by {}, so it is not a lever", base, producer),
                  "use `impose` to overwrite what a model produces");
    return;
  }
  const std::optional<Reader> reader = first_reader(base);
  if (!reader) {
    std::vector<std::string> readable;
    for (int p = 0; p < static_cast<int>(plan_.placed.size()); ++p) {
      for (const InputDecl& input : placed_at(p).declared->inputs()) readable.push_back(absolute(p, input.name));
    }
    problems_.add(name.place, fmt::format("no model of this scenario reads '{}', so moving it has no effect", base),
                  suggestion(base, readable));
    return;
  }
  add_variable({.name = base,
                .unit = reader->input->unit,
                .doc = reader->input->doc,
                .kind = Variable::Kind::lever,
                .dimension = reader->input->dimension,
                .labels = reader->input->labels});
}

}  // namespace moniac
