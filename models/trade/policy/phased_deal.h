// A deal that cuts a tariff in phases and springs back.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType phased_deal();

}  // namespace moniac
