#include "sim/math/van_loan.h"

#include "sim/math/matrix_exponential.h"

namespace moniac {
namespace {

// exp [-A W; 0 Aᵀ] h = [· F; 0 Φᵀ], and the covariance is Φ F. W enters with norm 1, so that its size does not spoil
// the scaling of the exponential.
ExactMatrix covariance_over(const ExactMatrix& a, const ExactMatrix& covariance_rate, double h) {
  const auto n = a.rows();
  const double size = norm_1(covariance_rate);
  if (size == 0) return ExactMatrix::Zero(n, n);
  ExactMatrix block = ExactMatrix::Zero(2 * n, 2 * n);
  block.topLeftCorner(n, n) = -a;
  block.topRightCorner(n, n) = covariance_rate / Exact(size);
  block.bottomRightCorner(n, n) = a.transpose();
  const ExactMatrix exponential = matrix_exponential(block);
  const ExactMatrix covariance =
      exponential.bottomRightCorner(n, n).transpose() * exponential.topRightCorner(n, n) * Exact(size * h);
  return (covariance + covariance.transpose()) / Exact(2);
}

// exp [A 1; 0 0] = [e^A, ∫₀¹ e^{A s} ds; 0 1], with A already multiplied by the step h.
LinearStep short_step(const ExactMatrix& a, const ExactMatrix& covariance_rate, double h) {
  const auto n = a.rows();
  ExactMatrix block = ExactMatrix::Zero(2 * n, 2 * n);
  block.topLeftCorner(n, n) = a;
  block.topRightCorner(n, n).setIdentity();
  const ExactMatrix exponential = matrix_exponential(block);
  return {exponential.topLeftCorner(n, n), exponential.topRightCorner(n, n) * Exact(h),
          covariance_over(a, covariance_rate, h)};
}

// Two equal steps in a row.
LinearStep doubled(const LinearStep& s) {
  const ExactMatrix moved = s.transition * s.covariance * s.transition.transpose();
  const ExactMatrix covariance = s.covariance + moved;
  return {s.transition * s.transition, s.input + s.transition * s.input,
          (covariance + covariance.transpose()) / Exact(2)};
}

}  // namespace

LinearStep linear_step(const ExactMatrix& drift, const ExactMatrix& covariance_rate, double dt) {
  assert(drift.rows() == drift.cols() && covariance_rate.rows() == drift.rows() && dt >= 0);
  int doublings = 0;
  for (double norm = norm_1(drift) * dt; norm > 0.5; norm /= 2) ++doublings;
  const double h = std::ldexp(dt, -doublings);
  LinearStep step = short_step(drift * Exact(h), covariance_rate, h);
  for (int i = 0; i < doublings; ++i) step = doubled(step);
  return step;
}

}  // namespace moniac
