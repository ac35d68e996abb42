#include <cmath>

#include "models/macro/macro_core.h"
#include "models/macro/macro_system.h"
#include "tests/support/catch.h"
#include "tests/support/harness.h"
#include "tests/support/reference.h"

using namespace moniac;
using moniac::testing::Harness;
using moniac::testing::Params;
using moniac::testing::reference;

namespace {

Calendar grid(StepUnit unit, int steps) {
  return {.start = Date{std::chrono::January / 1 / 2026}, .unit = unit, .every = 1, .steps = steps};
}
const Calendar quarterly = grid(StepUnit::quarter, 80);

// At long-run values, no news, no trade, nobody follows the US: five copies of the model of the reference, whose rule
// responds to 1.5 and 0.5 with a smoothing of 0.8.
Params five_copies() {
  Params params = {{"noise", 0.0}, {"trade_elasticity", 0.0}};
  const Five target = {2, 1, 2, 2, 4}, neutral = {2.8, 1.6, 1.75, 2, 6};
  for (std::size_t c = 0; c < 5; ++c) {
    const std::string& economy = economies()[c];
    for (const auto& [name, value] : std::map<std::string, double>{{"gap", 0.0},
                                                                   {"inflation", target[c]},
                                                                   {"rate", neutral[c]},
                                                                   {"gap_lag", 0.68},
                                                                   {"gap_lead", 0.15},
                                                                   {"rate_effect", 0.15},
                                                                   {"inflation_lead", 0.58},
                                                                   {"gap_effect", 0.10},
                                                                   {"phi_pi", 1.5},
                                                                   {"phi_y", 0.5},
                                                                   {"smoothing", 0.8},
                                                                   {"follow_us", 0.0}})
      params[economy + "_" + name] = value;
  }
  return params;
}

}  // namespace

TEST_CASE("each economy by itself responds to demand as the hybrid model of the reference") {
  const auto responses = reference("macro/rational_expectations.json")["responses"]["demand"];
  Harness run(macro_core_re(), quarterly, five_copies());
  run.start();
  run.set("jp.demand", 1 / (1 - 0.68 - 0.15));  // a unit shock to the equation of the gap
  for (const auto& expected : responses) {
    run.step();
    run.set("jp.demand", 0.0);
    CHECK(run.at("jp.output_gap") == Approx(double(expected[0])).epsilon(1e-10));
    CHECK(run.at("jp.core_inflation") - 2 == Approx(double(expected[1])).epsilon(1e-10));
    CHECK(run.at("jp.policy_rate") - 1.75 == Approx(double(expected[2])).epsilon(1e-10));
    CHECK(run.at("us.output_gap") == 0);
  }
}

TEST_CASE("at rest, without news, the economies of rational expectations never move") {
  Params params = five_copies();
  params["trade_elasticity"] = 1.5;
  Harness run(macro_core_re(), quarterly, params);
  run.start();
  run.run(80);
  CHECK(run.at("em.output_gap") == 0);
  CHECK(run.at("em.inflation") == 4);
  CHECK(run.at("em.policy_rate") == 6);
}

TEST_CASE("the default economies are determinate, and a US rate rise travels abroad") {
  Params params = five_copies();
  for (const char* keep :
       {"cn_follow_us", "jp_follow_us", "ea_follow_us", "em_follow_us", "em_phi_pi", "trade_elasticity"})
    params.erase(keep);
  params["us_rate"] = 3.8;
  Harness run(macro_core_re(), quarterly, params);
  run.start();
  run.run(4);
  CHECK(run.at("us.output_gap") < -0.1);
  CHECK(run.at("em.output_gap") < -0.01);
  CHECK(run.at("em.policy_rate") > 6);
  CHECK(run.at("cn.output_gap") < 0);
}

TEST_CASE("news has the variance that the law gives it") {
  Params params = five_copies();
  params["noise"] = 1.0;
  Harness run(macro_core_re(), quarterly, params, {}, 65536);
  run.seed(31);
  run.start();
  run.step();
  const auto impact = reference("macro/rational_expectations.json")["impact"][0];
  const double sd[] = {0.8, 0.65, 0.6};  // pp/year^0.5 of the US, over a quarter half of it
  double variance = 0;
  for (std::size_t j = 0; j < 3; ++j) variance += std::pow(double(impact[j]) * sd[j] / 2, 2);
  CHECK(std::abs(run.variance("us.output_gap") - variance) < 4 * variance * std::sqrt(2.0 / 65536));
}

TEST_CASE("rules without one stable law, and steps other than quarters, are refused with what is wrong") {
  CHECK_THROWS_WITH(Harness(macro_core_re(), quarterly, {{"us_phi_pi", 0.5}, {"us_phi_y", 0.0}}),
                    Catch::Contains("indeterminate, more than one stable law exists: spectral radius of the law 0.") &&
                        Catch::Contains("of its forward part 1."));
  CHECK_THROWS_WITH(Harness(macro_core_re(), quarterly, {{"em_phi_pi", 1.6}}), Catch::Contains("indeterminate"));
  CHECK_THROWS_WITH(Harness(macro_core_re(), grid(StepUnit::month, 12)),
                    Catch::Contains("step: 1 quarter, not 1 month"));
}
