// Prices and sales of houses in China's three tiers of cities.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType property();

}  // namespace moniac
