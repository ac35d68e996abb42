#include "models/rates/cir.h"

#include <cassert>
#include <cmath>

#include "sim/math/exponential_integrals.h"
#include "sim/math/scalar.h"

namespace moniac {

// Cox, Ingersoll and Ross (1985), eq. 23, divided through by e^{hτ} so that long maturities do not overflow, and with
// κ - h = -2σ²/(κ + h):
//   h = √(κ² + 2σ²),  E = e^{-hτ},  B = 2 (1 - E)/[(h + κ)(1 - E) + 2hE],
//   ln A = (2κθ/σ²) {(κ - h) τ/2 - ln[1 + (κ - h)(1 - E)/(2h)]}.
Cir::Bond Cir::bond(double maturity) const {
  assert(speed > 0 && mean > 0 && volatility > 0);
  const double variance = volatility * volatility;
  const double h = std::sqrt(speed * speed + 2 * variance);
  const double gap = -2 * variance / (speed + h);
  const double grown = -expm1(-h * maturity);
  const double b = 2 * grown / ((h + speed) * grown + 2 * h * exp(-h * maturity));
  const double bracket = gap * maturity / 2 - log1p(gap * grown / (2 * h));
  return {feller_ratio() * bracket, b};
}

double Cir::price(double rate, double maturity) const {
  const Bond p = bond(maturity);
  return exp(p.log_a - p.b * rate);
}

double Cir::yield(double rate, double maturity) const {
  if (maturity == 0) return rate;
  const Bond p = bond(maturity);
  return (p.b * rate - p.log_a) / maturity;
}

Cir::Transition Cir::transition(double dt) const {
  assert(dt > 0);
  const double variance = volatility * volatility;
  const double scale = variance * decay_integral(speed, dt) / 4;
  return {scale, 4 * speed * mean / variance, exp(-speed * dt) / scale};
}

Cir::Moments Cir::moments(double rate, double dt) const {
  const double decay = exp(-speed * dt);
  const double weight = decay_integral(speed, dt);
  const double variance = volatility * volatility * weight * (rate * decay + mean * speed * weight / 2);
  return {mean + (rate - mean) * decay, variance};
}

double Cir::feller_ratio() const {
  return 2 * speed * mean / (volatility * volatility);
}

}  // namespace moniac
