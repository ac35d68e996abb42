#include "models/banks/banks.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "tests/support/catch.h"
#include "tests/support/harness.h"
#include "tests/support/reference.h"

using namespace moniac;
using moniac::testing::grid;
using moniac::testing::Harness;
using moniac::testing::Params;
using moniac::testing::reference;

namespace {

using Numbers = std::vector<double>;

const Calendar daily = grid(StepUnit::day, 400);
const Calendar monthly = grid(StepUnit::month, 120);

// One class of banks with the figures of a reference case and no losses at the start.
Params one_class(const nlohmann::json& figures, double banks = 1) {
  return {{"classes", Names{"bank"}},
          {"banks", Numbers{banks}},
          {"assets", Numbers{1.2 * figures["deposits"].get<double>()}},
          {"securities", Numbers{figures["securities"]}},
          {"duration", Numbers{figures["duration"]}},
          {"convexity", Numbers{figures["convexity"]}},
          {"class_deposits", Numbers{figures["deposits"]}},
          {"uninsured_share", Numbers{figures["uninsured_share"]}},
          {"equity", Numbers{figures["equity"]}},
          {"losses", Numbers{0}},
          {"excitation", Matrix{{0}}}};
}

Params with(Params params, const Params& more) {
  for (const auto& [name, value] : more) params[name] = value;
  return params;
}

// SVB in March 2023 as it stood, losses on it.
Params svb() {
  const auto known = reference("banks/stress.json")["cases"][1];
  return with(one_class(known), {{"losses", Numbers{known["loss"]}}});
}

std::string message(const Params& params) {
  return moniac::testing::refusal(banks(), monthly, params);
}

// The share of paths on which the bank has failed.
double failed(const Harness& run) {
  return 1 - run.mean("banks_left[bank]");
}

}  // namespace

TEST_CASE("losses, losses over equity and the hazard are those of the reference") {
  const auto known = reference("banks/stress.json");
  const double tolerance = known["tolerance"];
  for (const auto& figures : known["cases"]) {
    INFO(figures["name"].get<std::string>());
    Harness run(banks(), daily, one_class(figures));
    run.set("effr_spread", double(figures["funding_spread"]));
    run.start();
    run.set("y5", 3.72 + double(figures["yield_change"]));
    run.step();
    CHECK(run.at("bank_losses[bank]") == Approx(double(figures["loss"])).epsilon(tolerance));
    CHECK(run.at("loss_equity") == Approx(double(figures["loss_equity"])).epsilon(tolerance));
    CHECK(run.at("bank_hazard[bank]") == Approx(double(figures["hazard"])).epsilon(1e-11));
  }
}

TEST_CASE("losses return to par with twice the duration as their time, at any step") {
  for (const StepUnit unit : {StepUnit::day, StepUnit::week, StepUnit::month, StepUnit::quarter}) {
    Harness run(banks(), grid(unit, 8), {{"hazard_floor", 0.0}, {"hazard_constant", -200.0}});
    run.start();
    CHECK(run.at("unrealised_losses") == Approx(481).epsilon(1e-14));
    run.run(8);
    CHECK(run.at("unrealised_losses") == Approx(481 * std::exp(-8 * grid(unit, 8).dt() / 9.2)).epsilon(1e-13));
  }
}

TEST_CASE(
    "a bank with the figures of SVB fails within ten days in the median, as an exponential time says, at any step") {
  const auto known = reference("banks/stress.json")["cases"][1];
  const double rate = known["hazard"];
  for (const StepUnit unit : {StepUnit::day, StepUnit::week}) {
    Harness run(banks(), grid(unit, 5), svb(), {}, 8192);
    run.seed(11);
    run.start();
    for (int k = 1; k <= 5; ++k) {
      run.step();
      // The hazard falls as losses return to par: to first order by 9 λ (L/E) t/(2 D), small over days.
      const double chance = -std::expm1(-rate * k * grid(unit, 5).dt());
      const double error = std::sqrt(chance * (1 - chance) / 8192);
      CHECK(std::abs(failed(run) - chance) < 4 * error + 0.02 * chance);
    }
  }
  Harness run(banks(), daily, svb(), {}, 8192);
  run.seed(12);
  run.start();
  int median = 0;
  for (; failed(run) < 0.5; ++median) run.step();
  CHECK(median >= 9);
  CHECK(median <= 12);
}

