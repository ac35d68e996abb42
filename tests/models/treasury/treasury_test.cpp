#include "models/treasury/treasury.h"

#include <cmath>

#include "models/treasury/fiscal.h"
#include "models/treasury/starts.h"
#include "tests/support/catch.h"
#include "tests/support/harness.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::grid;
using moniac::testing::Harness;
using moniac::testing::near;
using moniac::testing::Params;
using moniac::testing::reference;
using moniac::testing::rows;

namespace {

Value word(const char* text) {
  return std::string(text);
}

// GDP of the plan, so that nothing deviates from it.
void set_plan_gdp(Harness& run, const Calendar& time, double growth = 4.1) {
  const double gdp = 31422.5 * std::exp(growth / 100 * time.dt() * (run.index() + 1));
  run.set("gdp_nominal", gdp);
  run.set("primary_deficit", 0.026 * gdp * time.dt());
}

std::string message(const ModelType& type, const Params& params) {
  return moniac::testing::refusal(type, grid(StepUnit::month, 24), params);
}

}  // namespace

TEST_CASE("the debt grows by deficit, interest, cash and other financing, to half a dollar") {
  for (const StepUnit unit : {StepUnit::week, StepUnit::month, StepUnit::quarter, StepUnit::year})
    for (const char* ladder : {"buckets", "cohort"}) {
      const Calendar time = grid(unit, 40);
      Harness run(treasury(), time, {{"ladder", word(ladder)}});
      const Eigen::ArrayXd spread = Eigen::ArrayXd::LinSpaced(run.paths(), -1, 1);
      run.start();
      for (int k = 0; k < 40; ++k) {
        run.set("primary_deficit", 200 * spread * std::cos(k));  // surpluses too
        run.set("other_financing", 10.0 * std::sin(k));
        run.set("tga", Eigen::ArrayXd(850 + 100 * spread));
        const Eigen::ArrayXd before = run["debt_public"];
        const Eigen::ArrayXd due = run["interest_due"];
        run.step();
        const Eigen::ArrayXd need = 200 * spread * std::cos(k) + due + run["tga_change"] + 10.0 * std::sin(k);
        CHECK((run["debt_public"] - before - need).abs().maxCoeff() < 5e-10);
        CHECK(run["ladder_identity_residual"].maxCoeff() < 5e-10);
        CHECK((run["net_bills"] + run["net_coupons"] - need).abs().maxCoeff() < 5e-10);
      }
    }
}

TEST_CASE("faces and interest stay positive when a surplus redeems every bill and buys back coupons") {
  Harness run(treasury(), grid(StepUnit::month, 24));
  run.start();
  run.set("primary_deficit", -1000.0);
  for (int k = 0; k < 20; ++k) run.step();
  CHECK(run["bills_outstanding"].minCoeff() >= 0);
  CHECK(run["bills_outstanding"].maxCoeff() < 1e-6);
  CHECK(run["bills_exhausted"].minCoeff() == 1);
  CHECK(run["face"].minCoeff() >= -1e-9);
  CHECK(run.at("interest_due") > 0);
  CHECK(run.at("ladder_identity_residual") < 5e-10);
}

TEST_CASE("without shocks duration supply stays on the plan") {
  for (const StepUnit unit : {StepUnit::week, StepUnit::month, StepUnit::quarter}) {
    const Calendar time = grid(unit, 60);
    Harness run(treasury(), time);
    run.set("tga_target", 850.0);
    run.start();
    const TreasuryStart figures = treasury_start(0);
    double tga = figures.tga;
    for (int k = 0; k < 60; ++k) {
      set_plan_gdp(run, time);
      run.set("tga", tga);
      // The SOMA rolls its part of what matured in the step before.
      const double soma = figures.holdings[0] - figures.bill_holdings[0];
      run.set("soma_rollover", soma * run.at("redeemed_coupons") / run.at("coupons_outstanding"));
      run.step();
      tga += run.at("tga_change");
      CHECK(run.at("duration_supply") == Approx(0).margin(1e-9));
    }
  }
}

