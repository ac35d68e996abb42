// The catalogue as documentation: what `list` and `describe` print, and the pages of docs/reference.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/engine/catalogue.h"

namespace moniac {

/// Every model with its summary, grouped by folder.
std::string list_text(const Catalogue& catalogue);

/// A model on a screen: parameters, inputs, outputs, shocks.
std::string model_text(const ModelType& type);

/// A model as a page of docs/reference.
std::string model_markdown(const ModelType& type);

/// The table of models, as a page.
std::string list_markdown(const Catalogue& catalogue);

/// What `name` means: a model, a declaration of one ("policy_rate.phi_pi"), or a variable ("us.policy_rate"). Empty
/// when it is none of these.
std::optional<std::string> describe_text(const Catalogue& catalogue, const std::string& name);

/// All names that describe_text knows, for suggestions.
std::vector<std::string> described_names(const Catalogue& catalogue);

}  // namespace moniac
