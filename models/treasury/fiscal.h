// The federal budget before interest.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType fiscal();

}  // namespace moniac
