// Limits on exports that wear down.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType export_quota();

}  // namespace moniac
