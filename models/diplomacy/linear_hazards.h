// Which of two rising hazards strikes first.
#pragma once

#include <cmath>
#include <numbers>

#include "models/diplomacy/reputation.h"
#include "sim/math/scalar.h"

namespace moniac {

/// Competing hazards a_i + b_i t of two sides, a_i and b_i >= 0 in 1/year and 1/year², A and B their sums, one above 0:
///
///   m   = ∫ e^{-A t - B t²/2} dt = sqrt(π/(2B)) e^{A²/(2B)} erfc(A/sqrt(2B))     mean years to the first event
///   P_i = a_i m + b_i (1 - A m)/B                                               probability that it is that of i
///
/// Where B is small beside A² both are taken from their asymptotic series in B/A², which holds at B = 0 too.
class LinearHazards {
 public:
  LinearHazards(const BySide& level, const BySide& rise) : level_(level), rise_(rise) {
    const double a = level[0] + level[1], b = rise[0] + rise[1];
    const double smallness = b / (a * a);
    if (smallness < 0.005) {
      // m = Σ (-1)^n (2n-1)!! r^n / A,  (1 - A m)/B = Σ (-1)^n (2n+1)!! r^n / A²
      double term = 1;
      for (int n = 0; n <= 12; ++n) {
        mean_years_ += term / a;
        term *= 2 * n + 1;
        per_rise_ += term / (a * a);
        term *= 0 - smallness;
      }
    } else {
      const double y = a / std::sqrt(b);
      mean_years_ = std::sqrt(2 * std::numbers::pi / b) * exp(y * y / 2) * normal_cdf(0 - y);
      per_rise_ = (1 - a * mean_years_) / b;
    }
  }

  double mean_years() const { return mean_years_; }
  /// The probability that the first event is that of side i.
  double first(std::size_t i) const { return level_[i] * mean_years_ + rise_[i] * per_rise_; }

 private:
  BySide level_, rise_;
  double mean_years_ = 0;
  double per_rise_ = 0;  // (1 - A m)/B
};

}  // namespace moniac
