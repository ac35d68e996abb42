// Debts of China's local governments and of their financing vehicles.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType local_debt();

}  // namespace moniac
