#include "sim/math/eigenvalues.h"

#include <algorithm>
#include <numeric>

#include "sim/math/matrix_exponential.h"
#include "sim/math/scalar.h"

namespace moniac {
namespace {

double off_diagonal_square(const ExactMatrix& a) {
  double sum = 0;
  for (Eigen::Index i = 0; i < a.rows(); ++i)
    for (Eigen::Index j = 0; j < i; ++j) sum += a(i, j).value * a(i, j).value;
  return sum;
}

// The rotation in the plane (p, q) that makes a(p, q) zero; Golub and Van Loan (2013), algorithm 8.5.1.
void rotate(ExactMatrix& a, ExactMatrix& vectors, Eigen::Index p, Eigen::Index q) {
  const double apq = a(p, q).value;
  if (apq == 0) return;
  const double tau = (a(q, q).value - a(p, p).value) / (2 * apq);
  const double t = (tau >= 0 ? 1 : -1) / (std::abs(tau) + std::sqrt(1 + tau * tau));
  const double c = 1 / std::sqrt(1 + t * t);
  const double s = t * c;
  for (Eigen::Index k = 0; k < a.rows(); ++k) {
    const double left = a(k, p).value;
    const double right = a(k, q).value;
    a(k, p) = c * left - s * right;
    a(k, q) = s * left + c * right;
  }
  for (Eigen::Index k = 0; k < a.rows(); ++k) {
    const double upper = a(p, k).value;
    const double lower = a(q, k).value;
    a(p, k) = c * upper - s * lower;
    a(q, k) = s * upper + c * lower;
    const double left = vectors(k, p).value;
    const double right = vectors(k, q).value;
    vectors(k, p) = c * left - s * right;
    vectors(k, q) = s * left + c * right;
  }
  a(p, q) = a(q, p) = 0;
}

SymmetricEigen sorted(const ExactMatrix& diagonal, const ExactMatrix& vectors) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(diagonal.rows()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Eigen::Index i, Eigen::Index j) { return diagonal(i, i) < diagonal(j, j); });
  SymmetricEigen result{{}, ExactMatrix(vectors.rows(), vectors.cols())};
  for (const Eigen::Index from : order) {
    result.vectors.col(static_cast<Eigen::Index>(result.values.size())) = vectors.col(from);
    result.values.push_back(diagonal(from, from).value);
  }
  return result;
}

}  // namespace

SymmetricEigen symmetric_eigen(const ExactMatrix& symmetric) {
  assert(symmetric.rows() == symmetric.cols());
  const auto n = symmetric.rows();
  ExactMatrix a = (symmetric + symmetric.transpose()) / Exact(2);
  ExactMatrix vectors = ExactMatrix::Identity(n, n);
  // Convergence is quadratic: 6 to 10 sweeps reach rounding. The cap only stops a matrix that is not finite.
  constexpr int sweeps = 60;
  const double small = 1e-34 * a.squaredNorm().value;
  for (int sweep = 0; sweep < sweeps && off_diagonal_square(a) > small; ++sweep)
    for (Eigen::Index p = 0; p < n; ++p)
      for (Eigen::Index q = p + 1; q < n; ++q) rotate(a, vectors, p, q);
  return sorted(a, vectors);
}

double spectral_radius(const ExactMatrix& matrix) {
  assert(matrix.rows() == matrix.cols());
  // A^m with m = 2^k is kept as power · e^{m·log_radius}, ‖power‖ = 1; the weight 1/m of the last norms is below
  // rounding.
  constexpr int squarings = 60;
  ExactMatrix power = matrix;
  double log_radius = 0;
  double weight = 1;
  for (int k = 0; k <= squarings; ++k) {
    const double size = norm_1(power);
    if (size == 0) return 0;
    log_radius += weight * log(size);
    weight /= 2;
    power /= Exact(size);
    power = ExactMatrix(power * power);
  }
  return exp(log_radius);
}

double spectral_abscissa(const ExactMatrix& matrix) {
  const double size = norm_1(matrix);
  if (size == 0) return 0;
  return size * log(spectral_radius(matrix_exponential(matrix / Exact(size))));
}

}  // namespace moniac
