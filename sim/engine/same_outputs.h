// Whether two plans do the same.
#pragma once

#include <cstdint>

#include "sim/engine/plan.h"
#include "sim/math/kernels.h"

namespace moniac {

/// Whether every output of a model and every sum of contributions has the same bits in both plans at every step of the
/// first `paths` paths; false when one has other outputs than the other. The plans have the same number of steps.
bool same_outputs(const Plan& a, const Plan& b, std::int64_t paths, const Kernels& kernels);

}  // namespace moniac
