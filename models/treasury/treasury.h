// The Treasury's issuance and debt.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType treasury();

}  // namespace moniac
