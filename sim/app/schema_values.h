// The JSON Schema of what a scenario writes as one value: quantities, dates, lengths of time, names, schedules.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "sim/model/variables.h"
#include "sim/scenario/format.h"

namespace moniac {

using Json = nlohmann::ordered_json;

/// {"$ref": "#/definitions/<name>"}.
Json reference(const std::string& name);

/// A text as that definition has it. The type is said again: editors look no deeper when they complete a key.
Json text_of(const std::string& definition);

/// Any single value: the reader takes it as text.
Json any_text();

/// The same schema with a description; draft-07 ignores what stands beside a $ref.
Json described(Json schema, const std::string& doc);

/// The schema, or null: in a file that extends another, null takes an inherited entry out.
Json or_null(Json schema);

/// A mapping with these keys and no others. `values` holds a schema for each key; a missing one is a bug.
Json mapping(const Keys& keys, const Json& values);

/// A mapping whose keys match `pattern`, each with a value of that schema.
Json mapping_by(const std::string& pattern, Json value);

Json list_of(Json item);

/// A mapping from variables; those that the definition `known` lists are offered.
Json by_variable(const char* known, Json value);

/// A name of the scenario's own: of an event, of a bucket.
Json name_schema();

/// One of these keys at least; under oneOf, exactly one.
Json any_of_required(const Words& keys);

/// A text; `message` is what an editor says about another.
Json text_that_matches(const std::string& pattern, const std::string& message);

/// One of the words.
Json one_of(const Words& words);

/// A number in `unit` and `range`. The range is checked where a plain number may stand, and otherwise by its sign.
Json number_schema(const std::string& unit, const Range& range);

/// A whole number in `range`.
Json integer_schema(const Range& range);

/// A whole number from `low` to `high`.
Json whole_number(std::uint64_t low, std::uint64_t high);

/// Dated values: one value, values by date, the long form, or a CSV file; `until` where `imposed`.
Json schedule_schema(const Json& value, bool imposed);

/// What the schemas above refer to.
Json value_definitions();

/// Regular expressions, anchored, in the part of the syntax that ECMAScript and Python share.
std::string name_pattern();
std::string variable_pattern();
std::string shock_pattern();
std::string date_pattern();

}  // namespace moniac
