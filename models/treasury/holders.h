// Who holds the Treasury's debt.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType holders();

}  // namespace moniac
