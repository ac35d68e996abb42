// The managed yuan.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType cny();

}  // namespace moniac
