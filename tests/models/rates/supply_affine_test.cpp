#include "models/rates/supply_affine.h"

#include <cmath>

#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

SupplyAffine from(const nlohmann::json& given) {
  return {given.at("rate_speed"),          given.at("endpoint_speed"),    given.at("supply_speed"),
          given.at("supply_effect"),       given.at("endpoint_mean"),     given.at("rate_volatility"),
          given.at("endpoint_volatility"), given.at("supply_volatility"), given.at("correlation")};
}

SupplyAffine standard() {
  return from(reference("rates/supply.json").at("parameters"));
}

double yield(const SupplyAffine& model, double maturity, double rate, double endpoint, double supply) {
  const SupplyLoadings y = yield_loadings(model, maturity);
  return y.constant + y.rate * rate + y.endpoint * endpoint + y.supply * supply;
}

// The average over ten years of r that solves the equations without shocks, by 4th-order Runge–Kutta steps.
double average_rate(const SupplyAffine& m, double r, double theta, double d) {
  struct Point {
    double r, theta, d, integral;
  };
  const auto slope = [&](const Point& p) {
    return Point{m.rate_speed * (p.theta - p.r) + m.supply_effect * p.d, m.endpoint_speed * (m.endpoint_mean - p.theta),
                 -m.supply_speed * p.d, p.r};
  };
  const auto moved = [](const Point& p, const Point& s, double h) {
    return Point{p.r + h * s.r, p.theta + h * s.theta, p.d + h * s.d, p.integral + h * s.integral};
  };
  Point p{r, theta, d, 0};
  const double h = 0.01;
  for (int i = 0; i < 1000; ++i) {
    const Point a = slope(p);
    const Point b = slope(moved(p, a, h / 2));
    const Point c = slope(moved(p, b, h / 2));
    const Point e = slope(moved(p, c, h));
    p = moved(moved(moved(moved(p, a, h / 6), b, h / 3), c, h / 3), e, h / 6);
  }
  return p.integral / 10;
}

}  // namespace

TEST_CASE("the supply curve has the reference loadings, constant and yields") {
  const auto file = reference("rates/supply.json");
  const double tolerance = file.at("tolerance");
  const SupplyAffine model = from(file.at("parameters"));
  for (const Row& row : rows(file.at("bonds"))) {
    const SupplyLoadings bond = bond_loadings(model, row.at("maturity"));
    CHECK(bond.constant == near(row.at("constant"), tolerance));
    CHECK(bond.rate == near(row.at("rate"), tolerance));
    CHECK(bond.endpoint == near(row.at("endpoint"), tolerance));
    CHECK(bond.supply == near(row.at("supply"), tolerance));
  }
  for (const Row& row : rows(file.at("yield_loadings"))) {
    const SupplyLoadings loadings = yield_loadings(model, row.at("maturity"));
    CHECK(loadings.rate == near(row.at("rate"), tolerance));
    CHECK(loadings.endpoint == near(row.at("endpoint"), tolerance));
    CHECK(loadings.supply == near(row.at("supply"), tolerance));
  }
  for (const Row& row : rows(file.at("yields")))
    CHECK(yield(model, row.at("maturity"), row.at("rate"), row.at("endpoint"), row.at("supply")) ==
          near(row.at("yield"), tolerance));
}

TEST_CASE("the rotated three-factor model prices bonds as the loadings do") {
  const SupplyAffine model = standard();
  const GaussianAffine rotated = model.rotated();
  const std::vector<double> x = model.factors(0.0533, 0.033, 2);
  CHECK(value(rotated.yield(0), x) == near(0.0533, 1e-14));
  for (const double maturity : {0.25, 2.0, 10.0, 30.0})
    CHECK(value(rotated.yield(maturity), x) == near(yield(model, maturity, 0.0533, 0.033, 2), 1e-12));
}

