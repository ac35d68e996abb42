// Random numbers of a study: keyed by what they are for, never by the order in which they are asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace moniac {

/// Uniforms on (0, 1), odd multiples of 2^-53: the paths 0 … count - 1 of Kernels::uniforms.
std::vector<double> uniform_draws(std::uint64_t key, std::uint32_t step, std::uint32_t draw, std::size_t count);

/// 0 … count - 1 in random order: that of `count` uniforms.
std::vector<std::size_t> random_permutation(std::uint64_t key, std::uint32_t step, std::uint32_t draw,
                                            std::size_t count);

/// One of 0 … count - 1 by a uniform.
inline std::size_t pick(double uniform, std::size_t count) {
  const auto index = static_cast<std::size_t>(uniform * static_cast<double>(count));
  return index < count ? index : count - 1;
}

/// The places 0 … values.size() - 1 in ascending order of their values; equal values keep their order.
std::vector<std::size_t> ascending_order(const std::vector<double>& values);

}  // namespace moniac
