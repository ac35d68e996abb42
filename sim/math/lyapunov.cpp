#include "sim/math/lyapunov.h"

#include <Eigen/LU>

#include "sim/math/eigenvalues.h"

namespace moniac {

std::optional<StationaryLaw> stationary_law(const ExactMatrix& transition, const ExactVector& constant,
                                            const ExactMatrix& covariance) {
  assert(transition.rows() == transition.cols() && constant.size() == transition.rows());
  if (spectral_radius(transition) >= 1) return {};
  const auto n = transition.rows();
  ExactMatrix sum = covariance;
  // `power` is Φ^m and `sum` the first m terms of Σ Φⁱ Q Φᵀⁱ, m = 1, 2, 4, …
  for (ExactMatrix power = transition; norm_1(power) > 1e-17; power = ExactMatrix(power * power))
    sum += ExactMatrix(power * sum * power.transpose());
  const ExactMatrix rest = ExactMatrix::Identity(n, n) - transition;
  return StationaryLaw{Eigen::PartialPivLU<ExactMatrix>(rest).solve(constant), (sum + sum.transpose()) / Exact(2)};
}

}  // namespace moniac
