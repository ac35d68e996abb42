// The stationary law of a linear process in discrete time.
#pragma once

#include <optional>

#include "sim/math/exact.h"

namespace moniac {

/// Mean and covariance of x that x' = c + Φ x + e, e ~ N(0, Q), leaves unchanged.
struct StationaryLaw {
  ExactVector mean;        ///< (1 - Φ)⁻¹ c
  ExactMatrix covariance;  ///< Σ = Φ Σ Φᵀ + Q, the discrete Lyapunov equation
};

/// The stationary law, or nothing when an eigenvalue of Φ is on or outside the unit circle. The covariance is summed by
/// doubling (Anderson 1978): Σ ← Σ + A Σ Aᵀ, A ← A².
std::optional<StationaryLaw> stationary_law(const ExactMatrix& transition, const ExactVector& constant,
                                            const ExactMatrix& covariance);

}  // namespace moniac
