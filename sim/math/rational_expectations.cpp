#include "sim/math/rational_expectations.h"

#include <Eigen/LU>

#include "sim/math/eigenvalues.h"

namespace moniac {

RationalExpectations rational_expectations(const ExactMatrix& a, const ExactMatrix& b, const ExactMatrix& c) {
  constexpr int most_iterations = 20000;
  constexpr double rounding = 1e-14;
  const auto n = b.rows();
  ExactMatrix p = ExactMatrix::Zero(n, n);
  bool converged = false;
  for (int i = 0; i < most_iterations && !converged; ++i) {
    const ExactMatrix next = -ExactMatrix(a * p + b).partialPivLu().solve(c);
    if (!std::isfinite(norm_1(next))) break;
    converged = norm_1(next - p) <= rounding * norm_1(next);
    p = next;
  }
  const ExactMatrix impact = -ExactMatrix(a * p + b).partialPivLu().inverse();
  return {p, impact, spectral_radius(p), spectral_radius(impact * a), converged};
}

}  // namespace moniac
