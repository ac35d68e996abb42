#include "models/rates/policy_rate.h"

#include <cmath>

#include "tests/support/catch.h"
#include "tests/support/harness.h"
#include "tests/support/reference.h"

using namespace moniac;
using moniac::testing::Harness;
using moniac::testing::Params;
using moniac::testing::reference;

namespace {

Calendar grid(StepUnit unit, int steps) {
  return {.start = Date{std::chrono::January / 1 / 2022}, .unit = unit, .every = 1, .steps = steps};
}
const Calendar monthly = grid(StepUnit::month, 120);
const Calendar quarterly = grid(StepUnit::quarter, 40);

std::int64_t whole(int x) {
  return x;
}

// A rule without inertia whose target is `natural` + 2 %, one meeting a month.
Params immediate(double i0, double natural) {
  return {{"i0", i0}, {"natural_rate", natural}, {"smoothing", 0.0}, {"meetings_per_year", whole(12)}};
}

}  // namespace

TEST_CASE("the response to a gap or an inflation shock is the closed form of the smoothed Taylor rule") {
  const auto taylor = reference("rates/taylor.json");
  const double tolerance = taylor["tolerance"];
  const double persistence = taylor["impulse"]["persistence"];
  for (const std::string& shock : {std::string("gap"), std::string("inflation")}) {
    Harness run(policy_rate(), quarterly,
                {{"mode", std::string("smooth")}, {"smoothing", 0.85}, {"elb", -10.0}, {"i0", 2.8}});
    const auto expected = taylor["impulse"]["to_" + shock];
    run.start();
    double size = 1;
    for (const double response : expected) {
      run.set("output_gap", shock == "gap" ? size : 0.0);
      run.set("inflation", shock == "gap" ? 2.0 : 2.0 + size);
      run.step();
      CHECK(run.at("policy_rate") - 2.8 == Approx(response).epsilon(0).margin(tolerance * 2.8));
      size *= persistence;
    }
  }
}

TEST_CASE("at meetings the rate follows the shadow rate in steps of 25 bp, at most three at a time") {
  const auto meetings = reference("rates/taylor.json")["meetings"];
  std::vector<Date> dates;
  for (std::size_t k = 0; k < meetings["rows"].size(); ++k)
    if (meetings["rows"][k][0] == 1) dates.push_back(quarterly.date(static_cast<int>(k) + 1));
  const Calendar year3 = grid(StepUnit::quarter, 12);
  Harness run(policy_rate(), year3, {{"i0", 0.125}, {"meeting_dates", dates}, {"smoothing", 0.85}});
  run.start();
  for (std::size_t k = 0; k < meetings["rows"].size(); ++k) {
    run.set("inflation", double(meetings["inflation"][k]));
    run.set("output_gap", double(meetings["gap"][k]));
    run.step();
    CHECK(run.at("policy_target") == Approx(double(meetings["rows"][k][1])).epsilon(1e-12));
    CHECK(run.at("shadow_rate") == Approx(double(meetings["rows"][k][2])).epsilon(1e-12));
    CHECK(run.at("policy_rate") == Approx(double(meetings["rows"][k][3])).epsilon(1e-12));
  }
}

TEST_CASE("a distance of one and a half increments is rounded away from zero, up and down") {
  Harness up(policy_rate(), monthly, immediate(2.0, 0.375));
  up.start();
  up.step();
  CHECK(up.at("policy_rate") == 2.5);
  Harness down(policy_rate(), monthly, immediate(3.0, 0.625));
  down.start();
  down.step();
  CHECK(down.at("policy_rate") == 2.5);
}

TEST_CASE("without inertia the smooth rate is the target") {
  Params params = immediate(3.0, 0.8);
  params["mode"] = std::string("smooth");
  Harness run(policy_rate(), monthly, params);
  run.set("inflation", 3.0);
  run.set("output_gap", -1.0);
  run.seed(1);
  run.start();
  run.step();
  CHECK(run.at("policy_rate") == Approx(2.8 + 1.5 - 0.5).epsilon(1e-15));
}

