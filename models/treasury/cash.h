// How the Treasury steers its cash when no debt limit is in the way.
#pragma once

#include "sim/math/scalar.h"

namespace moniac {

/// Share of the distance to the cash target that a step of `dt` years closes: time constant of a quarter
/// (illustrative).
inline double usual_tga_approach(double dt) {
  return -expm1(-dt / 0.25);
}

}  // namespace moniac
