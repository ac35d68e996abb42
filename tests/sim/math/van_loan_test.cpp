#include "sim/math/van_loan.h"

#include <cmath>

#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

TEST_CASE("a linear step of a process and its integral has the Ornstein–Uhlenbeck moments") {
  const auto file = reference("rates/ornstein_uhlenbeck.json");
  const double tolerance = file.at("tolerance");
  const auto& given = file.at("parameters");
  const double speed = given.at("speed");
  const double target = given.at("target");
  const double volatility = given.at("volatility");
  const double start = given.at("start");
  const ExactMatrix drift = exact_matrix({{-speed, 0}, {1, 0}});
  const ExactMatrix rate = exact_matrix({{volatility * volatility, 0}, {0, 0}});
  for (const Row& row : rows(file.at("steps"))) {
    const LinearStep step = linear_step(drift, rate, row.at("dt"));
    const ExactVector mean =
        step.transition * exact_vector({start, 0}) + step.input * exact_vector({speed * target, 0});
    CHECK(step.transition(0, 0).value == near(row.at("decay"), tolerance));
    CHECK(mean(0).value == near(row.at("mean"), tolerance));
    CHECK(mean(1).value == near(row.at("integral_mean"), tolerance));
    CHECK(step.covariance(0, 0).value == near(row.at("variance"), tolerance));
    CHECK(step.covariance(1, 1).value == near(row.at("integral_variance"), tolerance));
    CHECK(step.covariance(0, 1).value == near(row.at("integral_covariance"), tolerance));
    CHECK(step.covariance(0, 1) == step.covariance(1, 0));
  }
}

TEST_CASE("a linear step stays accurate when one decay is a hundred times the step") {
  // 40-digit quadrature of the defining integrals.
  const LinearStep step = linear_step(exact_matrix({{-50, 0}, {3, -0.1}}), exact_matrix({{4, 1}, {1, 2}}), 2);
  CHECK(step.transition(0, 0).value == near(3.720075976020835963e-44, 1e-12));
  CHECK(step.transition(1, 0).value == near(0.049222289764207326173, 1e-13));
  CHECK(step.transition(1, 1).value == near(0.81873075307798185867, 1e-13));
  CHECK(step.input(0, 0).value == near(0.02, 1e-13));
  CHECK(step.input(1, 0).value == near(0.10777710235792673827, 1e-13));
  CHECK(step.input(1, 1).value == near(1.8126924692201814133, 1e-13));
  CHECK(step.covariance(0, 0).value == near(0.04, 1e-13));
  CHECK(step.covariance(0, 1).value == near(0.022355289421157684631, 1e-13));
  CHECK(step.covariance(1, 1).value == near(3.5160035224169847227, 1e-13));
}

TEST_CASE("without drift a linear step is Brownian motion") {
  const LinearStep step = linear_step(ExactMatrix::Zero(2, 2), exact_matrix({{4e6, 1}, {1, 2e-6}}), 0.25);
  CHECK(rows_of(step.transition) == std::vector<std::vector<double>>{{1, 0}, {0, 1}});
  CHECK(step.input(0, 0).value == near(0.25, 1e-15));
  CHECK(step.covariance(0, 0).value == near(1e6, 1e-14));
  CHECK(step.covariance(1, 1).value == near(5e-7, 1e-14));
}

TEST_CASE("without noise or time a linear step adds nothing") {
  const ExactMatrix drift = exact_matrix({{-1, 2}, {0, -3}});
  CHECK(linear_step(drift, ExactMatrix::Zero(2, 2), 1).covariance.isZero(0));
  const LinearStep none = linear_step(drift, ExactMatrix::Identity(2, 2), 0);
  CHECK(rows_of(none.transition) == std::vector<std::vector<double>>{{1, 0}, {0, 1}});
  CHECK(none.input.isZero(0));
  CHECK(none.covariance.isZero(0));
}

TEST_CASE("four quarters have the law of one year") {
  const ExactMatrix drift = exact_matrix({{-0.5, 0.4, 0}, {-0.3, -0.2, 0.1}, {0, 0.6, -0.9}});
  const ExactMatrix rate = exact_matrix({{1, 0.2, 0}, {0.2, 2, 0.3}, {0, 0.3, 0.5}});
  const LinearStep quarter = linear_step(drift, rate, 0.25);
  const LinearStep year = linear_step(drift, rate, 1);
  ExactMatrix covariance = ExactMatrix::Zero(3, 3);
  ExactMatrix input = ExactMatrix::Zero(3, 3);
  for (int i = 0; i < 4; ++i) {
    covariance = ExactMatrix(quarter.transition * covariance * quarter.transition.transpose() + quarter.covariance);
    input = ExactMatrix(quarter.transition * input + quarter.input);
  }
  for (Eigen::Index i = 0; i < 9; ++i) {
    CHECK(covariance(i).value == Approx(year.covariance(i).value).epsilon(1e-13).margin(1e-14));
    CHECK(input(i).value == Approx(year.input(i).value).epsilon(1e-13).margin(1e-14));
  }
}
