// Eigen for set-up algebra, with the same bits in every build.
#pragma once

#include <Eigen/Core>
#include <cassert>
#include <cmath>
#include <compare>
#include <vector>

namespace moniac {

/// A double that Eigen cannot vectorise: it is a class, so Eigen has no packets for it, and its operators are the plain
/// IEEE ones. Products, sums, LLT, LU and QR of Eigen on this scalar therefore do the same operations in the same order
/// with every compiler and instruction set, which the same code on double does not. Eigen splits long sums by cache
/// size, so keep matrices below about 100 rows. Only for set-up: it is slow. Exponentials and the like do not compile
/// on it; take `value` and use sim/math/scalar.h.
struct Exact {
  double value = 0;

  constexpr Exact() = default;
  constexpr Exact(double x) : value(x) {}  // NOLINT(google-explicit-constructor): Eigen writes Scalar(0), x * 2
  explicit constexpr operator double() const { return value; }

  constexpr Exact& operator+=(Exact y) { return *this = value + y.value; }
  constexpr Exact& operator-=(Exact y) { return *this = value - y.value; }
  constexpr Exact& operator*=(Exact y) { return *this = value * y.value; }
  constexpr Exact& operator/=(Exact y) { return *this = value / y.value; }

  friend constexpr Exact operator+(Exact x, Exact y) { return x.value + y.value; }
  friend constexpr Exact operator-(Exact x, Exact y) { return x.value - y.value; }
  friend constexpr Exact operator*(Exact x, Exact y) { return x.value * y.value; }
  friend constexpr Exact operator/(Exact x, Exact y) { return x.value / y.value; }
  friend constexpr Exact operator-(Exact x) { return -x.value; }
  friend constexpr bool operator==(Exact x, Exact y) = default;
  friend constexpr std::partial_ordering operator<=>(Exact x, Exact y) = default;
};

// Found by Eigen through argument-dependent look-up; exactly rounded by IEEE 754.
inline Exact sqrt(Exact x) {
  return std::sqrt(x.value);
}
inline Exact abs(Exact x) {
  return std::abs(x.value);
}

}  // namespace moniac

namespace Eigen {
template <>
struct NumTraits<moniac::Exact> : GenericNumTraits<moniac::Exact> {
  using Real = moniac::Exact;
  using NonInteger = moniac::Exact;
  using Nested = moniac::Exact;
  using Literal = double;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 0,
    ReadCost = 1,
    AddCost = 1,
    MulCost = 1,
  };
  static Real epsilon() { return NumTraits<double>::epsilon(); }
  static Real dummy_precision() { return NumTraits<double>::dummy_precision(); }
  static Real highest() { return NumTraits<double>::highest(); }
  static Real lowest() { return NumTraits<double>::lowest(); }
  static Real infinity() { return NumTraits<double>::infinity(); }
  static Real quiet_NaN() { return NumTraits<double>::quiet_NaN(); }
  static int digits10() { return NumTraits<double>::digits10(); }
};
}  // namespace Eigen

namespace moniac {

using ExactMatrix = Eigen::Matrix<Exact, Eigen::Dynamic, Eigen::Dynamic>;
using ExactVector = Eigen::Matrix<Exact, Eigen::Dynamic, 1>;

/// The matrix with these rows, all of the same length.
inline ExactMatrix exact_matrix(const std::vector<std::vector<double>>& rows) {
  const auto columns = rows.empty() ? 0 : rows.front().size();
  ExactMatrix matrix(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(columns));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    assert(rows[i].size() == columns);
    for (std::size_t j = 0; j < columns; ++j)
      matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = rows[i][j];
  }
  return matrix;
}

inline ExactVector exact_vector(const std::vector<double>& values) {
  ExactVector vector(static_cast<Eigen::Index>(values.size()));
  for (std::size_t i = 0; i < values.size(); ++i) vector(static_cast<Eigen::Index>(i)) = values[i];
  return vector;
}

inline std::vector<std::vector<double>> rows_of(const ExactMatrix& matrix) {
  std::vector<std::vector<double>> rows(static_cast<std::size_t>(matrix.rows()));
  for (Eigen::Index i = 0; i < matrix.rows(); ++i)
    for (Eigen::Index j = 0; j < matrix.cols(); ++j) rows[static_cast<std::size_t>(i)].push_back(matrix(i, j).value);
  return rows;
}

/// All entries row by row, as Kernels::linear_map takes them.
inline std::vector<double> row_major(const ExactMatrix& matrix) {
  std::vector<double> entries;
  entries.reserve(static_cast<std::size_t>(matrix.size()));
  for (Eigen::Index i = 0; i < matrix.rows(); ++i)
    for (Eigen::Index j = 0; j < matrix.cols(); ++j) entries.push_back(matrix(i, j).value);
  return entries;
}

/// The largest sum of absolute values in a column, ‖A‖₁.
inline double norm_1(const ExactMatrix& matrix) {
  return matrix.size() == 0 ? 0.0 : matrix.cwiseAbs().colwise().sum().maxCoeff().value;
}

}  // namespace moniac
