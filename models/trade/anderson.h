// Acceleration of fixed-point iterations, several side by side.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "sim/math/eigen_guard.h"

namespace moniac {

/// Anderson's mixing (1965; Walker and Ni 2011) of the iterations x <- g(x) of `lanes` vectors, the lane innermost:
///
///   x_{k+1} = g_k - Σ_j γ_j (g_{j+1} - g_j),    γ minimises |f_k - Σ_j γ_j (f_{j+1} - f_j)|,    f = g(x) - x,
///
/// over the last `depth` iterations. Every operation is elementwise in the lane. Allocates when constructed only.
template <std::size_t lanes, std::size_t depth>
class Anderson {
 public:
  using Lanes = Eigen::Array<double, static_cast<int>(lanes), 1>;

  explicit Anderson(std::size_t largest)
      : size_(largest), x_(largest), f_(largest), g_(largest), df_(largest * depth), dg_(largest * depth) {}

  /// Forgets all iterations.
  void begin() { known_ = 0; }

  /// An entry of x; all that matter are to be set before each mix().
  Lanes& x(std::size_t entry) { return x_[entry]; }

  /// Takes g(x) of the present x, the first `size` entries, and puts what comes next in its place.
  void mix(std::vector<Lanes>& g, std::size_t size) {
    if (known_ > 0) {
      const std::size_t slot = (known_ - 1) % depth;
      for (std::size_t i = 0; i < size; ++i) {
        df_[slot * size_ + i] = (g[i] - x_[i]) - f_[i];
        dg_[slot * size_ + i] = g[i] - g_[i];
      }
    }
    for (std::size_t i = 0; i < size; ++i) {
      f_[i] = g[i] - x_[i];
      g_[i] = g[i];
    }
    const std::size_t columns = std::min(known_++, depth);
    if (columns == 0) return;
    const std::array<Lanes, depth> weights = fit(columns, size);
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < columns; ++j) g[i] -= weights[j] * dg_[j * size_ + i];
    }
  }

 private:
  // The weights by the normal equations, kept regular by a ridge of a rounding error: an inexact weight is only slower.
  std::array<Lanes, depth> fit(std::size_t columns, std::size_t size) const {
    std::array<std::array<Lanes, depth>, depth> root;
    std::array<Lanes, depth> weights;
    Lanes trace = Lanes::Constant(1e-300);
    for (std::size_t a = 0; a < columns; ++a) {
      weights[a] = product(&df_[a * size_], f_.data(), size);
      for (std::size_t b = 0; b <= a; ++b) root[a][b] = product(&df_[a * size_], &df_[b * size_], size);
      trace += root[a][a];
    }
    for (std::size_t a = 0; a < columns; ++a) {
      root[a][a] += 1e-14 * trace;
      for (std::size_t b = 0; b <= a; ++b) {
        for (std::size_t c = 0; c < b; ++c) root[a][b] -= root[a][c] * root[b][c];
        if (a == b)
          root[a][a] = root[a][a].max(1e-16 * trace).sqrt();
        else
          root[a][b] /= root[b][b];
      }
      for (std::size_t c = 0; c < a; ++c) weights[a] -= root[a][c] * weights[c];
      weights[a] /= root[a][a];
    }
    for (std::size_t a = columns; a-- > 0;) {
      for (std::size_t c = a + 1; c < columns; ++c) weights[a] -= root[c][a] * weights[c];
      weights[a] /= root[a][a];
    }
    return weights;
  }

  static Lanes product(const Lanes* a, const Lanes* b, std::size_t size) {
    Lanes sum = Lanes::Zero();
    for (std::size_t i = 0; i < size; ++i) sum += a[i] * b[i];
    return sum;
  }

  std::size_t size_;
  std::size_t known_ = 0;
  std::vector<Lanes> x_, f_, g_;
  std::vector<Lanes> df_, dg_;  // by [iteration][entry]
};

}  // namespace moniac
