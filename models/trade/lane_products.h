// Sums of products of numbers of several paths side by side. The lane is innermost, and a lane has the bits that it has
// alone.
#pragma once

#include <algorithm>
#include <cstddef>

#include "models/trade/trade_lanes.h"

namespace moniac {

/// Rows of numbers that are so many apart.
struct Rows {
  const double* first;
  std::size_t apart;
};

/// y += Σ_k a_k b_k over `terms` rows, elementwise, for `size` numbers of each from `from` on, which stay in registers.
template <int size>
void add_part(const Rows& a, const Rows& b, std::size_t terms, std::size_t from, double* y) {
  using Part = Eigen::Array<double, size, 1>;
  using Given = Eigen::Map<const Part>;
  Part sum = Given(y + from);
  for (std::size_t k = 0; k < terms; ++k)
    sum += Given(a.first + k * a.apart + from) * Given(b.first + k * b.apart + from);
  Eigen::Map<Part>(y + from) = sum;
}

/// The same for all `count` numbers.
inline void add_products(const Rows& a, const Rows& b, std::size_t terms, std::size_t count, double* y) {
  std::size_t from = 0;
  for (; from + 16 <= count; from += 16) add_part<16>(a, b, terms, from, y);
  for (; from + 4 <= count; from += 4) add_part<4>(a, b, terms, from, y);
  for (; from < count; ++from) add_part<1>(a, b, terms, from, y);
}

/// y_j = start(j) + Σ_k A_kj x_k; each x_k, each y_j and what `start` gives are `lanes` numbers.
template <std::size_t lanes, class Start>
void add_product(const Start& start, const double* matrix, const double* x, double* y, std::size_t count) {
  using Lanes = LaneArray<lanes>;
  if constexpr (lanes == 1) {
    for (std::size_t j = 0; j < count; ++j) y[j] = Lanes(start(j))[0];
    for (std::size_t k = 0; k < count; ++k) {
      for (std::size_t j = 0; j < count; ++j) y[j] += matrix[k * count + j] * x[k];
    }
  } else {
    for (std::size_t j = 0; j < count; j += 2) {  // two at a time, for one reading of x
      const std::size_t next = std::min(j + 1, count - 1);
      Lanes here = start(j), there = start(next);
      for (std::size_t k = 0; k < count; ++k) {
        const Lanes given = Eigen::Map<const Lanes, Eigen::Aligned64>(x + k * lanes);
        here += matrix[k * count + j] * given;
        there += matrix[k * count + next] * given;
      }
      Eigen::Map<Lanes, Eigen::Aligned64>(y + next * lanes) = there;
      Eigen::Map<Lanes, Eigen::Aligned64>(y + j * lanes) = here;
    }
  }
}

}  // namespace moniac