TEST_CASE("the rate stays at or above the lower bound, moves only at meetings and by whole increments") {
  Harness run(policy_rate(), grid(StepUnit::week, 520), {{"volatility", 3.0}, {"elb", -10.0}, {"i0", 0.5}}, "us", 512);
  Harness bound(policy_rate(), grid(StepUnit::week, 520), {{"volatility", 3.0}, {"i0", 0.5}}, "us", 512);
  run.seed(7);
  bound.seed(7);
  run.start();
  bound.start();
  int moved_steps = 0;
  for (int k = 1; k <= 520; ++k) {
    run.step();
    bound.step();
    // 8 meetings in 28/1461 years each, counted in integers.
    const long now = k * 8L * 28 / 1461, before = (k - 1) * 8L * 28 / 1461;
    const bool moved = ((run["policy_rate"] - run.last("policy_rate")) != 0).any();
    CHECK((now > before || !moved));
    moved_steps += moved ? 1 : 0;
    const Eigen::ArrayXd moves = (run["policy_rate"] - 0.5) / 0.25;
    CHECK((moves - moves.round()).abs().maxCoeff() <= 1e-12);
    CHECK(bound["policy_rate"].minCoeff() >= 0.125);
  }
  CHECK(moved_steps == 520 * 8 * 28 / 1461);
  CHECK(bound["policy_rate"].minCoeff() == 0.125);
}

TEST_CASE("the smooth lower bound is ELB + h log(1 + e^((s - ELB)/h)) and never below the kink") {
  Params params = immediate(0.5, -1.5);
  params["mode"] = std::string("smooth");
  params["elb_smoothing"] = 0.2;
  Harness run(policy_rate(), monthly, params);
  run.start();
  run.step();
  CHECK(run.at("policy_rate") == Approx(0.125 + 0.2 * std::log1p(std::exp((0.5 - 0.125) / 0.2))).epsilon(1e-14));
}

TEST_CASE("a path is followed bit for bit, and the rule takes over from it without a jump") {
  Series path;
  path.linear = true;
  path.points = {{monthly.date(0), 1.0}, {monthly.date(7), 3.1}};
  Harness run(policy_rate(), monthly,
              {{"mode", std::string("path_then_rule")}, {"rule", std::string("smooth")}, {"path", path}}, "us", 64);
  run.seed(3);
  run.start();
  CHECK(run.at("policy_rate") == 1.0);
  for (int k = 1; k <= 7; ++k) {
    run.step();
    CHECK((run["policy_rate"] == path.at(monthly.date(k))).all());
    CHECK((run["shadow_rate"] == run["policy_rate"]).all());
  }
  run.fix("news", 0);
  run.step();
  const double decay = std::pow(0.85, 4.0 / 12);
  CHECK(run.at("policy_rate") == Approx(2.8 + decay * (3.1 - 2.8)).epsilon(1e-13));
}

TEST_CASE("a path that starts later takes over in the step that holds the switch date") {
  Series path;
  path.points = {{monthly.date(3), 4.0}};
  Harness run(policy_rate(), monthly,
              {{"mode", std::string("rule_then_path")},
               {"i0", 2.8},
               {"path", path},
               {"switch_date", std::vector<Date>{monthly.date(5) - std::chrono::days{3}}}});
  run.start();
  run.run(4);
  CHECK(run.at("policy_rate") == 2.8);
  run.step();
  CHECK(run.at("policy_rate") == 4.0);
}

TEST_CASE("noise about a path is an Ornstein-Uhlenbeck process with the inertia of the rule") {
  Series path;
  path.points = {{monthly.date(0), 5.0}};
  Harness run(policy_rate(), monthly, {{"mode", std::string("path")}, {"path", path}, {"path_noise", 0.3}}, "us",
              40000);
  run.seed(5);
  run.start();
  run.run(12);
  const double speed = -4 * std::log(0.85);
  const double variance = 0.09 * (1 - std::exp(-2 * speed)) / (2 * speed);
  CHECK(std::abs(run.mean("policy_rate") - 5) <= 4 * std::sqrt(variance / 40000));
  CHECK(std::abs(run.variance("policy_rate") / variance - 1) <= 4 * std::sqrt(2.0 / 40000));
}

TEST_CASE("the shadow rate follows an imposed rate, and the rule goes on from it") {
  Harness run(policy_rate(), monthly, {{"mode", std::string("smooth")}, {"i0", 2.8}});
  run.start();
  run.impose("policy_rate", 5.0);
  run.run(3);
  CHECK(run.at("policy_rate") == 5.0);
  CHECK(run.at("shadow_rate") == 5.0);
  run.release("policy_rate");
  run.step();
  CHECK(run.at("policy_rate") == Approx(2.8 + std::pow(0.85, 4.0 / 12) * 2.2).epsilon(1e-13));
}

