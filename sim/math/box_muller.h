// Normal numbers from uniform ones.
#pragma once

#include <array>
#include <cmath>
#include <numbers>

#include "sim/math/scalar.h"

namespace moniac {

/// Two independent normals with this variance from independent uniforms u and v on (0, 1) (Box and Muller 1958), for
/// events, whose draws are uniform; shocks that are normal come from kernels.
inline std::array<double, 2> box_muller(double u, double v, double variance = 1) {
  const double radius = std::sqrt(-2 * variance * log(u)), angle = 2 * std::numbers::pi * v;
  return {radius * cos(angle), radius * sin(angle)};
}

}  // namespace moniac
