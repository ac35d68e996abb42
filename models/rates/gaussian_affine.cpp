#include "models/rates/gaussian_affine.h"

#include "sim/math/exponential_integrals.h"
#include "sim/math/scalar.h"

namespace moniac {
namespace {

// Σ_ij covariance_ij f(k_i, k_j), each pair once.
template <class Pair>
double quadratic(const GaussianAffine& model, const Pair& f) {
  double sum = 0;
  for (std::size_t i = 0; i < model.speeds.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const double covariance = model.covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)).value;
      if (covariance != 0) sum += (i == j ? 1 : 2) * covariance * f(model.speeds[i], model.speeds[j]);
    }
  }
  return sum;
}

}  // namespace

double GaussianAffine::integral_variance(double maturity) const {
  return quadratic(*this, [=](double j, double k) { return decay_integral_product(j, k, maturity); });
}

double GaussianAffine::bond_variance(double maturity) const {
  return quadratic(*this,
                   [=](double j, double k) { return decay_integral(j, maturity) * decay_integral(k, maturity); });
}

double GaussianAffine::yield_at_infinity() const {
  return level - quadratic(*this, [](double j, double k) { return 1 / (j * k); }) / 2;
}

BondLoadings GaussianAffine::bond(double maturity) const {
  BondLoadings loadings{level * maturity - integral_variance(maturity) / 2, {}};
  for (const double k : speeds) loadings.factors.push_back(decay_integral(k, maturity));
  return loadings;
}

BondLoadings GaussianAffine::yield(double maturity) const {
  if (maturity == 0) return {level, std::vector<double>(speeds.size(), 1.0)};
  BondLoadings loadings = bond(maturity);
  loadings.constant /= maturity;
  for (double& factor : loadings.factors) factor /= maturity;
  return loadings;
}

BondLoadings GaussianAffine::forward(double maturity) const {
  BondLoadings loadings{level - bond_variance(maturity) / 2, {}};
  for (const double k : speeds) loadings.factors.push_back(exp(-k * maturity));
  return loadings;
}

FactorStep GaussianAffine::step(double dt) const {
  const auto n = static_cast<Eigen::Index>(speeds.size());
  FactorStep result{{}, {}, ExactMatrix(n, n), integral_variance(dt), {}};
  for (Eigen::Index i = 0; i < n; ++i) {
    const double k = speeds[static_cast<std::size_t>(i)];
    result.decay.push_back(exp(-k * dt));
    result.drift_weight.push_back(decay_integral(k, dt));
    double with_integral = 0;
    for (Eigen::Index j = 0; j < n; ++j) {
      const double other = speeds[static_cast<std::size_t>(j)];
      result.covariance(i, j) = covariance(i, j) * decay_integral(k + other, dt);
      with_integral += covariance(i, j).value * decay_integral_covariance(k, other, dt);
    }
    result.integral_covariance.push_back(with_integral);
  }
  return result;
}

double value(const BondLoadings& loadings, const std::vector<double>& x) {
  assert(x.size() == loadings.factors.size());
  double sum = loadings.constant;
  for (std::size_t i = 0; i < x.size(); ++i) sum += loadings.factors[i] * x[i];
  return sum;
}

GaussianAffine vasicek(double speed, double mean, double volatility) {
  return {mean, {speed}, exact_matrix({{volatility * volatility}})};
}

RateBond vasicek_bond(double speed, double mean, double volatility, double maturity) {
  // With x = r - mean: log A = -mean (τ - B) + V/2, and τ - B = k ∫ B.
  const double convexity = volatility * volatility * decay_integral_product(speed, speed, maturity) / 2;
  return {convexity - mean * speed * decay_integral_sum(speed, maturity), decay_integral(speed, maturity)};
}

GaussianAffine two_factors(double speed_1, double speed_2, double volatility_1, double volatility_2,
                           double correlation) {
  const double shared = correlation * volatility_1 * volatility_2;
  return {0,
          {speed_1, speed_2},
          exact_matrix({{volatility_1 * volatility_1, shared}, {shared, volatility_2 * volatility_2}})};
}

}  // namespace moniac