TEST_CASE("a trillion of ten-year notes is three percent of GDP of duration, of bills a tenth of a percent") {
  const Calendar time = grid(StepUnit::month, 2);
  for (const bool notes : {true, false}) {
    Harness run(treasury(), time);
    run.start();
    set_plan_gdp(run, time);
    run.set("tga", 873.0);
    run.set("tga_approach", 0.0);
    run.set("other_financing", 1000.0);
    if (notes) run.set("ten_year_issuance", 1000.0);
    run.step();
    // 1,000 bn of 8.23 years, or of 0.25, over GDP; a bucket of 9 to 10 years takes the notes for 3 % shorter.
    if (notes) CHECK(run.at("duration_supply") == Approx(100 * 1000 / 31530.0).epsilon(0.04));
    if (!notes) CHECK(run.at("duration_supply") == Approx(100 * 1000 * 0.25 / 8.23 / 31530.0).epsilon(0.1));
  }
}

TEST_CASE("debt over GDP follows its closed form at constant rates and growth") {
  const auto known = reference("treasury/debt_ratio.json");
  const auto& p = known["parameters"];
  const Calendar time = grid(StepUnit::year, 10);
  const double rate = 100 * double(p["i_eff"]);
  const double gdp0 = 1000;
  // All debt in one group of a year at the rate, sold again at the rate.
  Harness run(treasury(), time,
              {{"bills", 0.0},
               {"floating", 0.0},
               {"floating_share", 0.0},
               {"schedule_growth", 0.0},
               {"coupon_schedule", 1e6},
               {"coupon_maturities", std::vector<double>{1}},
               {"coupon_faces", std::vector<double>{double(p["d0"]) * gdp0}},
               {"coupon_rates", std::vector<double>{rate}},
               {"mix", word("fixed")},
               {"fixed_bill_share", 0.0}});
  for (const char* yield : {"y3m", "y2", "y5", "y10", "y30"}) run.set(yield, rate);
  run.set("gdp_nominal", gdp0);
  run.set("tga_approach", 0.0);
  run.start();
  double gdp = gdp0;
  for (const auto& row : rows(known["ratios"])) {
    if (row.at("year") > 0) {
      gdp *= 1 + double(p["g_nominal"]);
      run.set("gdp_nominal", gdp);
      run.set("primary_deficit", double(p["primary_deficit_gdp"]) * gdp);
      run.step();
    }
    CHECK(run.at("debt_ratio") == near(100 * row.at("ratio"), 1e-12));
  }
  // The primary deficit that keeps the ratio, and where it would end, are those of R = (1 + i)/(1 + g).
  const double r = (1 + double(p["i_eff"])) / (1 + double(p["g_nominal"]));
  CHECK(double(p["d0"]) * (1 - r) == near(known["stabilising_deficit"], 1e-12));
  CHECK(double(p["primary_deficit_gdp"]) / (1 - r) == near(known["steady_state"], 1e-11));
}

TEST_CASE("a shift of all yields reaches the average rate as fast as debt is sold again") {
  // No net debt: average rate moves by the shift times the share of the debt that was sold since.
  const Calendar time = grid(StepUnit::year, 1);
  const Params params = {{"bills", 0.0},
                         {"floating", 0.0},
                         {"floating_share", 0.0},
                         {"coupon_maturities", std::vector<double>{5}},
                         {"coupon_faces", std::vector<double>{1000}},
                         {"coupon_rates", std::vector<double>{3}},
                         {"bucket_widths", std::vector<double>{5}},
                         {"mix", word("fixed")},
                         {"fixed_bill_share", 0.0}};
  Harness run(treasury(), time, params);
  for (const char* yield : {"y3m", "y2", "y5", "y10", "y30"}) run.set(yield, 4.0);
  run.set("tga_approach", 0.0);
  run.start();
  run.set("primary_deficit", -30.0);  // the interest
  run.step();
  CHECK(run.at("debt_public") == near(1000, 1e-12));
  CHECK(run.at("average_rate") == near(3 + 1.0 / 5, 1e-12));
}

