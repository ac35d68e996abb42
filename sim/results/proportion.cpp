#include "sim/results/proportion.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace moniac {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double z = 1.959963984540054;  // 97.5 % point of the normal

// Standard error of p_b - p_a, whose values are -1, 0 and 1.
double paired_se(double p_a, double p_b, double n) {
  const double d = p_b - p_a;
  return std::sqrt(std::max(0.0, p_a + p_b - d * d) / n);
}

// With Wilson's interval of n trials.
Proportion wilson(double p, double n) {
  const double variance = p * (1 - p) / n;
  const double center = p + z * z / (2 * n);
  const double half = z * std::sqrt(variance + z * z / (4 * n * n));
  const double shrink = 1 + z * z / n;
  const double low = p <= 0 ? 0.0 : std::max(0.0, (center - half) / shrink);
  const double high = p >= 1 ? 1.0 : std::min(1.0, (center + half) / shrink);
  return {p, std::sqrt(variance), low, high};
}

}  // namespace

Proportion proportion(std::int64_t hits, std::int64_t trials) {
  if (trials <= 0) return {nan, nan, nan, nan};
  const auto n = static_cast<double>(trials);
  return wilson(static_cast<double>(hits) / n, n);
}

Proportion proportion(double share, double se, double trials) {
  if (share <= 0 || share >= 1) return wilson(share, trials);
  if (!(se > 0)) return {share, 0, share, share};
  Proportion result = wilson(share, share * (1 - share) / (se * se));
  result.se = se;
  return result;
}

void PairedCounts::add(const PairedCounts& other) {
  both += other.both;
  only_a += other.only_a;
  only_b += other.only_b;
  neither += other.neither;
}

ProportionDifference proportion_difference(const PairedCounts& counts) {
  if (counts.paths() <= 0) return {nan, nan, nan, nan};
  const auto n = static_cast<double>(counts.paths());
  const auto a = static_cast<double>(counts.only_a), b = static_cast<double>(counts.only_b);
  // Bonett & Price (2012): one more path on which only A, and one on which only B.
  const double more = n + 2;
  const double center = (b - a) / more;
  const double half = z * paired_se((a + 1) / more, (b + 1) / more, more);
  return {(b - a) / n, paired_se(a / n, b / n, n), std::max(-1.0, center - half), std::min(1.0, center + half)};
}

}  // namespace moniac
