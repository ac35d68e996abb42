#include "models/fx/target_zone.h"

#include <array>
#include <cmath>

#include "sim/math/scalar.h"

namespace moniac {

namespace {

double tanh_of(double y) {
  const double e = expm1(-2 * y);
  return -e / (2 + e);
}

// y - q tanh y = target, y > 0: Newton from above on a convex function.
double edge(double q, double target) {
  const auto small = [&](double y) { return q == 1 && y < 0.05; };
  const auto excess = [&](double y) {
    // Without cancellation where y - tanh y is y³/3 and little more.
    if (small(y))
      return y * y * y * (1.0 / 3 - y * y * (2.0 / 15 - y * y * (17.0 / 315 - y * y * 62.0 / 2835))) - target;
    return y - q * tanh_of(y) - target;
  };
  double y = q == 1 && target < 1e-3 ? pow(3 * target, 1.0 / 3) : target + 1;
  for (int i = 0; i < 100; ++i) {
    const double t = tanh_of(y);
    const double step = excess(y) / (1 - q + q * t * t);
    y -= step;
    if (std::abs(step) <= 1e-16 * y) break;
  }
  return y;
}

}  // namespace

double ZoneCurve::exp_at_zero(double l, double edge) {
  return exp(-l * edge);
}

ZoneCurve ZoneCurve::symmetric(double alpha, double sigma, double half_width, double credibility) {
  const double lambda = std::sqrt(2 / (alpha * sigma * sigma));
  ZoneCurve curve;
  curve.f_high_ = edge(credibility, lambda * half_width) / lambda;
  curve.f_low_ = -curve.f_high_;
  curve.l1_ = lambda;
  curve.l2_ = -lambda;
  // -sinh(λf)/(λ cosh(λ f_high))
  curve.b_ = credibility / (lambda * (1 + exp(-2 * lambda * curve.f_high_)));
  curve.a_ = -curve.b_;
  return curve;
}

// A and B from s' = 0 at both edges.
void ZoneCurve::paste(double l1, double l2) {
  const double width = f_high_ - f_low_;
  const double left = exp(-l1 * width), right = exp(l2 * width);  // of each at the far edge
  // 1 + a l1 left + b l2 = 0,  1 + a l1 + b l2 right = 0
  const double determinant = 1 - left * right;
  a_ = -(1 - right) / (l1 * determinant);
  b_ = -(1 - left) / (l2 * determinant);
  l1_ = l1;
  l2_ = l2;
}

ZoneCurve ZoneCurve::drifting(double alpha, double mu, double sigma, double low, double high) {
  const double middle = (low + high) / 2;
  ZoneCurve curve = symmetric(alpha, sigma, (high - low) / 2);
  curve.f_low_ += middle;
  curve.f_high_ += middle;
  constexpr int stages = 16;
  for (int stage = 1; stage <= stages; ++stage) {
    const double drift = mu * stage / stages;
    const double root = std::sqrt(drift * drift + 2 * sigma * sigma / alpha), variance = sigma * sigma;
    curve.constant_ = alpha * drift;
    const auto misses = [&](double f_low, double f_high) {
      curve.f_low_ = f_low;
      curve.f_high_ = f_high;
      curve.paste((-drift + root) / variance, (-drift - root) / variance);
      return std::array<double, 2>{curve.value(f_low) - low, curve.value(f_high) - high};
    };
    double f_low = curve.f_low_, f_high = curve.f_high_;
    for (int i = 0; i < 50; ++i) {
      const double h = 1e-6 * (f_high - f_low);
      const auto at = misses(f_low, f_high);
      const auto by_low = misses(f_low + h, f_high), by_high = misses(f_low, f_high + h);
      const double j00 = (by_low[0] - at[0]) / h, j01 = (by_high[0] - at[0]) / h;
      const double j10 = (by_low[1] - at[1]) / h, j11 = (by_high[1] - at[1]) / h;
      const double determinant = j00 * j11 - j01 * j10;
      f_low -= (j11 * at[0] - j01 * at[1]) / determinant;
      f_high -= (j00 * at[1] - j10 * at[0]) / determinant;
      if (std::abs(at[0]) + std::abs(at[1]) < 1e-15) break;
    }
    misses(f_low, f_high);
  }
  return curve;
}

ZoneCurve ZoneCurve::intramarginal(double alpha, double rho, double sigma, double f_high) {
  ZoneCurve curve;
  curve.f_high_ = f_high;
  curve.f_low_ = -f_high;
  curve.linear_ = 1 / (1 + alpha * rho);
  // f M(a, 3/2, ρf²/σ²), M Kummer's function: all terms are positive.
  const double a = 0.5 + 1 / (2 * alpha * rho), scale = rho / (sigma * sigma);
  double coefficient = 1, slope = 1;
  curve.series_.push_back(1);
  double term = 1;
  for (int n = 0; n < 500 && (n < 2 || term > 1e-18 * slope); ++n) {
    coefficient *= (a + n) / (1.5 + n) * scale / (n + 1);
    curve.series_.push_back(coefficient);
    term = (2 * n + 3) * coefficient * pow(f_high, 2.0 * (n + 1));
    slope += term;
  }
  curve.series_scale_ = -curve.linear_ / slope;
  for (double& c : curve.series_) c *= curve.series_scale_;
  return curve;
}

ZoneCurve ZoneCurve::intramarginal_band(double alpha, double rho, double sigma, double half_width) {
  const auto width = [&](double f) { return intramarginal(alpha, rho, sigma, f).value(f); };
  double low = half_width, high = 2 * half_width;
  while (width(high) < half_width) high *= 2;
  for (int i = 0; i < 100; ++i) (width((low + high) / 2) < half_width ? low : high) = (low + high) / 2;
  return intramarginal(alpha, rho, sigma, high);
}

double ZoneCurve::value(double f) const {
  double sum = 0;
  for (std::size_t n = series_.size(); n-- > 0;) sum = sum * f * f + series_[n];
  return constant_ + linear_ * f + sum * f + a_ * exp(l1_ * (f - f_high_)) + b_ * exp(l2_ * (f - f_low_));
}

double ZoneCurve::slope(double f) const {
  double sum = 0;
  for (std::size_t n = series_.size(); n-- > 0;) sum = sum * f * f + static_cast<double>(2 * n + 1) * series_[n];
  return linear_ + sum + a_ * l1_ * exp(l1_ * (f - f_high_)) + b_ * l2_ * exp(l2_ * (f - f_low_));
}

double ZoneCurve::inverse(double s) const {
  double low = f_low_, high = f_high_;
  for (int i = 0; i < 100; ++i) (value((low + high) / 2) < s ? low : high) = (low + high) / 2;
  return (low + high) / 2;
}

ScratchColumn ZoneCurve::value(const ScratchColumn& f) const {
  auto sum = scratch_column();
  sum = 0;
  for (std::size_t n = series_.size(); n-- > 0;) sum = sum * f.square() + series_[n];
  if (!series_.empty()) return named(constant_ + linear_ * f + sum * f);
  const auto rising = exp(l1_ * (f - f_high_)), falling = exp(l2_ * (f - f_low_));
  return named(constant_ + linear_ * f + a_ * rising + b_ * falling);
}

ScratchColumn ZoneCurve::slope(const ScratchColumn& f) const {
  auto sum = scratch_column();
  sum = 0;
  for (std::size_t n = series_.size(); n-- > 0;) sum = sum * f.square() + static_cast<double>(2 * n + 1) * series_[n];
  if (!series_.empty()) return named(linear_ + sum);
  const auto rising = exp(l1_ * (f - f_high_)), falling = exp(l2_ * (f - f_low_));
  return named(linear_ + a_ * l1_ * rising + b_ * l2_ * falling);
}

RegulatorRates regulator_rates(double mu, double sigma, double width) {
  const double ratio = 2 * mu * width / (sigma * sigma);
  if (std::abs(ratio) < 1e-8) return {sigma * sigma / (2 * width), sigma * sigma / (2 * width)};
  return {mu / expm1(ratio), -mu / expm1(-ratio)};
}

}  // namespace moniac
