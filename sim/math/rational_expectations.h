// Linear models with rational expectations.
#pragma once

#include "sim/math/exact.h"

namespace moniac {

/// The law X = transition X₋₁ + impact e that solves A E X₊₁ + B X + C X₋₁ + e = 0 for shocks e that nobody foresees.
struct RationalExpectations {
  ExactMatrix transition;  ///< P
  ExactMatrix impact;      ///< Q = -(A P + B)⁻¹
  double backward_radius;  ///< ρ(P): below 1 the law is stable
  double forward_radius;   ///< ρ(-(A P + B)⁻¹ A): below 1 no other stable law exists
  bool converged;          ///< false: the numbers are those of the last iterate

  /// Whether the law is the one stable law.
  bool determinate() const { return converged && backward_radius < 1 && forward_radius < 1; }
};

/// Iterates P ← -(A P + B)⁻¹ C from 0 (Binder and Pesaran 1995, the minimal solution), at most 20,000 times. All
/// matrices are square and of the same size; A P + B must be regular along the way, else nothing converges.
RationalExpectations rational_expectations(const ExactMatrix& a, const ExactMatrix& b, const ExactMatrix& c);

}  // namespace moniac
