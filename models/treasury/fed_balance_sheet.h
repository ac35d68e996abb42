// The Federal Reserve's balance sheet.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType fed_balance_sheet();

}  // namespace moniac