TEST_CASE("a bank that fails loses its part of what runs, takes its stocks along and is lent against") {
  Harness run(banks(), daily, svb(), {}, 1024);
  const auto known = reference("banks/stress.json")["cases"][1];
  run.seed(3);
  run.start();
  for (int k = 0; k < 40; ++k) {
    const Eigen::ArrayXd deposits = run["bank_deposits[bank]"];
    const Eigen::ArrayXd lent = run["resolution_loans"];
    run.step();
    const auto fails = run["bank_failures[bank]"] > 0.0;
    REQUIRE((run["bank_failures[bank]"] + run["banks_left[bank]"] - run.last("banks_left[bank]")).abs().maxCoeff() ==
            0);
    const double dt = daily.dt(), repaid = -std::expm1(-dt);
    for (Eigen::Index p = 0; p < run.paths(); ++p) {
      const double loan = run["resolution_loans"](p) - (1 - repaid) * lent(p);
      CHECK(run["facility_draw"](p) == Approx(run["resolution_loans"](p) - lent(p)).margin(1e-12));
      if (!fails(p)) {
        CHECK(run["run_outflow"](p) == 0);
        CHECK(std::abs(loan) < 1e-12);
        continue;
      }
      CHECK(run["bank_deposits[bank]"](p) == 0);
      CHECK(run["bank_losses[bank]"](p) == 0);
      CHECK(run["failed_assets[bank]"](p) == Approx(1.2 * 173));
      const double factor = std::exp(-0.03 * dt * (3.6 - 0.4 * 3.75 - 1));
      const double loss = double(known["loss"]) * std::exp(-(k + 1) * dt / 11.2) / 16.3;
      const double share = 1 / (1 + std::exp((0.9 - loss) / 0.15)) * -std::expm1(-0.3);
      CHECK(run["run_outflow"](p) == Approx(deposits(p) * factor * 0.94 * share).epsilon(1e-10));
      CHECK(loan == Approx(0.55 * deposits(p) * factor).epsilon(1e-10));
    }
  }
  CHECK(failed(run) > 0.5);
}

TEST_CASE("the facility lends what runs, half of it, and takes losses out of the hazard as far as it covers") {
  const Params open = with(svb(), {{"facility_open", std::vector<Date>{Date{std::chrono::January / 1 / 2026}}}});
  Harness run(banks(), daily, open, {}, 1024);
  run.seed(3);
  run.start();
  const double unlent = run.at("bank_hazard[bank]");
  run.step();
  const double factor = std::exp(-0.03 * daily.dt() * (3.6 - 0.4 * 3.75 - 1));
  const double coverage = 0.8 * 120 / (0.94 * 173 * factor);
  const double ratio = 16.1226 * std::exp(-daily.dt() / 11.2) / 16.3;
  CHECK(run.at("bank_hazard[bank]") ==
        Approx(5e-4 + std::exp(-11.8 + 9 * ratio * (1 - 0.8 * coverage) + 6.5 * 0.94)).epsilon(1e-11));
  CHECK(run.at("bank_hazard[bank]") < unlent / 20);
  for (int k = 0; k < 200; ++k) {
    const Eigen::ArrayXd before = run["facility_loans"];
    run.step();
    const Eigen::ArrayXd drawn = run["facility_loans"] - before;
    CHECK((drawn - 0.5 * run["run_outflow"].min(96.0)).abs().maxCoeff() < 1e-10);
  }
  CHECK(run["facility_loans"].maxCoeff() > 0);
}

TEST_CASE("loans of a facility that is shut are repaid over a year") {
  const Params shut = with(svb(), {{"facility_open", std::vector<Date>{Date{std::chrono::January / 1 / 2026}}},
                                   {"facility_close", std::vector<Date>{Date{std::chrono::March / 1 / 2026}}},
                                   {"facility_relief", 0.0}});
  Harness run(banks(), daily, shut, {}, 256);
  run.seed(4);
  run.start();
  while (run.index() < 60) run.step();
  const Eigen::ArrayXd lent = run["facility_loans"];
  REQUIRE(lent.maxCoeff() > 1);
  run.run(100);
  CHECK((run["facility_loans"] - lent * std::exp(-100 * daily.dt())).abs().maxCoeff() < 1e-10);
}

