// What announced tariffs do to demand before anything is collected.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType trade_uncertainty();

}  // namespace moniac
