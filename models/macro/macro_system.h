// The linear system behind the five economies: coefficients, matrices and stability.
#pragma once

#include <array>

#include "models/economies/policy_presets.h"
#include "sim/math/exact.h"

namespace moniac {

/// One number for each of economies(): us, cn, jp, ea, em.
using Five = std::array<double, 5>;
inline constexpr int us = 0, cn = 1, jp = 2, ea = 3, em = 4;

/// Coefficients as they are estimated, of a quarter.
struct QuarterlyMacro {
  Five gap_persistence;        ///< b_y, 0 … 1
  Five rate_effect;            ///< b_r: fall of the gap per pp of the real rate
  Five inflation_persistence;  ///< b_pi, 0 … 1
  Five gap_effect;             ///< b_g: rise of inflation per % of the gap
  Five smoothing;              ///< rho of the policy rate, 0 … 1
};

/// The law of X = (y, pi, i): output gaps in %, inflation and policy rates in pp from their long-run values,
///
///   dy_c  = [-kappa_c y_c - sigma_c (i_c - (1 - theta_c) pi_c) + sum_d S_cd y_d + u_c] dt + s_y dW
///   dpi_c = [-mu_c pi_c + gamma_c y_c + v_c] dt + s_pi dW
///   di_c  = a_c ((1 - omega_c)(phi_pi pi_c + phi_y y_c) + omega_c i_us - i_c) dt + s_i dW
///
/// theta is the weight of expectations that stay at the target. The variables are ordered y us … em, pi us … em, i us
/// … em; the core is the first ten of them, with the policy rates given from outside.
struct MacroSystem {
  Five kappa, sigma, mu, gamma;  ///< 1/year
  Five theta;
  Five rule_speed, phi_pi, phi_y, follow_us;
  Five gap_volatility, inflation_volatility, rate_volatility;  ///< pp/year^0.5
  ExactMatrix spillover;                                       ///< S, 1/year

  /// kappa, sigma, mu, gamma and the rule's speed from coefficients of a quarter, so that over a quarter with its
  /// driver held fixed each quarterly coefficient is reproduced:
  ///   kappa = -4 ln b_y,  sigma = b_r kappa/(1 - b_y),  mu = -4 ln b_pi,  gamma = b_g mu/(1 - b_pi),  a = -4 ln rho,
  /// and S_cd = elasticity kappa_c x_cd for exports x of c to d as a share of GDP.
  MacroSystem(const QuarterlyMacro& quarterly, ExactMatrix export_shares, double elasticity);

  ExactMatrix drift() const;            ///< 15 x 15
  ExactMatrix covariance_rate() const;  ///< 15 x 15, diagonal
  ExactMatrix core_drift() const;       ///< 10 x 10
  ExactMatrix core_covariance_rate() const;

  /// X' = M X over a step of `dt` years in which the rates are held, and then follow the smooth rule: the US first, the
  /// others with the US rate of the end of the step.
  ExactMatrix core_and_rule_step(double dt) const;

  /// Largest real part of an eigenvalue, per year, of (y, pi) of one economy by itself while its rate stands at the
  /// floor: negative unless falling prices raise the real rate faster than the gap closes.
  double root_at_floor(int economy) const;
  /// The same for (y, pi, saving rate) of China: households save more as prices fall and unemployment rises.
  double root_at_floor_with_saving() const;
};

}  // namespace moniac
