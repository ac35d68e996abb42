// Functions whose variance shares are known in closed form, as responses of designs, with and without noise.
#pragma once

#include <cmath>
#include <functional>

#include "sim/study/draws.h"
#include "sim/study/normal_quantile.h"
#include "sim/study/sensitivity.h"

namespace moniac::testing {

using Function = std::function<double(const std::vector<double>&)>;

/// Ishigami & Homma (1990): sin x + 7 sin² y + 0.1 z⁴ sin x on [-π, π]³.
inline double ishigami(const std::vector<double>& u) {
  const double pi = std::acos(-1.0);
  const auto angle = [&](std::size_t i) { return pi * (2 * u[i] - 1); };
  const double second = std::sin(angle(1));
  return std::sin(angle(0)) * (1 + 0.1 * std::pow(angle(2), 4)) + 7 * second * second;
}
inline const double ishigami_variance =
    49.0 / 8 + 0.1 * std::pow(std::acos(-1.0), 4) / 5 + 0.01 * std::pow(std::acos(-1.0), 8) / 18 + 0.5;

/// Sobol's G: the product of (|4 u_i − 2| + a_i) / (1 + a_i).
inline double sobol_g(const std::vector<double>& u) {
  const std::vector<double> a{0, 1, 4.5, 9, 99, 99, 99, 99};
  double product = 1;
  for (std::size_t i = 0; i < a.size(); ++i) product *= (std::abs(4 * u[i] - 2) + a[i]) / (1 + a[i]);
  return product;
}

inline std::vector<double> values_at(const Points& points, const Function& f) {
  std::vector<double> values;
  for (const std::vector<double>& point : points) values.push_back(f(point));
  return values;
}

/// Means over all paths and over either half; `whole` is the mean of the halves.
struct NoisyValues {
  std::vector<double> whole, first, second;

  Responses responses() const { return {whole, first, second}; }
};

/// Adds to the values of each half normal noise of standard deviation `own` that is independent between cases and one
/// draw of standard deviation `common` that all cases of the half share.
inline NoisyValues with_noise(const std::vector<double>& values, double own, double common, std::uint64_t seed) {
  const auto half = [&](std::uint32_t number) {
    const std::vector<double> uniforms = uniform_draws(seed, number, 0, values.size() + 1);
    std::vector<double> noisy;
    for (std::size_t i = 0; i < values.size(); ++i)
      noisy.push_back(values[i] + own * normal_quantile(uniforms[i]) + common * normal_quantile(uniforms.back()));
    return noisy;
  };
  NoisyValues noisy{{}, half(1), half(2)};
  for (std::size_t i = 0; i < values.size(); ++i) noisy.whole.push_back((noisy.first[i] + noisy.second[i]) / 2);
  return noisy;
}

}  // namespace moniac::testing
