// What is bought of what was promised.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType purchase_compliance();

}  // namespace moniac
