#include "models/rates/cir.h"

#include <cmath>

#include "models/rates/gaussian_affine.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

Cir from(const nlohmann::json& given) {
  return {given.at("speed"), given.at("mean"), given.at("volatility")};
}

}  // namespace

TEST_CASE("square-root bonds have the reference prices") {
  const auto file = reference("rates/cir.json");
  const double tolerance = file.at("tolerance");
  const Cir model = from(file.at("parameters"));
  const double rate = file.at("parameters").at("rate");
  for (const Row& row : rows(file.at("bonds"))) {
    const Cir::Bond bond = model.bond(row.at("maturity"));
    CHECK(bond.log_a == near(row.at("log_a"), tolerance));
    CHECK(bond.b == near(row.at("b"), tolerance));
    CHECK(model.price(rate, row.at("maturity")) == near(row.at("price"), tolerance));
    CHECK(model.yield(rate, row.at("maturity")) == near(row.at("yield"), tolerance));
  }
}

TEST_CASE("the square-root rate has the reference transition and moments") {
  const auto file = reference("rates/cir.json");
  const double tolerance = file.at("tolerance");
  const auto& given = file.at("parameters");
  const Cir model = from(given);
  const double rate = given.at("rate");
  for (const Row& row : rows(file.at("steps"))) {
    const Cir::Transition step = model.transition(row.at("dt"));
    const Cir::Moments moments = model.moments(rate, row.at("dt"));
    CHECK(step.scale == near(row.at("scale"), tolerance));
    CHECK(step.degrees_of_freedom == near(row.at("degrees_of_freedom"), tolerance));
    CHECK(step.noncentrality_per_rate * rate == near(row.at("noncentrality"), tolerance));
    CHECK(moments.mean == near(row.at("mean"), tolerance));
    CHECK(moments.variance == near(row.at("variance"), tolerance));
  }
  CHECK(model.feller_ratio() == near(given.at("feller_ratio").get<double>(), tolerance));
}

TEST_CASE("the moments are those of the noncentral χ² of the transition") {
  const Cir model{0.3, 0.04, 0.09};
  const double rate = 0.02;
  for (const double dt : {1.0 / 365.25, 0.5, 20.0}) {
    const Cir::Transition t = model.transition(dt);
    const double noncentrality = t.noncentrality_per_rate * rate;
    // Mean df + λ and variance 2 (df + 2 λ).
    CHECK(model.moments(rate, dt).mean == near(t.scale * (t.degrees_of_freedom + noncentrality), 1e-13));
    CHECK(model.moments(rate, dt).variance ==
          near(t.scale * t.scale * 2 * (t.degrees_of_freedom + 2 * noncentrality), 1e-13));
  }
}

TEST_CASE("a square-root bond of no maturity is worth 1 and yields the rate") {
  const Cir model{0.3, 0.04, 0.09};
  CHECK(model.price(0.0375, 0) == 1);
  CHECK(model.yield(0.0375, 0) == 0.0375);
  CHECK(model.yield(0.0375, 1e-6) == near(0.0375, 1e-6));
}

TEST_CASE("with little volatility the square-root and the Vasicek curve agree") {
  const Cir model{0.3, 0.04, 1e-4};
  const GaussianAffine gaussian = vasicek(0.3, 0.04, 0);
  for (const double maturity : {1.0, 10.0, 30.0})
    CHECK(model.yield(0.02, maturity) == near(value(gaussian.yield(maturity), {0.02 - 0.04}), 1e-7));
}

TEST_CASE("a very long square-root bond does not overflow and yields 2 κ θ/(h + κ)") {
  const Cir model{0.3, 0.04, 0.09};
  const double h = std::sqrt(0.3 * 0.3 + 2 * 0.09 * 0.09);
  CHECK(model.yield(0.0375, 1e6) == near(2 * 0.3 * 0.04 / (h + 0.3), 1e-5));
}
