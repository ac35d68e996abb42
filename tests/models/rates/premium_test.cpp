#include <cmath>

#include "models/rates/curve.h"
#include "tests/support/catch.h"
#include "tests/support/harness.h"

using namespace moniac;
using moniac::testing::grid;
using moniac::testing::Harness;
using moniac::testing::Params;

namespace {

const Calendar monthly = grid(StepUnit::month, 120);

// A curve on which only premia move: the policy rate at the neutral rate, the medium-run rate at both.
const Params still = {{"theta0", 2.8}};
struct Curve : Harness {
  explicit Curve(const Calendar& time = monthly, const Params& changes = {}, Eigen::Index paths = 64)
      : Harness(curve(), time, merged(changes), "us", paths) {
    set("policy_rate", 2.8);
  }
  static Params merged(Params changes) {
    changes.insert(still.begin(), still.end());
    return changes;
  }
};

}  // namespace

TEST_CASE("worry moves from its start to the level of the new posture at its speed, doubled by quicker recovery") {
  Curve run;
  run.start();
  CHECK(run.at("worry") == 12.5);
  const double y10 = run.at("y10");
  run.step();
  CHECK(run.at("worry") == Approx(12.5).epsilon(1e-14));
  run.set("uscn.posture", 1.0);
  run.run(6);
  CHECK(run.at("worry") == Approx(12.5 * std::exp(-1)).epsilon(1e-12));
  CHECK(100 * (run.at("y10") - y10) == Approx(12.5 * std::exp(-1) - 12.5).epsilon(1e-10));
  run.set("uscn.recovery_speed", 2.0);
  run.run(3);
  CHECK(run.at("worry") == Approx(12.5 * std::exp(-2)).epsilon(1e-12));
}

TEST_CASE("worry stays between zero and twice its maximum, whatever posture and supply") {
  Curve run;
  run.start();
  for (const double supply : {-3.0, 4.0, 30.0})
    for (const double posture : {0.0, 0.5, 1.0}) {
      run.set("private_supply", supply);
      run.set("uscn.posture", posture);
      run.run(4);
      CHECK(run.at("worry") >= 0);
      CHECK(run.at("worry") <= 50);
    }
}

TEST_CASE("supply that differs from the usual at the start is no news: yields stay put") {
  Curve run;
  run.start();
  const double y10 = run.at("y10");
  run.set("private_supply", 7.5);
  run.run(24);
  CHECK(run.at("worry") == Approx(12.5 * 1.5).epsilon(1e-12));
  CHECK(run.at("y10") == Approx(y10).epsilon(1e-14));
}

TEST_CASE("1 % of GDP sold unexpectedly lifts 10 years by 15 bp at once, of which e^-4 are left after a year") {
  Curve run;
  run.start();
  const double y10 = run.at("y10");
  run.set("flow_surprise", 1.0);
  run.step();
  CHECK(100 * (run.at("y10") - y10) == Approx(15).epsilon(1e-10));
  run.set("flow_surprise", 0.0);
  run.run(12);
  CHECK(run.at("flow_premium") == Approx(15 * std::exp(-4)).epsilon(1e-12));
  run.set("auction_surprise", 10.0);
  run.step();
  CHECK(run.at("flow_premium") == Approx(15 * std::exp(-4 * 13.0 / 12) + 3).epsilon(1e-12));
}

TEST_CASE("a scripted jump of 45 bp has a half-life of two to three weeks and moves the term premium alone") {
  Curve run(grid(StepUnit::day, 60));
  run.start();
  const double y10 = run.at("y10"), expected = run.at("expected_10y"), premium = run.at("term_premium_10y");
  run.set("premium_jump", 45.0);
  run.step();
  CHECK(100 * (run.at("y10") - y10) == Approx(45).epsilon(1e-10));
  CHECK(run.at("term_premium_10y") - premium == Approx(45).epsilon(1e-10));
  CHECK(run.at("expected_10y") == Approx(expected).epsilon(1e-13));
  run.set("premium_jump", 0.0);
  run.run(14);
  CHECK(100 * (run.at("y10") - y10) > 22.5);
  run.run(7);
  CHECK(100 * (run.at("y10") - y10) < 22.5);
}

TEST_CASE(
    "a premium has the shape of duration supply: what moves 10 years by 6 bp moves 2, 5 and 30 by 3.4, 5.5, 3.9") {
  Curve run;
  run.start();
  const double y2 = run.at("y2"), y5 = run.at("y5"), y30 = run.at("y30");
  run.set("premium_jump", 6.0);
  run.step();
  CHECK(100 * (run.at("y2") - y2) == Approx(3.4).epsilon(0).margin(0.05));
  CHECK(100 * (run.at("y5") - y5) == Approx(5.5).epsilon(0).margin(0.05));
  CHECK(100 * (run.at("y30") - y30) == Approx(3.9).epsilon(0).margin(0.05));
}

TEST_CASE("political pressure of one index point adds 10 bp to the 10-year yield") {
  Curve run;
  run.start();
  const double y10 = run.at("y10");
  run.set("political_pressure", 1.0);
  run.step();
  CHECK(100 * (run.at("y10") - y10) == Approx(10).epsilon(1e-10));
}

TEST_CASE("news of the premium has the exact variance at any step, and fear lowers the premium by 6 bp a month") {
  const struct {
    StepUnit unit;
    int steps;
  } grids[] = {{StepUnit::week, 52}, {StepUnit::month, 12}, {StepUnit::year, 1}};
  for (const auto& g : grids) {
    const Calendar time = grid(g.unit, g.steps);
    Harness run(curve(), time, {{"rate_volatility", 0.0}, {"medium_run_volatility", 0.0}}, "us", 16384);
    run.seed(21);
    run.start();
    run.run(g.steps);
    const double variance = 2500 * -std::expm1(-1.4 * g.steps * time.dt()) / 1.4;
    CHECK(std::abs(run.variance("premium_news") - variance) < 4 * variance * std::sqrt(2.0 / 16384));
  }
  Curve fearful;
  fearful.start();
  fearful.set("world.risk_shock", 1.0);
  fearful.step();
  CHECK(fearful.at("premium_news") == Approx(-6).epsilon(0.05));
}

TEST_CASE("the 10-year yield moves by 18 to 25 bp a month, as it did from 2015 to 2025") {
  Harness run(curve(), monthly, {}, "us", 8192);
  run.seed(22);
  run.start();
  run.run(12);
  const Eigen::ArrayXd change = 100 * (run["y10"] - run.last("y10"));
  const double sd = std::sqrt((change - change.mean()).square().mean());
  CHECK(sd > 18);
  CHECK(sd < 25);
}

TEST_CASE("a cap on the 10-year yield of Japan holds, and tells the purchases that it takes") {
  Harness run(curve_simple(), monthly, {}, "jp");
  run.set("policy_rate", 0.75);
  run.start();
  CHECK(run.at("y10") == Approx(2.07));
  CHECK(run.at("yield_cap_purchases") == 0);
  const double premium = run.at("term_premium_10y");
  run.set("yield_cap_10y", 1.0);
  run.step();
  CHECK(run.at("y10") == Approx(1.0).epsilon(1e-14));
  CHECK(run.at("yield_cap_purchases") == Approx(107.0 / 6).epsilon(1e-3));
  CHECK(run.at("term_premium_10y") == Approx(premium - 107).epsilon(1e-3));
  Harness free(curve_simple(), monthly, {}, "jp");
  free.set("policy_rate", 0.75);
  free.start();
  free.step();
  CHECK(run.at("y5") == free.at("y5"));
}
