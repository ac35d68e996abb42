#include <cmath>

#include "models/local_debt/local_debt.h"
#include "sim/math/clearing.h"
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

// Constant spreads and no distress; the swap neither refinanced in full nor counted in the room for new debt.
Params plain(const Row& p) {
  const double log_odds = (p.at("rHn") - 0.022 - 0.06) / 0.01;
  return {{"provinces", std::string("national")},
          {"gdp", std::vector<double>{p.at("Y0")}},
          {"bonds", std::vector<double>{p.at("B0")}},
          {"lgfv_debt", std::vector<double>{p.at("H0")}},
          {"eligible_debt", std::vector<double>{p.at("E0")}},
          {"cash", std::vector<double>{p.at("K0")}},
          {"own_revenue", std::vector<double>{100 * p.at("tau")}},
          {"transfers", std::vector<double>{100 * p.at("x")}},
          {"spending", std::vector<double>{100 * p.at("s")}},
          {"investment", 100 * p.at("inv")},
          {"lgfv_growth", p.at("gH")},
          {"spread", 1e4 * (p.at("rHn") - 0.022)},
          {"spread_leverage", 0.0},
          {"spread_debt_service", 0.0},
          {"rollover", p.at("rho") * (1 + std::exp(log_odds))},
          {"swap_discount", 1e4 * (p.at("rBn") - p.at("rSW"))},
          {"swap_roll", std::string("as_bonds")},
          {"lgfv_growth_base", std::string("current")},
          {"land_lag", 1e-6},
          {"hazard", 0.0},
          {"promotion_incentive", 0.0}};
}

void set_year(Harness& run, const Row& year, bool swap) {
  run.set("policy.swap", swap ? year.at("swap") : 0.0);
  run.set("policy.quota", year.at("quota"));
}

void set_land(Harness& run, double land) {
  run.set("house_sales", land / 0.49 / 3);  // of each tier
}

void calm(Harness& run) {
  run.set("y10", 2.2);
  run.set("gdp_growth", 4.2);
  run.set("inflation", 0.0);
  run.set("policy.deficit_cap", 100.0);
}

}  // namespace

TEST_CASE("debt, cash and rates of twenty quarters are those of the reference, with the swap and without") {
  const auto known = reference("local_debt/debt_path.json");
  const double tolerance = known.at("tolerance");
  const Row p = known.at("parameters").get<Row>();
  const auto years = rows(known.at("years"));
  std::map<bool, double> paid;
  for (const bool swap : {true, false}) {
    Harness run(local_debt(), from_2024(StepUnit::quarter, 20), plain(p));
    calm(run);
    set_land(run, years[0].at("land"));
    run.start();
    std::size_t n = 0;
    for (const Row& now : rows(known.at(swap ? "path_with_swap" : "path_without_swap"))) {
      INFO("step " << n << (swap ? " with swap" : " without swap"));
      set_year(run, years[n / 4], swap);
      set_land(run, years[std::min<std::size_t>((n + 1) / 4, 4)].at("land"));
      run.step();
      ++n;
      CHECK(run.at("local_debt_bond") == near(now.at("B"), tolerance));
      CHECK(run.at("local_debt_lgfv") == near(now.at("H"), tolerance));
      CHECK(run.at("local_arrears") == Approx(now.at("A")).epsilon(tolerance).margin(1e-7));
      CHECK(run.at("cash") == near(now.at("K"), tolerance));
      CHECK(run.at("eligible_debt") == near(now.at("E"), tolerance));
      CHECK(run.at("bond_interest") / run.at("local_debt_bond") == near(now.at("rB"), tolerance));
      CHECK(run.at("lgfv_rate") == near(now.at("rH"), tolerance));
      CHECK(run.at("swap_issued") == Approx(now.at("SW")).epsilon(tolerance).margin(1e-9));
      CHECK(run.at("investment_cut") == Approx(now.at("cut")).epsilon(tolerance).margin(1e-7));
      CHECK(run.at("land_revenue") == near(now.at("L"), tolerance));
      CHECK(run.at("local_interest") == near(now.at("IB") + now.at("IH"), tolerance));
      CHECK(run.at("budget_identity_residual") < 1e-12);
      paid[swap] += run.at("local_interest");
    }
  }
  CHECK(paid[false] - paid[true] == near(known.at("summary").at("interest_saved"), 1e-8));
}

