// Interventions in the currency market.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType fx_defence();

}  // namespace moniac
