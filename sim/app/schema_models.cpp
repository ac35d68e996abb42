#include "sim/app/schema_models.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/app/declaration_text.h"
#include "sim/units/units.h"

namespace moniac {

namespace {

std::string definition_of(const std::string& model) {
  return "model_" + model;
}

// Gives one parameter a value, the others their defaults.
class OneParameter final : public ParamSource {
 public:
  OneParameter(std::string name, Value value) : name_(std::move(name)), value_(std::move(value)) {}
  std::optional<Value> find(const ParamDecl& declared) override {
    return declared.name == name_ ? std::optional(value_) : std::nullopt;
  }

 private:
  std::string name_;
  Value value_;
};

std::vector<Value> alternatives(const ParamDecl& param) {
  std::vector<Value> values;
  if (param.kind == ParamKind::flag) values = {Value{true}, Value{false}};
  for (const std::string& choice : param.choices) values.emplace_back(choice);
  return values;
}

template <class Decl>
void add_new(std::vector<Decl>& known, const std::vector<Decl>& found) {
  for (const Decl& decl : found) {
    const bool there = std::any_of(known.begin(), known.end(), [&](const Decl& k) { return k.name == decl.name; });
    if (!there) known.push_back(decl);
  }
}

struct Declared {
  std::vector<ParamDecl> params;
  std::vector<InputDecl> inputs;
  std::vector<OutputDecl> outputs;
  std::vector<ShockDecl> shocks;