TEST_CASE("debt over GDP with a constant primary deficit follows the closed form") {
  // Every year all debt is new at one rate, and the budget borrows what it lacks: b_n = b0 q^n + d/(1 + g) Σ q^i.
  const auto known = reference("local_debt/closed_forms.json");
  for (const Row& row : rows(known.at("debt_ratio"))) {
    const double b0 = row.at("b0"), r = row.at("r"), g = row.at("g"), d = row.at("d");
    const int n = static_cast<int>(row.at("n"));
    Harness run(local_debt(), from_2024(StepUnit::year, n),
                {{"provinces", std::string("national")},
                 {"gdp", std::vector<double>{1000.0}},
                 {"bonds", std::vector<double>{1000 * b0}},
                 {"lgfv_debt", std::vector<double>{1e-9}},
                 {"eligible_debt", std::vector<double>{0.0}},
                 {"stated_totals", std::vector<double>{1000.0, 1000 * b0, 1e-9}},
                 {"own_revenue", std::vector<double>{20.0}},
                 {"transfers", std::vector<double>{0.0}},
                 {"spending", std::vector<double>{20 - 7.5 + 100 * d}},
                 {"cash_target", 0.0},
                 {"bond_rate", 100 * r},
                 {"bond_premium", 0.0},
                 {"land_per_sales", 0.0},
                 {"bonds_refinanced", 1.0},
                 {"hazard", 0.0},
                 {"promotion_incentive", 0.0}});
    calm(run);
    run.set("policy.quota", 1e6);
    run.set("policy.swap", 0.0);
    run.set("y10", 100 * r);
    run.set("gdp_growth", 100 * std::log1p(g));
    run.start();
    run.run(n);
    CHECK(run.at("local_debt_bond") / run.at("total_gdp") == near(row.at("b"), 1e-10));
  }
}

TEST_CASE("the average rate of bonds follows a cut of new rates as the closed form says") {
  const auto known = reference("local_debt/closed_forms.json");
  for (const Row& row : rows(known.at("average_rate"))) {
    const double dt = row.at("dt");
    const StepUnit unit = dt == 0.25 ? StepUnit::quarter : StepUnit::month;
    if (dt < 1.0 / 12 - 1e-9) continue;  // 52 weeks a year are not this calendar's
    const int n = static_cast<int>(row.at("n"));
    Harness run(local_debt(), from_2024(unit, n),
                {{"provinces", std::string("national")},
                 {"bond_rate", 100 * row.at("r0")},
                 {"bond_maturity", row.at("m")},
                 {"bonds_refinanced", 1.0},
                 {"spending", std::vector<double>{13.0}},
                 {"hazard", 0.0},
                 {"promotion_incentive", 0.0}});
    calm(run);
    run.set("y10", 100 * row.at("rn") - 0.15);
    run.set("policy.quota", 0.0);
    run.set("policy.swap", 0.0);
    run.start();
    run.run(n);
    CHECK(run.at("local_debt_bond") == near(40737.3, 1e-9));  // rolled in full, neither more nor less
    CHECK(run.at("bond_interest") / run.at("local_debt_bond") == near(row.at("rbar"), 1e-12));
  }
}

