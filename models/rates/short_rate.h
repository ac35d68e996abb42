// One short rate alone, by the textbook models.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType short_rate();

}  // namespace moniac
