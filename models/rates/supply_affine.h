// The three-factor yield curve: policy rate, its medium-run endpoint, and the supply of duration.
#pragma once

#include "models/rates/gaussian_affine.h"

namespace moniac {

/// Rates in decimals per year, under the pricing measure Q:
///   dr = [a (θ - r) + ψ D] dt + σ_r dW_r        r: policy rate
///   dθ = b (θ̄ - θ) dt + σ_θ dW_θ                θ: expected medium-run rate, d<W_r, W_θ> = ρ dt
///   dD = -κ D dt + σ_D dW_D                      D: duration supply held by the public, deviation in % of GDP of
///                                                   ten-year equivalents
/// The reduced form of Vayanos and Vila (2021) and Greenwood and Vayanos (2014): arbitrageurs hold D, so the price of
/// short-rate risk moves linearly in D, a drift under Q. With ψ = 0 and no volatilities it is the path of expectations.
struct SupplyAffine {
  double rate_speed;           ///< a > 0, per year
  double endpoint_speed;       ///< b > 0, per year
  double supply_speed;         ///< κ > 0, per year
  double supply_effect;        ///< ψ, per year squared per 1 % of GDP
  double endpoint_mean;        ///< θ̄
  double rate_volatility;      ///< σ_r, per root year
  double endpoint_volatility;  ///< σ_θ, per root year
  double supply_volatility;    ///< σ_D, % of GDP per root year
  double correlation;          ///< ρ

  /// The same model as independent decays, rotated so that r = θ̄ + x_1 + x_2 + x_3 with
  ///   x_2 = a/(a - b) (θ - θ̄),   x_3 = ψ/(a - κ) D.
  /// The rotation needs distinct speeds: b and κ are kept 1e-6 away from a, an error of that order in prices.
  GaussianAffine rotated() const;
  /// The factors x of `rotated` for rate r, endpoint θ and supply D.
  std::vector<double> factors(double rate, double endpoint, double supply) const;
};

/// -ln P(τ), or y(τ) = -ln P(τ)/τ, as constant + rate r + endpoint θ + supply D.
struct SupplyLoadings {
  double constant;
  double rate;
  double endpoint;
  double supply;
};

/// Of -ln P(τ):  B_r = B(a, τ),  B_θ = a/(a - b) [B(b, τ) - B(a, τ)],  B_D = ψ/(a - κ) [B(κ, τ) - B(a, τ)].
SupplyLoadings bond_loadings(const SupplyAffine& model, double maturity);
/// Of y(τ); at τ = 0 of the rate itself.
SupplyLoadings yield_loadings(const SupplyAffine& model, double maturity);

}  // namespace moniac
