#include "sim/math/ornstein_uhlenbeck.h"

#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

TEST_CASE("a step of the Ornstein–Uhlenbeck process has the moments of the closed form, jointly with its integral") {
  const auto file = reference("rates/ornstein_uhlenbeck.json");
  const double tolerance = file.at("tolerance");
  const auto& given = file.at("parameters");
  const double speed = given.at("speed");
  const double target = given.at("target");
  const double variance = given.at("volatility").get<double>() * given.at("volatility").get<double>();
  const double start = given.at("start");
  for (const Row& row : rows(file.at("steps"))) {
    const double dt = row.at("dt");
    const OrnsteinUhlenbeck step = ornstein_uhlenbeck(speed, dt);
    const OrnsteinUhlenbeckIntegral integral = ornstein_uhlenbeck_integral(speed, dt);
    CHECK(step.decay == near(row.at("decay"), tolerance));
    CHECK(target + step.decay * (start - target) == near(row.at("mean"), tolerance));
    CHECK(variance * step.innovation * step.innovation == near(row.at("variance"), tolerance));
    CHECK(target * dt + integral.weight * (start - target) == near(row.at("integral_mean"), tolerance));
    CHECK(variance * integral.variance == near(row.at("integral_variance"), tolerance));
    CHECK(variance * integral.covariance == near(row.at("integral_covariance"), tolerance));
  }
  const OrnsteinUhlenbeck forever = ornstein_uhlenbeck(speed, 1000);
  CHECK(variance * forever.innovation * forever.innovation ==
        near(given.at("stationary_variance").get<double>(), tolerance));
}

TEST_CASE("without reversion the Ornstein–Uhlenbeck step is that of Brownian motion") {
  const OrnsteinUhlenbeck none = ornstein_uhlenbeck(0, 0.25);
  CHECK(none.decay == 1);
  CHECK(none.innovation == 0.5);
  const OrnsteinUhlenbeck slow = ornstein_uhlenbeck(1e-13, 0.25);
  CHECK(slow.innovation == near(0.5, 1e-13));
  const OrnsteinUhlenbeckIntegral integral = ornstein_uhlenbeck_integral(0, 0.25);
  CHECK(integral.variance == near(0.25 * 0.25 * 0.25 / 3, 1e-15));
  CHECK(integral.covariance == near(0.25 * 0.25 / 2, 1e-15));
}

TEST_CASE("steps of one n-th compose to the law of the whole") {
  const int n = GENERATE(2, 12, 365);
  const double speed = GENERATE(0.0, 1e-6, 0.45, 8.0);
  const OrnsteinUhlenbeck part = ornstein_uhlenbeck(speed, 1.0 / n);
  const OrnsteinUhlenbeck whole = ornstein_uhlenbeck(speed, 1);
  double decay = 1;
  double variance = 0;
  for (int i = 0; i < n; ++i) {
    decay *= part.decay;
    variance = part.decay * part.decay * variance + part.innovation * part.innovation;
  }
  CHECK(decay == near(whole.decay, 1e-13));
  CHECK(variance == near(whole.innovation * whole.innovation, 1e-13));
}
