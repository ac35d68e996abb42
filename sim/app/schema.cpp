#include "sim/app/schema.h"

#include <fmt/format.h>

#include <limits>

#include "sim/app/schema_models.h"
#include "sim/app/schema_patterns.h"
#include "sim/app/schema_questions.h"
#include "sim/app/schema_values.h"

namespace moniac {

namespace {

// "1 month": a whole number of units. With an exponent it may be whole or not.
std::string step_pattern() {
  static_assert(max_units_per_step == 1000);
  return fmt::format(R"(^(?:\+?(?:[1-9][0-9]{{0,2}}|1000)(?:\.0*)?|(?=[^ ]*[eE][-+0-9]){}) *(?:{})s?$)",
                     number_pattern(), fmt::join(step_units(), "|"));
}

Json given(const std::string& key) {
  return {{"required", Json::array({key})}, {"properties", {{key, {{"not", {{"type", "null"}}}}}}}};
}

Json time_schema() {
  Json schema =
      mapping(time_keys(), {{"start", text_of("date")},
                            {"step", text_that_matches(step_pattern(), "a length of a step: 1 month, 2 weeks")},
                            {"steps", or_null(whole_number(1, max_steps))},
                            {"horizon", or_null(text_of("length"))}});
  schema["not"] = {{"allOf", Json::array({given("steps"), given("horizon")})}};
  return schema;
}

Json ensemble_schema() {
  return mapping(ensemble_keys(), {{"paths", whole_number(1, most_paths)},
                                   {"seed", whole_number(0, std::numeric_limits<std::uint64_t>::max())},
                                   {"max_failed", or_null(number_schema("", between(0, 1)))}});
}

Json matrix_schema() {
  Json row = list_of({{"type", "number"}, {"minimum", -1}, {"maximum", 1}});
  row["minItems"] = 2;
  Json matrix = list_of(std::move(row));
  matrix["minItems"] = 2;
  return matrix;
}

Json correlation_schema() {
  Json shocks = list_of(reference("shock"));
  shocks["minItems"] = 2;
  shocks["uniqueItems"] = true;
  Json schema = mapping(correlation_keys(), {{"shocks", std::move(shocks)}, {"matrix", reference("correlations")}});
  schema["required"] = names_of(correlation_keys());
  return schema;
}

Json schedules(const char* known, bool imposed) {
  return by_variable(known, or_null(schedule_schema(reference("number_or_quantity"), imposed)));
}

Json event_schema() {
  const Json change = by_variable("known_levers", reference("number_or_quantity"));
  Json schema = mapping(event_keys(), {{"at", text_of("date")},
                                       {"set", change},
                                       {"add", change},
                                       {"multiply", by_variable("known_levers", number_schema("", any_number()))},
                                       {"for", text_of("length")},
                                       {"name", name_schema()},
                                       {"when", when_schema()},
                                       {"delay", text_of("length")},
                                       {"release", reference("conditions")}});
  schema["oneOf"] = any_of_required({"at", "when"});
  schema["dependencies"] = {
      {"when", Json::array({"name"})}, {"delay", Json::array({"when"})}, {"release", Json::array({"when"})}};
  schema["anyOf"] = any_of_required(event_actions());
  return schema;
}

Json recorded_dates_schema() {
  const std::string pattern =
      fmt::format(R"(^every (?=\+?0*\.?0*[1-9])(?=.*{}){}$)", containing(time_words()), quantity_pattern());
  const Json every = text_that_matches(pattern, "all, end, every 12 months, or a list of dates");
  return {{"anyOf", Json::array({one_of({"all", "end"}), every, list_of(text_of("date"))})}};
}

Json record_schema() {
  const Json percent = {{"type", "number"}, {"exclusiveMinimum", 0}, {"exclusiveMaximum", 100}};
  Json variables = list_of(reference("recorded_variable"));
  variables["uniqueItems"] = true;
  const Json paths = {{"anyOf", Json::array({one_of({"none", "all"}), whole_number(1, most_paths)})}};
  return mapping(record_keys(), {{"variables", or_null(std::move(variables))},
                                 {"dates", or_null(recorded_dates_schema())},
                                 {"quantiles", or_null(list_of(percent))},
                                 {"quantile_method", or_null(one_of(quantile_methods()))},
                                 {"paths", or_null(paths)},
                                 {"path_precision", or_null(one_of(path_precisions()))},
                                 {"trigger_log", or_null(paths)}});
}

// A list of so many of these.
Json exactly(std::size_t count, Json item) {
  Json list = list_of(std::move(item));
  list["minItems"] = count;
  list["maxItems"] = count;
  return list;
}

Json axis_schema() {
  const Json quantity = reference("number_or_quantity");
  const Json plain = {{"type", "number"}};
  Json values = list_of(any_text());
  values["minItems"] = 1;
  Json schema = mapping(axis_keys(), {{"values", std::move(values)},
                                      {"uniform", exactly(2, quantity)},
                                      {"normal", exactly(2, quantity)},
                                      {"lognormal", exactly(2, quantity)},
                                      {"triangular", exactly(3, quantity)},
                                      {"beta", exactly(2, plain)},
                                      {"weights", list_of({{"type", "number"}, {"exclusiveMinimum", 0}})},
                                      {"within", exactly(2, quantity)}});
  schema["oneOf"] = any_of_required(axis_laws());
  schema["dependencies"] = {{"weights", Json::array({"values"})},
                            {"within", {{"anyOf", any_of_required({"normal", "lognormal", "beta"})}}}};
  return schema;
}

Json rank_correlation_schema() {
  Json axes = list_of(any_text());
  axes["minItems"] = 2;
  axes["uniqueItems"] = true;
  Json schema = mapping(rank_correlation_keys(), {{"axes", std::move(axes)}, {"matrix", reference("correlations")}});
  schema["required"] = names_of(rank_correlation_keys());
  return schema;
}

// What a sweep of one design must and may hold.
Json design_rules(int design) {
  const std::string name = designs()[static_cast<std::size_t>(design)];
  const Words keys = keys_of_design(design);
  Json allowed = {{"design", true}};
  for (const std::string& key : keys) allowed[key] = true;
  Json rules = {{"properties", std::move(allowed)}, {"additionalProperties", {{"type", "null"}}}};
  if (name == "list") {
    rules["oneOf"] = any_of_required({"cases", "csv"});
  } else if (name == "grid") {
    rules["required"] = Json::array({"axes"});
    rules["properties"]["axes"] = {{"additionalProperties", {{"required", Json::array({"values"})}}}};
  } else {
    rules["required"] = Json::array({"axes", "points"});
  }
  return {{"if", {{"properties", {{"design", {{"enum", Json::array({name})}}}}}}}, {"then", std::move(rules)}};
}

Json sweep_schema() {
  Json axes = {{"type", "object"}, {"minProperties", 1}, {"additionalProperties", axis_schema()}};
  Json one_case = {{"type", "object"}, {"minProperties", 1}, {"additionalProperties", any_text()}};
  Json cases = list_of(std::move(one_case));
  cases["minItems"] = 1;
  Json levels = whole_number(2, most_levels);
  levels["multipleOf"] = 2;
  Json schema = mapping(sweep_keys(), {{"design", one_of(designs())},
                                       {"axes", std::move(axes)},
                                       {"points", whole_number(1, most_points)},
                                       {"indices", {{"type", "boolean"}}},
                                       {"levels", std::move(levels)},
                                       {"seed", whole_number(0, std::numeric_limits<std::uint64_t>::max())},
                                       {"correlations", list_of(rank_correlation_schema())},
                                       {"cases", std::move(cases)},
                                       {"csv", any_text()}});
  schema["required"] = Json::array({"design"});
  Json rules = Json::array();
  for (int d = 0; d < static_cast<int>(designs().size()); ++d) rules.push_back(design_rules(d));
  schema["allOf"] = std::move(rules);
  return schema;
}

// An empty section counts as absent.
Json sections(const Catalogue& catalogue) {
  return mapping(section_keys(), {{"moniac", {{"enum", Json::array({format_version})}}},
                                  {"title", or_null(any_text())},
                                  {"description", or_null(any_text())},
                                  {"extends", or_null(any_text())},
                                  {"time", time_schema()},
                                  {"ensemble", ensemble_schema()},
                                  {"models", models_schema(catalogue)},
                                  {"correlations", or_null(list_of(correlation_schema()))},
                                  {"levers", or_null(schedules("known_levers", false))},
                                  {"events", or_null(list_of(event_schema()))},
                                  {"impose", or_null(schedules("known_outputs", true))},
                                  {"outcomes", or_null(mapping_by(name_pattern(), or_null(reference("outcome"))))},
                                  {"record", or_null(record_schema())},
                                  {"sweep", or_null(sweep_schema())}});
}

// What a scenario that extends no other must hold; null then takes nothing out.
Json complete_scenario(const Catalogue& catalogue) {
  const Json time = {{"required", Json::array({"start", "step"})}, {"anyOf", any_of_required({"steps", "horizon"})}};
  const Json ensemble = {{"required", Json::array({"paths", "seed"})}};
  const Json parts = {
      {"required", Json::array({"moniac", "time", "ensemble", "models"})},
      {"properties", {{"time", time}, {"ensemble", ensemble}, {"models", complete_models_schema(catalogue)}}}};
  const Json no_null = {
      {"additionalProperties", {{"anyOf", Json::array({reference("nothing"), reference("complete")})}}}};
  return {{"allOf", Json::array({parts, no_null})}};
}

}  // namespace

// Draft-07 is the newest draft that every release of the YAML language server understands (VS Code, Neovim, Emacs);
// nothing here needs a newer one.
std::string scenario_schema(const Catalogue& catalogue) {
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "moniac scenario"},
                 {"description", "Written by `moniac schema`"}};
  schema.update(sections(catalogue));
  schema["if"] = given("extends");
  schema["then"] = true;
  schema["else"] = complete_scenario(catalogue);
  Json definitions = value_definitions();
  definitions["correlations"] = matrix_schema();
  definitions.update(question_definitions());
  definitions.update(model_definitions(catalogue));
  schema["definitions"] = std::move(definitions);
  return schema.dump(1) + "\n";
}

}  // namespace moniac
