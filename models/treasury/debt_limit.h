// The debt limit.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType debt_limit();

}  // namespace moniac
