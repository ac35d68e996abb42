#include "models/macro/macro_system.h"

#include "sim/math/eigenvalues.h"
#include "sim/math/scalar.h"
#include "sim/math/van_loan.h"

namespace moniac {

namespace {

constexpr int n = 5;

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

ExactMatrix diagonal(const std::vector<Five>& volatilities) {
  const auto size = static_cast<Eigen::Index>(n * volatilities.size());
  ExactMatrix matrix = ExactMatrix::Zero(size, size);
  Eigen::Index row = 0;
  for (const Five& of_economies : volatilities)
    for (const double volatility : of_economies) {
      matrix(row, row) = volatility * volatility;
      ++row;
    }
  return matrix;
}

// How Chinese households would respond, all illustrative: desired saving rises by 1.5 points per point of unemployment,
// which is 0.3 points per point of the gap, and by 0.4 per point of inflation below target; saving approaches it at 0.7
// a year; a point of saving lowers demand by 0.6 points.
constexpr double saving_speed = 0.7, saving_per_gap = 1.5 * 0.3, saving_per_inflation = 0.4, demand_per_saving = 0.6;

}  // namespace

MacroSystem::MacroSystem(const QuarterlyMacro& quarterly, ExactMatrix export_shares, double elasticity)
    : spillover(std::move(export_shares)) {
  for (std::size_t c = 0; c < n; ++c) {
    const double b_y = quarterly.gap_persistence[c];
    const double b_pi = quarterly.inflation_persistence[c];
    kappa[c] = -4 * log(b_y);
    mu[c] = -4 * log(b_pi);
    sigma[c] = quarterly.rate_effect[c] * kappa[c] / (1 - b_y);
    gamma[c] = quarterly.gap_effect[c] * mu[c] / (1 - b_pi);
    rule_speed[c] = -4 * log(quarterly.smoothing[c]);
    spillover.row(static_cast<Eigen::Index>(c)) *= Exact(elasticity * kappa[c]);
  }
}

ExactMatrix MacroSystem::core_drift() const {
  ExactMatrix a = ExactMatrix::Zero(2 * n, 2 * n);
  a.topLeftCorner(n, n) = spillover;
  for (int c = 0; c < n; ++c) {
    a(c, c) -= kappa[at(c)];
    a(c, n + c) = sigma[at(c)] * (1 - theta[at(c)]);
    a(n + c, c) = gamma[at(c)];
    a(n + c, n + c) = -mu[at(c)];
  }
  return a;
}

ExactMatrix MacroSystem::drift() const {
  ExactMatrix a = ExactMatrix::Zero(3 * n, 3 * n);
  a.topLeftCorner(2 * n, 2 * n) = core_drift();
  for (int c = 0; c < n; ++c) {
    const double own = rule_speed[at(c)] * (1 - follow_us[at(c)]);
    a(c, 2 * n + c) = -sigma[at(c)];
    a(2 * n + c, c) = own * phi_y[at(c)];
    a(2 * n + c, n + c) = own * phi_pi[at(c)];
    a(2 * n + c, 2 * n + c) = -rule_speed[at(c)];
    a(2 * n + c, 2 * n + us) += rule_speed[at(c)] * follow_us[at(c)];
  }
  return a;
}

ExactMatrix MacroSystem::covariance_rate() const {
  return diagonal({gap_volatility, inflation_volatility, rate_volatility});
}

ExactMatrix MacroSystem::core_covariance_rate() const {
  return diagonal({gap_volatility, inflation_volatility});
}

ExactMatrix MacroSystem::core_and_rule_step(double dt) const {
  const LinearStep core = linear_step(core_drift(), core_covariance_rate(), dt);
  ExactMatrix m = ExactMatrix::Zero(3 * n, 3 * n);
  m.topLeftCorner(2 * n, 2 * n) = core.transition;
  for (int c = 0; c < n; ++c) m.col(2 * n + c).head(2 * n) = core.input.col(c) * Exact(-sigma[at(c)]);
  for (int c = 0; c < n; ++c) {
    const double kept = exp(-rule_speed[at(c)] * dt);
    const double followed = c == us ? 0 : follow_us[at(c)];
    auto rate = m.row(2 * n + c);
    rate = m.row(c) * Exact(phi_y[at(c)]) + m.row(n + c) * Exact(phi_pi[at(c)]);
    rate = rate * Exact((1 - kept) * (1 - followed)) + m.row(2 * n + us) * Exact((1 - kept) * followed);
    m(2 * n + c, 2 * n + c) += kept;
  }
  return m;
}

double MacroSystem::root_at_floor(int economy) const {
  const std::size_t c = at(economy);
  return spectral_abscissa(exact_matrix({{-kappa[c], sigma[c] * (1 - theta[c])}, {gamma[c], -mu[c]}}));
}

double MacroSystem::root_at_floor_with_saving() const {
  return spectral_abscissa(
      exact_matrix({{-kappa[cn], sigma[cn] * (1 - theta[cn]), -kappa[cn] * demand_per_saving},
                    {gamma[cn], -mu[cn], 0},
                    {-saving_speed * saving_per_gap, -saving_speed * saving_per_inflation, -saving_speed}}));
}

}  // namespace moniac
