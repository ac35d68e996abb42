#include "models/rates/yield_curve_fit.h"

#include <cmath>

#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

NelsonSiegel nelson_siegel(const nlohmann::json& given) {
  return {given.at("beta0"), given.at("beta1"), given.at("beta2"), given.at("lambda")};
}

// The December 2025 Treasury curve, at uneven maturities.
PillarCurve pillars() {
  return {{0.25, 2, 5, 10, 30}, {0.0360, 0.0345, 0.0370, 0.0414, 0.0481}};
}

std::vector<InitialCurve> curves() {
  return {NelsonSiegel{0.0495, -0.0125, -0.019, 1.9}, NelsonSiegel{0.04, -0.01, -0.02, 1.5, 0.03, 12}, pillars(),
          PillarCurve({10}, {0.04})};
}

}  // namespace

TEST_CASE("the Nelson–Siegel curve has the reference prices, zero rates and forwards") {
  const auto file = reference("rates/hull_white.json");
  const double tolerance = file.at("tolerance");
  const InitialCurve curve = nelson_siegel(file.at("parameters"));
  for (const Row& row : rows(file.at("market"))) {
    CHECK(std::exp(-accumulated(curve, row.at("maturity"))) == near(row.at("price"), tolerance));
    CHECK(zero_rate(curve, row.at("maturity")) == near(row.at("zero_rate"), tolerance));
    CHECK(forward_rate(curve, row.at("maturity")) == near(row.at("forward"), tolerance));
  }
}

TEST_CASE("the Hull–White model has the reference levels, prices and yields") {
  const auto file = reference("rates/hull_white.json");
  const double tolerance = file.at("tolerance");
  const auto& given = file.at("parameters");
  const FittedAffine model{vasicek(given.at("speed"), 0, given.at("volatility")), nelson_siegel(given)};
  for (const Row& row : rows(file.at("bonds"))) {
    const double t = row.at("time");
    const double maturity_time = row.at("maturity_time");
    const double x = row.at("factor");
    const double log_price = -value(model.bond(t, maturity_time), {x});
    CHECK(model.level(t) == near(row.at("level"), tolerance));
    CHECK(model.level(t) + x == near(row.at("rate"), tolerance));
    CHECK(std::exp(log_price) == near(row.at("price"), tolerance));
    CHECK(-log_price / (maturity_time - t) == near(row.at("yield"), tolerance));
  }
}

TEST_CASE("the two-factor model has the reference levels, prices and yields") {
  const auto file = reference("rates/two_factors.json");
  const double tolerance = file.at("tolerance");
  const auto& given = file.at("parameters");
  const FittedAffine model{two_factors(given.at("speed_1"), given.at("speed_2"), given.at("volatility_1"),
                                       given.at("volatility_2"), given.at("correlation")),
                           nelson_siegel(given)};
  for (const Row& row : rows(file.at("bonds"))) {
    const double t = row.at("time");
    const double maturity_time = row.at("maturity_time");
    const std::vector<double> x = {row.at("factor_1"), row.at("factor_2")};
    const double log_price = -value(model.bond(t, maturity_time), x);
    CHECK(model.level(t) == near(row.at("level"), tolerance));
    CHECK(model.level(t) + x[0] + x[1] == near(row.at("rate"), tolerance));
    CHECK(std::exp(log_price) == near(row.at("price"), tolerance));
    CHECK(-log_price / (maturity_time - t) == near(row.at("yield"), tolerance));
  }
}

TEST_CASE("at the start a fitted model reprices its curve to 1e-12") {
  const GaussianAffine factors = two_factors(0.45, 0.06, 0.0125, 0.0098, -0.72);
  for (const InitialCurve& curve : curves()) {
    const FittedAffine model{factors, curve};
    for (const double maturity : {0.1, 0.25, 1.0, 2.0, 7.5, 10.0, 30.0, 50.0})
      CHECK(std::exp(-value(model.bond(0, maturity), {0, 0})) == near(std::exp(-accumulated(curve, maturity)), 1e-12));
    CHECK(model.level(0) == near(zero_rate(curve, 0), 1e-15));
  }
}

TEST_CASE("a pillar curve passes through its pillars") {
  const PillarCurve curve = pillars();
  CHECK(curve.accumulated(0) == 0);
  CHECK(curve.accumulated(0.25) / 0.25 == near(0.0360, 1e-15));
  CHECK(curve.accumulated(2) / 2 == near(0.0345, 1e-15));
  CHECK(curve.accumulated(5) / 5 == near(0.0370, 1e-15));
  CHECK(curve.accumulated(10) / 10 == near(0.0414, 1e-15));
  CHECK(curve.accumulated(30) / 30 == near(0.0481, 1e-15));
}

TEST_CASE("forward rates accumulate to the curve they belong to") {
  // Simpson's rule is exact for the parabolas between pillars, and within 1e-12 for the smooth curves on a fine grid.
  for (const InitialCurve& curve : curves()) {
    double sum = 0;
    const double h = 1.0 / 128;
    for (int i = 0; i < 40 * 64; ++i) {
      const double t = 2 * i * h;
      sum += (forward_rate(curve, t) + 4 * forward_rate(curve, t + h) + forward_rate(curve, t + 2 * h)) * h / 3;
      if ((i + 1) % 160 == 0) CHECK(sum == near(accumulated(curve, t + 2 * h), 1e-11));
    }
  }
}

TEST_CASE("beyond the last pillar the last forward rate goes on, and forwards do not jump at pillars") {
  const PillarCurve curve = pillars();
  CHECK(curve.forward(60) == curve.forward(30));
  CHECK(curve.accumulated(60) == near(curve.accumulated(30) + 30 * curve.forward(30), 1e-15));
  for (const double pillar : {0.25, 2.0, 5.0, 10.0, 30.0})
    CHECK(curve.forward(pillar - 1e-9) == Approx(curve.forward(pillar + 1e-9)).margin(1e-9));
}

TEST_CASE("pillars on a straight line give a flat curve") {
  const PillarCurve curve({1, 2, 10}, {0.03, 0.03, 0.03});
  for (const double maturity : {0.0, 0.5, 1.7, 4.0, 25.0}) CHECK(curve.forward(maturity) == near(0.03, 1e-14));
}

TEST_CASE("three pillars give the natural spline found by hand") {
  // z T = 0, 1, 3 at T = 0, 1, 2: one inner bend m with 2 (1 + 1) m = 6 (2 - 1), m = 1.5.
  const PillarCurve curve({1, 2}, {1, 1.5});
  CHECK(curve.accumulated(0.5) == near(0.5 - 0.375 * 1.5 / 6, 1e-15));
  CHECK(curve.forward(0) == near(1 - 1.5 / 6, 1e-15));
  CHECK(curve.forward(1) == near(1.5, 1e-15));
  CHECK(curve.forward(2) == near(2 + 1.5 / 6, 1e-15));
}
