// Names -> what `describe` says about them.
#include <fmt/format.h>

#include <algorithm>

#include "sim/app/declaration_text.h"
#include "sim/app/reference.h"

namespace moniac {

namespace {

template <class List>
const typename List::value_type* named(const List& list, const std::string& name) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const auto& declared) { return declared.name == name; });
  return found == list.end() ? nullptr : &*found;
}

std::string unit_text(const std::string& unit) {
  return unit.empty() ? "a pure number" : unit;
}

std::string param_text(const ModelType& type, const ParamDecl& param) {
  std::string text =
      fmt::format("parameter {} of {}: {}\n  default  {}\n  unit     {}\n  allowed  {}\n", param.name, type.name,
                  param.doc, value_text(param.fallback), unit_text(param.unit), allowed_text(param));
  const std::string source = source_text(param);
  if (!source.empty()) text += "  source   " + source + "\n";
  return text + fmt::format("  set it   --set {}.{}.{}={}\n", type.scope, type.name, param.name,
                            param.kind == ParamKind::choice ? param.choices.back() : "…");
}

std::string input_text(const ModelType& type, const InputDecl& input) {
  return fmt::format("input {} of {}: {}\n  unit               {}\n  without a producer {}\n", input.name, type.name,
                     lag_text(input), unit_text(input.unit), default_text(input));
}

std::string output_text(const ModelType& type, const OutputDecl& output) {
  return fmt::format("output {} of {}: {}\n  unit  {}\n", with_dimensions(output.name, output.dimensions), type.name,
                     doc_text(output), unit_text(output.unit));
}

std::string shock_text(const ModelType& type, const ShockDecl& shock) {
  return fmt::format("shock {} of {}: {}\n  law     {}\n  stream  {}.{}/{}\n", shock.name, type.name, shock.doc,
                     law_text(shock), type.scope, type.name, shock.name);
}

std::optional<std::string> declaration_text(const ModelType& type, const std::string& name) {
  const Declarations declared = describe(type);
  if (const auto* param = named(declared.params(), name)) return param_text(type, *param);
  if (const auto* input = named(declared.inputs(), name)) return input_text(type, *input);
  if (const auto* output = named(declared.outputs(), name)) return output_text(type, *output);
  if (const auto* shock = named(declared.shocks(), name)) return shock_text(type, *shock);
  return {};
}

// A name as the bus knows it: a name without a dot belongs to the scope.
std::string on_bus(const std::string& scope, const std::string& name) {
  return name.find('.') == std::string::npos ? scope + "." + name : name;
}

// Who produces and reads `variable` when every model stands in its example scope, or in `scope` if that is not empty.
std::string bus_text(const Catalogue& catalogue, const std::string& variable, const std::string& scope) {
  std::string producers, readers;
  for (const ModelType& type : catalogue.types()) {
    const std::string place = scope.empty() ? type.scope : scope;
    const Declarations declared = describe(type, place);
    for (const OutputDecl& output : declared.outputs()) {
      if (on_bus(place, output.name) != variable) continue;
      producers +=
          fmt::format("  produced by {}.{} in {}: {}\n", place, type.name, unit_text(output.unit), doc_text(output));
    }
    for (const InputDecl& input : declared.inputs()) {
      if (on_bus(place, input.name) != variable) continue;
      readers += fmt::format("  read by {}.{} in {}: {}; otherwise {}\n", place, type.name, unit_text(input.unit),
                             lag_text(input), default_text(input));
    }
  }
  if (producers.empty() && readers.empty()) return {};
  if (producers.empty()) producers = "  produced by no model: a scenario may set it under levers: and events:\n";
  return variable + "\n" + producers + readers;
}

std::optional<std::string> variable_text(const Catalogue& catalogue, const std::string& variable) {
  std::string text = bus_text(catalogue, variable, {});
  if (text.empty()) text = bus_text(catalogue, variable, variable.substr(0, variable.find('.')));
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

std::optional<std::string> describe_text(const Catalogue& catalogue, const std::string& name) {
  if (const ModelType* type = catalogue.find(name)) return model_text(*type);
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos || dot == 0 || dot + 1 == name.size()) return {};
  if (const ModelType* type = catalogue.find(name.substr(0, dot))) {
    if (auto text = declaration_text(*type, name.substr(dot + 1))) return text;
  }
  return variable_text(catalogue, name.substr(0, name.find('[')));
}

std::vector<std::string> described_names(const Catalogue& catalogue) {
  std::vector<std::string> names = catalogue.names();
  for (const ModelType& type : catalogue.types()) {
    const Declarations declared = describe(type);
    const auto add_all = [&](const auto& list) {
      for (const auto& declaration : list) names.push_back(type.name + "." + declaration.name);
    };
    add_all(declared.params());
    add_all(declared.inputs());
    add_all(declared.outputs());
    add_all(declared.shocks());
    for (const OutputDecl& output : declared.outputs()) names.push_back(on_bus(type.scope, output.name));
    for (const InputDecl& input : declared.inputs()) names.push_back(on_bus(type.scope, input.name));
  }
  return names;
}

}  // namespace moniac
