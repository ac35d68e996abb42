// Sums over paths.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace moniac {

/// Σ value(j) over j = begin … end - 1, in an order that depends on the numbers only: eight sums side by side over
/// stretches of 4,096 terms, joined one after the other. Rounding errors stay those of a few thousand terms.
template <class Value>
double ordered_sum(std::size_t begin, std::size_t end, const Value& value) {
  constexpr std::size_t lanes = 8, stretch = 4096;
  double total = 0;
  for (std::size_t first = begin; first < end; first += stretch) {
    const std::size_t last = std::min(first + stretch, end);
    std::array<double, lanes> sums{};
    std::size_t j = first;
    for (; j + lanes <= last; j += lanes) {
      for (std::size_t lane = 0; lane < lanes; ++lane) sums[lane] += value(j + lane);
    }
    for (std::size_t lane = 0; j < last; ++j, ++lane) sums[lane] += value(j);
    double part = 0;
    for (const double sum : sums) part += sum;
    total += part;
  }
  return total;
}

}  // namespace moniac
