// When two stored numbers are the same.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace moniac {

/// Whether two numbers have the same bits; one NaN is like another.
inline bool same_value(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

}  // namespace moniac
