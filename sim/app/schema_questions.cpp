#include "sim/app/schema_questions.h"

#include <limits>

namespace moniac {

namespace {

// Two or more of these.
Json several(Json item) {
  Json list = list_of(std::move(item));
  list["minItems"] = 2;
  return list;
}

// and, or and not of conditions, by key.
Json joints() {
  const Json conditions = reference("conditions");
  return mapping(joint_keys(), {{"and", several(conditions)}, {"or", several(conditions)}, {"not", conditions}});
}

Json tests_schema() {
  Json tests = measure_schema();
  for (const std::string& test : predicate_tests()) tests["properties"][test] = reference("number_or_quantity");
  tests["anyOf"] = any_of_required(predicate_tests());
  return tests;
}

Json conditions_schema() {
  Json schema = by_variable("known_variables", reference("tests"));
  schema["properties"] = joints()["properties"];
  schema["minProperties"] = 1;
  return schema;
}

Json buckets_schema() {
  Json edges = list_of(reference("number_or_quantity"));
  edges["minItems"] = 1;
  Json labels = list_of(name_schema());
  labels["minItems"] = 2;
  labels["uniqueItems"] = true;
  Json stated = list_of(reference("number_or_quantity"));
  stated["minItems"] = 2;
  Json body = measure_schema();
  body["properties"].update(mapping(
      bucket_keys(),
      {{"edges", std::move(edges)}, {"labels", std::move(labels)}, {"stated", std::move(stated)}})["properties"]);
  body["required"] = Json::array({"edges"});
  Json schema = by_variable("known_variables", std::move(body));
  schema["minProperties"] = 1;
  schema["maxProperties"] = 1;
  return schema;
}

Json gap_schema() {
  const Json ends = mapping(gap_keys(), {{"at_least", text_of("length")}, {"at_most", text_of("length")}});
  return {{"anyOf", Json::array({text_of("length"), ends})}};
}

Json outcome_schema() {
  const Json in_place = {{"allOf", Json::array({reference("outcome")})},
                         {"not", {{"required", Json::array({"buckets"})}}}};
  const Json part = {{"anyOf", Json::array({any_text(), in_place})}};
  const Json conditions = reference("conditions");
  Json schema = mapping(outcome_keys(), {{"any", conditions},
                                         {"all", conditions},
                                         {"first", conditions},
                                         {"run", conditions},
                                         {"sequence", several(part)},
                                         {"and", several(part)},
                                         {"or", several(part)},
                                         {"not", part},
                                         {"buckets", buckets_schema()},
                                         {"within", text_of("length")},
                                         {"for", text_of("length")},
                                         {"gap", gap_schema()}});
  schema["oneOf"] = any_of_required(outcome_kinds());
  schema["dependencies"] = {{"run", Json::array({"for"})},
                            {"for", Json::array({"run"})},
                            {"gap", Json::array({"sequence"})},
                            {"within", {{"anyOf", any_of_required({"any", "all", "first", "run", "sequence"})}}}};
  return schema;
}

}  // namespace

// One transform at most, and a date.
Json measure_schema() {
  const Json base = {{"anyOf", Json::array({one_of({"start"}), text_of("date"), text_of("variable")})}};
  Json ratio = base;
  ratio["anyOf"].push_back(text_of("length"));
  Json schema = mapping(measure_keys(), {{"change", text_of("length")},
                                         {"ratio", std::move(ratio)},
                                         {"diff_from", base},
                                         {"mean", text_of("length")},
                                         {"drawdown", one_of(drawdowns())},
                                         {"at", text_of("date")}});
  Words transforms = names_of(measure_keys());
  std::erase(transforms, "at");
  Json pairs = Json::array();
  for (std::size_t i = 0; i < transforms.size(); ++i) {
    for (std::size_t j = i + 1; j < transforms.size(); ++j) {
      pairs.push_back({{"required", Json::array({transforms[i], transforms[j]})}});
    }
  }
  schema["not"] = {{"anyOf", std::move(pairs)}};
  return schema;
}

Json when_schema() {
  Json schema = mapping(when_keys(), {{"for", text_of("length")},
                                      {"cooldown", text_of("length")},
                                      {"probability", number_schema("", between(0, 1))},
                                      {"at_most", whole_number(1, std::numeric_limits<int>::max())},
                                      {"off", reference("conditions")}});
  schema["properties"].update(joints()["properties"]);
  schema.erase("additionalProperties");
  Words keys = names_of(when_keys());
  for (const std::string& joint : names_of(joint_keys())) keys.push_back(joint);
  schema["not"] = {{"propertyNames", one_of(names_of(when_keys()))}};
  schema["propertyNames"] = {
      {"anyOf", Json::array({one_of(keys), text_that_matches(variable_pattern(), "a variable")})}};
  schema["patternProperties"] = {{variable_pattern(), reference("tests")}};
  schema["allOf"] = Json::array({reference("known_variables")});
  return schema;
}

Json question_definitions() {
  return {{"tests", tests_schema()}, {"conditions", conditions_schema()}, {"outcome", outcome_schema()}};
}

}  // namespace moniac
