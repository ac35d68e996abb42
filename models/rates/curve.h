// Yield curves.
#pragma once

#include "sim/model/model.h"

namespace moniac {

/// The US curve: policy rate, medium-run rate and duration supply.
ModelType curve();

/// The curve of another economy: policy rate and medium-run rate without noise.
ModelType curve_simple();

}  // namespace moniac
