// Losses that banks pass on to each other through what they owe.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType contagion();

}  // namespace moniac