TEST_CASE("under the debt limit only extraordinary measures are borrowed") {
  Harness run(treasury(), grid(StepUnit::month, 12));
  run.start();
  run.set("debt_limit_phase", 1.0);
  run.set("extraordinary_measures_used", 70.0);
  run.set("primary_deficit", 90.0);
  const double before = run.at("debt_public");
  const double interest = run.at("interest_due");
  run.step();
  CHECK(run.at("debt_public") - before == Approx(70).margin(1e-9));
  CHECK(run.at("tga_change") == Approx(70 - 90 - interest).margin(1e-9));
}

TEST_CASE("dated maturities fill the cohorts in which they fall") {
  const Calendar time = grid(StepUnit::month, 12);
  using namespace std::chrono;
  const Series bills = {.points = {{Date{January / 15 / 2026}, 300}, {Date{March / 3 / 2026}, 100}}};
  const Series coupons = {.points = {{Date{February / 15 / 2026}, 1}, {Date{February / 28 / 2027}, 3}}};
  Harness run(treasury(), time,
              {{"ladder", word("cohort")}, {"bills", 400.0}, {"maturing_bills", bills}, {"maturing_coupons", coupons}});
  run.start();
  run.step();
  CHECK(run.at("redeemed_bills") == Approx(300));
  CHECK(run.at("redeemed_coupons") == Approx(770 / 24.0));  // floating rate notes of two years
  run.step();
  CHECK(run.at("redeemed_coupons") == Approx(23311.0 / 4).epsilon(0.02));
}

TEST_CASE("figures that do not fit each other are refused with both numbers") {
  CHECK(message(treasury(), {{"tenor_shares", std::vector<double>{.2, .2, .2, .2, .1, .1, .1}}}) ==
        "the shares of the tenors sum to 1.1, not to 1");
  CHECK(
      message(treasury(), {{"tenors", std::vector<double>{2, 3}}, {"tenor_shares", std::vector<double>{.5, .4, .1}}}) ==
      "there are 2 tenors and 3 shares of them");
  CHECK(message(treasury(), {{"coupon_faces", std::vector<double>{100}}}) ==
        "as many maturities as faces and as rates: there are 12, 1 and 12");
  CHECK(message(treasury(), {{"coupon_schedule", 30000.0}}) ==
        "a schedule of 30000 USD bn a year redeems more than the 6790 USD bn of bills outstanding by 2026-04-30");
}

TEST_CASE("the primary deficit follows gap, tariffs and spending") {
  const Calendar time = grid(StepUnit::quarter, 8);
  Harness run(fiscal(), time);
  run.set("tariff_revenue", 70.0);
  run.start();
  run.set("gdp_nominal", 32000.0);
  run.set("output_gap", -2.0);
  run.set("tariff_revenue", 90.0);
  run.set("discretionary", 50.0);
  run.step();
  // (2.6 + 0.8) % of 8,000 a quarter, less 20 more of tariffs, plus 50
  CHECK(run.at("primary_deficit") == near(272 - 20 + 50, 1e-12));
  CHECK(run.at("fiscal_impulse") == near(100 * 30 / 8000.0, 1e-12));
  CHECK(run.at("tga_target") == 850);
}

TEST_CASE("a path of the total deficit is spent day by day, with interest taken off") {
  using namespace std::chrono;
  const Series path = {.points = {{Date{January / 1 / 2026}, 1200}, {Date{January / 15 / 2026}, 2400}}};
  for (const StepUnit unit : {StepUnit::week, StepUnit::month}) {
    Harness run(fiscal(), grid(unit, 6), {{"total_deficit", path}});
    run.start();
    run.set("interest_due", 10.0);
    run.step();
    if (unit == StepUnit::week) CHECK(run.at("primary_deficit") == near(1200 * 7 / 365.25 - 10, 1e-12));
    if (unit == StepUnit::month)
      CHECK(run.at("primary_deficit") == near((14 * 1200 + 17 * 2400) / 31.0 / 12 - 10, 1e-12));
  }
}
