#include "models/rates/supply_affine.h"

#include "sim/math/exponential_integrals.h"

namespace moniac {
namespace {

double away_from(double speed, double other) {
  constexpr double gap = 1e-6;
  if (std::abs(speed - other) >= gap) return speed;
  return speed < other ? other - gap : other + gap;
}

// The model with b and κ distinct from a.
SupplyAffine distinct(SupplyAffine model) {
  model.endpoint_speed = away_from(model.endpoint_speed, model.rate_speed);
  model.supply_speed = away_from(model.supply_speed, model.rate_speed);
  return model;
}

double endpoint_share(const SupplyAffine& m) {
  return m.rate_speed / (m.rate_speed - m.endpoint_speed);
}
double supply_share(const SupplyAffine& m) {
  return m.supply_effect / (m.rate_speed - m.supply_speed);
}

}  // namespace

GaussianAffine SupplyAffine::rotated() const {
  const SupplyAffine m = distinct(*this);
  const double s1 = m.rate_volatility;
  const double s2 = endpoint_share(m) * m.endpoint_volatility;
  const double s3 = supply_share(m) * m.supply_volatility;
  const double shared = m.correlation * s1 * s2;
  return {m.endpoint_mean,
          {m.rate_speed, m.endpoint_speed, m.supply_speed},
          exact_matrix({{s1 * s1 + s2 * s2 + s3 * s3 - 2 * shared, shared - s2 * s2, -s3 * s3},
                        {shared - s2 * s2, s2 * s2, 0},
                        {-s3 * s3, 0, s3 * s3}})};
}

std::vector<double> SupplyAffine::factors(double rate, double endpoint, double supply) const {
  const SupplyAffine m = distinct(*this);
  const double x2 = endpoint_share(m) * (endpoint - m.endpoint_mean);
  const double x3 = supply_share(m) * supply;
  return {rate - m.endpoint_mean - x2 - x3, x2, x3};
}

SupplyLoadings bond_loadings(const SupplyAffine& model, double maturity) {
  const SupplyAffine m = distinct(model);
  const double a = m.rate_speed;
  const double of_rate = decay_integral(a, maturity);
  const double of_endpoint = endpoint_share(m) * (decay_integral(m.endpoint_speed, maturity) - of_rate);
  const double of_supply = supply_share(m) * (decay_integral(m.supply_speed, maturity) - of_rate);
  // θ̄ (τ - B_r - B_θ), and τ - B_r - B_θ = b ∫ B_θ.
  const double of_mean = m.endpoint_speed * endpoint_share(m) *
                         (decay_integral_sum(m.endpoint_speed, maturity) - decay_integral_sum(a, maturity));
  const double convexity = m.rotated().integral_variance(maturity) / 2;
  return {m.endpoint_mean * of_mean - convexity, of_rate, of_endpoint, of_supply};
}

SupplyLoadings yield_loadings(const SupplyAffine& model, double maturity) {
  if (maturity == 0) return {0, 1, 0, 0};
  const SupplyLoadings bond = bond_loadings(model, maturity);
  return {bond.constant / maturity, bond.rate / maturity, bond.endpoint / maturity, bond.supply / maturity};
}

}  // namespace moniac
