// Coefficients of a rule with inertia over one step.
#pragma once

#include <utility>
#include <vector>

#include "sim/math/ornstein_uhlenbeck.h"

namespace moniac {

/// s' = target + decay (s - target) + noise z at quarterly smoothing rho, speed a = -4 ln rho. rho = 0: s is the
/// target.
struct Inertia {
  double decay = 0;
  double noise = 0;

  Inertia(double smoothing, double volatility, double dt) {
    if (smoothing == 0) return;
    const OrnsteinUhlenbeck step = ornstein_uhlenbeck(-4 * log(smoothing), dt);
    decay = step.decay;
    noise = volatility * step.innovation;
  }
};

/// The rule in each regime.
struct RuleCoefficients {
  std::vector<double> phi_pi;
  std::vector<double> phi_y;
  std::vector<double> decay;
  std::vector<double> noise;

  RuleCoefficients(std::vector<double> inflation_response, std::vector<double> gap_response,
                   const std::vector<double>& smoothing, double volatility, double dt)
      : phi_pi(std::move(inflation_response)), phi_y(std::move(gap_response)) {
    for (const double rho : smoothing) {
      const Inertia inertia(rho, volatility, dt);
      decay.push_back(inertia.decay);
      noise.push_back(inertia.noise);
    }
  }
};

}  // namespace moniac
