// A step of the square-root process that keeps its first two moments.
#pragma once

#include <cmath>

#include "models/rates/cir.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/step.h"

namespace moniac {

/// Andersen (2008, J. Computational Finance 11): with the exact mean m and variance s² of r' and ψ = s²/m²,
///   ψ <= 3/2:  r' = c (b + z)²,  b² = 2/ψ - 1 + sqrt(2/ψ) sqrt(2/ψ - 1),  c = m/(1 + b²);
///   else:      r' = 0 if u <= p, ln[(1 - p)/(1 - u)] m/(1 - p) otherwise,  p = (ψ - 1)/(ψ + 1).
/// The sampling of the exact noncentral χ² by rejection takes a random number of draws, which keyed draws do not allow.
class QuadraticExponential {
 public:
  /// Rates in percent.
  QuadraticExponential(const Cir& process, double dt) {
    const double decay = exp(-process.speed * dt);
    const double variance = 100 * process.volatility * process.volatility / process.speed;
    keep_ = decay;
    mean_ = 100 * process.mean * (1 - decay);
    variance_per_rate_ = variance * decay * (1 - decay);
    variance_ = 100 * process.mean * variance * (1 - decay) * (1 - decay) / 2;
  }

  void advance(ConstColumn last, ConstColumn z, ConstColumn u, Column next) const {
    const auto m = named(mean_ + keep_ * last);
    const auto psi = named((variance_ + variance_per_rate_ * last) / m.square());
    const auto ratio = named(2 / psi.min(switch_));
    const auto b2 = named(ratio - 1 + ratio.sqrt() * (ratio - 1).sqrt());
    const auto p = named((psi.max(switch_) - 1) / (psi.max(switch_) + 1));
    const auto log_odds = log((1 - p) / (1 - u));
    const auto tail = named(log_odds.max(0.0) * m / (1 - p));
    next = (psi <= switch_).select(m / (1 + b2) * (b2.sqrt() + z).square(), tail);
  }

 private:
  static constexpr double switch_ = 1.5;
  double keep_;
  double mean_;
  double variance_per_rate_;
  double variance_;
};

}  // namespace moniac
