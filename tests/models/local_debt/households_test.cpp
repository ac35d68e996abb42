#include "models/local_debt/households.h"

#include <cmath>

#include "models/local_debt/deflation.h"
#include "tests/models/local_debt/from_2024.h"
#include "tests/support/harness.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::from_2024;
using moniac::testing::Harness;
using moniac::testing::near;
using moniac::testing::Params;
using moniac::testing::reference;
using moniac::testing::Row;
using moniac::testing::rows;

namespace {

// The cycle of the reference: no capacity, wages, exports or noise.
Params cycle(const Row& p) {
  return {{"closure", std::string("own")},
          {"saving_rate", 100 * p.at("s_bar")},
          {"inflation_target", 100 * p.at("pi_star")},
          {"inflation", 100 * p.at("pi0")},
          {"unanchored", p.at("th")},
          {"rate_floor", 100 * p.at("i_min")},
          {"natural_rate", 100 * p.at("r_bar")},
          {"rule_inflation", p.at("phi")},
          {"saving_on_gap", p.at("chi_s")},
          {"rate_on_gap", p.at("chi_r")},
          {"unemployment", 100 * p.at("u_bar")},
          {"okun", p.at("okun")},
          {"unemployment_speed", 1e6},
          {"saving_wealth", p.at("a_w")},
          {"saving_unemployment", p.at("a_u")},
          {"saving_deflation", p.at("a_pi")},
          {"price_speed", p.at("k_pi")},
          {"saving_speed", p.at("k_s")},
          {"gap_on_prices", p.at("k_g")},
          {"slack_on_gap", 0.0},
          {"exported_slack", 0.0},
          {"inflation_noise", 0.0},
          {"potential_growth", 0.0}};
}

}  // namespace

TEST_CASE("a deflation in 40 quarters is that of the reference") {
  const auto known = reference("local_debt/deflation.json");
  const Row p = known.at("parameters").get<Row>();
  const double tolerance = known.at("tolerance");
  Harness run(households(), from_2024(StepUnit::quarter, 200), cycle(p));
  run.set("policy.consumer_credit", 100 * p.at("d") / 0.6);
  run.start();
  const double ratio = run.at("wealth_ratio_start");
  for (const Row& now : rows(known.at("path"))) {
    while (run.index() <= now.at("step")) {
      const double gdp =
          run.at("gdp_scale") * std::exp(0.25 * run.at("inflation") / 100) * (1 + run.at("output_gap") / 100);
      run.set("housing_wealth", (1 + p.at("dw")) * ratio * 0.6 * gdp);
      run.step();
    }
    INFO("step " << now.at("step"));
    CHECK(run.at("output_gap") == near(100 * now.at("gap"), tolerance));
    CHECK(run.at("unemployment") == near(100 * now.at("u"), tolerance));
    CHECK(run.at("inflation") == near(100 * now.at("pi"), tolerance));
    CHECK(run.at("saving_rate") == near(100 * now.at("s"), tolerance));
  }
}

TEST_CASE("the dynamics at the floor have the reference's Jacobian and roots") {
  const auto known = reference("local_debt/deflation.json");
  const Row p = known.at("parameters").get<Row>();
  const DeflationLoop loop{p.at("k_pi"), p.at("th"),  p.at("k_g"),  p.at("chi_r"), p.at("chi_s"),
                           p.at("k_s"),  p.at("a_u"), p.at("okun"), p.at("a_pi")};
  const auto jacobian = loop.jacobian(p.at("th"));
  for (std::size_t i = 0; i < 4; ++i) CHECK(jacobian[i] == near(known.at("floor_jacobian").at(i / 2).at(i % 2), 1e-12));
  CHECK(loop.slowest_root() == near(known.at("eigenvalues").at(1).at(0), 1e-12));
}

