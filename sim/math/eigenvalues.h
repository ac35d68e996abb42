// Eigenvalues, by methods whose operations do not depend on the build.
#pragma once

#include "sim/math/exact.h"

namespace moniac {

/// S = vectors · diag(values) · vectorsᵀ.
struct SymmetricEigen {
  std::vector<double> values;  ///< ascending
  ExactMatrix vectors;         ///< orthonormal columns, in the order of `values`
};

/// All eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan 2013, §8.5).
/// Only the average of S and Sᵀ is used. Absolute error a few rounding units times the largest eigenvalue.
SymmetricEigen symmetric_eigen(const ExactMatrix& symmetric);

/// The largest absolute value of an eigenvalue of a square matrix, complex ones included. Gelfand's formula
/// ρ = lim ‖A^m‖^{1/m}, along m = 2^k by repeated squaring.
double spectral_radius(const ExactMatrix& matrix);

/// The largest real part of an eigenvalue of a square matrix: x' = A x decays when it is negative. The logarithm of the
/// spectral radius of e^A, with A scaled to norm 1. Absolute error a few rounding units times the norm.
double spectral_abscissa(const ExactMatrix& matrix);

}  // namespace moniac
