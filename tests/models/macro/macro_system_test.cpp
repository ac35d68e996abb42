#include "models/macro/macro_system.h"

#include <cmath>

#include "sim/math/eigenvalues.h"
#include "sim/math/lyapunov.h"
#include "sim/math/matrix_exponential.h"
#include "sim/math/van_loan.h"
#include "tests/models/macro/calibrations.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::near;
using moniac::testing::reference;
using moniac::testing::reference_system;
using moniac::testing::shipped_system;

namespace {

void check_row(const ExactMatrix& matrix, Eigen::Index row, const nlohmann::json& expected) {
  for (std::size_t j = 0; j < expected.size(); ++j)
    CHECK(matrix(row, static_cast<Eigen::Index>(j)).value == Approx(double(expected[j])).epsilon(1e-9).margin(1e-12));
}

void check_numbers(const Five& numbers, const nlohmann::json& expected) {
  for (std::size_t c = 0; c < 5; ++c) CHECK(numbers[c] == near(expected[c], 1e-14));
}

// The larger root of x² + (kappa + mu) x + det = 0.
double quadratic_root(double kappa, double mu, double det) {
  return (-(kappa + mu) + std::sqrt((kappa + mu) * (kappa + mu) - 4 * det)) / 2;
}

}  // namespace

TEST_CASE("quarterly coefficients become those of the reference in continuous time") {
  const auto file = reference("macro/five_economies.json");
  const MacroSystem system = reference_system();
  check_numbers(system.kappa, file["kappa"]);
  check_numbers(system.sigma, file["sigma"]);
  check_numbers(system.mu, file["mu"]);
  check_numbers(system.gamma, file["gamma"]);
  check_numbers(system.rule_speed, file["rule_speed"]);
  for (Eigen::Index c = 0; c < 5; ++c) check_row(system.spillover, c, file["spillover"][static_cast<std::size_t>(c)]);
}

TEST_CASE("the reference system has its abscissa and stationary covariance") {
  const auto file = reference("macro/five_economies.json");
  const MacroSystem system = reference_system();
  CHECK(spectral_abscissa(system.drift()) == near(file["abscissa"], 1e-9));
  const LinearStep month = linear_step(system.drift(), system.covariance_rate(), 1.0 / 12);
  const auto law = stationary_law(month.transition, exact_vector(std::vector<double>(15, 0.0)), month.covariance);
  REQUIRE(law.has_value());
  check_row(law->covariance, 0, file["stationary_covariance_with_us_gap"]);
  for (Eigen::Index i = 0; i < 15; ++i)
    CHECK(law->covariance(i, i).value == near(file["stationary_variance"][static_cast<std::size_t>(i)], 1e-9));
}

TEST_CASE("steps of the reference system have its transitions, variances and spectral radii") {
  const MacroSystem system = reference_system();
  const auto file = reference("macro/five_economies.json");
  for (const auto& expected : file["steps"]) {
    const double dt = expected["dt"];
    INFO("dt " << dt);
    const LinearStep step = linear_step(system.drift(), system.covariance_rate(), dt);
    check_row(step.transition, 0, expected["transition_us_gap"]);
    check_row(step.transition, 11, expected["transition_cn_rate"]);
    for (Eigen::Index i = 0; i < 15; ++i)
      CHECK(step.covariance(i, i).value == near(expected["variance"][static_cast<std::size_t>(i)], 1e-9));
    CHECK(spectral_radius(step.transition) == near(expected["spectral_radius"], 1e-9));

    const ExactMatrix held = system.core_and_rule_step(dt);
    CHECK(spectral_radius(held) == near(expected["spectral_radius_with_rule"], 1e-9));
    check_row(held, 0, expected["core_transition_us_gap"]);
    for (Eigen::Index c = 0; c < 5; ++c)
      CHECK(held(c, 10 + c).value == near(expected["core_rate_effect"][static_cast<std::size_t>(c)], 1e-9));
  }
}

TEST_CASE("responses to a shock at the start are those of the reference") {
  const ExactMatrix drift = reference_system().drift();
  const auto file = reference("macro/five_economies.json");
  for (const auto& response : file["responses"]) {
    ExactMatrix start = ExactMatrix::Zero(15, 1);
    const std::string shock = response["shock"];
    INFO(shock);
    if (shock == "us_policy_+1pp") start(10, 0) = 1;
    if (shock == "us_demand_-2pct") start(0, 0) = -2;
    if (shock == "cn_demand_-3pct") start(1, 0) = -3;
    if (shock == "em_inflation_+2pp") start(9, 0) = 2;
    for (std::size_t k = 0; k < response["years"].size(); ++k) {
      const ExactMatrix x = matrix_exponential(drift * Exact(double(response["years"][k]))) * start;
      check_row(x.transpose(), 0, response["x"][k]);
    }
  }
}

TEST_CASE("the shipped calibration has the published spectral radii") {
  const MacroSystem system = shipped_system();
  const struct {
    double dt, linear, with_rule;
  } published[] = {{1.0 / 360, .999057, .999057},
                   {1.0 / 52, .993492, .993492},
                   {1.0 / 12, .972104, .972105},
                   {1.0 / 4, .918626, .918651}};
  for (const auto& expected : published) {
    CHECK(exp(spectral_abscissa(system.drift()) * expected.dt) == Approx(expected.linear).epsilon(0).margin(5e-7));
    CHECK(spectral_radius(system.core_and_rule_step(expected.dt)) ==
          Approx(expected.with_rule).epsilon(0).margin(5e-7));
  }
}

TEST_CASE("at the rate floor gap and inflation return at the root of their quadratic equation") {
  const auto file = reference("macro/five_economies.json");
  const MacroSystem system = reference_system();
  for (int c = 0; c < 5; ++c) {
    const auto i = static_cast<std::size_t>(c);
    CHECK(system.root_at_floor(c) ==
          Approx(quadratic_root(file["kappa"][i], file["mu"][i], file["floor_determinant"][i])).epsilon(1e-9));
  }
}

TEST_CASE("with the saving of households China's slowest root at the floor is -0.10, and +0.04 without anchors") {
  CHECK(shipped_system().root_at_floor_with_saving() == Approx(-0.10).epsilon(0).margin(0.01));
  CHECK(reference_system().root_at_floor_with_saving() == Approx(-0.23).epsilon(0).margin(0.005));
  CHECK(shipped_system({.inflation_persistence_cn = 0.90, .anchoring_cn = 0.2}).root_at_floor_with_saving() ==
        Approx(0.04).epsilon(0).margin(0.005));
}

TEST_CASE("without trade and without following the US each economy is a system by itself") {
  MacroSystem system = shipped_system({.trade_elasticity = 0});
  system.follow_us = {};
  const ExactMatrix drift = system.drift();
  for (Eigen::Index i = 0; i < 15; ++i)
    for (Eigen::Index j = 0; j < 15; ++j)
      if (i % 5 != j % 5) CHECK(drift(i, j).value == 0);
}
