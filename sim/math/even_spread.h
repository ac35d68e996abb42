// Events that are spread evenly over the year, whatever the step of a run.
#pragma once

namespace moniac {

/// Of n events a year, those in step k = 1, 2, … of p/q years: floor(k n p/q) - floor((k-1) n p/q), in integers, so
/// that no rounding ever moves one.
constexpr int evenly_spread(int per_year, long numerator, long denominator, int k) {
  const long rate = per_year * numerator;
  return static_cast<int>(k * rate / denominator - (k - 1) * rate / denominator);
}

}  // namespace moniac
