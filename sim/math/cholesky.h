// Triangular square roots of covariance and correlation matrices.
#pragma once

#include <variant>

#include "sim/math/exact.h"

namespace moniac {

/// Why a matrix is no covariance: its smallest eigenvalue is negative beyond rounding.
struct NotPositive {
  double smallest_eigenvalue;
};

/// The lower triangular L with L Lᵀ = S of a symmetric positive semidefinite matrix, or its smallest eigenvalue when it
/// is not one. Singular matrices are allowed: a variable that the earlier ones determine gets a zero in the diagonal.
/// Row i depends on the first i rows of S only, so appending variables changes no earlier row. Reads the lower
/// triangle.
std::variant<ExactMatrix, NotPositive> cholesky(const ExactMatrix& covariance);

}  // namespace moniac
