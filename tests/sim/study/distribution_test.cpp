#include "sim/study/distribution.h"

#include <cmath>

#include "sim/study/incomplete_beta.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

double sum_of_logs(int up_to) {
  double sum = 0;
  for (int i = 2; i <= up_to; ++i) sum += std::log(i);
  return sum;
}

}  // namespace

TEST_CASE("quantiles of the normal are those of 40-digit arithmetic, in the middle and in the tails") {
  const auto table = reference("study/quantiles.json").at("normal");
  const double tolerance = table.at("tolerance");
  for (const Row& row : rows(table)) {
    CHECK(quantile(NormalDistribution{0, 1}, row.at("u")) == near(row.at("z"), tolerance));
    CHECK(quantile(NormalDistribution{2, 0.25}, row.at("u")) ==
          Approx(2 + 0.25 * row.at("z")).margin(1e-14).epsilon(0));
    CHECK(std::log(quantile(LognormalDistribution{3, 0.5}, row.at("u"))) ==
          Approx(std::log(3) + 0.5 * row.at("z")).margin(1e-14).epsilon(0));
  }
}

TEST_CASE("quantiles of a normal cut off anywhere, far in a tail too, are those of 40-digit arithmetic") {
  const auto table = reference("study/quantiles.json").at("truncated_normal");
  const double tolerance = table.at("tolerance");
  for (const Row& row : rows(table)) {
    const NormalDistribution truncated{0, 1, row.at("low"), row.at("high")};
    CAPTURE(row.at("low"), row.at("high"), row.at("u"));
    CHECK(!problem(truncated));
    CHECK(quantile(truncated, row.at("u")) == Approx(row.at("z")).margin(tolerance).epsilon(0));
    const LognormalDistribution exponential{2, 0.1, 2 * std::exp(0.1 * row.at("low")),
                                            2 * std::exp(0.1 * row.at("high"))};
    CHECK(std::log(quantile(exponential, row.at("u")) / 2) / 0.1 == Approx(row.at("z")).margin(1e-11).epsilon(0));
  }
}

TEST_CASE("a truncated quantile stays inside its bounds at either end of u") {
  for (const double u : {0x1p-53, 1 - 0x1p-53}) {
    const double normal = quantile(NormalDistribution{1, 3, -2, 1.5}, u);
    CHECK((normal >= -2 && normal <= 1.5));
    const double lognormal = quantile(LognormalDistribution{1, 1, 0.1, 0.3}, u);
    CHECK((lognormal >= 0.1 && lognormal <= 0.3));
    CHECK(std::isfinite(quantile(LognormalDistribution{1e90, 20}, u)));
  }
}

TEST_CASE("quantiles of the beta distribution are those of 30-digit arithmetic, from U shapes to needles") {
  const auto table = reference("study/quantiles.json").at("beta");
  const double tolerance = table.at("tolerance");
  for (const Row& row : rows(table)) {
    CAPTURE(row.at("a"), row.at("b"), row.at("u"));
    const double x = quantile(BetaDistribution{row.at("a"), row.at("b")}, row.at("u"));
    CHECK(x == Approx(row.at("x")).margin(tolerance).epsilon(0));
    CHECK(quantile(BetaDistribution{row.at("a"), row.at("b"), -1, 3}, row.at("u")) ==
          Approx(-1 + 4 * row.at("x")).margin(4 * tolerance).epsilon(0));
  }
}

TEST_CASE("the logarithm of gamma is that of factorials and of the root of pi") {
  CHECK(log_gamma(0.5) == near(std::log(std::acos(-1.0)) / 2, 1e-14));
  CHECK(log_gamma(6) == near(std::log(120), 1e-14));
  CHECK(log_gamma(101) == near(sum_of_logs(100), 1e-14));
}

