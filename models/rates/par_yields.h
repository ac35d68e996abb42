// Par yields of the three-factor curve.
#pragma once

#include <vector>

#include "models/rates/curve_points.h"
#include "sim/math/columns.h"
#include "sim/model/step.h"

namespace moniac {

/// The semi-annual coupon, in percent a year, at which a bond of maturity τ costs its face value:
///   c(τ) = 200 (1 - P(τ)) / Σ_{j <= 2τ} P(j/2).
/// Below half a year the bond-equivalent yield of the single payment, 200 (P^{-1/(2τ)} - 1).
class ParYields {
 public:
  /// For maturities up to `longest` years.
  ParYields(const SupplyAffine& curve, double longest);

  /// Overwrites `yields`, one column per entry of `points` in order of maturity, with the par yields of the curve at
  /// rate r, medium-run rate θ (percent) and supply D.
  template <std::size_t N>
  void write(Column r, Column theta, Column supply, const std::array<CurvePoint, N>& points,
             std::array<Column, N>& yields) const {
    Column discount = scratch_column();
    Column annuity = scratch_column();
    annuity = 0;
    std::size_t next = 0;
    for (; next < N && points[next].maturity < 0.5; ++next) {
      discount_factor(points[next], -0.5 / points[next].maturity, r, theta, supply, discount);
      yields[next] = 200 * (discount - 1);
    }
    for (std::size_t j = 0; j < half_years_.size() && next < N; ++j) {
      discount_factor(half_years_[j], 1, r, theta, supply, discount);
      annuity += discount;
      if (half_years_[j].maturity == points[next].maturity) yields[next++] = 200 * (1 - discount) / annuity;
    }
  }

 private:
  /// P(τ)^power.
  static void discount_factor(const CurvePoint& point, double power, Column r, Column theta, Column supply,
                              Column& out);

  std::vector<CurvePoint> half_years_;
};

}  // namespace moniac
