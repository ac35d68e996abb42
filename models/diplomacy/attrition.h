// Who cannot hold on first.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType attrition();

}  // namespace moniac