TEST_CASE("the incomplete beta function with whole parameters is a binomial tail") {
  // I_x(2, 3) = P(at least 2 of 4) = 6x²(1-x)² + 4x³(1-x) + x⁴
  for (const double x : {0.01, 0.3, 0.62, 0.99}) {
    const double y = 1 - x;
    CHECK(incomplete_beta(2, 3, x) == near(6 * x * x * y * y + 4 * x * x * x * y + x * x * x * x, 1e-14));
  }
}

TEST_CASE("uniform, triangular and discrete quantiles are those of hand arithmetic") {
  CHECK(quantile(UniformDistribution{-1, 3}, 0.25) == 0);
  // 1 below the mode of 5 with width 4: F = (x - 1)² / 16 up to the mode 5 = high
  const TriangularDistribution rising{1, 5, 5};
  CHECK(quantile(rising, 0.25) == 3);
  const TriangularDistribution falling{1, 1, 5};
  CHECK(quantile(falling, 0.75) == 3);
  const TriangularDistribution lopsided{0, 2, 10};  // F(2) = 1/5, F(6) = 1 - 16/80
  CHECK(quantile(lopsided, 0.05) == near(1, 1e-15));
  CHECK(quantile(lopsided, 0.8) == near(6, 1e-15));
  const DiscreteDistribution discrete{{1, 2, 5, 9}, {1, 0, 2, 1}};
  CHECK(quantile(discrete, 0.2499) == 1);
  CHECK(quantile(discrete, 0.25) == 5);
  CHECK(quantile(discrete, 0.7499) == 5);
  CHECK(quantile(discrete, 0.75) == 9);
  CHECK(quantile(DiscreteDistribution{{1, 2}, {0.1, 0}}, 1 - 0x1p-53) == 1);
}

TEST_CASE("each mistake in the parameters is a sentence of its own") {
  const double nan = std::nan("");
  const std::vector<std::pair<Distribution, std::string>> mistakes{
      {UniformDistribution{1, 1}, "low must be below high"},
      {UniformDistribution{nan, 1}, "low must be a number between -1e100 and 1e100"},
      {UniformDistribution{0, unbounded}, "high must be a number between -1e100 and 1e100"},
      {NormalDistribution{0, 0}, "sd must be above 0"},
      {NormalDistribution{0, 1, 2, 1}, "low must be below high"},
      {NormalDistribution{0, 1, nan, 1}, "a bound must be a number"},
      {NormalDistribution{0, 1, 50, 51}, "no probability that could be computed lies between low and high"},
      {LognormalDistribution{0, 1}, "median must be above 0"},
      {LognormalDistribution{1, 21}, "log_sd must be above 0 and at most 20"},
      {LognormalDistribution{1, 1, -1, 2}, "low must not be below 0"},
      {TriangularDistribution{0, 2, 1}, "mode must lie between low and high"},
      {TriangularDistribution{2, 2, 1}, "low must be below high"},
      {BetaDistribution{0, 1}, "a and b must lie between 0.01 and 10000"},
      {BetaDistribution{2, 2, 1, 0}, "low must be below high"},
      {DiscreteDistribution{}, "values must not be empty"},
      {DiscreteDistribution{{1, 2}, {1}}, "values and weights must be equally many"},
      {DiscreteDistribution{{2, 1}, {1, 1}}, "values must ascend"},
      {DiscreteDistribution{{1, nan}, {1, 1}}, "each value must be a number between -1e100 and 1e100"},
      {DiscreteDistribution{{1, 2}, {1, -1}}, "weights must be numbers from 0 to 1e100"},
      {DiscreteDistribution{{1, 2}, {0, 0}}, "one weight must be above 0"},
  };
  for (const auto& [distribution, sentence] : mistakes) CHECK(problem(distribution).value_or("") == sentence);
  const std::vector<Distribution> right{UniformDistribution{0, 1},       NormalDistribution{0, 1, 3, unbounded},
                                        LognormalDistribution{1, 0.2},   TriangularDistribution{0, 0, 1},
                                        BetaDistribution{0.5, 2, -1, 1}, DiscreteDistribution{{1}, {3}}};
  for (const Distribution& distribution : right) CHECK(!problem(distribution));
}
