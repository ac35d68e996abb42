// Tariffs by law.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType tariff_schedule();

}  // namespace moniac