TEST_CASE("with a constant target, quarters, months and days give the same shadow rate") {
  const auto after_a_year = [](StepUnit unit, int every, int steps) {
    Calendar time = grid(unit, steps);
    time.every = every;
    Harness run(policy_rate(), time, {{"mode", std::string("smooth")}, {"i0", 1.0}});
    run.start();
    run.run(steps);
    return run.at("shadow_rate");
  };
  const double year = after_a_year(StepUnit::year, 1, 1);
  CHECK(year == Approx(2.8 - 1.8 * std::pow(0.85, 4)).epsilon(1e-13));
  CHECK(after_a_year(StepUnit::quarter, 1, 4) == Approx(year).epsilon(1e-13));
  CHECK(after_a_year(StepUnit::month, 1, 12) == Approx(year).epsilon(1e-13));
  CHECK(after_a_year(StepUnit::weekday, 1, 261) == Approx(year).epsilon(1e-12));
}

TEST_CASE("the law of the shadow rate does not depend on the step") {
  const double speed = -4 * std::log(0.85);
  const double variance = 0.36 * (1 - std::exp(-2 * speed)) / (2 * speed);
  for (const int steps : {1, 12}) {
    Harness run(policy_rate(), grid(steps == 1 ? StepUnit::year : StepUnit::month, steps), {{"i0", 2.8}}, "us", 40000);
    run.seed(11);
    run.start();
    run.run(steps);
    CHECK(std::abs(run.mean("shadow_rate") - 2.8) <= 4 * std::sqrt(variance / 40000));
    CHECK(std::abs(run.variance("shadow_rate") / variance - 1) <= 4 * std::sqrt(2.0 / 40000));
  }
}

TEST_CASE("regimes are visited as often as the chain says") {
  constexpr int paths = 20032;
  // Two regimes: the probability of the second after t is closed form.
  Harness two(policy_rate(), monthly,
              {{"regimes", true},
               {"regime_phi_pi", std::vector<double>{1.5, 1.0}},
               {"regime_phi_y", std::vector<double>{0.5, 1.0}},
               {"regime_smoothing", std::vector<double>{0.8, 0.9}},
               {"regime_generator", Matrix{{-0.4, 0.4}, {0.2, -0.2}}},
               {"initial_regime", whole(0)}},
              "us", paths);
  two.seed(13);
  two.start();
  two.run(18);
  const double second = 0.4 / 0.6 * (1 - std::exp(-0.6 * 1.5));
  CHECK(std::abs(two.mean("fed_regime") - second) <= 4 * std::sqrt(second * (1 - second) / paths));
  // Three regimes in the long run: detailed balance of .25 p0 = .10 p1 and .10 p1 = .30 p2.
  Harness three(policy_rate(), grid(StepUnit::year, 40), {{"regimes", true}}, "us", paths);
  three.seed(17);
  three.start();
  CHECK(three.at("fed_regime") == 1);
  three.run(40);
  const double total = 0.4 + 1 + 1.0 / 3;
  for (const auto& [regime, weight] : {std::pair{0, 0.4}, {1, 1.0}, {2, 1.0 / 3}}) {
    const double share = (three["fed_regime"] == regime).cast<double>().mean();
    const double p = weight / total;
    CHECK(std::abs(share - p) <= 4 * std::sqrt(p * (1 - p) / paths));
  }
}

TEST_CASE("a regime changes the response to inflation") {
  Harness run(
      policy_rate(), monthly,
      {{"regimes", true}, {"initial_regime", whole(2)}, {"regime_generator", Matrix{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}}});
  run.set("inflation", 4.0);
  run.set("output_gap", 1.0);
  run.start();
  run.step();
  CHECK(run.at("policy_target") == Approx(2.8 + 1.1 * 2 + 1.0).epsilon(1e-14));
}

TEST_CASE("a scripted jump of pressure decays, cuts the target and raises the perceived target through its memory") {
  Harness run(policy_rate(), monthly);
  run.start();
  run.set("pressure_jump", 1.0);
  run.step();
  run.set("pressure_jump", 0.0);
  CHECK(run.at("political_pressure") == 1.0);
  CHECK(run.at("policy_target") == Approx(2.8 - 0.5).epsilon(1e-14));
  run.run(23);
  const double d = std::exp(-1.4 / 12), kept = std::exp(-0.2 / 12), gain = (1 - kept) / 0.2;
  CHECK(run.at("political_pressure") == Approx(std::pow(d, 23)).epsilon(1e-12));
  const double memory = gain * (std::pow(kept, 23) - std::pow(d, 23)) / (kept - d);
  CHECK(run.at("pressure_memory") == Approx(memory).epsilon(1e-12));
  CHECK(run.at("perceived_target") == Approx(2 + 0.5 * memory).epsilon(1e-12));
}

