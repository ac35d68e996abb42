#include "sim/math/lyapunov.h"

#include "sim/math/eigenvalues.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

TEST_CASE("a stable linear process has the stationary law of the reference") {
  const auto file = reference("rates/stationary_law.json");
  const double tolerance = file.at("tolerance");
  const ExactMatrix transition = exact_matrix(file.at("transition"));
  const auto law =
      stationary_law(transition, exact_vector(file.at("constant")), exact_matrix(file.at("innovation_covariance")));
  REQUIRE(law);
  const ExactMatrix lagged = transition * law->covariance;
  const ExactMatrix covariance = exact_matrix(file.at("covariance"));
  const ExactMatrix autocovariance = exact_matrix(file.at("autocovariance"));
  const ExactVector mean = exact_vector(file.at("mean"));
  for (Eigen::Index i = 0; i < 3; ++i) {
    CHECK(law->mean(i).value == near(mean(i).value, tolerance));
    for (Eigen::Index j = 0; j < 3; ++j) {
      CHECK(law->covariance(i, j).value == near(covariance(i, j).value, tolerance));
      CHECK(lagged(i, j).value == near(autocovariance(i, j).value, tolerance));
    }
  }
  CHECK(spectral_radius(transition) == near(file.at("parameters").at("spectral_radius").get<double>(), tolerance));
}

TEST_CASE("an autoregression has variance q/(1 - φ²) and mean c/(1 - φ)") {
  const double phi = GENERATE(-0.5, 0.0, 0.9, 0.9999);
  const auto law = stationary_law(exact_matrix({{phi}}), exact_vector({3}), exact_matrix({{2}}));
  REQUIRE(law);
  CHECK(law->covariance(0, 0).value == near(2 / ((1 - phi) * (1 + phi)), 1e-12));
  CHECK(law->mean(0).value == near(3 / (1 - phi), 1e-14));
}

TEST_CASE("a process with a root on or outside the unit circle has no stationary law") {
  CHECK_FALSE(stationary_law(exact_matrix({{1}}), exact_vector({0}), exact_matrix({{1}})));
  CHECK_FALSE(stationary_law(exact_matrix({{0.5, 9}, {0, -1.01}}), exact_vector({0, 0}), ExactMatrix::Identity(2, 2)));
}
