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
    const State state = {r.data(), theta.data(), supply.data()};
    Column discount = scratch_column();
    Column annuity = scratch_column();
    std::size_t next = 0;
    for (; next < N && points[next].maturity < 0.5; ++next) {
      annuity = 0;
      const Exponent growth = log_discount(points[next], -0.5 / points[next].maturity);
      add_discounts(&growth, 1, state, annuity, discount);
      yields[next] = 200 * (discount - 1);
    }
    annuity = 0;
    std::size_t paid = 0;
    for (; next < N; ++next) {
      const auto coupons = static_cast<std::size_t>(2 * points[next].maturity);
      add_discounts(&half_years_[paid], coupons - paid, state, annuity, discount);
      yields[next] = 200 * (1 - discount) / annuity;
      paid = coupons;
    }
  }

 private:
  using State = std::array<const double*, 3>;
  using Exponent = std::array<double, 4>;  ///< constant and the loadings on r, θ and D

  /// log P(τ)^power.
  static Exponent log_discount(const CurvePoint& point, double power);

  /// Adds `count` discount factors to `annuity`; `discount` becomes the last.
  static void add_discounts(const Exponent* exponents, std::size_t count, const State& state, Column& annuity,
                            Column& discount);

  std::vector<Exponent> half_years_;
};

}  // namespace moniac
