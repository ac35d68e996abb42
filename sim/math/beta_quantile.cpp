#include "sim/math/beta_quantile.h"

#include <algorithm>

#include "sim/math/scalar.h"

namespace moniac {

namespace {

constexpr std::size_t panels = 4096;
constexpr double quarter_turn = 1.5707963267948966;
constexpr double width = quarter_turn / panels;

}  // namespace

BetaQuantile::BetaQuantile(double a, double b) : cumulative_(panels + 1) {
  double before = 0;
  for (std::size_t i = 0; i <= panels; ++i) {
    const double angle = width * static_cast<double>(i);
    const double density = pow(sin(angle), 2 * a - 1) * pow(sin(quarter_turn - angle), 2 * b - 1);
    if (i > 0) cumulative_[i] = cumulative_[i - 1] + (before + density) / 2;
    before = density;
  }
  for (double& value : cumulative_) value /= cumulative_.back();
}

double BetaQuantile::operator()(double probability) const {
  const auto above = std::upper_bound(cumulative_.begin() + 1, cumulative_.end() - 1, probability);
  const double high = *above, low = *(above - 1);
  const double part = high > low ? (probability - low) / (high - low) : 0;
  const double sine = sin(width * (static_cast<double>(above - cumulative_.begin()) - 1 + part));
  return sine * sine;
}

}  // namespace moniac
