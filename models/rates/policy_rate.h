// The policy rate of one economy.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType policy_rate();

}  // namespace moniac
