// The rate inside a credible or half-credible band as a function of its fundamental.
#pragma once

#include <vector>

#include "sim/math/columns.h"

namespace moniac {

/// s = f + α E[ds]/dt of a rate s (log deviation from parity) that is kept in a band by reflecting the fundamental f at
/// f_low and f_high, where s'(f) = 0 (Krugman 1991, QJE 106). α is the semi-elasticity of money demand in years, σ the
/// volatility of f per root year. The general solution is
///   s = f + αμ + A e^{l1 (f - f_high)} + B e^{l2 (f - f_low)},  l = (-μ ± sqrt(μ² + 2σ²/α))/σ²,
/// with exponents that are never positive inside the band, so that nothing overflows.
class ZoneCurve {
 public:
  /// No drift, band ±half_width. `credibility` q: s = q s_1 + (1 - q) f with the band's edge where q s_1 + (1 - q)
  /// f_high is half_width (a mixture in the manner of Bertola and Caballero 1992); 1 for Krugman's curve.
  static ZoneCurve symmetric(double alpha, double sigma, double half_width, double credibility = 1);
  /// Drift μ of f a year, band low … high around parity 0.
  static ZoneCurve drifting(double alpha, double mu, double sigma, double low, double high);
  /// f returns to 0 at speed ρ > 0 by interventions inside the band (Froot and Obstfeld 1991; Delgado and Dumas 1992),
  /// reflected at ±f_high.
  static ZoneCurve intramarginal(double alpha, double rho, double sigma, double f_high);
  /// The same with f_high such that the band is ±half_width.
  static ZoneCurve intramarginal_band(double alpha, double rho, double sigma, double half_width);

  double f_low() const { return f_low_; }
  double f_high() const { return f_high_; }
  double value(double f) const;
  double slope(double f) const;
  /// f with value(f) = s, by bisection.
  double inverse(double s) const;
  /// Coefficient of e^{l1 f}, e^{l2 f} (drifting) or of f M(…) (intramarginal).
  double a() const { return series_.empty() ? a_ * exp_at_zero(l1_, f_high_) : series_scale_; }
  double b() const { return b_ * exp_at_zero(l2_, f_low_); }

  ScratchColumn value(const ScratchColumn& f) const;
  ScratchColumn slope(const ScratchColumn& f) const;

 private:
  static double exp_at_zero(double l, double edge);
  void paste(double l1, double l2);

  double constant_ = 0;
  double linear_ = 1;
  double a_ = 0, b_ = 0, l1_ = 0, l2_ = 0;
  double series_scale_ = 0;
  std::vector<double> series_;  // of f M(f²) in powers of f², times A
  double f_low_ = 0, f_high_ = 0;
};

/// Rates per year at which the edges must be defended, in log money, for f Brownian with drift: the lower edge buys.
struct RegulatorRates {
  double low;
  double high;
};
RegulatorRates regulator_rates(double mu, double sigma, double width);

}  // namespace moniac