TEST_CASE("failures spread as the stationary mean of the process says, at any step") {
  // (I - n)^-1 mu with n = alpha/kappa; so many banks that those that fail are not missed.
  const Matrix excitation{{0.5, 0.2, 0}, {8, 5, 0}, {0.5, 0.5, 0.5}};
  const Numbers mu{0.4, 0.8, 1.0};
  Eigen::Matrix3d spread = Eigen::Matrix3d::Identity();
  for (int c = 0; c < 3; ++c)
    for (int d = 0; d < 3; ++d) spread(c, d) -= excitation[std::size_t(c)][std::size_t(d)] / 12;
  const Eigen::Vector3d expected = spread.inverse() * Eigen::Vector3d(mu[0], mu[1], mu[2]);
  for (const StepUnit unit : {StepUnit::month, StepUnit::quarter}) {
    const int years = 10;
    const Calendar time = grid(unit, int(years / grid(unit, 1).dt() + 0.5));
    Harness run(banks(), time, {{"banks", Numbers{4e6, 8e6, 1e7}}, {"hazard_floor", 1e-7}, {"hazard_constant", -200.0}},
                {}, 2048);
    run.seed(21);
    run.start();
    run.run(time.steps);
    const char* names[] = {"gsib", "regional", "community"};
    for (int c = 0; c < 3; ++c) {
      // From no excitement at the start: 1/(kappa (1 - radius)) = 0.15 years of it are missing.
      const Eigen::ArrayXd rate =
          (Numbers{4e6, 8e6, 1e7}[std::size_t(c)] - run[std::string("banks_left[") + names[c] + "]"]) / years;
      const double error = std::sqrt((rate - rate.mean()).square().mean() / 2048);
      CHECK(std::abs(rate.mean() - expected(c)) < 4 * error + 0.02 * expected(c));
    }
  }
}

TEST_CASE("stress is zero at the start and without news, and its formula after failures, losses and scarcity") {
  Harness calm(banks(), monthly, {{"hazard_floor", 0.0}, {"hazard_constant", -200.0}});
  calm.start();
  CHECK(calm["financial_stress"].abs().maxCoeff() == 0);
  for (int k = 0; k < 60; ++k) {
    calm.step();
    CHECK(calm["financial_stress"].abs().maxCoeff() == 0);
  }
  Harness run(banks(), monthly, {}, {}, 512);
  run.seed(5);
  run.start();
  const double ratio0 = run.at("loss_equity");
  CHECK(ratio0 == Approx(481.0 / 2210).epsilon(1e-14));
  Eigen::ArrayXd remembered = Eigen::ArrayXd::Zero(512);
  run.set("uscn.recovery_speed", 2);
  for (int k = 0; k < 24; ++k) {
    run.set("effr_spread", 5.0 * k - 20);
    run.set("y5", 3.72 + 0.1 * k);
    run.step();
    remembered *= std::exp(-2.0 / 12 / 0.5);
    for (const char* name : {"gsib", "regional", "community"})
      remembered += run[std::string("failed_assets[") + name + "]"] / 24500;
    const Eigen::ArrayXd exponent =
        0.6 / 50 * std::max(5.0 * k - 20, 0.0) + 10 * remembered + 0.3 * (run["loss_equity"] - ratio0).max(0.0);
    CHECK((run["financial_stress"] - exponent.unaryExpr([](double x) { return -std::expm1(-x); })).abs().maxCoeff() <
          1e-13);
  }
  CHECK(remembered.maxCoeff() > 0);
  CHECK(run.allocations() == 0);
}

TEST_CASE("at the end of 2024 four or five banks a year fail, nearly all of them small") {
  Harness run(banks(), monthly);
  run.start();
  CHECK(8 * run.at("bank_hazard[gsib]") == Approx(0.016).epsilon(0.05));
  CHECK(60 * run.at("bank_hazard[regional]") == Approx(0.08).epsilon(0.1));
  CHECK(4600 * run.at("bank_hazard[community]") == Approx(4.4).epsilon(0.1));
}

TEST_CASE("mistakes in the figures of banks are refused with both numbers") {
  CHECK(message({{"excitation", Matrix{{0.5, 0.2, 0}, {8, 14, 0}, {0, 0, 0}}}}).find("the branching radius is 1.17") !=
        std::string::npos);
  CHECK(message({{"banks", Numbers{8, 60}}}).find("banks has 2 numbers for 3 classes") != std::string::npos);
  CHECK(message({{"excitation", Matrix{{1}}}}).find("a row and a column for each of 3 classes") != std::string::npos);
  CHECK(message({{"facility_open", std::vector<Date>{Date{std::chrono::March / 1 / 2026}}},
                 {"facility_close", std::vector<Date>{Date{std::chrono::January / 1 / 2026}}}})
            .find("closes on 2026-01-01, before it opens on 2026-03-01") != std::string::npos);
}
