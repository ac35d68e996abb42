#include "sim/study/draws.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "sim/math/kernels.h"

namespace moniac {

std::vector<double> uniform_draws(std::uint64_t key, std::uint32_t step, std::uint32_t draw, std::size_t count) {
  struct alignas(64) Lanes : std::array<double, 64> {};
  const Kernels& kernels = best_kernels();
  std::vector<double> uniforms;
  uniforms.reserve(count + Lanes{}.size());
  while (uniforms.size() < count) {
    Lanes lanes;
    kernels.uniforms(key, uniforms.size(), step, draw, lanes.data(), lanes.size());
    uniforms.insert(uniforms.end(), lanes.begin(), lanes.end());
  }
  uniforms.resize(count);
  return uniforms;
}

std::vector<std::size_t> ascending_order(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
  return order;
}

std::vector<std::size_t> random_permutation(std::uint64_t key, std::uint32_t step, std::uint32_t draw,
                                            std::size_t count) {
  return ascending_order(uniform_draws(key, step, draw, count));
}

}  // namespace moniac
