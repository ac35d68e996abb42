// The exact step of the Ornstein–Uhlenbeck process, for any step length.
#pragma once

#include <cmath>

#include "sim/math/exponential_integrals.h"
#include "sim/math/scalar.h"

namespace moniac {

/// dx = speed (target - x) dt + volatility dW with a target that is constant over the step:
///   x' = target + decay (x - target) + volatility · innovation · z,   z ~ N(0, 1).
/// n steps of dt/n have the law of one step of dt.
struct OrnsteinUhlenbeck {
  double decay;       ///< e^{-speed dt}
  double innovation;  ///< sqrt((1 - e^{-2 speed dt})/(2 speed)), in sqrt(years); sqrt(dt) at speed 0
};

/// Speed >= 0 per year, dt >= 0 in years.
inline OrnsteinUhlenbeck ornstein_uhlenbeck(double speed, double dt) {
  return {exp(-speed * dt), std::sqrt(decay_integral(2 * speed, dt))};
}

/// Moments of the integral I = ∫ x over the same step, jointly with x':
///   E I = target dt + weight (x - target),  Var I = volatility² variance,  Cov(x', I) = volatility² covariance.
struct OrnsteinUhlenbeckIntegral {
  double weight;
  double variance;
  double covariance;
};

inline OrnsteinUhlenbeckIntegral ornstein_uhlenbeck_integral(double speed, double dt) {
  const double weight = decay_integral(speed, dt);
  return {weight, decay_integral_product(speed, speed, dt), weight * weight / 2};
}

}  // namespace moniac
