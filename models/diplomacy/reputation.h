// The war of attrition of two sides that may be stubborn (Abreu and Gul 2000, Econometrica 68).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/math/scalar.h"

namespace moniac {

/// One number per side, US and CN.
using BySide = std::array<double, 2>;

/// What each side brings: the share of the cake it demands (0 … 1, together above 1), its discount rate in 1/year and
/// the probability (0 … 1) that it never yields.
struct ReputationSides {
  BySide demand;
  BySide discount;
  BySide stubborn;
};

/// The equilibrium: at once, one side yields with probability `atom`; then side i yields at `rate` l_i, which makes the
/// other indifferent, until `horizon` T0, when both are known to be stubborn.
///
///   l_i = r_j (1 - a_i)/(a_1 + a_2 - 1),   T_i = -ln z_i/l_i,   T0 = min T_i,   C_i = z_i e^{l_i T0} = 1 - atom_i
struct Reputation {
  BySide rate{};
  BySide atom{};
  double horizon = 0;

  explicit Reputation(const ReputationSides& sides) {
    const double surplus = sides.demand[0] + sides.demand[1] - 1;
    for (std::size_t i = 0; i < 2; ++i) rate[i] = sides.discount[1 - i] * (1 - sides.demand[i]) / surplus;
    const auto known_after = [&](std::size_t i) { return 0 - log(sides.stubborn[i]) / rate[i]; };
    const std::size_t last = known_after(0) > known_after(1) ? 0 : 1;  // yields at once, for both to be known together
    horizon = known_after(1 - last);
    atom[last] = std::max(0.0, 1 - sides.stubborn[last] * exp(rate[last] * horizon));
  }

  /// The probability that side i yields, and that before the other.
  double first(std::size_t i) const { return atom[i] + rate[i] / both() * (0 - open() * expm1(0 - both() * horizon)); }
  /// The probability that neither ever yields.
  double deadlock() const { return open() * exp(0 - both() * horizon); }
  /// Mean years to the end of a war that is neither over at once nor ends in deadlock:
  /// 1/L - T0 e^{-L T0}/(1 - e^{-L T0}).
  double mean_years() const {
    const double l = both();
    return 1 / l + horizon * exp(0 - l * horizon) / expm1(0 - l * horizon);
  }

 private:
  double both() const { return rate[0] + rate[1]; }
  double open() const { return (1 - atom[0]) * (1 - atom[1]); }
};

}  // namespace moniac
