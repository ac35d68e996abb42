// LU factors of square matrices, for systems that are solved again and again while a run goes on.
#pragma once

#include <cstddef>
#include <vector>

namespace moniac {

/// P A = L U with partial pivoting. Unlike Eigen's, every entry is computed by the same chain of operations in every
/// build: row k is taken from the rows below it, k rising, entry by entry. `factor` and `solve` do not allocate.
class LuFactors {
 public:
  explicit LuFactors(std::size_t size) : size_(size), matrix_(size * size), pivots_(size) {}

  std::size_t size() const { return size_; }

  /// The matrix to factor, row-major; `factor` overwrites it.
  std::vector<double>& matrix() { return matrix_; }

  /// Factors what matrix() holds. False when it is singular or not finite; the factors are of no use then.
  bool factor();

  /// Replaces B by A⁻¹ B, where B has size() rows of `columns` entries each, row-major.
  void solve(double* b, std::size_t columns) const;

 private:
  std::size_t size_;
  std::vector<double> matrix_;
  std::vector<std::size_t> pivots_;  // row k was exchanged for this one
};

}  // namespace moniac
