// Exact joint steps of short rate, medium-run rate and duration supply.
#pragma once

#include <array>

#include "models/rates/supply_affine.h"

namespace moniac {

/// The drift of (r, θ, D) when the curve simulates the short rate itself. m is what the medium-run rate is drawn to.
struct CurveDynamics {
  enum class Drift {
    pricing,         ///< dr = a (θ - r) + ψ D,  dθ = b (θ̄ - θ): the pricing measure
    mean_reverting,  ///< dr = a (θ - r),        dθ = b (m - θ)
    anchored,        ///< dr = a (θ - r),        dθ = b_P ((1 - w) m + w r - θ)
    rule,            ///< dr = a (1 - w)(m - r); θ = (1 - w) m + w r follows from r
  };
  Drift drift;
  double anchor_weight = 0;  ///< w
  double anchor_speed = 0;   ///< b_P, per year
};

/// x' = transition x + mean m + root z for x = (r, θ, D) with rates in percent and D in % of GDP; z are three standard
/// normals in this order. Under `pricing` m is 1 and `mean` holds θ̄.
struct JointStep {
  std::array<std::array<double, 3>, 3> transition;
  std::array<double, 3> mean;
  std::array<std::array<double, 3>, 3> root;  ///< lower triangular
};

/// The exact step of dt years, by Van Loan's method.
JointStep joint_step(const SupplyAffine& curve, const CurveDynamics& dynamics, double dt);

}  // namespace moniac
