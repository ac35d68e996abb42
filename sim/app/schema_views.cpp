#include "sim/app/schema.h"
#include "sim/app/schema_models.h"
#include "sim/app/schema_questions.h"

namespace moniac {

namespace {

// A variable at the end of the run, or what is made of it.
Json measured() {
  Json made = by_variable("known_variables", measure_schema());
  made["minProperties"] = 1;
  made["maxProperties"] = 1;
  return {{"anyOf", Json::array({text_of("variable"), std::move(made)})}};
}

Json view_schema() {
  Json two = list_of(measured());
  two["minItems"] = 2;
  two["maxItems"] = 2;
  const Json event = {{"anyOf", Json::array({any_text(), reference("outcome")})}};
  const Json mean = {{"anyOf", Json::array({any_text(), measured()})}};  // a bucket is any text
  const Json quantity = reference("number_or_quantity");
  Json percent = {{"type", "number"}, {"exclusiveMinimum", 0}, {"exclusiveMaximum", 100}};
  Json schema = mapping(view_keys(), {{"probability", event},
                                      {"mean", mean},
                                      {"quantile", measured()},
                                      {"sd", measured()},
                                      {"correlation", std::move(two)},
                                      {"is", quantity},
                                      {"at_least", quantity},
                                      {"at_most", quantity},
                                      {"percent", std::move(percent)}});
  schema["oneOf"] = any_of_required(view_kinds());
  schema["anyOf"] = any_of_required(view_bounds());
  schema["dependencies"] = {{"quantile", Json::array({"percent"})},
                            {"percent", Json::array({"quantile"})},
                            {"is", {{"not", {{"anyOf", any_of_required({"at_least", "at_most"})}}}}}};
  return schema;
}

}  // namespace

std::string views_schema(const Catalogue& catalogue) {
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "moniac views"},
                 {"description", "Written by `moniac schema views`"}};
  Json views = mapping_by(name_pattern(), view_schema());
  views["minProperties"] = 1;
  schema.update(mapping(views_keys(), {{"moniac", {{"enum", Json::array({format_version})}}},
                                       {"title", or_null(any_text())},
                                       {"views", std::move(views)}}));
  schema["required"] = Json::array({"moniac", "views"});
  Json definitions = value_definitions();
  definitions.update(question_definitions());
  definitions["known_variables"] = model_definitions(catalogue)["known_variables"];
  schema["definitions"] = std::move(definitions);
  return schema.dump(1) + "\n";
}

}  // namespace moniac
