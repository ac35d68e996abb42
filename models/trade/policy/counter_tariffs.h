// Tariffs against goods that come from China because they go elsewhere no more.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType counter_tariffs();

}  // namespace moniac
