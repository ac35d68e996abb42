// Gaussian term-structure models with closed-form bond prices.
#pragma once

#include <vector>

#include "sim/math/exact.h"

namespace moniac {

/// What a zero-coupon bond's -ln P(τ) = constant + Σ factors_i x_i is made of; divided by τ, what its yield is.
struct BondLoadings {
  double constant;
  std::vector<double> factors;
};

/// The factors over one step: x_i' = decay_i x_i + drift_weight_i μ_i + e_i with e ~ N(0, covariance) and μ_i a
/// constant drift per year (the market price of risk when simulating under P). The integral I = ∫ Σ x_i of the step is
/// joint with them: E I = Σ (drift_weight_i x_i) for μ = 0, Var I, and Cov(x_i', I), as a money-market account needs.
struct FactorStep {
  std::vector<double> decay;
  std::vector<double> drift_weight;
  ExactMatrix covariance;
  double integral_variance;
  std::vector<double> integral_covariance;
};

/// The n-factor Gaussian short rate under the pricing measure Q, in decimals per year:
///   r = level + Σ x_i,   dx_i = -speeds_i x_i dt + dM_i,   d<M_i, M_j> = covariance_ij dt,
///   -ln P(τ) = level τ + Σ B(k_i, τ) x_i - ½ Σ covariance_ij ∫₀^τ B(k_i, s) B(k_j, s) ds.
/// Vasicek (1977) has one factor; with level replaced by a fit to the initial curve it is Hull and White (1990) or the
/// two-factor G2++ (Brigo and Mercurio 2006, ch. 4).
struct GaussianAffine {
  double level = 0;
  std::vector<double> speeds;  ///< k_i > 0 per year
  ExactMatrix covariance;      ///< per year

  /// Of -ln P(τ), for a maturity τ >= 0 in years.
  BondLoadings bond(double maturity) const;
  /// Of y(τ) = -ln P(τ)/τ; at τ = 0 of the short rate.
  BondLoadings yield(double maturity) const;
  /// Of the instantaneous forward rate f(τ) = level + Σ e^{-k_i τ} x_i - ½ Σ covariance_ij B(k_i, τ) B(k_j, τ).
  BondLoadings forward(double maturity) const;
  /// y(∞) = level - ½ ΣΣ covariance_ij/(k_i k_j); below the level, because bond prices are convex in rates.
  double yield_at_infinity() const;
  /// The variance V(τ) of ∫₀^τ Σ x_i, whose half is the convexity in -ln P.
  double integral_variance(double maturity) const;
  /// The variance of Σ B(k_i, τ) dM_i per year, whose half is the convexity in the forward rate.
  double bond_variance(double maturity) const;

  FactorStep step(double dt) const;
};

/// constant + Σ factors_i x_i.
double value(const BondLoadings& loadings, const std::vector<double>& x);

/// dr = speed (mean - r) dt + volatility dW under Q, as one factor x = r - mean (Vasicek 1977).
GaussianAffine vasicek(double speed, double mean, double volatility);

/// -ln P = -log_a + b r in terms of the rate itself. log_a is computed without the difference τ - B that spoils the
/// textbook form (θ - σ²/2κ²)(B - τ) - σ²B²/4κ for slow reversion.
struct RateBond {
  double log_a;
  double b;
};
RateBond vasicek_bond(double speed, double mean, double volatility, double maturity);

/// Two factors with correlated shocks (Brigo and Mercurio 2006, ch. 4); level 0, to be fitted to a curve.
GaussianAffine two_factors(double speed_1, double speed_2, double volatility_1, double volatility_2,
                           double correlation);

}  // namespace moniac
