// Tariffs in answer to tariffs.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType retaliation();

}  // namespace moniac
