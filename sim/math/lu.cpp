#include "sim/math/lu.h"

#include <algorithm>
#include <cmath>

namespace moniac {

namespace {

// y -= factor x
void subtract(double factor, const double* x, double* y, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) y[i] -= factor * x[i];
}

}  // namespace

bool LuFactors::factor() {
  double* a = matrix_.data();
  for (std::size_t k = 0; k < size_; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < size_; ++i) {
      if (std::abs(a[i * size_ + k]) > std::abs(a[pivot * size_ + k])) pivot = i;
    }
    pivots_[k] = pivot;
    if (pivot != k) std::swap_ranges(a + k * size_, a + (k + 1) * size_, a + pivot * size_);
    const double* row = a + k * size_;
    if (!(std::abs(row[k]) > 0) || !std::isfinite(row[k])) return false;
    for (std::size_t i = k + 1; i < size_; ++i) {
      double* below = a + i * size_;
      if (below[k] == 0) continue;
      below[k] /= row[k];
      subtract(below[k], row + k + 1, below + k + 1, size_ - k - 1);
    }
  }
  return true;
}

void LuFactors::solve(double* b, std::size_t columns) const {
  const double* a = matrix_.data();
  for (std::size_t k = 0; k < size_; ++k) {
    if (pivots_[k] != k) std::swap_ranges(b + k * columns, b + (k + 1) * columns, b + pivots_[k] * columns);
  }
  if (columns == 1) {  // one chain of subtractions per entry, as below
    for (std::size_t i = 0; i < size_; ++i) {
      double sum = b[i];
      for (std::size_t k = 0; k < i; ++k) sum -= a[i * size_ + k] * b[k];
      b[i] = sum;
    }
    for (std::size_t i = size_; i-- > 0;) {
      double sum = b[i];
      for (std::size_t k = i + 1; k < size_; ++k) sum -= a[i * size_ + k] * b[k];
      b[i] = sum / a[i * size_ + i];
    }
    return;
  }
  for (std::size_t i = 0; i < size_; ++i) {
    for (std::size_t k = 0; k < i; ++k) subtract(a[i * size_ + k], b + k * columns, b + i * columns, columns);
  }
  for (std::size_t i = size_; i-- > 0;) {
    for (std::size_t k = i + 1; k < size_; ++k) subtract(a[i * size_ + k], b + k * columns, b + i * columns, columns);
    for (std::size_t c = 0; c < columns; ++c) b[i * columns + c] /= a[i * size_ + i];
  }
}

}  // namespace moniac
