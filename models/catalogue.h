// The models that come with the program.
#pragma once

#include <vector>

#include "sim/model/model.h"

namespace moniac {

/// Every model type, in the order in which they are listed.
std::vector<ModelType> model_types();

}  // namespace moniac
