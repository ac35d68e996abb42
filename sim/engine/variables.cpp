// Variables: outputs, sums of contributions, and the levers that a scenario moves.
#include <fmt/format.h>

#include <algorithm>

#include "sim/engine/plan_builder.h"
#include "sim/model/withheld_outputs.h"
#include "sim/units/units.h"

namespace moniac {

AddressedName split_name(const std::string& name) {
  const std::size_t open = name.find('[');
  if (open == std::string::npos || name.back() != ']') return {name, {}};
  AddressedName parts{name.substr(0, open), {}};
  for (std::size_t from = open + 1; from < name.size();) {
    const std::size_t end = name.find_first_of(",]", from);
    parts.labels.push_back(name.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

bool names_value(const AddressedName& name, const Variable& variable, int value) {
  if (name.variable != variable.name) return false;
  if (name.labels.empty()) return true;
  const std::vector<std::string> labels = labels_of(variable.dimensions, static_cast<std::size_t>(value));
  return std::equal(labels.begin(), labels.end(), name.labels.begin(), name.labels.end(),
                    [](const std::string& label, const std::string& meant) { return meant == "*" || meant == label; });
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
  const auto [base, labels] = split_name(name.text);
  Variable* variable = find_variable(base);
  if (variable == nullptr) {
    if (report_withheld(base, name.place)) return {};
    problems_.add(name.place, fmt::format("this scenario has no variable '{}'", base),
                  suggestion(base, variable_names()));
    return {};
  }
  Dimensions meant = variable->dimensions;
  if (!labels.empty() && !narrow(meant, name, labels)) return {};
  return {variable, meant, find_values(variable->dimensions, meant), labels.empty()};
}

// Whether some model publishes the variable with other parameters only, which is reported.
bool PlanBuilder::report_withheld(const std::string& variable, const Place& reader) {
  for (const Placed& placed : plan_.placed) {
    const auto* model = dynamic_cast<const WithheldOutputs*>(placed.model.get());
    if (model == nullptr) continue;
    for (const auto& [name, reason, remedy] : model->withheld()) {
      if (name != variable) continue;
      problems_.add(reader, fmt::format("'{}' is not published by {}: {}", variable, placed.key, reason), remedy,
                    placed.place);
      return true;
    }
  }
  return false;
}

// Leaves of each dimension the label given for it; false after a mistake, which is reported.
bool PlanBuilder::narrow(Dimensions& dimensions, const Name& name, const std::vector<std::string>& labels) {
  const std::string variable = split_name(name.text).variable;
  if (dimensions.empty() || labels.size() != dimensions.size()) {
    problems_.add(name.place, fmt::format("'{}' has no label '{}'", variable, fmt::join(labels, ",")),
                  dimensions.empty()
                      ? fmt::format("'{}' is a single number: write it without [ ]", variable)
                      : fmt::format("write {}[{}], with a label or * for each", variable, dimension_names(dimensions)));
    return false;
  }
  bool known = true;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    Names& all = dimensions[d].labels;
    if (labels[d] == "*") continue;
    if (std::find(all.begin(), all.end(), labels[d]) != all.end()) {
      all = {labels[d]};
      continue;
    }
    problems_.add(name.place, fmt::format("'{}' has no label '{}'", variable, labels[d]), suggestion(labels[d], all));
    known = false;
  }
  return known;
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
      for (int value = 0; value < width(output); ++value) placed.output_columns.push_back(first + value);
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
                       .dimensions = output.dimensions,
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
                  .dimensions = output.dimensions});
  } else if (sum->kind != Variable::Kind::sum || sum->unit != output.unit) {
    problems_.add(placed_at(placed).place,
                  fmt::format("{} adds to '{}' in {}, but it is {} in {}", placed_at(placed).key, name, output.unit,
                              sum->kind == Variable::Kind::sum ? "a sum" : "produced by one model", sum->unit),
                  "every producer of a sum must declare it as a contribution with the same unit");
  } else if (sum->dimensions != output.dimensions) {
    problems_.add(
        placed_at(placed).place,
        fmt::format("{} adds to '{}' with other labels than the models before it", placed_at(placed).key, name),
        "every producer of a sum must declare the same dimension and labels");
  }
  const int column = plan_.layout.variables;
  plan_.layout.variables += width(output);
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
        if (name.text == input.name && given.kind == Node::Kind::scalar) source = split_name(given.text).variable;
      }
      if (source == variable) return Reader{p, &input};
    }
  }
  return {};
}

void PlanBuilder::declare_lever(const Name& name) {
  const std::string base = split_name(name.text).variable;
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
                .dimensions = reader->input->dimensions});
}

}  // namespace moniac
