// Saving, consumption and prices of China's households.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType households();

}  // namespace moniac
