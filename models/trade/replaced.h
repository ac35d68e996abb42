// Numbers that take the place of others.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace moniac {

/// Copies `count` numbers; whether any has other bits than what was there.
inline bool replaced(double* there, const double* by, std::size_t count) {
  const bool other = std::memcmp(there, by, count * sizeof(double)) != 0;
  if (other) std::copy_n(by, count, there);
  return other;
}

}  // namespace moniac
