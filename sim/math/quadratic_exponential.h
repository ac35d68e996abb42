// A step of the square-root process that keeps its first two moments.
#pragma once

#include <cmath>

#include "sim/math/columns.h"
#include "sim/math/scalar.h"

namespace moniac {

/// Andersen (2008, J. Computational Finance 11): with the exact mean m and variance s² of r' and ψ = s²/m²,
///   ψ <= 3/2:  r' = c (b + z)²,  b² = 2/ψ - 1 + sqrt(2/ψ) sqrt(2/ψ - 1),  c = m/(1 + b²);
///   else:      r' = 0 if u <= p, ln[(1 - p)/(1 - u)] m/(1 - p) otherwise,  p = (ψ - 1)/(ψ + 1).
/// The sampling of the exact noncentral χ² by rejection takes a random number of draws, which keyed draws do not allow.
class QuadraticExponential {
 public:
  using Values = ScratchColumn;
  using Result = Eigen::Map<Eigen::ArrayXd, Eigen::Aligned64>;

  /// Of dr = speed (mean - r) dt + volatility √r dW in decimals; the state is `unit` times r: 100 for percent.
  QuadraticExponential(double speed, double mean, double volatility, double dt, double unit) {
    const double decay = exp(-speed * dt);
    const double variance = unit * volatility * volatility / speed;
    keep_ = decay;
    mean_ = unit * mean * (1 - decay);
    variance_per_rate_ = variance * decay * (1 - decay);
    variance_ = unit * mean * variance * (1 - decay) * (1 - decay) / 2;
  }

  void advance(Values last, Values z, Values u, Result next) const {
    const Moments of = moments(last);
    const auto b2 = squared_mean(of.psi);
    const auto p = mass_at_zero(of.psi);
    const auto log_odds = log((1 - p) / (1 - u));
    const auto tail = named(log_odds.max(0.0) * of.m / (1 - p));
    next = (of.psi <= switch_).select(of.m / (1 + b2) * (b2.sqrt() + z).square(), tail);
  }

  /// ln E[e^{a r'}] given r, of the law that `advance` draws from; a small enough for it to exist.
  ScratchColumn log_mean_exp(Values last, double a) const {
    const Moments of = moments(last);
    const auto b2 = squared_mean(of.psi);
    const auto c = named(of.m / (1 + b2));
    const auto p = mass_at_zero(of.psi);
    const auto log_root = log(1 - 2 * a * c);
    const auto beta = named((1 - p) / of.m);
    const auto log_tail = log(p + beta * (1 - p) / (beta - a));
    return named((of.psi <= switch_).select(a * b2 * c / (1 - 2 * a * c) - log_root / 2, log_tail));
  }

 private:
  static constexpr double switch_ = 1.5;
  struct Moments {
    ScratchColumn m;
    ScratchColumn psi;
  };

  Moments moments(const Values& last) const {
    const auto m = named(mean_ + keep_ * last);
    return {m, named((variance_ + variance_per_rate_ * last) / m.square())};
  }
  static ScratchColumn squared_mean(const ScratchColumn& psi) {  // b²
    const auto ratio = named(2 / psi.min(switch_));
    return named(ratio - 1 + ratio.sqrt() * (ratio - 1).sqrt());
  }
  static ScratchColumn mass_at_zero(const ScratchColumn& psi) {  // p
    return named((psi.max(switch_) - 1) / (psi.max(switch_) + 1));
  }

  double keep_;
  double mean_;
  double variance_per_rate_;
  double variance_;
};

}  // namespace moniac
