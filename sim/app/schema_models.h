// The JSON Schema of what a scenario says about models, made from their declarations.
#pragma once

#include "sim/app/schema_values.h"
#include "sim/engine/catalogue.h"

namespace moniac {

/// What `models:` may hold. The model of an instance is the last word of its name unless `model:` says otherwise.
Json models_schema(const Catalogue& catalogue);

/// The same where nothing is inherited: an instance that is not named after a model says which one it is.
Json complete_models_schema(const Catalogue& catalogue);

/// What models_schema refers to: each model with its parameters and inputs, and the variables and shocks that models
/// have in the scopes of their descriptions, for completion.
Json model_definitions(const Catalogue& catalogue);

}  // namespace moniac