TEST_CASE("the shortest yield is the policy rate") {
  const SupplyAffine model = standard();
  CHECK(yield(model, 0, 0.0363, 0.0331, 2) == 0.0363);
  CHECK(yield(model, 1e-7, 0.0363, 0.0331, 2) == near(0.0363, 1e-6));
  CHECK(bond_loadings(model, 0).constant == 0);
}

TEST_CASE("yields are linear in supply, at 6 basis points per percent of GDP for ten years") {
  const SupplyAffine model = standard();
  for (const double maturity : {2.0, 10.0, 30.0}) {
    const double none = yield(model, maturity, 0.04, 0.03, 0);
    const double one = yield(model, maturity, 0.04, 0.03, 1) - none;
    CHECK(yield(model, maturity, 0.04, 0.03, -4) - none == near(-4 * one, 1e-12));
  }
  CHECK(yield_loadings(model, 10).supply == near(6e-4, 1e-9));
}

TEST_CASE("without volatilities a yield is the average of the rate that the equations lead to") {
  SupplyAffine model = standard();
  model.rate_volatility = model.endpoint_volatility = model.supply_volatility = 0;
  CHECK(yield(model, 10, 0.0533, 0.033, 2) == near(average_rate(model, 0.0533, 0.033, 2), 1e-10));
}

TEST_CASE("convexity lowers the ten-year yield by 6, the thirty-year by 24 and the longest by 48 basis points") {
  const SupplyAffine model = standard();
  SupplyAffine still = model;
  still.rate_volatility = still.endpoint_volatility = still.supply_volatility = 0;
  const auto effect = [&](double maturity) {
    return 1e4 * (yield(model, maturity, 0.04, 0.04, 0) - yield(still, maturity, 0.04, 0.04, 0));
  };
  CHECK(std::round(effect(10)) == -6);
  CHECK(std::round(effect(30)) == -24);
  CHECK(std::round(1e4 * (model.rotated().yield_at_infinity() - model.endpoint_mean)) == -48);
}

TEST_CASE("when the rate follows its endpoint at once, the curve is the Vasicek curve of the endpoint") {
  SupplyAffine model = standard();
  model.rate_speed = 1e7;
  model.correlation = 0;
  model.supply_effect = 0;
  const GaussianAffine endpoint = vasicek(model.endpoint_speed, model.endpoint_mean, model.endpoint_volatility);
  for (const double maturity : {2.0, 10.0, 30.0})
    CHECK(yield(model, maturity, 0.0363, 0.0331, 0) ==
          near(value(endpoint.yield(maturity), {0.0331 - model.endpoint_mean}), 1e-6));
}

TEST_CASE("equal speeds of rate, endpoint and supply cost one millionth, not the curve") {
  SupplyAffine model = standard();
  model.endpoint_speed = model.rate_speed;
  model.supply_effect = 4.7377e-4;
  // 40-digit quadrature with B_θ = B(a, τ) - τ e^{-aτ}, the limit of equal speeds.
  struct Expected {
    double maturity, constant, endpoint;
  };
  for (const Expected& expected : {Expected{2, 0.010742867128557110604, 0.50559476998413708316},
                                   Expected{10, 0.34919033381877770832, 2.086445597865927365},
                                   Expected{30, 1.5603038210205949421, 2.2221780468738831795}}) {
    const SupplyLoadings bond = bond_loadings(model, expected.maturity);
    CHECK(bond.constant == near(expected.constant, 1e-5));
    CHECK(bond.endpoint == near(expected.endpoint, 1e-5));
  }
  model.supply_speed = model.rate_speed;
  const double a = model.rate_speed;
  const double limit = model.supply_effect * ((1 - std::exp(-10 * a)) / (a * a) - 10 * std::exp(-10 * a) / a);
  CHECK(bond_loadings(model, 10).supply == near(limit, 1e-5));
  CHECK(value(model.rotated().yield(0), model.factors(0.04, 0.03, 2)) == near(0.04, 1e-9));
}
