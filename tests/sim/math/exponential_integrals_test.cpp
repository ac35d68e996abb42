#include "sim/math/exponential_integrals.h"

#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::near;

// Expected values: the defining integrals in 40-digit arithmetic.

TEST_CASE("the decay integral keeps its digits from no decay to a fast one") {
  CHECK(decay_integral(0, 3) == 3);
  CHECK(decay_integral(1e-12, 3) == near(2.9999999999955, 1e-15));
  CHECK(decay_integral(1e-6, 10) == near(9.99995000016666625, 1e-15));
  CHECK(decay_integral(0.3, 2) == near(1.5039612130199118912, 1e-15));
  CHECK(decay_integral(500, 3) == near(0.002, 1e-15));
  CHECK(decay_integral(0.3, 0) == 0);
}

TEST_CASE("the sum of the decay integral keeps its digits from no decay to a fast one") {
  CHECK(decay_integral_sum(0, 3) == near(4.5, 1e-15));
  CHECK(decay_integral_sum(1e-12, 3) == near(4.4999999999955, 1e-15));
  CHECK(decay_integral_sum(1e-6, 10) == near(49.999833333749999167, 1e-15));
  CHECK(decay_integral_sum(0.3, 2) == near(1.6534626232669603625, 1e-15));
  CHECK(decay_integral_sum(500, 3) == near(0.005996, 1e-15));
}

TEST_CASE("the product of decay integrals keeps its digits for any mix of slow and fast") {
  CHECK(decay_integral_product(0, 0, 2) == near(8.0 / 3, 1e-15));
  CHECK(decay_integral_product(1e-9, 1e-9, 10) == near(333.333330833333345, 2e-15));
  CHECK(decay_integral_product(1e-5, 2, 30) == near(224.85250231239563008, 2e-15));
  CHECK(decay_integral_product(1e-3, 900, 30) == near(0.49503727474845600337, 2e-15));
  CHECK(decay_integral_product(0.09, 0.11, 1) == near(0.30946106685584225042, 2e-15));
  CHECK(decay_integral_product(0.8, 0.8, 1.0 / 360) == near(7.1325950242737798668e-9, 2e-15));
  CHECK(decay_integral_product(0.45, 0.1, 10) == near(73.155781624964685466, 4e-15));
  CHECK(decay_integral_product(3, 7, 30) == near(1.4106575963718820862, 4e-15));
  CHECK(decay_integral_product(0.03, 0.9, 1.2) == near(0.39201965828600231574, 2e-15));
  CHECK(decay_integral_product(0.03, 0.9, 0) == 0);
}

TEST_CASE("the covariance of a decay with another's integral keeps its digits for any mix of slow and fast") {
  CHECK(decay_integral_covariance(0, 0, 2) == near(2, 1e-15));
  CHECK(decay_integral_covariance(1e-9, 1e-9, 10) == near(49.999999500000002917, 2e-15));
  CHECK(decay_integral_covariance(1e-5, 2, 30) == near(14.747751474976876044, 4e-15));
  CHECK(decay_integral_covariance(2, 1e-5, 30) == near(0.24999875000624996875, 4e-15));
  CHECK(decay_integral_covariance(1e-3, 900, 30) == near(0.032837061490683642762, 4e-15));
  CHECK(decay_integral_covariance(900, 1e-3, 30) == near(1.2345665294939795746e-6, 4e-15));
  CHECK(decay_integral_covariance(0.11, 0.09, 1) == near(0.45129079761230016077, 2e-15));
  CHECK(decay_integral_covariance(0.1, 0.45, 10) == near(10.023231696951641609, 4e-15));
  CHECK(decay_integral_covariance(7, 3, 30) == near(0.014285714285714285714, 4e-15));
}

TEST_CASE("nothing jumps where the methods change hands") {
  const double below = 1 - 1e-9;
  const double above = 1 + 1e-9;
  CHECK(decay_integral_sum(above, 1) == near(decay_integral_sum(below, 1), 2e-9));
  CHECK(decay_integral_product(above, 3, 1) == near(decay_integral_product(below, 3, 1), 2e-9));
  CHECK(decay_integral(1.0001e-8, 1) == near(decay_integral(0.9999e-8, 1), 1e-11));
}
