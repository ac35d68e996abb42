#include "sim/app/schema_values.h"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "sim/app/schema_patterns.h"
#include "sim/units/units.h"

namespace moniac {

namespace {

Json bound(double x) {
  const bool whole = x == std::floor(x) && std::abs(x) < 1e15;
  return whole ? Json(static_cast<std::int64_t>(x)) : Json(x);
}

// A number of that type within the range.
Json in_range(const char* type, const Range& range) {
  Json schema = {{"type", type}};
  if (std::isfinite(range.low)) schema[range.low_open ? "exclusiveMinimum" : "minimum"] = bound(range.low);
  if (std::isfinite(range.high)) schema[range.high_open ? "exclusiveMaximum" : "maximum"] = bound(range.high);
  return schema;
}

// Texts that can be converted into the unit, as far as their words tell.
Json quantity_schemas(const std::string& unit) {
  const Words currencies = currencies_of(unit);
  if (currencies.empty()) {
    return Json::array({reference(has_dimension(unit) ? "quantity_without_currency" : "quantity_without_dimension")});
  }
  Json schemas = Json::array({reference("quantity")});
  for (const std::string& currency : currencies) {
    schemas.push_back(text_that_matches(containing({currency}), "an amount of " + currency));
  }
  return schemas;
}

Json all_of(Json schemas) {
  if (schemas.size() == 1) return schemas.front();
  return {{"allOf", std::move(schemas)}};
}

// A text with a unit, of the sign that the range allows.
Json text_with_unit(const std::string& unit, const Range& range) {
  Json parts = quantity_schemas(unit);
  if (range.low > 0 || (range.low == 0 && range.low_open)) {
    parts.push_back(reference("above_zero"));
  } else if (range.low == 0) {
    parts.push_back(reference("not_negative"));
  }
  return all_of(std::move(parts));
}

Json values_by_date(const Json& value) {
  Json schema = mapping_by(date_pattern(), value);
  schema["minProperties"] = 1;
  return schema;
}

Json without(Json schema, const char* property) {
  schema["properties"].erase(property);
  return schema;
}

}  // namespace

std::string name_pattern() {
  return "^[a-z][a-z0-9_]*$";
}

std::string variable_pattern() {
  return R"(^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*(?:\[[A-Za-z0-9_*]+(?:,[A-Za-z0-9_*]+)*\])?$)";
}

std::string shock_pattern() {
  return R"(^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$)";
}

std::string date_pattern() {
  return "^(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|"
         "02-(?:0[1-9]|1[0-9]|2[0-8]))|"
         "(?:[0-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$";
}

Json reference(const std::string& name) {
  return {{"$ref", "#/definitions/" + name}};
}

Json text_of(const std::string& definition) {
  return {{"type", "string"}, {"allOf", Json::array({reference(definition)})}};
}

Json any_text() {
  return {{"type", {"string", "number", "boolean"}}};
}

Json described(Json schema, const std::string& doc) {
  Json result = {{"description", doc}};
  if (schema.contains("$ref")) {
    result["allOf"] = Json::array({std::move(schema)});
  } else {
    result.update(schema);
  }
  return result;
}

Json or_null(Json schema) {
  return {{"anyOf", Json::array({std::move(schema), reference("nothing")})}};
}

Json mapping(const Keys& keys, const Json& values) {
  Json properties = Json::object();
  for (const Key& key : keys) {
    if (!values.contains(key.name)) throw std::logic_error("the schema does not know the key " + key.name);
    properties[key.name] = described(values[key.name], key.doc);
  }
  return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

Json mapping_by(const std::string& pattern, Json value) {
  return {{"type", "object"}, {"patternProperties", {{pattern, std::move(value)}}}, {"additionalProperties", false}};
}

Json list_of(Json item) {
  return {{"type", "array"}, {"items", std::move(item)}};
}

Json by_variable(const char* known, Json value) {
  Json schema = mapping_by(variable_pattern(), std::move(value));
  schema["properties"] = Json::object();
  schema["allOf"] = Json::array({reference(known)});
  return schema;
}

Json name_schema() {
  return text_that_matches(name_pattern(), "lower-case letters, digits and underscores");
}

Json any_of_required(const Words& keys) {
  Json forms = Json::array();
  for (const std::string& key : keys) forms.push_back({{"required", Json::array({key})}});
  return forms;
}

Json text_that_matches(const std::string& pattern, const std::string& message) {
  return {{"type", "string"}, {"pattern", pattern}, {"patternErrorMessage", message}};
}

Json one_of(const Words& words) {
  return {{"enum", words}};
}

Json number_schema(const std::string& unit, const Range& range) {
  Json forms = Json::array();
  if (!needs_unit(unit)) {
    forms.push_back(in_range("number", range));
  } else if (range.contains(0)) {
    forms.push_back({{"const", 0}, {"errorMessage", fmt::format("this needs its unit: 1 {}", unit)}});
  }
  forms.push_back(text_with_unit(unit, range));
  return {{"anyOf", std::move(forms)}};
}

Json integer_schema(const Range& range) {
  return in_range("integer", range);
}

Json whole_number(std::uint64_t low, std::uint64_t high) {
  return {{"type", "integer"}, {"minimum", low}, {"maximum", high}};
}

Json schedule_schema(const Json& value, bool imposed) {
  const Json dated = values_by_date(value);
  const Json interpolate = one_of(interpolations());
  Json long_form = mapping(
      schedule_keys(),
      {{"interpolate", interpolate}, {"values", {{"anyOf", Json::array({dated, value})}}}, {"until", text_of("date")}});
  long_form["required"] = Json::array({"values"});
  Json file = mapping(csv_keys(), {{"csv", any_text()},
                                   {"column", any_text()},
                                   {"interpolate", interpolate},
                                   {"unit", any_text()},
                                   {"until", text_of("date")}});
  file["required"] = Json::array({"csv", "column"});
  if (!imposed) {
    long_form = without(std::move(long_form), "until");
    file = without(std::move(file), "until");
  }
  return {{"anyOf", Json::array({value, dated, std::move(long_form), std::move(file)})}};
}

Json value_definitions() {
  Json all;
  // No completion offers it: only where something is inherited it has a meaning.
  all["nothing"] = {{"type", "null"}, {"doNotSuggest", true}};
  all["complete"] = {{"type", {"object", "array", "string", "number", "boolean"}},
                     {"additionalProperties", reference("complete")},
                     {"items", reference("complete")}};
  all["date"] = text_that_matches(date_pattern(), "an existing day, year-month-day: 2025-12-01");
  all["variable"] = text_that_matches(variable_pattern(), "a variable: us.y10 or \"us.holdings[japan]\"");

  const std::string like = "a number with its unit: 25 bp, 5 %/year, 1.2 tn USD, 6 months";
  all["quantity"] = text_that_matches(fmt::format("^{}$", quantity_pattern()), like);
  all["quantity"]["examples"] = {"25 bp", "5 %/year", "1.2 tn USD", "60 USD bn/month"};
  all["length"] = {{"allOf", Json::array({reference("quantity"), reference("above_zero"),
                                          text_that_matches(containing(time_words()), "a length of time: 6 months")})}};
  all["length"]["examples"] = {"6 months", "2 years", "10 days"};
  all["number_or_quantity"] = {{"anyOf", Json::array({Json{{"type", "number"}}, reference("quantity")})}};
  all["not_negative"] = text_that_matches(not_negative_pattern(), "a number that is not negative, with its unit");
  all["above_zero"] = text_that_matches(above_zero_pattern(), "a number above zero, with its unit");
  all["quantity_without_currency"] = {
      {"allOf",
       Json::array({reference("quantity"), text_that_matches(not_exactly_one(currency_words()), "no currency")})}};
  Words dimensions = currency_words();
  for (const std::string& word : time_words()) dimensions.push_back(word);
  all["quantity_without_dimension"] = {
      {"allOf", Json::array({reference("quantity"), text_that_matches(not_exactly_one(dimensions), "a pure number")})}};
  return all;
}

}  // namespace moniac