  void add(const Declarations& declarations) {
    add_new(params, declarations.params());
    add_new(inputs, declarations.inputs());
    add_new(outputs, declarations.outputs());
    add_new(shocks, declarations.shocks());
  }
};

// All that a model may declare: a choice or a flag decides whether some parameters and variables are there.
Declared everything_declared(const ModelType& type) {
  Declared all;
  all.add(describe(type));
  const std::vector<ParamDecl> params = all.params;
  for (const ParamDecl& param : params) {
    for (const Value& value : alternatives(param)) {
      OneParameter given(param.name, value);
      Declarations declarations(type.scope, {}, &given);
      type.build(declarations);
      all.add(declarations);
    }
  }
  return all;
}

Json list_of_numbers(const ParamDecl& param) {
  return list_of(number_schema(param.unit, param.range));
}

// {rows: file.csv}: its lines.
Json rows_of_file() {
  return {{"type", "object"},
          {"properties", {{"rows", any_text()}}},
          {"required", Json::array({"rows"})},
          {"additionalProperties", false}};
}

Json value_schema(const ParamDecl& param) {
  switch (param.kind) {
    case ParamKind::number:
      return number_schema(param.unit, param.range);
    case ParamKind::integer:
      return integer_schema(param.range);
    case ParamKind::flag:
      return {{"type", "boolean"}};
    case ParamKind::choice:
      return one_of(param.choices);
    case ParamKind::numbers:
      return list_of_numbers(param);
    case ParamKind::matrix:
      return list_of(list_of_numbers(param));
    case ParamKind::names:
      return {{"anyOf", Json::array({list_of(any_text()), rows_of_file()})}};
    case ParamKind::series:
      return schedule_schema(number_schema(param.unit, param.range), false);
    case ParamKind::dates:
      return list_of(text_of("date"));
  }
  return {};
}

Json number_in_unit(double number, const std::string& unit) {
  if (!unit.empty() && needs_unit(unit)) return to_text(number) + " " + unit;
  return number == std::floor(number) ? Json(static_cast<std::int64_t>(number)) : Json(number);
}

Json numbers_in_unit(const std::vector<double>& numbers, const std::string& unit) {
  Json list = Json::array();
  for (const double number : numbers) list.push_back(number_in_unit(number, unit));
  return list;
}

// The default as a scenario would write it; null where there is none.
Json default_of(const ParamDecl& param) {
  const Value& value = param.fallback;
  if (const auto* number = std::get_if<double>(&value)) return number_in_unit(*number, param.unit);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* word = std::get_if<std::string>(&value)) return *word;
  if (const auto* names = std::get_if<Names>(&value)) return *names;
  if (const auto* numbers = std::get_if<std::vector<double>>(&value)) return numbers_in_unit(*numbers, param.unit);
  Json rows;
  if (const auto* matrix = std::get_if<Matrix>(&value)) {
    rows = Json::array();
    for (const auto& row : *matrix) rows.push_back(numbers_in_unit(row, param.unit));
  }
  return rows;
}

Json param_schema(const ParamDecl& param) {
  Json schema = described(or_null(value_schema(param)), with_source(param) + "\n\n" + param_line(param));
  if (Json fallback = default_of(param); !fallback.is_null()) schema["default"] = std::move(fallback);
  if (!param.unit.empty()) schema["x-unit"] = param.unit;
  if (source_text(param).empty()) return schema;
  schema["x-status"] = to_string(param.source.status);
  if (!param.source.text.empty()) schema["x-source"] = param.source.text;
  return schema;
}

Json input_value(const std::string& unit) {
  return or_null({{"anyOf", Json::array({reference("variable"), number_schema(unit, any_number())})}});
}

Json any_input() {
  return or_null({{"anyOf", Json::array({reference("variable"), reference("number_or_quantity")})}});
}

bool is_dotted(const std::string& name) {
  return name.find('.') != std::string::npos;
}

Json inputs_schema(const Declared& declared) {
  Json properties = Json::object();
  bool dotted = false;
  for (const InputDecl& input : declared.inputs) {
    dotted = dotted || is_dotted(input.name);
    Json schema = described(input_value(input.unit),
                            fmt::format("{}\n\nin {}; without a producer {}", lag_text(input),
                                        input.unit.empty() ? "pure numbers" : input.unit, default_text(input)));
    if (!input.unit.empty()) schema["x-unit"] = input.unit;
    properties[input.name] = std::move(schema);
  }
  Json schema = {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  // A dotted name may be made from the scope or a parameter: another instance may have another.
  if (dotted) {
    schema["patternProperties"] = {{variable_pattern(), any_input()}};
  }
  return schema;
}

Json model_key_schema(const Catalogue& catalogue) {
  return described(or_null(one_of(catalogue.names())), instance_keys().front().doc);
}

Json model_schema(const ModelType& type, const Declared& declared) {
  Json schema = mapping(instance_keys(), {{"model", reference("model")}, {"inputs", or_null(inputs_schema(declared))}});
  for (const ParamDecl& param : declared.params) schema["properties"][param.name] = param_schema(param);
  return described(std::move(schema), type.summary);
}

// An instance whose `model:` says what it is. Without the word it may be inherited, and anything may stand here.
Json any_model_schema(const Catalogue& catalogue) {
  Json branches = Json::array();
  for (const ModelType& type : catalogue.types()) {
    const Json is_type = {{"required", Json::array({"model"})}, {"properties", {{"model", {{"const", type.name}}}}}};
    branches.push_back({{"if", is_type}, {"then", reference(definition_of(type.name))}});
  }
  Json inputs = mapping_by(fmt::format("{}|{}", name_pattern(), variable_pattern()), any_input());
  const Json keys = {{"model", reference("model")}, {"inputs", or_null(std::move(inputs))}};
  return {{"type", "object"}, {"properties", keys}, {"allOf", std::move(branches)}};
}

// An instance named after a model: that model, unless `model:` says otherwise.
Json named_model_schema(const ModelType& type) {
  const Json says_otherwise = {{"required", Json::array({"model"})},
                               {"properties", {{"model", {{"type", {"string", "number", "boolean"}}}}}}};
  return {{"if", says_otherwise}, {"then", reference("any_model")}, {"else", reference(definition_of(type.name))}};
}

// <scope>.<name>, where the scope is not the name of a section.
std::string instance_pattern(const std::string& name) {
  return fmt::format(R"(^(?!(?:{})\.)[a-z][a-z0-9_]*\.{}$)", fmt::join(names_of(section_keys()), "|"), name);
}

std::string other_instances_pattern(const Catalogue& catalogue) {
  return instance_pattern(fmt::format("(?!(?:{})$)[a-z][a-z0-9_]*", fmt::join(catalogue.names(), "|")));
}

// Names for completion; what belongs to them is checked elsewhere. With a type, editors complete the colon as well.
class Suggestions {
 public:
  void add(const std::string& name, const std::string& doc) {
    if (known_.contains(name)) return;
    known_[name] = {{"description", doc}, {"type", {"string", "number", "object", "null"}}};
  }
  Json properties() const { return {{"properties", known_}}; }
  Json words(const std::string& pattern, const std::string& message) const {
    Words names;
    for (const auto& entry : known_.items()) names.push_back(entry.key());
    return {{"anyOf", Json::array({one_of(names), {{"type", "string"}, {"pattern", pattern}}})},
            {"patternErrorMessage", message}};
  }

 private:
  Json known_ = Json::object();
};

std::string on_bus(const std::string& scope, const std::string& name) {
  return is_dotted(name) ? name : scope + "." + name;
}

std::string variable_doc(const std::string& doc, const std::string& unit) {
  return unit.empty() ? doc : fmt::format("{}; in {}", doc, unit);
}

}  // namespace

Json models_schema(const Catalogue& catalogue) {
  Json known = Json::object();
  Json patterns = Json::object();
  for (const ModelType& type : catalogue.types()) {
    known[type.scope + "." + type.name] = {{"description", type.summary}, {"type", {"object", "null"}}};
    patterns[instance_pattern(type.name)] = or_null(named_model_schema(type));
  }
  patterns[other_instances_pattern(catalogue)] = or_null(reference("any_model"));
  return {{"type", "object"},
          {"patternProperties", std::move(patterns)},
          {"additionalProperties", false},
          {"allOf", Json::array({Json{{"properties", std::move(known)}}})}};
}

Json complete_models_schema(const Catalogue& catalogue) {
  return {{"patternProperties", {{other_instances_pattern(catalogue), {{"required", Json::array({"model"})}}}}}};
}

Json model_definitions(const Catalogue& catalogue) {
  Json all;
  Suggestions levers, outputs, variables, shocks;
  all["model"] = model_key_schema(catalogue);
  all["any_model"] = any_model_schema(catalogue);
  for (const ModelType& type : catalogue.types()) {
    const Declared declared = everything_declared(type);
    all[definition_of(type.name)] = model_schema(type, declared);
    for (const OutputDecl& output : declared.outputs) {
      const std::string doc = variable_doc(doc_text(output), output.unit);
      outputs.add(on_bus(type.scope, output.name), doc);
      variables.add(on_bus(type.scope, output.name), doc);
    }
    for (const InputDecl& input : declared.inputs) {
      levers.add(on_bus(type.scope, input.name), variable_doc(input.doc, input.unit));
      variables.add(on_bus(type.scope, input.name), variable_doc(input.doc, input.unit));
    }
    for (const ShockDecl& shock : declared.shocks) {
      shocks.add(fmt::format("{}.{}/{}", type.scope, type.name, shock.name), shock.doc);
    }
  }
  all["known_levers"] = levers.properties();
  all["known_outputs"] = outputs.properties();
  all["known_variables"] = variables.properties();
  all["recorded_variable"] = variables.words(variable_pattern(), "a variable: us.y10 or \"us.holdings[japan]\"");
  all["shock"] = shocks.words(shock_pattern(), "a shock, <scope>.<instance>/<shock>: us.policy_rate/news");
  return all;
}

}  // namespace moniac
