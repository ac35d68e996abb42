// Official foreign-exchange reserves.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType fx_ledger();

}  // namespace moniac
