// The log of a price whose variance follows a square-root process.
#pragma once

#include "sim/math/quadratic_exponential.h"
#include "sim/model/step.h"

namespace moniac {

/// dv = speed (mean - v) dt + volatility √v dB, per year and root year.
struct SquareRootVariance {
  double speed;
  double mean;
  double volatility;
};

/// d ln S = -v/2 dt + √v dW, dv = speed (mean - v) dt + volatility √v dB with correlated W, B (Heston 1993), by
/// Andersen (2008, section 4): v by its quadratic-exponential step, the price given v at both ends of the step with
/// weights ½, and a constant that keeps E[S'] = S exactly.
class HestonStep {
 public:
  HestonStep(const SquareRootVariance& variance, double correlation, double dt)
      : variance_(variance.speed, variance.mean, variance.volatility, dt, 1) {
    const double ratio = correlation / variance.volatility;
    const double drift = dt / 2 * (variance.speed * ratio - 0.5);
    after_ = drift + ratio;
    noise_ = dt / 2 * (1 - correlation * correlation);
  }

  /// Draws v' and returns the change of ln S; z_price and z_variance are independent.
  ScratchColumn advance(ConstColumn v, ConstColumn z_price, ConstColumn z_variance, ConstColumn uniform,
                        Column next) const {
    variance_.advance(v, z_variance, uniform, next);
    const auto log_mean = variance_.log_mean_exp(v, after_ + noise_ / 2);
    return named(-log_mean - noise_ / 2 * v + after_ * next + (noise_ * (v + next)).sqrt() * z_price);
  }

 private:
  QuadraticExponential variance_;
  double after_;
  double noise_;
};

}  // namespace moniac
