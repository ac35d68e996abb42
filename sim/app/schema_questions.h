// The JSON Schema of conditions, triggers and outcomes.
#pragma once

#include "sim/app/schema_values.h"

namespace moniac {

/// Conditions by variable or joint beside the options of a trigger by name: at least one condition.
Json when_schema();

/// What may be made of a variable, and at which date.
Json measure_schema();

/// What they and the outcomes of a scenario refer to: "tests", "conditions", "outcome".
Json question_definitions();

}  // namespace moniac