TEST_CASE("a rate cut saves what the closed form says on the bonds that were there") {
  const auto saving = reference("local_debt/closed_forms.json").at("saving").get<Row>();
  std::vector<double> paid;
  for (const double cut : {0.0, 100 * saving.at("D")}) {
    Harness run(local_debt(), from_2024(StepUnit::month, 60),
                {{"provinces", std::string("national")},
                 {"bonds_refinanced", 1.0},
                 {"spread_leverage", 0.0},
                 {"spread_debt_service", 0.0},
                 {"spending", std::vector<double>{13.0}},
                 {"hazard", 0.0}});
    calm(run);
    run.set("policy.quota", 0.0);
    run.set("policy.swap", 0.0);
    run.set("y10", 2.35 - cut);
    run.start();
    double bonds = 0;
    for (int k = 1; k <= 60; ++k) {
      bonds += run.at("bond_interest") / 12;
      run.step();
    }
    paid.push_back(bonds);
  }
  // A month's interest is paid on the rate at its beginning, hence half a month of a cut less than in the limit.
  const double m = saving.at("m"), lag = saving.at("B") * saving.at("D") * (1 - std::exp(-5 * m)) / 24;
  CHECK(paid[0] - paid[1] == near(saving.at("value") - lag, 1e-4));
}

TEST_CASE("land revenue follows prices and sales as the reference says") {
  const auto known = reference("local_debt/land_revenue.json");
  const double sales = known.at("sales0");
  for (const Row& row : rows(known.at("land_revenue"))) {
    Harness run(local_debt(), from_2024(StepUnit::year, 1),
                {{"provinces", std::string("national")}, {"land_leverage", row.at("eps")}, {"land_lag", 1e-6}});
    run.set("house_sales", sales / 3 * row.at("v_ratio") * row.at("p_ratio"));
    run.set("house_price", row.at("p_ratio"));
    run.start();
    run.step();
    CHECK(run.at("land_revenue") == near(row.at("L"), 1e-9));
  }
}

TEST_CASE("contagion of independent events has the mean of shot noise") {
  const auto known = reference("local_debt/contagion.json");
  const Row p = known.at("parameters").get<Row>();
  const std::vector<double> debts = {28500, 17100, 11400};  // the reference's weights of 57,000
  for (const Row& row : rows(known.at("mean"))) {
    const int steps = static_cast<int>(std::lround(row.at("years") * 365.25 / 7));
    Harness run(local_debt(), from_2024(StepUnit::week, steps),
                {{"provinces", std::string("tiers")},
                 {"lgfv_debt", debts},
                 {"eligible_debt", std::vector<double>{0.0, 0.0, 0.0}},
                 {"hazard", p.at("lam0")},
                 {"hazard_debt_service", 0.0},
                 {"hazard_contagion", 0.0},
                 {"hazard_arrears", 0.0},
                 {"distress_years", 0.0},
                 {"mid_step_jumps", true},
                 {"contagion_jump", p.at("J")}},
                {}, 65536);
    run.seed(17);
    run.start();
    run.run(steps);
    const double error = std::sqrt(run.variance("contagion") / static_cast<double>(run.paths()));
    // Weights drift with debts: less than 1 % of the mean.
    CHECK(std::abs(run.mean("contagion") - row.at("mean")) < 4 * error + 0.01 * row.at("mean"));
  }
}

TEST_CASE("vehicles and banks clear as in the references") {
  const auto known = reference("local_debt/clearing.json");
  for (const char* name : {"vehicles_and_banks", "three_banks"}) {
    const auto& given = known.at(name);
    // What is owed outside is owed to one more bank, which owes nothing.
    std::vector<std::vector<double>> owed = given.at("liabilities");
    const std::vector<double> outside = given.at("external_liabilities"), clearing = given.at("clearing");
    const std::vector<double> assets = given.at("external_assets");
    for (std::size_t i = 0; i < owed.size(); ++i) owed[i].push_back(outside[i]);
    owed.emplace_back(owed.size() + 1, 0.0);
    const ClearingNetwork network(owed, 1, 1);
    ClearingNetwork::Banks external{};
    std::copy(assets.begin(), assets.end(), external.begin());
    const auto paid = network.payments(external);
    for (std::size_t i = 0; i < clearing.size(); ++i) {
      CHECK(paid[i] == near(clearing[i], 1e-12));
      CHECK(network.defaults(static_cast<int>(i), paid) == given.at("default").at(i).get<bool>());
    }
  }
}
