// Aligned columns and kernel tables for the tests of this folder.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "sim/math/kernels.h"

namespace moniac {

/// A column as the kernels expect it: 64-byte aligned, a multiple of 64 lanes.
class TestColumn {
 public:
  explicit TestColumn(std::size_t lanes, double value = 0) : storage_(lanes + 8, value), lanes_(lanes) {}
  double* data() {
    const auto address = reinterpret_cast<std::uintptr_t>(storage_.data());
    return storage_.data() + (64 - address % 64) % 64 / sizeof(double);
  }
  double& operator[](std::size_t i) { return data()[i]; }
  std::size_t lanes() const { return lanes_; }
  std::vector<double> values() { return {data(), data() + lanes_}; }

 private:
  std::vector<double> storage_;
  std::size_t lanes_;
};

/// Every table this CPU can run.
inline std::vector<const Kernels*> runnable_kernels() {
  std::vector<const Kernels*> tables;
  for (const char* name : {"portable", "avx2", "avx512"}) {
    if (const Kernels* kernels = find_kernels(name)) tables.push_back(kernels);
  }
  return tables;
}

inline std::uint64_t bit_pattern(double x) {
  std::uint64_t pattern;
  std::memcpy(&pattern, &x, sizeof pattern);
  return pattern;
}

/// |computed - exact| in units in the last place of `exact`; infinite if only one of them is NaN or infinite.
inline double error_in_ulps(double computed, long double exact) {
  const auto rounded = static_cast<double>(exact);
  if (std::isnan(rounded) && std::isnan(computed)) return 0;
  if (!std::isfinite(rounded) || !std::isfinite(computed)) {
    return computed == rounded ? 0 : std::numeric_limits<double>::infinity();
  }
  const double size = std::max(std::abs(rounded), std::numeric_limits<double>::min());
  const double ulp = std::ldexp(1.0, std::ilogb(size) - 52);
  return static_cast<double>(std::abs(static_cast<long double>(computed) - exact) / static_cast<long double>(ulp));
}

/// Doubles whose 64 bits are random: every exponent, both signs, infinities and NaN among them.
inline double random_bits_double(std::mt19937_64& generator) {
  const std::uint64_t pattern = generator();
  double x;
  std::memcpy(&x, &pattern, sizeof x);
  return x;
}

inline double random_between(std::mt19937_64& generator, double low, double high) {
  return low + (high - low) * std::ldexp(static_cast<double>(generator() >> 11), -53);
}

/// Zeros, ones, the ends of the range, subnormals, infinities and NaN.
inline std::vector<double> special_values() {
  std::vector<double> values{0.0,
                             0.5,
                             1.0,
                             1.5,
                             2.0,
                             3.0,
                             0x1p52,
                             0x1p53 - 1,
                             0x1p53,
                             0x1p54,
                             1e300,
                             std::numeric_limits<double>::infinity(),
                             0x1p-1074,
                             0x1p-1022,
                             1e-310,
                             1e-20,
                             0.7071067811865476,
                             1.4142135623730951,
                             0.7853981633974483,
                             709.782712893384,
                             745.1332191019411,
                             38.5};
  const std::size_t positive = values.size();
  for (std::size_t i = 0; i < positive; ++i) values.push_back(-values[i]);
  values.push_back(std::numeric_limits<double>::quiet_NaN());
  return values;
}

}  // namespace moniac
