#include "sim/math/rational_expectations.h"

#include <cmath>

#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::near;
using moniac::testing::reference;

namespace {

using Rows = std::vector<std::vector<double>>;

void check_matrix(const ExactMatrix& found, const nlohmann::json& expected) {
  for (Eigen::Index i = 0; i < found.rows(); ++i)
    for (Eigen::Index j = 0; j < found.cols(); ++j)
      CHECK(found(i, j).value == Approx(double(expected[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)]))
                                     .epsilon(1e-10)
                                     .margin(1e-12));
}

// y = E y₊₁ - σ (i - E π₊₁) + g, π = β E π₊₁ + κ y, i = φ_π π + φ_y y, g = δ g₋₁ + e; X = (y, π, i, g).
RationalExpectations new_keynesian(double phi_pi, double sigma = 1, double beta = 0.99, double kappa = 0.1,
                                   double phi_y = 0.125, double delta = 0.7) {
  return rational_expectations(
      exact_matrix({{1, sigma, 0, 0}, {0, beta, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}}),
      exact_matrix({{-1, 0, -sigma, 1}, {kappa, -1, 0, 0}, {phi_y, phi_pi, -1, 0}, {0, 0, 0, -1}}),
      exact_matrix({{0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, delta}}));
}

}  // namespace

TEST_CASE("the hybrid model of the reference has its law, its roots and its responses") {
  const auto file = reference("macro/rational_expectations.json");
  const auto matrix = [&](const char* name) { return exact_matrix(file[name].get<Rows>()); };
  const RationalExpectations law = rational_expectations(matrix("lead"), matrix("now"), matrix("lag"));
  CHECK(law.determinate());
  check_matrix(law.transition, file["transition"]);
  check_matrix(law.impact, file["impact"]);
  CHECK(law.backward_radius == near(file["backward_radius"], 1e-10));
  CHECK(law.forward_radius == near(file["forward_radius"], 1e-10));
  Eigen::Index shock = 0;
  for (const char* name : {"demand", "cost_push", "policy"}) {
    ExactMatrix x = law.impact.col(shock++);
    for (const auto& expected : file["responses"][name]) {
      check_matrix(x.transpose(), nlohmann::json::array({expected}));
      x = ExactMatrix(law.transition * x);
    }
  }
}

TEST_CASE("the three-equation model responds to demand as its closed form") {
  const auto expected = reference("macro/rational_expectations.json")["new_keynesian"];
  const RationalExpectations law = new_keynesian(expected["phi_pi"], expected["sigma"], expected["beta"],
                                                 expected["kappa"], expected["phi_y"], expected["delta"]);
  CHECK(law.determinate());
  CHECK(law.impact(0, 3).value == near(expected["response_y"], 1e-12));
  CHECK(law.impact(1, 3).value == near(expected["response_pi"], 1e-12));
  CHECK(law.impact(2, 3).value == near(expected["response_i"], 1e-12));
  for (Eigen::Index i = 0; i < 3; ++i) CHECK(law.transition(i, 3).value == near(0.7 * law.impact(i, 3).value, 1e-11));
}

TEST_CASE("the law solves its equation") {
  const auto file = reference("macro/rational_expectations.json");
  const ExactMatrix a = exact_matrix(file["lead"].get<Rows>()), b = exact_matrix(file["now"].get<Rows>()),
                    c = exact_matrix(file["lag"].get<Rows>());
  const ExactMatrix p = rational_expectations(a, b, c).transition;
  CHECK(norm_1(a * p * p + b * p + c) < 1e-13);
}

TEST_CASE("the Taylor principle separates determinate from indeterminate") {
  // Woodford (2003): determinate if and only if κ (φ_π - 1) + (1 - β) φ_y > 0.
  const double boundary = 1 - 0.01 * 0.125 / 0.1;
  CHECK(new_keynesian(boundary + 0.01).determinate());
  CHECK_FALSE(new_keynesian(boundary - 0.01).determinate());
  CHECK(new_keynesian(boundary - 0.01).forward_radius > 1);
}

TEST_CASE("an explosive law is stable nowhere") {
  const RationalExpectations law =
      rational_expectations(exact_matrix({{0}}), exact_matrix({{-1}}), exact_matrix({{1.05}}));
  CHECK(law.backward_radius == near(1.05, 1e-14));
  CHECK_FALSE(law.determinate());
}
