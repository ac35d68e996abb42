// Attacks on a peg.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType fx_attack();

}  // namespace moniac
