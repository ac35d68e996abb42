#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/math/eigenvalues.h"
#include "sim/study/rank_correlation.h"

namespace moniac {
namespace {

ExactMatrix with_unit_diagonal(ExactMatrix matrix) {
  for (Eigen::Index i = 0; i < matrix.rows(); ++i) matrix(i, i) = 1;
  return matrix;
}

// The nearest positive semidefinite matrix: negative eigenvalues become zero.
ExactMatrix positive_part(const ExactMatrix& matrix) {
  const SymmetricEigen eigen = symmetric_eigen(matrix);
  ExactMatrix scaled = eigen.vectors;
  for (Eigen::Index j = 0; j < scaled.cols(); ++j)
    scaled.col(j) *= Exact(std::max(0.0, eigen.values[static_cast<std::size_t>(j)]));
  return scaled * eigen.vectors.transpose();
}

// Unit diagonal by scaling rows and columns, which keeps a matrix positive semidefinite.
ExactMatrix scaled_to_unit_diagonal(const ExactMatrix& matrix) {
  ExactMatrix scaled = ExactMatrix::Identity(matrix.rows(), matrix.cols());
  for (Eigen::Index i = 0; i < matrix.rows(); ++i)
    for (Eigen::Index j = 0; j < i; ++j)
      scaled(i, j) = scaled(j, i) = matrix(i, j).value / std::sqrt(matrix(i, i).value * matrix(j, j).value);
  return scaled;
}

double largest_difference(const ExactMatrix& a, const ExactMatrix& b) {
  double largest = 0;
  for (Eigen::Index i = 0; i < a.rows(); ++i)
    for (Eigen::Index j = 0; j < a.cols(); ++j) largest = std::max(largest, std::abs(a(i, j).value - b(i, j).value));
  return largest;
}

// Algorithm 3.3 of Higham (2002).
ExactMatrix alternating_projections(const ExactMatrix& symmetric) {
  constexpr int enough = 5000;
  constexpr double settled = 1e-12;
  ExactMatrix correction = ExactMatrix::Zero(symmetric.rows(), symmetric.cols());
  ExactMatrix unit = with_unit_diagonal(symmetric);
  for (int i = 0; i < enough; ++i) {
    const ExactMatrix corrected = unit - correction;
    const ExactMatrix positive = positive_part(corrected);
    correction = positive - corrected;
    const ExactMatrix next = with_unit_diagonal(positive);
    const double change = largest_difference(next, unit);
    unit = next;
    if (change < settled) break;
  }
  return scaled_to_unit_diagonal(positive_part(unit));
}

bool has_unit_diagonal(const ExactMatrix& matrix) {
  for (Eigen::Index i = 0; i < matrix.rows(); ++i)
    if (matrix(i, i).value != 1) return false;
  return true;
}

}  // namespace

NearestCorrelation nearest_correlation(const ExactMatrix& symmetric) {
  if (symmetric.rows() == 0) return {symmetric, 0, 0};
  const double smallest = symmetric_eigen(symmetric).values.front();
  const double rounding = 4 * static_cast<double>(symmetric.rows()) * std::numeric_limits<double>::epsilon();
  if (smallest >= -rounding && has_unit_diagonal(symmetric)) return {symmetric, smallest, 0};
  const ExactMatrix nearest = alternating_projections(symmetric);
  return {nearest, smallest, largest_difference(nearest, symmetric)};
}

}  // namespace moniac
