// One exchange rate.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType fx_rate();

}  // namespace moniac
