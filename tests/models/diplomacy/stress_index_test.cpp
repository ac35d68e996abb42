#include "models/diplomacy/stress_index.h"

#include <cmath>

#include "tests/support/catch.h"
#include "tests/support/harness.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

Harness china(StepUnit unit, int steps, const Params& params = {}) {
  return Harness(stress_index(), grid(unit, steps), params, "cn");
}

}  // namespace

TEST_CASE("stress of the USA is a quarter of each deviation in its scale") {
  Harness run(stress_index(), grid(StepUnit::month, 12));
  run.set("term_premium_10y", 80);
  run.set("unemployment", 4.2);
  run.start();
  CHECK(run.at("stress") == 0);
  run.set("term_premium_10y", 110);  // + 30 bp
  run.step();
  CHECK(run.at("stress") == Approx(0.25));
  run.set("issuance_gap", -2);
  run.step();
  CHECK(run.at("stress") == Approx(0).margin(1e-15));
  run.set("financial_stress", 0.2);
  run.set("unemployment", 5.2);
  run.step();
  CHECK(run.at("stress") == Approx(0.75));
}

TEST_CASE("one scale off in every term is a stress of one, on both sides") {
  Harness usa(stress_index(), grid(StepUnit::month, 12));
  usa.start();
  usa.set("term_premium_10y", 30);
  usa.set("issuance_gap", 2);
  usa.set("financial_stress", 0.1);
  usa.set("unemployment", 1);
  usa.step();
  CHECK(usa.at("stress") == Approx(1));

  Harness cn = china(StepUnit::month, 24, {{"house_price_change", 0.0}});
  cn.set("lgfv_spread", 100);
  cn.set("house_price_index", 1);
  cn.start();
  cn.set("lgfv_spread", 150);
  cn.set("house_price_index", std::exp(-0.05));
  cn.set("export_demand_gap", -1);
  cn.set("distress_share", 5);
  cn.step();
  CHECK(cn.at("stress") == Approx(1));
}

TEST_CASE("house prices that go on as in the year before are no stress, at any step") {
  for (const StepUnit unit : {StepUnit::month, StepUnit::quarter, StepUnit::year}) {
    const int year = unit == StepUnit::month ? 12 : unit == StepUnit::quarter ? 4 : 1;
    Harness run = china(unit, 3 * year, {{"house_price_change", -4.0}});
    run.set("house_price_index", 1);
    run.start();
    for (int k = 1; k <= 3 * year; ++k) {
      run.set("house_price_index", std::exp(-0.04 * k / year));
      run.step();
      CHECK(run.at("stress") == Approx(0).margin(1e-12));
    }
  }
}

TEST_CASE("a fall of house prices is stress for a year") {
  Harness run = china(StepUnit::month, 36, {{"house_price_change", 0.0}});
  run.set("house_price_index", 1);
  run.start();
  run.run(11);
  run.set("house_price_index", std::exp(-0.05));
  run.step();
  for (int k = 0; k < 12; ++k) {
    CHECK(run.at("stress") == Approx(0.25));
    run.step();
  }
  CHECK(run.at("stress") == Approx(0).margin(1e-12));
}

TEST_CASE("what is not known adds nothing, and stress ends at three") {
  Harness run = china(StepUnit::month, 24);
  run.start();
  run.run(12);
  CHECK(run.at("stress") == 0);
  CHECK(run.at("stress_at_bound") == 0);
  run.set("distress_share", 100);
  run.step();
  CHECK(run.at("stress") == 3);
  CHECK(run.at("stress_at_bound") == 1);
}

TEST_CASE("a stress index needs four weights and four scales") {
  CHECK(refusal(stress_index(), grid(StepUnit::month, 12), {{"weight", std::vector<double>{1, 2}}})
            .find("four weights") != std::string::npos);
  CHECK(
      refusal(stress_index(), grid(StepUnit::month, 12), {{"scale", std::vector<double>{1, 2}}}).find("four scales") !=
      std::string::npos);
}
