// Tariffs as they are collected, and the cost of crossing a border.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType applied_tariff();

}  // namespace moniac
