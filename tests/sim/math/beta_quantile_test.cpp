#include "sim/math/beta_quantile.h"

#include <cmath>

#include "tests/support/catch.h"

using namespace moniac;

TEST_CASE("quantiles of beta distributions with closed forms") {
  const BetaQuantile uniform(1, 1), high(4, 1), low(1, 4), arcsine(0.5, 0.5), hump(2, 2);
  for (double p = 0.001; p < 1; p += 0.0371) {
    CAPTURE(p);
    CHECK(uniform(p) == Approx(p).margin(1e-5));
    CHECK(high(p) == Approx(std::pow(p, 0.25)).margin(1e-5));
    CHECK(low(p) == Approx(1 - std::pow(1 - p, 0.25)).margin(1e-5));
    CHECK(arcsine(p) == Approx(std::pow(std::sin(std::acos(-1.0) / 2 * p), 2)).margin(1e-5));
    const double x = hump(p);
    CHECK(x * x * (3 - 2 * x) == Approx(p).margin(2e-5));
  }
  CHECK(uniform(0) == 0);
  CHECK(uniform(1) == Approx(1).margin(1e-15));
}

TEST_CASE("the mean and variance of a beta distribution come out of its quantiles") {
  const double a = 6.64, b = 1.36;
  const BetaQuantile quantile(a, b);
  constexpr int points = 100000;
  double mean = 0, square = 0;
  for (int i = 0; i < points; ++i) {
    const double x = quantile((i + 0.5) / points);
    mean += x / points;
    square += x * x / points;
  }
  CHECK(mean == Approx(a / (a + b)).margin(1e-5));
  CHECK(square - mean * mean == Approx(a * b / ((a + b) * (a + b) * (a + b + 1))).margin(1e-5));
}
