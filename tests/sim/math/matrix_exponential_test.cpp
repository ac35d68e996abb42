#include "sim/math/matrix_exponential.h"

#include <cmath>

#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::near;

TEST_CASE("the exponential of zero is the identity") {
  CHECK(rows_of(matrix_exponential(ExactMatrix::Zero(2, 2))) == std::vector<std::vector<double>>{{1, 0}, {0, 1}});
}

TEST_CASE("the exponential of a nilpotent matrix is its finite series") {
  const ExactMatrix e = matrix_exponential(exact_matrix({{0, 2, 3}, {0, 0, 4}, {0, 0, 0}}));
  const ExactMatrix expected = exact_matrix({{1, 2, 3 + 0.5 * 2 * 4}, {0, 1, 4}, {0, 0, 1}});
  for (Eigen::Index i = 0; i < 3; ++i)
    for (Eigen::Index j = 0; j < 3; ++j) CHECK(e(i, j).value == near(expected(i, j).value, 1e-15));
}

TEST_CASE("the exponential of a skew matrix is a rotation") {
  const double angle = GENERATE(1e-9, 0.3, 2.0, 31.0);
  const ExactMatrix e = matrix_exponential(exact_matrix({{0, -angle}, {angle, 0}}));
  CHECK(e(0, 0).value == Approx(std::cos(angle)).margin(1e-13));
  CHECK(e(1, 0).value == Approx(std::sin(angle)).margin(1e-13));
  CHECK(e(0, 1).value == Approx(-std::sin(angle)).margin(1e-13));
}

TEST_CASE("the exponential of a diagonal matrix is that of its entries, over many orders of size") {
  const ExactMatrix e = matrix_exponential(exact_matrix({{-30, 0, 0}, {0, 1e-8, 0}, {0, 0, 4}}));
  CHECK(e(0, 0).value == near(9.357622968840174605e-14, 1e-12));
  CHECK(e(1, 1).value == near(1.00000001000000005, 1e-15));
  CHECK(e(2, 2).value == near(54.59815003314423908, 1e-13));
}

TEST_CASE("a two-state chain has the closed-form transition matrix") {
  const double leave = 0.3;
  const double back = 0.7;
  const double dt = GENERATE(1.0 / 365.25, 1.0 / 12, 1.0, 50.0);
  const ExactMatrix p = transition_matrix(exact_matrix({{-leave, leave}, {back, -back}}), dt);
  const double gone = -std::expm1(-(leave + back) * dt);
  CHECK(p(0, 1).value == near(leave / (leave + back) * gone, 1e-13));
  CHECK(p(1, 0).value == near(back / (leave + back) * gone, 1e-13));
}

TEST_CASE("a three-state chain has the transition probabilities of 40-digit arithmetic") {
  const ExactMatrix generator = exact_matrix({{-.25, .25, 0}, {.10, -.20, .10}, {0, .30, -.30}});
  const ExactMatrix month = transition_matrix(generator, 1.0 / 12);
  CHECK(month(0, 0).value == near(0.97946731805547318466, 1e-14));
  CHECK(month(0, 2).value == near(8.5018644354903833219e-5, 1e-13));
  CHECK(month(1, 2).value == near(0.0081620615911977838343, 1e-14));
  CHECK(month(2, 0).value == near(1.0202237322588459986e-4, 1e-13));
  const ExactMatrix decades = transition_matrix(generator, 40);
  CHECK(decades(0, 0).value == near(0.23078002118614181757, 1e-14));
  CHECK(decades(1, 2).value == near(0.1923084298691343184, 1e-14));
  CHECK(decades(2, 1).value == near(0.5769252896074029552, 1e-14));
}

TEST_CASE("transition probabilities are not negative and sum to 1") {
  const double dt = GENERATE(0.0, 1e-6, 1.0 / 12, 3.0, 1000.0);
  const ExactMatrix p =
      transition_matrix(exact_matrix({{-9, 9, 0, 0}, {0, -1, 1, 0}, {2, 0, -3, 1}, {0, 0, 0, 0}}), dt);
  for (Eigen::Index i = 0; i < p.rows(); ++i) {
    CHECK(p.row(i).minCoeff().value >= 0);
    CHECK(p.row(i).sum().value == near(1, 1e-15));
  }
  CHECK(p(3, 3).value == 1);
}

TEST_CASE("twelve months of transitions make one year") {
  const ExactMatrix generator = exact_matrix({{-.25, .25, 0}, {.10, -.20, .10}, {0, .30, -.30}});
  const ExactMatrix month = transition_matrix(generator, 1.0 / 12);
  ExactMatrix year = ExactMatrix::Identity(3, 3);
  for (int i = 0; i < 12; ++i) year = ExactMatrix(year * month);
  const ExactMatrix expected = transition_matrix(generator, 1);
  for (Eigen::Index i = 0; i < 9; ++i) CHECK(year(i).value == near(expected(i).value, 1e-14));
}

TEST_CASE("a matrix that is no generator is refused with the reason") {
  CHECK_FALSE(generator_fault(exact_matrix({{-.25, .25}, {.1, -.1}})));
  CHECK_FALSE(generator_fault(exact_matrix({{-.3, .1, .2}, {.1, -.1, 0}, {0, 0, 0}})));
  CHECK(generator_fault(exact_matrix({})) == "it is not square");
  CHECK(generator_fault(exact_matrix({{-.25, .25}})) == "it is not square");
  CHECK(generator_fault(exact_matrix({{-.25, .25}, {.1, -.2}})) == "row 2 does not sum to 0");
  CHECK(generator_fault(exact_matrix({{.25, -.25}, {.1, -.1}})) == "row 1 has a negative rate to state 2");
  CHECK(generator_fault(exact_matrix({{std::nan(""), .25}, {.1, -.1}})) == "row 1 holds a number that is not finite");
}
