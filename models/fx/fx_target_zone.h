// A currency kept in a band by changes of the money supply.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType fx_target_zone();

}  // namespace moniac
