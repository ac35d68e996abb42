#include "sim/app/schema.h"
#include "sim/app/schema_values.h"

namespace moniac {

std::string mixture_schema() {
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "moniac mixture"},
                 {"description", "Written by `moniac schema mixture`"}};
  Json one =
      mapping(mixture_scenario_keys(), {{"scenario", any_text()}, {"probability", reference("number_or_quantity")}});
  one["required"] = Json::array({"scenario", "probability"});
  Json scenarios = mapping_by(name_pattern(), std::move(one));
  scenarios["minProperties"] = 2;
  schema.update(mapping(mixture_keys(), {{"moniac", {{"enum", Json::array({format_version})}}},
                                         {"title", or_null(any_text())},
                                         {"mix", std::move(scenarios)}}));
  schema["required"] = Json::array({"moniac", "mix"});
  schema["definitions"] = value_definitions();
  return schema.dump(1) + "\n";
}

}  // namespace moniac
