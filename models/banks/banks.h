// Bank stress: losses on securities, runs, failures that spread, and a lender of last resort.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType banks();

}  // namespace moniac
