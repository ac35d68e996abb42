// Relations between the USA and China: regimes, incidents, talks, risk premium, crises.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType diplomacy();

}  // namespace moniac
