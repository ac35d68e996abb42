// Acceleration of fixed-point iterations, several side by side.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "sim/math/eigen_guard.h"

namespace moniac {

/// Anderson's mixing (1965; Walker and Ni 2011) of the iterations x <- x + f(x) of `lanes` vectors, the lane innermost:
///
///   x_{k+1} = x_k + f_k - Σ_j γ_j (x_{j+1} - x_j + f_{j+1} - f_j),    γ minimises |W (f_k - Σ_j γ_j (f_{j+1} - f_j))|,
///
/// over the last `depth` iterations. Every operation is elementwise in the lane. Allocates when constructed only.
template <std::size_t lanes, std::size_t depth>
class Anderson {
 public:
  using Lanes = Eigen::Array<double, static_cast<int>(lanes), 1>;

  /// Consecutive entries of the vector: x and f by [entry][lane].
  struct Part {
    double* x;
    const double* f;
    std::size_t size;
  };

  /// `weight`: the diagonal of W, by entry.
  explicit Anderson(std::vector<double> weight) : weight_(std::move(weight)), entries_(weight_.size()) {}

  /// Forgets all iterations.
  void begin() {
    known_ = 0;
    std::fill(entries_.begin(), entries_.end(), Entry());
    gram_ = {};
  }

  /// Takes the vector to what comes next; `parts` are the same in each call. Only lanes where `moving` is 1, not 0.
  void mix(std::span<const Part> parts, const Lanes& moving) {
    if (known_++ == 0) each_entry(parts, [](Entry& entry, double, const auto& x, const auto& f) { entry.keep(x, f); });
    compare(parts, known_ % depth);
    const Columns weights = fit();
    each_entry(parts, [&](const Entry& entry, double, auto x, const auto& f) {
      Lanes step = f;
      for (std::size_t j = 0; j < depth; ++j) step -= weights[j] * entry.step[j];
      x += moving * step;
    });
  }

 private:
  struct Columns : std::array<Lanes, depth> {
    Columns() { this->fill(Lanes::Zero()); }
  };

  // Of the last call, and by difference between calls W (f_{j+1} - f_j) and what γ_j multiplies; 0 where there is none.
  struct Entry {
    void keep(const Lanes& now, const Lanes& answer) {
      x = now;
      f = answer;
    }

    Lanes x = Lanes::Zero(), f = Lanes::Zero();
    Columns weighted, step;
  };

  template <class Visit>
  void each_entry(std::span<const Part> parts, Visit visit) {
    std::size_t entry = 0;
    for (const Part& part : parts) {
      for (std::size_t i = 0; i < part.size; ++i, ++entry)
        visit(entries_[entry], weight_[entry], Eigen::Map<Lanes>(part.x + i * lanes),
              Eigen::Map<const Lanes>(part.f + i * lanes));
    }
  }

  // Adds a difference in the place of the oldest, with the products that it and f have a part in.
  void compare(std::span<const Part> parts, std::size_t newest) {
    Columns of_newest, of_f;
    each_entry(parts, [&](Entry& entry, double weight, const auto& x, const auto& f) {
      const Lanes change = f - entry.f, column = weight * change, residual = weight * f;
      entry.step[newest] = (x - entry.x) + change;
      entry.weighted[newest] = column;
      entry.keep(x, f);
      for (std::size_t a = 0; a < depth; ++a) {
        of_newest[a] += column * entry.weighted[a];
        of_f[a] += residual * entry.weighted[a];
      }
    });
    for (std::size_t a = 0; a < depth; ++a) gram_[a][newest] = gram_[newest][a] = of_newest[a];
    toward_ = of_f;
  }

  // γ by the normal equations, kept regular by a ridge of a rounding error: an inexact weight is only slower.
  Columns fit() const {
    std::array<Columns, depth> root = gram_;
    Columns weights = toward_;
    Lanes trace = Lanes::Constant(1e-300);
    for (std::size_t a = 0; a < depth; ++a) trace += root[a][a];
    for (std::size_t a = 0; a < depth; ++a) {
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
    for (std::size_t a = depth; a-- > 0;) {
      for (std::size_t c = a + 1; c < depth; ++c) weights[a] -= root[c][a] * weights[c];
      weights[a] /= root[a][a];
    }
    return weights;
  }

  std::size_t known_ = 0;
  std::vector<double> weight_;
  std::vector<Entry> entries_;
  std::array<Columns, depth> gram_;  // products of columns of W (f_{j+1} - f_j)
  Columns toward_;                   // their products with W f
};

}  // namespace moniac
