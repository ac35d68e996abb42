// Exact discretisation of a linear stochastic differential equation.
#pragma once

#include "sim/math/exact.h"

namespace moniac {

/// The law over one step of dx = (A x + u) dt + dM, Cov(dM) = W dt, with u constant over the step:
///   x' = transition x + input u + e,   e ~ N(0, covariance).
struct LinearStep {
  ExactMatrix transition;  ///< e^{A dt}
  ExactMatrix input;       ///< ∫₀^dt e^{A s} ds
  ExactMatrix covariance;  ///< ∫₀^dt e^{A s} W e^{Aᵀ s} ds, symmetric
};

/// The exact step of any length `dt` >= 0 in years for drift matrix A (per year) and covariance rate W (per year,
/// symmetric positive semidefinite). Van Loan (1978), IEEE Trans. Automat. Contr. 23, over a short step, then doubled,
/// so that fast decays stay accurate.
LinearStep linear_step(const ExactMatrix& drift, const ExactMatrix& covariance_rate, double dt);

}  // namespace moniac
