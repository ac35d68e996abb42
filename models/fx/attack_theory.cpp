#include "models/fx/attack_theory.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/math/bisection.h"
#include "sim/math/scalar.h"

namespace moniac {

double CreditAttack::shadow_gap() const {
  return log((money - reserves) / money) + eta * growth;
}
double CreditAttack::collapse_time() const {
  return -shadow_gap() / growth;
}
double CreditAttack::exhaustion_time() const {
  return -log((money - reserves) / money) / growth;
}
double CreditAttack::reserves_attacked() const {
  return -money * expm1(-eta * growth);
}

double first_passage(double distance, double drift, double sigma, double t) {
  if (t <= 0) return 0;
  const double spread = sigma * std::sqrt(t);
  return normal_cdf((drift * t - distance) / spread) +
         exp(2 * drift * distance / (sigma * sigma)) * normal_cdf((-drift * t - distance) / spread);
}

double first_passage_quantile(double distance, double drift, double sigma, double probability) {
  double far = 1;
  while (first_passage(distance, drift, sigma, far) < probability) {
    far *= 2;
    if (far > 1e12) return std::numeric_limits<double>::infinity();
  }
  return increasing_root([&](double t) { return first_passage(distance, drift, sigma, t) - probability; }, 0, far);
}

double inverse_normal_cdf(double probability) {
  // In the lower half, where the distribution function has all its digits.
  if (probability > 0.5) return -inverse_normal_cdf(1 - probability);
  return increasing_root([&](double x) { return normal_cdf(x) - probability; }, -38, 0);
}

double GlobalGame::threshold(double c, double public_signal) const {
  if (public_deviation == 0) return 1 - c;
  const double alpha = 1 / (public_deviation * public_deviation);
  const double beta = 1 / (private_deviation * private_deviation);
  const double target = std::sqrt(alpha + beta) * inverse_normal_cdf(c);
  // In w = Φ⁻¹(θ) the left side falls, as long as the threshold is unique.
  const double w = increasing_root(
      [&](double x) { return target - alpha * (normal_cdf(x) - public_signal) + std::sqrt(beta) * x; }, -8, 8);
  return normal_cdf(w);
}

double GlobalGame::signal_threshold(double c, double public_signal) const {
  const double theta = threshold(c, public_signal);
  return theta + private_deviation * inverse_normal_cdf(std::clamp(theta, 1e-12, 1 - 1e-12));
}

bool GlobalGame::unique() const {
  constexpr double root_of_two_pi = 2.5066282746310002;
  return public_deviation == 0 || private_deviation / (public_deviation * public_deviation) <= root_of_two_pi;
}

double GlobalGame::attack(double theta, double signal_threshold) const {
  return normal_cdf((signal_threshold - theta) / private_deviation);
}

double state_dependent_threshold(double peg, double cost, double f0, double f1, double a) {
  const double far = std::min(1 / a, (peg - f0) / f1);
  return increasing_root([&](double theta) { return cost - (peg - f0 - f1 * theta) * (1 - a * theta); }, 0, far);
}

}  // namespace moniac
