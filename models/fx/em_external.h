// The external accounts of emerging markets.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType em_external();

}  // namespace moniac
