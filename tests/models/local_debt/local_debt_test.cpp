#include "models/local_debt/local_debt.h"

#include <cmath>
#include <random>

#include "models/local_debt/provinces.h"
#include "sim/math/clearing.h"
#include "tests/support/harness.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::Harness;
using moniac::testing::near;
using moniac::testing::Params;
using moniac::testing::reference;
using moniac::testing::Row;
using moniac::testing::rows;

namespace {

Calendar grid(StepUnit unit, int steps, int year = 2024) {
  return {.start = Date{std::chrono::year(year) / 1 / 1}, .unit = unit, .every = 1, .steps = steps};
}

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
    Harness run(local_debt(), grid(StepUnit::quarter, 20), plain(p));
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
    Harness run(local_debt(), grid(StepUnit::year, n),
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
    Harness run(local_debt(), grid(unit, n),
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
    Harness run(local_debt(), grid(StepUnit::month, 60),
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
    Harness run(local_debt(), grid(StepUnit::year, 1),
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
    Harness run(local_debt(), grid(StepUnit::week, steps),
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

TEST_CASE("net debt changes by the deficit in every province, path and step, for any parameters") {
  std::mt19937 draw(11);
  const auto between = [&](double low, double high) { return std::uniform_real_distribution<double>(low, high)(draw); };
  for (int round = 0; round < 12; ++round) {
    const char* level = round % 3 == 0 ? "tiers" : "full";
    Harness run(local_debt(), grid(round % 2 ? StepUnit::month : StepUnit::quarter, 40),
                {{"provinces", std::string(level)},
                 {"cash_target", between(0, 0.4)},
                 {"cash_minimum", between(0, 1)},
                 {"deepest_cut", between(0, 1)},
                 {"lgfv_growth", between(0, 0.1)},
                 {"eligible_resolved", between(0, 0.5)},
                 {"bonds_refinanced", between(0, 1)},
                 {"rollover_half", between(50, 600)},
                 {"hazard", between(0, 2)},
                 {"write_off", between(0, 1)},
                 {"lgfv_income", between(-5, 5)},
                 {"emergency_transfers", between(0, 1)},
                 {"lgfv_land_purchases", between(0, 0.5)},
                 {"land_supply", std::string(round % 2 ? "on" : "off")},
                 {"land_leverage", round % 2 ? 2.5 : 1.0},
                 {"growth", std::string(round % 4 == 1 ? "own" : "given")},
                 {"swap_roll", std::string(round % 4 == 2 ? "as_bonds" : "full")},
                 {"lgfv_growth_base", std::string(round % 4 == 3 ? "current" : "pre_swap")},
                 {"debt_service_base", std::string(round % 4 == 1 ? "all" : "own")},
                 {"special_in_quota", round % 4 == 1},
                 {"mid_step_jumps", round % 4 == 1},
                 {"carry_unused_swap", round % 2 == 0}},
                {}, 128);
    run.seed(static_cast<std::uint64_t>(round));
    run.set("y10", Eigen::ArrayXd::LinSpaced(run.paths(), -1, 12));
    run.set("policy.swap", between(0, 9000));
    run.set("policy.quota", Eigen::ArrayXd::LinSpaced(run.paths(), 0, 20000));
    run.start();
    for (int k = 0; k < 40; ++k) {
      run.step();
      CHECK(run["budget_identity_residual"].maxCoeff() < 1e-9);
      Eigen::ArrayXd bonds = Eigen::ArrayXd::Zero(run.paths()), vehicles = bonds;
      for (const Province& p : province_table(round % 3 == 0 ? 1 : 0)) {
        const Eigen::ArrayXd h = run["province_lgfv_debt[" + p.name + "]"];
        bonds += run["province_bonds[" + p.name + "]"];
        vehicles += h;
        CHECK(h.minCoeff() >= 0);
        CHECK(run["province_arrears[" + p.name + "]"].minCoeff() >= 0);
      }
      CHECK(((run["local_debt_bond"] - bonds) / bonds).abs().maxCoeff() < 1e-12);
      CHECK(((run["local_debt_lgfv"] - vehicles) / (vehicles + 1)).abs().maxCoeff() < 1e-12);
    }
  }
}

TEST_CASE("31 provinces are the sum of 31 runs of one province, with swaps, distress and news on spreads") {
  const auto table = province_table(0);
  const Params shared = {{"contagion_jump", 0.0}, {"promotion_incentive", 0.0}, {"emergency_transfers", 0.0}};
  // Quotas by GDP and by eligible debt, which is spread as all debt of vehicles; one province in distress at once.
  const auto set = [](Harness& run, double share, double swap_share) {
    run.seed(19);
    run.set("policy.deficit_cap", 1000.0);
    run.set("policy.quota", 5000.0 * share);
    run.set("policy.swap", 2000.0 * swap_share);
  };
  const std::string ill = "guizhou";
  double gdp = 0, debt = 0;
  for (const Province& p : table) {
    gdp += p.gdp;
    debt += p.lgfv_debt;
  }
  Harness all(local_debt(), grid(StepUnit::month, 36), shared);
  set(all, 1, 1);
  for (int i = 0; i < 31; ++i) all.fix("distress", table[static_cast<std::size_t>(i)].name == ill ? 0.0 : 1.0, i);
  all.start();
  all.run(36);
  double land[4] = {0, 0, 0, 0}, bonds = 0, vehicles = 0, arrears = 0;
  for (const Province& p : table) land[p.tier] += p.land_revenue;
  const double sales[] = {0, 930, 6880, 3850};
  for (const Province& p : table) {
    Params one = shared;
    const double share = p.land_revenue / land[p.tier] * sales[p.tier];
    one.insert({{"provinces", std::string("national")},
                {"gdp", std::vector<double>{p.gdp}},
                {"bonds", std::vector<double>{p.bonds}},
                {"lgfv_debt", std::vector<double>{p.lgfv_debt}},
                {"eligible_debt", std::vector<double>{14300 * p.lgfv_debt / debt}},
                {"own_revenue", std::vector<double>{100 * p.own_revenue / p.gdp}},
                {"transfers", std::vector<double>{100 * p.transfers / p.gdp}},
                {"spending", std::vector<double>{100 * p.primary_spending / p.gdp}},
                {"house_sales", std::vector<double>{share, 0.0, 0.0}},
                {"stated_totals", std::vector<double>{p.gdp, p.bonds, p.lgfv_debt}}});
    Harness run(local_debt(), grid(StepUnit::month, 36), one);
    set(run, p.gdp / gdp, p.lgfv_debt / debt);
    run.fix("distress", p.name == ill ? 0.0 : 1.0);
    run.start();
    run.run(36);
    INFO(p.name);
    CHECK(run.at("local_debt_bond") == near(all.at("province_bonds[" + p.name + "]"), 1e-10));
    CHECK(run.at("local_debt_lgfv") == near(all.at("province_lgfv_debt[" + p.name + "]"), 1e-10));
    CHECK(run.at("distress_share") == Approx(p.name == ill ? 100 : 0).epsilon(1e-14));
    bonds += run.at("local_debt_bond");
    vehicles += run.at("local_debt_lgfv");
    arrears += run.at("local_arrears");
  }
  CHECK(all.at("local_debt_bond") == near(bonds, 1e-10));
  CHECK(all.at("local_debt_lgfv") == near(vehicles, 1e-10));
  CHECK(all.at("local_arrears") == Approx(arrears).epsilon(1e-8).margin(1e-6));
}

TEST_CASE("a swap changes no net debt in its step, and lowers interest, spreads, hazards and cuts afterwards") {
  std::vector<double> net, interest, cuts, ill, spread;
  for (const double swap : {0.0, -1.0}) {
    Harness run(local_debt(), grid(StepUnit::month, 120), {}, {}, 512);
    run.seed(3);
    run.set("policy.swap", swap);
    run.set("house_sales", 2600.0);  // a slump: 7,800 of 11,660
    run.start();
    run.step();
    Eigen::ArrayXd debt = run["local_debt_bond"] + run["local_debt_lgfv"] + run["local_arrears"];
    net.push_back(debt.mean());
    double paid = 0, cut = 0, distress = 0, bp = 0;
    for (int k = 2; k <= 120; ++k) {
      run.step();
      paid += run.mean("local_interest");
      cut += run.mean("investment_cut");
      distress += run.mean("distress_share");
      bp += run.mean("lgfv_spread");
    }
    interest.push_back(paid);
    cuts.push_back(cut);
    ill.push_back(distress);
    spread.push_back(bp);
  }
  CHECK(net[1] == near(net[0], 1e-13));
  CHECK(interest[1] < interest[0]);
  CHECK(cuts[1] < cuts[0]);
  CHECK(ill[1] < ill[0]);
  CHECK(spread[1] < spread[0]);
}

TEST_CASE("the announced swaps save about 600 billion of interest in five years, and debt stays without them") {
  std::vector<double> paid, debt;
  for (const double swap : {0.0, -1.0}) {
    Harness run(local_debt(), grid(StepUnit::month, 60), {}, {}, 512);
    run.seed(3);
    run.set("policy.swap", swap);
    run.start();
    double sum = 0;
    for (int k = 0; k < 60; ++k) {
      run.step();
      sum += run.mean("local_interest");
    }
    paid.push_back(sum);
    debt.push_back(run.mean("local_debt_lgfv"));
  }
  CHECK(std::abs(paid[0] - paid[1] - 600) < 60);
  CHECK(debt[0] > 50000);
}

TEST_CASE("a run that goes on from the state of another is that run") {
  const Params params = {{"hazard", 0.3},        {"write_off", 0.2},          {"land_supply", std::string("on")},
                         {"land_leverage", 2.5}, {"carry_unused_swap", true}, {"growth", std::string("own")}};
  const auto prepare = [](Harness& run) {
    run.seed(29);
    run.set("base_money", 40000.0);
    run.set("consumption", 50000.0);
  };
  Harness whole(local_debt(), grid(StepUnit::month, 60), params, {}, 256);
  prepare(whole);
  whole.start();
  whole.run(29);
  Harness half(local_debt(), grid(StepUnit::month, 60), params, {}, 256);
  prepare(half);
  half.resume(whole);
  whole.run(31);
  half.run(31);
  CHECK(whole.mean("distress_share") > 1);
  for (const OutputDecl& output : whole.declared().outputs())
    for (std::size_t i = 0; i < value_count(output.dimensions); ++i) {
      const std::string name = value_name(output.name, output.dimensions, i);
      INFO(name);
      CHECK((whole[name] == half[name]).all());
    }
}

TEST_CASE("without hazard and news all paths are one") {
  Harness run(local_debt(), grid(StepUnit::month, 60), {{"hazard", 0.0}, {"spread_noise", 0.0}}, {}, 256);
  run.seed(31);
  run.start();
  run.run(60);
  for (const char* name : {"local_debt_bond", "local_debt_lgfv", "local_interest", "lgfv_spread", "local_arrears"})
    CHECK(run[name].minCoeff() == run[name].maxCoeff());
  CHECK(run.mean("distress_share") == 0);
}

TEST_CASE("a mechanism that is switched off leaves all other draws alone") {
  std::vector<Eigen::ArrayXd> spreads;
  for (const double hazard : {0.0, 0.02}) {
    Harness run(local_debt(), grid(StepUnit::month, 24),
                {{"hazard", hazard},
                 {"spread_contagion", 0.0},
                 {"spread_distress", 0.0},
                 {"spread_debt_service", 0.0},
                 {"spread_leverage", 0.0}},
                {}, 256);
    run.seed(5);
    run.start();
    run.run(24);
    spreads.emplace_back(run["province_spread[guizhou]"]);
  }
  CHECK((spreads[0] == spreads[1]).all());

  // The other way round: hazards that nothing moves, with news on spreads and without.
  std::vector<Eigen::ArrayXd> ill;
  for (const double noise : {0.0, 0.25}) {
    Harness run(local_debt(), grid(StepUnit::month, 24),
                {{"hazard", 0.5},
                 {"spread_noise", noise},
                 {"hazard_debt_service", 0.0},
                 {"hazard_contagion", 0.0},
                 {"hazard_arrears", 0.0},
                 {"distress_exit", -1.0}},
                {}, 256);
    run.seed(5);
    run.start();
    run.run(24);
    ill.emplace_back(run["province_distress[guizhou]"]);
  }
  CHECK(ill[0].sum() > 64);
  CHECK((ill[0] == ill[1]).all());
}

TEST_CASE("the deficit cap rations transfers in proportion, and only what is left of it pays for emergencies") {
  std::vector<double> service;
  for (const double cap : {3.0, 5.0, 8.0}) {
    Harness run(local_debt(), grid(StepUnit::month, 12), {{"hazard", 0.0}});
    run.set("policy.deficit_cap", cap);
    run.start();
    run.step();
    service.push_back(run.at("debt_service_ratio"));
  }
  // Due are 11,763 of 125,093; room is 5.29 % and the cap.
  const auto table = province_table(0);
  double due = 0, own = 0, gdp = 0;
  for (const Province& p : table) {
    due += p.transfers;
    own += p.own_revenue;
    gdp += p.gdp;
  }
  const double land = 0.33 * 0.49 * 11660;
  const double rationed = std::min(1.0, 0.0829 * gdp / due);
  CHECK(rationed < 1);
  CHECK(service[0] / service[1] == near((own + land + due) / (own + land + rationed * due), 1e-10));
  CHECK(service[1] == service[2]);
}

TEST_CASE("provinces that do not add up are refused with names and amounts") {
  const auto refused = [](const Params& params) {
    return moniac::testing::refusal(local_debt(), grid(StepUnit::month, 12), params);
  };
  using Catch::Matchers::Contains;
  const std::string level = "provinces", tiers = "tiers";
  CHECK_THAT(refused({{level, tiers}, {"gdp", std::vector<double>{9000, 60000, 40000}}}),
             Contains("gdp of the provinces sums to 109000 CNY bn, but 126058.2 are stated"));
  CHECK_THAT(refused({{level, tiers}, {"eligible_debt", std::vector<double>{9000, 0, 0}}}),
             Contains("tier_1 may swap 9000 CNY bn of 2783 that its financing vehicles owe"));
  CHECK_THAT(refused({{level, tiers}, {"bonds", std::vector<double>{-1, 20000, 20000}}}), Contains("bonds"));
  CHECK_THAT(refused({{"swap_to", Names{"guizho"}}}),
             Contains("unknown province 'guizho'; there are guangdong, jiangsu"));
  CHECK_THAT(
      refused({{level, tiers}, {"tier", std::vector<double>{1, 2, 2}}}),
      Contains("the weights of provinces in sales of tier 3 sum to 0, not to 1: none of that tier has land revenue"));
  CHECK_THAT(refused({{level, tiers}, {"gdp", std::vector<double>{1, 2}}}), Contains("gdp has 2 numbers for 3"));
}

TEST_CASE("a quota of swaps beyond the eligible debt says how much was used") {
  Harness run(local_debt(), grid(StepUnit::year, 2), {{"provinces", std::string("national")}});
  run.set("policy.swap", 10000.0);
  run.start();
  run.step();
  CHECK(run.at("swap_issued") == 10000);
  CHECK(run.at("swap_beyond_eligible") == 0);
  run.step();
  CHECK(run.at("swap_issued") == near(4300, 1e-12));
  CHECK(run.at("swap_beyond_eligible") == 1);
}
