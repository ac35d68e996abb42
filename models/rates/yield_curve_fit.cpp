#include "models/rates/yield_curve_fit.h"

#include <algorithm>

#include "sim/math/exponential_integrals.h"
#include "sim/math/scalar.h"

namespace moniac {
namespace {

// The second derivatives of the natural cubic spline (Press et al. 2007, eq. 3.3.7), by elimination of its tridiagonal
// system; zero at both ends.
std::vector<double> natural_bends(const std::vector<double>& x, const std::vector<double>& y) {
  const std::size_t n = x.size();
  std::vector<double> bends(n, 0.0);
  std::vector<double> ratio(n, 0.0);
  for (std::size_t i = 1; i + 1 < n; ++i) {
    const double before = x[i] - x[i - 1];
    const double after = x[i + 1] - x[i];
    const double bend = (y[i + 1] - y[i]) / after - (y[i] - y[i - 1]) / before;
    const double pivot = 2 * (before + after) - before * ratio[i - 1];
    ratio[i] = after / pivot;
    bends[i] = (6 * bend - before * bends[i - 1]) / pivot;
  }
  for (std::size_t i = n - 1; i-- > 1;) bends[i] -= ratio[i] * bends[i + 1];
  return bends;
}

}  // namespace

double NelsonSiegel::accumulated(double maturity) const {
  const double weight = decay_integral(1 / lambda, maturity);
  const double second = decay_integral(1 / mu, maturity);
  return beta0 * maturity + beta1 * weight + beta2 * (weight - maturity * exp(-maturity / lambda)) +
         beta3 * (second - maturity * exp(-maturity / mu));
}

double NelsonSiegel::forward(double maturity) const {
  const double x = maturity / lambda;
  const double second = maturity / mu;
  return beta0 + (beta1 + beta2 * x) * exp(-x) + beta3 * second * exp(-second);
}

PillarCurve::PillarCurve(const std::vector<double>& maturities, const std::vector<double>& zero_rates) {
  assert(!maturities.empty() && maturities.size() == zero_rates.size() && maturities.front() > 0);
  assert(std::adjacent_find(maturities.begin(), maturities.end(), std::greater_equal<>()) == maturities.end());
  knots_.push_back(0);
  values_.push_back(0);
  for (std::size_t i = 0; i < maturities.size(); ++i) {
    knots_.push_back(maturities[i]);
    values_.push_back(maturities[i] * zero_rates[i]);
  }
  bends_ = natural_bends(knots_, values_);
}

std::size_t PillarCurve::piece_of(double maturity) const {
  const auto above = std::upper_bound(knots_.begin() + 1, knots_.end() - 1, maturity);
  return static_cast<std::size_t>(above - knots_.begin()) - 1;
}

double PillarCurve::accumulated(double maturity) const {
  const double last = knots_.back();
  if (maturity > last) return values_.back() + forward(last) * (maturity - last);
  const std::size_t i = piece_of(maturity);
  const double width = knots_[i + 1] - knots_[i];
  const double right = (maturity - knots_[i]) / width;
  const double left = 1 - right;
  const double bend = (left * left * left - left) * bends_[i] + (right * right * right - right) * bends_[i + 1];
  return left * values_[i] + right * values_[i + 1] + bend * width * width / 6;
}

double PillarCurve::forward(double maturity) const {
  const double at = std::min(maturity, knots_.back());
  const std::size_t i = piece_of(at);
  const double width = knots_[i + 1] - knots_[i];
  const double right = (at - knots_[i]) / width;
  const double left = 1 - right;
  const double bend = (3 * right * right - 1) * bends_[i + 1] - (3 * left * left - 1) * bends_[i];
  return (values_[i + 1] - values_[i]) / width + bend * width / 6;
}

double accumulated(const InitialCurve& curve, double maturity) {
  return std::visit([=](const auto& c) { return c.accumulated(maturity); }, curve);
}

double forward_rate(const InitialCurve& curve, double maturity) {
  return std::visit([=](const auto& c) { return c.forward(maturity); }, curve);
}

double zero_rate(const InitialCurve& curve, double maturity) {
  return maturity == 0 ? forward_rate(curve, 0) : accumulated(curve, maturity) / maturity;
}

double FittedAffine::level(double time) const {
  return forward_rate(curve, time) + model.bond_variance(time) / 2;
}

BondLoadings FittedAffine::bond(double time, double maturity_time) const {
  assert(model.level == 0 && 0 <= time && time <= maturity_time);
  const double market = accumulated(curve, maturity_time) - accumulated(curve, time);
  const double rest = maturity_time - time;
  const double convexity =
      (model.integral_variance(rest) - model.integral_variance(maturity_time) + model.integral_variance(time)) / 2;
  BondLoadings loadings = model.bond(rest);
  loadings.constant = market - convexity;
  return loadings;
}

}  // namespace moniac
