// The square-root short rate of Cox, Ingersoll and Ross (1985).
#pragma once

namespace moniac {

/// dr = speed (mean - r) dt + volatility √r dW, in decimals per year; all three > 0. The rate stays above zero when
/// 2 speed mean > volatility² (Feller).
struct Cir {
  double speed;
  double mean;
  double volatility;

  /// P(τ) = exp(log_a - b r).
  struct Bond {
    double log_a;
    double b;
  };
  Bond bond(double maturity) const;
  double price(double rate, double maturity) const;
  /// -ln P(τ)/τ; at τ = 0 the rate.
  double yield(double rate, double maturity) const;

  /// The exact law after `dt` years from rate r: scale times a noncentral χ² with these degrees of freedom and
  /// noncentrality `noncentrality_per_rate` · r.
  struct Transition {
    double scale;
    double degrees_of_freedom;
    double noncentrality_per_rate;
  };
  Transition transition(double dt) const;

  /// Mean and variance after `dt` years from `rate`.
  struct Moments {
    double mean;
    double variance;
  };
  Moments moments(double rate, double dt) const;

  /// 2 speed mean/volatility².
  double feller_ratio() const;
};

}  // namespace moniac
