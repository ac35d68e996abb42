// Whether prices and saving of households settle when the central bank's rate is at its floor.
#pragma once

#include <array>
#include <cmath>

namespace moniac {

/// Linear dynamics of inflation and the saving rate around a rest point, per year:
///
///   d(pi, s)/dt = J (pi, s),   J = [[k_pi ((th - 1) + k_g chi_r c), -k_pi k_g chi_s],
///                                   [k_s (-a_u okun chi_r c - a_pi),  k_s (a_u okun chi_s - 1)]]
///
/// c is th at the floor, where a fall of expected inflation raises the real rate, and -(phi - th) above it.
struct DeflationLoop {
  double price_speed;          ///< k_pi
  double expectations;         ///< th
  double gap_on_prices;        ///< k_g
  double rate_on_gap;          ///< chi_r
  double saving_on_gap;        ///< chi_s
  double saving_speed;         ///< k_s
  double jobs_on_saving;       ///< a_u
  double okun;                 ///< okun
  double deflation_on_saving;  ///< a_pi

  /// Row by row; `c` as above.
  std::array<double, 4> jacobian(double c) const {
    return {price_speed * (expectations - 1 + gap_on_prices * rate_on_gap * c),
            -price_speed * gap_on_prices * saving_on_gap,
            saving_speed * (-jobs_on_saving * okun * rate_on_gap * c - deflation_on_saving),
            saving_speed * (jobs_on_saving * okun * saving_on_gap - 1)};
  }
  /// Largest real part of the eigenvalues at the floor; positive is a spiral.
  double slowest_root() const {
    const auto [a, b, c, d] = jacobian(expectations);
    const double half = (a + d) / 2, radicand = half * half - (a * d - b * c);
    return half + (radicand > 0 ? std::sqrt(radicand) : 0);
  }
};

}  // namespace moniac
