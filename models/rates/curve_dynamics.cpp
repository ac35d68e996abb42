#include "models/rates/curve_dynamics.h"

#include "sim/math/cholesky.h"
#include "sim/math/van_loan.h"

namespace moniac {

namespace {

using Rows = std::array<std::array<double, 3>, 3>;

// The drift matrix and the weight of m in each row's drift, in percent.
struct Drifts {
  Rows matrix;
  std::array<double, 3> of_mean;
};

Drifts drifts(const SupplyAffine& c, const CurveDynamics& d) {
  const double a = c.rate_speed;
  const double w = d.anchor_weight;
  switch (d.drift) {
    case CurveDynamics::Drift::pricing:
      return {{{{-a, a, 100 * c.supply_effect}, {0, -c.endpoint_speed, 0}, {0, 0, -c.supply_speed}}},
              {0, 100 * c.endpoint_speed * c.endpoint_mean, 0}};
    case CurveDynamics::Drift::mean_reverting:
      return {{{{-a, a, 0}, {0, -c.endpoint_speed, 0}, {0, 0, -c.supply_speed}}}, {0, c.endpoint_speed, 0}};
    case CurveDynamics::Drift::anchored:
      return {{{{-a, a, 0}, {w * d.anchor_speed, -d.anchor_speed, 0}, {0, 0, -c.supply_speed}}},
              {0, (1 - w) * d.anchor_speed, 0}};
    case CurveDynamics::Drift::rule:
      return {{{{-a * (1 - w), 0, 0}, {0, 0, 0}, {0, 0, -c.supply_speed}}}, {a * (1 - w), 0, 0}};
  }
  return {};
}

}  // namespace

JointStep joint_step(const SupplyAffine& curve, const CurveDynamics& dynamics, double dt) {
  const Drifts drift = drifts(curve, dynamics);
  const double sr = 100 * curve.rate_volatility;
  const double st = dynamics.drift == CurveDynamics::Drift::rule ? 0 : 100 * curve.endpoint_volatility;
  const double sd = curve.supply_volatility;
  const double covariance = curve.correlation * sr * st;
  ExactMatrix matrix(3, 3);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) matrix(i, j) = drift.matrix[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
  const LinearStep exact =
      linear_step(matrix, exact_matrix({{sr * sr, covariance, 0}, {covariance, st * st, 0}, {0, 0, sd * sd}}), dt);
  const ExactMatrix root = std::get<ExactMatrix>(cholesky(exact.covariance));
  JointStep step{};
  for (int i = 0; i < 3; ++i) {
    const auto row = static_cast<std::size_t>(i);
    for (int j = 0; j < 3; ++j) {
      const auto column = static_cast<std::size_t>(j);
      step.transition[row][column] = exact.transition(i, j).value;
      step.root[row][column] = root(i, j).value;
      step.mean[row] += exact.input(i, j).value * drift.of_mean[column];
    }
  }
  return step;
}

}  // namespace moniac
