// The yield curve at the start date, and Gaussian models that reprice it exactly.
#pragma once

#include <variant>
#include <vector>

#include "models/rates/gaussian_affine.h"

namespace moniac {

/// Nelson and Siegel (1987), with the second hump of Svensson (1994) when beta3 is not 0. Zero rates in decimals per
/// year, continuously compounded:
///   z(T) = β0 + β1 u + β2 (u - e^{-T/λ}) + β3 (v - e^{-T/μ}),  u = (1 - e^{-T/λ})/(T/λ), v the same with μ.
struct NelsonSiegel {
  double beta0;
  double beta1;
  double beta2;
  double lambda;  ///< > 0, years
  double beta3 = 0;
  double mu = 1;  ///< > 0, years

  /// z(T) T = -ln P(0, T), for T >= 0.
  double accumulated(double maturity) const;
  /// f(T) = d(z T)/dT.
  double forward(double maturity) const;
};

/// The curve through given zero rates: z(T) T is the natural cubic spline through 0 at T = 0 and the pillars, and goes
/// on with the last forward rate beyond them.
class PillarCurve {
 public:
  /// Maturities in years, > 0 and increasing; zero rates in decimals per year, one per maturity; at least one.
  PillarCurve(const std::vector<double>& maturities, const std::vector<double>& zero_rates);

  double accumulated(double maturity) const;
  /// The derivative of the same spline, so that models built on it reprice the curve.
  double forward(double maturity) const;

 private:
  std::size_t piece_of(double maturity) const;

  std::vector<double> knots_;   // 0 and the maturities
  std::vector<double> values_;  // z T at the knots
  std::vector<double> bends_;   // second derivatives at the knots
};

using InitialCurve = std::variant<NelsonSiegel, PillarCurve>;

/// z(T) T = -ln P(0, T).
double accumulated(const InitialCurve& curve, double maturity);
/// The instantaneous forward rate f(0, T).
double forward_rate(const InitialCurve& curve, double maturity);
/// The zero rate z(T); at T = 0 the short rate f(0, 0).
double zero_rate(const InitialCurve& curve, double maturity);

/// A Gaussian model whose level is a function of time that reprices the initial curve; x(0) = 0 (Brigo and Mercurio
/// 2006, eq. 4.12–4.14). One factor: Hull and White (1990); two: G2++. The level of `model` must be 0.
struct FittedAffine {
  GaussianAffine model;
  InitialCurve curve;

  /// φ(t) = f(0, t) + ½ Σ covariance_ij B(k_i, t) B(k_j, t); the short rate is φ(t) + Σ x_i.
  double level(double time) const;
  /// Of -ln P(t, T), 0 <= t <= T: ln P(0,t)/P(0,T) - ½ [V(T - t) - V(T) + V(t)] + Σ B(k_i, T - t) x_i.
  BondLoadings bond(double time, double maturity_time) const;
};

}  // namespace moniac
