// Yields of the three-factor curve at fixed maturities, in the units of the bus.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include "models/rates/supply_affine.h"

namespace moniac {

/// A yield in percent as constant + rate r + medium_run θ + supply D, with r and θ in percent and D in % of GDP; and
/// the same yield from the independent factors of SupplyAffine::rotated, in percent. premium_shape is the loading on D
/// relative to that at 10 years, the shape in which premia move the curve.
struct CurvePoint {
  double maturity;
  double constant;
  double rate;
  double medium_run;
  double supply;
  double premium_shape;
  double factors_constant;
  std::array<double, 3> factors;
};

inline double supply_shape(SupplyAffine curve, double maturity) {
  curve.supply_effect = 1;
  return yield_loadings(curve, maturity).supply / yield_loadings(curve, 10).supply;
}

inline CurvePoint curve_point(const SupplyAffine& curve, double maturity) {
  const SupplyLoadings direct = yield_loadings(curve, maturity);
  const BondLoadings rotated = curve.rotated().yield(maturity);
  return {.maturity = maturity,
          .constant = 100 * direct.constant,
          .rate = direct.rate,
          .medium_run = direct.endpoint,
          .supply = 100 * direct.supply,
          .premium_shape = supply_shape(curve, maturity),
          .factors_constant = 100 * rotated.constant,
          .factors = {rotated.factors[0], rotated.factors[1], rotated.factors[2]}};
}

template <std::size_t N>
std::array<CurvePoint, N> curve_points(const SupplyAffine& curve, const std::array<double, N>& maturities) {
  std::array<CurvePoint, N> points;
  for (std::size_t i = 0; i < N; ++i) points[i] = curve_point(curve, maturities[i]);
  return points;
}

/// How r, θ and D in the units of the bus make up the independent factors in percent:
///   x_2 = medium_run (θ - θ̄),  x_3 = supply D,  x_1 = r - θ̄ - x_2 - x_3.
struct Rotation {
  double mean;
  double medium_run;
  double supply;

  explicit Rotation(const SupplyAffine& curve) : mean(100 * curve.endpoint_mean) {
    const std::vector<double> speeds = curve.rotated().speeds;
    medium_run = speeds[0] / (speeds[0] - speeds[1]);
    supply = 100 * curve.supply_effect / (speeds[0] - speeds[2]);
  }
  /// How much the rotation enlarges rounding.
  double size() const { return 1 + std::abs(medium_run) + std::abs(supply); }
};

/// The curve whose 10-year yield rises by `loading` (decimal) per 1 % of GDP of D; sets its supply_effect.
inline SupplyAffine with_loading_10y(SupplyAffine curve, double loading) {
  curve.supply_effect = 1;
  curve.supply_effect = loading / yield_loadings(curve, 10).supply;
  return curve;
}

}  // namespace moniac
