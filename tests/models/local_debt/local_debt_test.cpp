#include "models/local_debt/local_debt.h"

#include <random>

#include "models/local_debt/provinces.h"
#include "tests/models/local_debt/from_2024.h"
#include "tests/support/harness.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::from_2024;
using moniac::testing::Harness;
using moniac::testing::near;
using moniac::testing::Params;

TEST_CASE("net debt changes by the deficit in every province, path and step, for any parameters") {
  std::mt19937 draw(11);
  const auto between = [&](double low, double high) { return std::uniform_real_distribution<double>(low, high)(draw); };
  for (int round = 0; round < 12; ++round) {
    const char* level = round % 3 == 0 ? "tiers" : "full";
    Harness run(local_debt(), from_2024(round % 2 ? StepUnit::month : StepUnit::quarter, 40),
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
    const std::string first = province_table(round % 3 == 0 ? 1 : 0).front().name;
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
      // Of the first province.
      CHECK((run["eligible_debt"] >= 0 && run["eligible_debt"] <= run["province_lgfv_debt[" + first + "]"]).all());
      CHECK((run["cash"] >= 0 && run["rollover"] >= 0 && run["rollover"] <= 1).all());
      CHECK(((run["local_debt_bond"] - bonds) / bonds).abs().maxCoeff() < 1e-12);
      CHECK(((run["local_debt_lgfv"] - vehicles) / (vehicles + 1)).abs().maxCoeff() < 1e-12);
    }
  }
}

TEST_CASE("a swap changes no net debt in its step, and lowers interest, spreads, hazards and cuts afterwards") {
  std::vector<double> net, interest, cuts, ill, spread;
  for (const double swap : {0.0, -1.0}) {
    Harness run(local_debt(), from_2024(StepUnit::month, 120), {}, {}, 512);
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
    Harness run(local_debt(), from_2024(StepUnit::month, 60), {}, {}, 512);
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
  Harness whole(local_debt(), from_2024(StepUnit::month, 60), params, {}, 256);
  prepare(whole);
  whole.start();
  whole.run(29);
  Harness half(local_debt(), from_2024(StepUnit::month, 60), params, {}, 256);
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
  Harness run(local_debt(), from_2024(StepUnit::month, 60), {{"hazard", 0.0}, {"spread_noise", 0.0}}, {}, 256);
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
    Harness run(local_debt(), from_2024(StepUnit::month, 24),
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
    Harness run(local_debt(), from_2024(StepUnit::month, 24),
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
    Harness run(local_debt(), from_2024(StepUnit::month, 12), {{"hazard", 0.0}});
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

TEST_CASE("a quota of swaps beyond the eligible debt says how much was used") {
  Harness run(local_debt(), from_2024(StepUnit::year, 2), {{"provinces", std::string("national")}});
  run.set("policy.swap", 10000.0);
  run.start();
  run.step();
  CHECK(run.at("swap_issued") == 10000);
  CHECK(run.at("swap_beyond_eligible") == 0);
  run.step();
  CHECK(run.at("swap_issued") == near(4300, 1e-12));
  CHECK(run.at("swap_beyond_eligible") == 1);
}
