// How strained the USA and China are.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType stress_index();

}  // namespace moniac
