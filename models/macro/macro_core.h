// Output, inflation and rates of five economies.
#pragma once

#include "sim/model/model.h"

namespace moniac {

/// Gaps, inflation and national accounts of us, cn, jp, ea, em.
ModelType macro_core();

/// The same economies with expectations that look ahead, by quarter.
ModelType macro_core_re();

/// The risk shock that all economies share.
ModelType world();

}  // namespace moniac
