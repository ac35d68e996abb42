// World trade in the ensemble.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType trade();

}  // namespace moniac