TEST_CASE("the memory of pressure converges to its continuous form with the first power of the step") {
  const auto error = [](int per_year) {
    Calendar time = grid(StepUnit::weekday, per_year);
    time.every = 261 / per_year;
    Harness run(policy_rate(), time);
    run.start();
    run.set("pressure_jump", 1.0);
    run.step();
    run.set("pressure_jump", 0.0);
    run.run(per_year - 1);
    const double t = time.dt() * (per_year - 1);
    return std::abs(run.at("pressure_memory") - (std::exp(-0.2 * t) - std::exp(-1.4 * t)) / 1.2);
  };
  CHECK(error(29) / error(87) == Approx(3).epsilon(0.1));
}

TEST_CASE("random pressure has the mean of a compound Poisson process") {
  Harness run(policy_rate(), monthly, {{"pressure_rate", 2.0}, {"pressure_jump_mean", 0.7}}, "us", 40000);
  run.seed(19);
  run.start();
  run.run(24);
  const double q = 1 - std::exp(-2.0 / 12), d = std::exp(-1.4 / 12);
  const double mean = q * 0.7 * (1 - std::pow(d, 24)) / (1 - d);
  const double jump_variance = q * 2 * 0.49 - q * q * 0.49;
  const double variance = jump_variance * (1 - std::pow(d, 48)) / (1 - d * d);
  CHECK(std::abs(run.mean("political_pressure") - mean) <= 4 * std::sqrt(variance / 40000));
}

TEST_CASE("part of tariff, exchange-rate and energy inflation is looked through") {
  Harness run(policy_rate(), monthly);
  run.set("inflation", 5.0);
  run.set("tariff_inflation", 1.0);
  run.set("fx_inflation", 0.5);
  run.set("energy_inflation", 0.5);
  run.start();
  run.step();
  CHECK(run.at("policy_target") == Approx(2.8 + 1.5 * (5 - 0.7 * 2 - 2)).epsilon(1e-14));
}

TEST_CASE("other central banks follow the distance of the US rate from its neutral rate") {
  Harness run(policy_rate(), monthly, {}, "em");
  run.set("us.policy_rate", 5.3);
  run.set("us.neutral_rate", 2.8);
  run.set("fx_pressure", 0.5);
  run.set("financial_stress", 0.2);
  run.start();
  run.step();
  CHECK(run.at("policy_target") == Approx(0.6 * 6 + 0.4 * (2.5 + 6) - 0.5 * 0.2 + 1.5 * 0.5).epsilon(1e-14));
  CHECK_FALSE(run.has_output("political_pressure"));
  Harness alone(policy_rate(), monthly, {}, "em");
  alone.start();
  alone.step();
  CHECK(alone.at("policy_target") == Approx(6.0).epsilon(1e-14));
}

TEST_CASE("the PBoC does not cut while the currency is under pressure, and cuts when it is not") {
  Params params = immediate(3.0, 0.0);
  params["chi_fx"] = 0.0;
  Harness run(policy_rate(), monthly, params, "cn");
  Eigen::ArrayXd pressure = Eigen::ArrayXd::Zero(64);
  pressure(0) = 0.8;
  pressure(1) = 0.7;
  run.set("fx_pressure", pressure);
  run.start();
  run.step();
  CHECK(run.at("policy_rate", 0) == 3.0);
  CHECK(run.at("policy_rate", 1) == Approx(2.8).epsilon(1e-14));
  CHECK(run.at("policy_rate", 2) == Approx(2.8).epsilon(1e-14));
}

TEST_CASE("rules between parameters of the policy rate are checked") {
  Series low;
  low.points = {{monthly.date(0), -1.0}};
  CHECK_THROWS(Harness(policy_rate(), monthly, {{"mode", std::string("path")}}));
  CHECK_THROWS(Harness(policy_rate(), monthly, {{"path", low}}));
  CHECK_THROWS(Harness(policy_rate(), monthly, {{"mode", std::string("path")}, {"path", low}}));
  CHECK_THROWS(Harness(policy_rate(), monthly, {{"i0", 0.0}}));
  CHECK_THROWS(Harness(policy_rate(), monthly, {{"regime_generator", Matrix{{-1, 2}, {1, -1}}}}));
  CHECK_THROWS(Harness(policy_rate(), monthly, {{"initial_regime", whole(3)}}));
  CHECK_THROWS(Harness(policy_rate(), monthly, {{"switch_date", std::vector<Date>{monthly.date(1)}}}));
  CHECK_THROWS(Harness(policy_rate(), monthly, {{"meeting_dates", std::vector<Date>{monthly.date(1)}}}));
}
