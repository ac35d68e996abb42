#include "sim/results/proportion.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace moniac {

Proportion proportion(std::int64_t hits, std::int64_t trials) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  if (trials <= 0) return {nan, nan, nan, nan};
  constexpr double z = 1.959963984540054;  // 97.5 % point of the normal
  const double n = static_cast<double>(trials);
  const double p = static_cast<double>(hits) / n;
  const double variance = p * (1 - p) / n;
  const double center = p + z * z / (2 * n);
  const double half = z * std::sqrt(variance + z * z / (4 * n * n));
  const double shrink = 1 + z * z / n;
  const double low = hits == 0 ? 0.0 : std::max(0.0, (center - half) / shrink);
  const double high = hits == trials ? 1.0 : std::min(1.0, (center + half) / shrink);
  return {p, std::sqrt(variance), low, high};
}

}  // namespace moniac
