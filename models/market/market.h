// What markets make of relations between the USA and China.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType market();

}  // namespace moniac
