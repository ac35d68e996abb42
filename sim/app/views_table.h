// What views did to an ensemble, for people.
#pragma once

#include <string>

#include "sim/results/results.h"

namespace moniac {

/// Each view with what is stated, what the paths say without and with the views, the paths inside its event, and
/// whether it binds; then how many paths the weights are worth. Of results that are weighed.
std::string views_table(const Results& results);

/// A sentence where the weights rest on few paths; empty where they do not.
std::string few_paths_text(const Results& results);

}  // namespace moniac