TEST_CASE("at the floor small shocks fade or grow as the roots say, on both sides of the boundary") {
  const auto known = reference("local_debt/deflation.json");
  Row p = known.at("parameters").get<Row>();
  // Rest point at the floor: inflation as expected and the natural rate earned, i_min = r + pi*.
  p["i_min"] = p["r_bar"] + p["pi_star"];
  bool settled = false, spiralled = false;
  for (const double th : {0.6, 0.75, 0.80, 0.84, 0.88, 0.92, 0.96}) {
    p["th"] = th;
    const DeflationLoop loop{p["k_pi"], th, p["k_g"], p["chi_r"], p["chi_s"], p["k_s"], p["a_u"], p["okun"], p["a_pi"]};
    if (std::abs(loop.slowest_root()) < 0.01) continue;  // too slow to tell
    p["pi0"] = p["pi_star"] - 1e-6;                      // below target the rule stays at the floor
    Harness run(households(), from_2024(StepUnit::month, 1200), cycle(p));
    run.start();
    double early = 0;
    for (int k = 1; k <= 1200; ++k) {
      run.set("housing_wealth", run.at("wealth_ratio_start") * 0.6 * run.at("gdp_scale") *
                                    std::exp(run.at("inflation") / 1200) * (1 + run.at("output_gap") / 100));
      run.step();
      const double distance = std::abs(run.at("inflation") / 100 - p["pi_star"]);
      if (k == 120) early = distance;
      if (k == 480) {
        INFO("th " << th << ", root " << loop.slowest_root());
        CHECK(std::log(distance / early) / 30 == Approx(loop.slowest_root()).margin(0.02));
        CHECK((distance > early) == (loop.slowest_root() > 0));
        (loop.slowest_root() > 0 ? spiralled : settled) = true;
      }
    }
  }
  CHECK(settled);
  CHECK(spiralled);
}

TEST_CASE("a transfer from rich to poor raises demand by the reference's amount, at once and after all rounds") {
  const auto known = reference("local_debt/redistribution.json");
  const Row p = known.at("parameters").get<Row>();
  const Row expected = known.at("expected").get<Row>();
  const double gdp = p.at("YD") / 0.6;
  for (const char* closure : {"macro", "own"}) {
    Harness run(households(), from_2024(StepUnit::month, 12), {{"closure", std::string(closure)}});
    run.set("policy.redistribution", 100 * p.at("transfer") / gdp);
    run.start();
    run.step();
    CHECK(run.at("redistribution_effect") * gdp / 100 == near(expected.at("dY"), 1e-11));
    if (closure == std::string("macro"))
      CHECK(run.at("demand_shift") / 79.4 * gdp == near(expected.at("dC_impact"), 1e-9));
  }
}

TEST_CASE("beside a macro model nothing shifts at the start, and saving follows wealth, jobs and prices") {
  Harness calm(households(), from_2024(StepUnit::month, 12));
  calm.set("housing_wealth", 0.6 * 131000 * 5);
  calm.start();
  calm.run(12);
  CHECK(calm.at("demand_shift") == Approx(0).margin(1e-12));
  CHECK(calm.at("saving_rate") == near(31.7, 1e-12));
  CHECK(calm.at("consumption") == near((1 - 0.317) * 0.6 * 131000, 1e-12));
  for (const auto& [input, value] : std::map<std::string, double>{{"housing_wealth", 350000.0 * 0.5},
                                                                  {"unemployment", 6.1},
                                                                  {"inflation", -1.0},
                                                                  {"policy.inequality", 0.1}}) {
    Harness run(households(), from_2024(StepUnit::month, 12));
    run.start();
    run.set(input, value);
    run.run(12);
    INFO(input);
    CHECK(run.at("saving_rate") > 31.8);
    CHECK(run.at("demand_shift") < 0);
  }
}

TEST_CASE("wages beyond productivity push prices by the product of its parameters") {
  Harness run(households(), from_2024(StepUnit::month, 12));
  run.set("policy.wage_gap", 2.0);
  run.start();
  run.step();
  CHECK(run.at("price_shift") == near(1.5 * 0.2 * 2, 1e-12));
}

TEST_CASE("capacity stays when investment replaces and grows with output, and shrinks when it is cut") {
  Harness run(households(), from_2024(StepUnit::year, 10));
  run.start();
  run.run(5);
  CHECK(run.at("capacity") == near(1, 1e-12));
  run.set("firm_investment", 20.0);
  run.run(5);
  CHECK(run.at("capacity") < 0.95);
}
