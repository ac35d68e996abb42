#include "sim/math/cholesky.h"

#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::near;

namespace {

std::vector<std::vector<double>> lower(const std::vector<std::vector<double>>& rows) {
  const auto result = cholesky(exact_matrix(rows));
  REQUIRE(std::holds_alternative<ExactMatrix>(result));
  return rows_of(std::get<ExactMatrix>(result));
}

double smallest_eigenvalue(const std::vector<std::vector<double>>& rows) {
  const auto result = cholesky(exact_matrix(rows));
  REQUIRE(std::holds_alternative<NotPositive>(result));
  return std::get<NotPositive>(result).smallest_eigenvalue;
}

}  // namespace

TEST_CASE("the Cholesky factor of a positive matrix is the one found by hand") {
  CHECK(lower({{4, 2, 2}, {2, 5, 3}, {2, 3, 6}}) == std::vector<std::vector<double>>{{2, 0, 0}, {1, 2, 0}, {1, 1, 2}});
}

TEST_CASE("only the lower triangle is read") {
  CHECK(lower({{4, 77}, {2, 5}}) == std::vector<std::vector<double>>{{2, 0}, {1, 2}});
}

TEST_CASE("a variable that the earlier ones determine gets a zero in the diagonal") {
  CHECK(lower({{1, 1}, {1, 1}}) == std::vector<std::vector<double>>{{1, 0}, {1, 0}});
  CHECK(lower({{1, -1, 0.5}, {-1, 1, -0.5}, {0.5, -0.5, 1.25}}) ==
        std::vector<std::vector<double>>{{1, 0, 0}, {-1, 0, 0}, {0.5, 0, 1}});
  CHECK(lower({{0, 0}, {0, 9}}) == std::vector<std::vector<double>>{{0, 0}, {0, 3}});
}

TEST_CASE("a singular matrix of rounded decimals is accepted, whatever the units of its variables") {
  // Three variables with loadings 0.6, 0.8 on two factors, the third their sum; the second in units of 1e-6.
  const auto l = lower({{0.36, 0.48e-6, 0.84}, {0.48e-6, 0.64e-12, 1.12e-6}, {0.84, 1.12e-6, 1.96}});
  CHECK(l[0][0] == near(0.6, 1e-15));
  CHECK(l[1][0] == near(0.8e-6, 1e-15));
  CHECK(l[2][0] == near(1.4, 1e-15));
  CHECK(l[1][1] == 0);
  CHECK(l[2][2] == 0);
}

TEST_CASE("appending a variable changes no earlier row of the factor") {
  const std::vector<std::vector<double>> three = {{1, 0.3, -0.2}, {0.3, 1, 0.45}, {-0.2, 0.45, 1}};
  const std::vector<std::vector<double>> four = {
      {1, 0.3, -0.2, 0.1}, {0.3, 1, 0.45, 0}, {-0.2, 0.45, 1, 0.7}, {0.1, 0, 0.7, 1}};
  const auto small = lower(three);
  const auto large = lower(four);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) CHECK(large[i][j] == small[i][j]);
}

TEST_CASE("a matrix that is not positive is reported with its smallest eigenvalue") {
  CHECK(smallest_eigenvalue({{1, 2}, {2, 1}}) == near(-1, 1e-14));
  CHECK(smallest_eigenvalue({{-3}}) == -3);
  // Correlations 0.9, 0.9, -0.9 cannot hold together: 1 + 0.9 twice and 1 - 1.8.
  CHECK(smallest_eigenvalue({{1, 0.9, 0.9}, {0.9, 1, -0.9}, {0.9, -0.9, 1}}) == near(-0.8, 1e-14));
  // A zero variance with a covariance: eigenvalues (1 ± √2)/2.
  CHECK(smallest_eigenvalue({{0, 0.5}, {0.5, 1}}) == near(-0.20710678118654752, 1e-14));
}

TEST_CASE("an eigenvalue of minus one billionth is not taken for rounding") {
  CHECK(smallest_eigenvalue({{1, 1 + 1e-9}, {1 + 1e-9, 1}}) == near(-1e-9, 1e-6));
}
