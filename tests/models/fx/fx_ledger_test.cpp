#include "models/fx/fx_ledger.h"

#include "tests/models/fx/sample.h"
#include "tests/support/reference.h"

using namespace moniac;
using namespace moniac::testing;
using nlohmann::json;

TEST_CASE("a step of the ledger pays, values and rebalances as the reference does") {
  const json file = reference("fx/reserves_ledger.json");
  for (const json& c : file["cases"]) {
    const json &state = c["state"], &p = c["params"], &in = c["inputs"], &expected = c["expected"];
    Harness run(fx_ledger(), fx_grid(StepUnit::month, 2),
                {{"deposits", state["dep"].get<double>()},
                 {"treasuries", state["ust"].get<double>()},
                 {"other_bonds", state["oth"].get<double>()},
                 {"sdr_and_gold", state["sdr"].get<double>()},
                 {"retained_income", p["ret"].get<double>()},
                 {"duration", p["dur"].get<double>()},
                 {"convexity", p["conv"].get<double>()},
                 {"deposit_share", p["s_dep"].get<double>()},
                 {"lowest_deposits", p["dep_min"].get<double>()},
                 {"liquid_treasuries", p["ust_liq"].get<double>()},
                 {"liquid_other_bonds", p["oth_liq"].get<double>()},
                 {"purchases_into_treasuries", p["h_ust"].get<double>()},
                 {"wanted_deposits", p["dep_star"].get<double>()},
                 {"rebalancing", p["k_reb"].get<double>()}},
                "jp");
    const double y = in["y_ust"], dy = in["dy"];
    run.set("us.policy_rate", 100 * in["r_dep"].get<double>());
    run.set("us.y5", 100 * (y - dy));
    run.start();
    run.set("us.y5", 100 * y);
    run.set("intervention_flow", in["Q"].get<double>());
    run.step();
    const auto expect = [&](const char* output, const char* name, double sign = 1) {
      INFO(output);
      CHECK(sign * run.at(output) == Approx(expected[name].get<double>()).epsilon(1e-11).margin(1e-11));
    };
    // The euro moved as well in the first case: its loading is tested on its own.
    const bool euro = in["dln_oth"].get<double>() != 0;
    expect("fx_reserves[dep]", "dep");
    expect("fx_reserves[ust]", "ust");
    if (!euro) expect("fx_reserves[oth]", "oth");
    if (!euro) expect("fx_reserves_total", "total");
    expect("fx_delivered", "Q_effective");
    expect("fx_income", "income");
    expect("us.foreign_official_flow", "ust_net_transactions");
    expect("us.treasury_sales[japan]", "ust_net_transactions", -1);
    CHECK(run.at("us.treasury_sales[china]") == 0);
  }
}

TEST_CASE("other bonds gain half of what the euro gains, a step later") {
  Harness run(fx_ledger(), fx_grid(StepUnit::month, 4), {}, "jp");
  const json c = reference("fx/reserves_ledger.json")["cases"][0];
  run.set("eurusd.rate", 1.10);
  run.start();
  run.step();
  CHECK(run.at("fx_reserves[oth]") == 55);
  run.set("eurusd.rate", 1.10 * std::exp(2 * c["inputs"]["dln_oth"].get<double>()));
  run.step();
  const double growth = c["expected"]["oth"].get<double>() / c["state"]["oth"].get<double>();
  CHECK(run.at("fx_reserves[oth]") == Approx(55 * growth).epsilon(1e-12));
  CHECK(run.at("fx_valuation") == Approx(55 * (growth - 1)).epsilon(1e-10));
}

TEST_CASE("every dollar is accounted for on a thousand random paths") {
  for (const auto& [scope, order] :
       {std::pair{"jp", "treasuries_first"}, {"cn", "in_proportion"}, {"th", "in_proportion"}}) {
    Harness run(fx_ledger(), fx_grid(StepUnit::month, 60), {{"rebalancing", 6.0}, {"sale_order", word(order)}}, scope,
                1024);
    run.set("eurusd.rate", 1.1);
    run.start();
    std::srand(1);
    double largest = 0;
    for (int k = 0; k < 60; ++k) {
      const auto noise = [&] { return Eigen::ArrayXd::Random(1024).eval(); };
      run.set("us.y5", 4 + noise());
      run.set("eurusd.rate", 1.1 + 0.05 * noise());
      run.set("intervention_flow", 60 * noise());
      run.set("official_flow", noise());
      run.set("forward_intervention", noise());
      run.set("forward_maturity", noise());
      run.set("current_account", 5 * noise());
      run.set("debt_relief", 1 + noise());
      run.step();
      largest = std::max(
          {largest, run["ledger_identity_residual"].maxCoeff(), run["balance_of_payments_residual"].maxCoeff()});
      CHECK((run["us.foreign_official_flow"].abs() < 1e4).all());
    }
    CHECK(largest < 2e-11);
  }
}

TEST_CASE("a forward sale leaves reserves and lowers what can be used") {
  Harness run(fx_ledger(), fx_grid(StepUnit::month, 4), {}, "jp");
  run.start();
  const double before = run.at("fx_reserves_total"), net = run.at("fx_net_usable");
  run.set("forward_intervention", 20);
  run.step();
  CHECK(run.at("fx_reserves_total") == Approx(before));
  CHECK(run.at("fx_net_usable") == Approx(net - 20));
  run.set("forward_intervention", 0);
  run.set("forward_maturity", -20);
  run.step();
  CHECK(run.at("fx_reserves_total") == Approx(before - 20));
  CHECK(run.at("fx_net_usable") == Approx(net - 20));
}

TEST_CASE("Treasuries go first, or both kinds of bonds in proportion to what is held") {
  const auto after_selling = [](const char* order, double sale) {
    Harness run(fx_ledger(), fx_grid(StepUnit::month, 1),
                {{"sale_order", word(order)},
                 {"deposits", 100.0},
                 {"lowest_deposits", 100.0},
                 {"treasuries", 600.0},
                 {"other_bonds", 200.0},
                 {"retained_income", 0.0}},
                "jp");
    run.start();
    run.set("intervention_flow", sale);
    run.step();
    CHECK(run.at("fx_delivered") == Approx(sale));
    CHECK(run.at("us.treasury_sales[japan]") == Approx(600 - run.at("fx_reserves[ust]")));
    return std::pair{run.at("fx_reserves[ust]"), run.at("fx_reserves[oth]")};
  };
  CHECK(after_selling("treasuries_first", 80) == std::pair{520.0, 200.0});
  CHECK(after_selling("in_proportion", 80) == std::pair{540.0, 180.0});
  // Other bonds give half of themselves at most, and Treasuries what is left: nothing deliverable stays unsold.
  CHECK(after_selling("in_proportion", 600) == std::pair{100.0, 100.0});
}

TEST_CASE("what reserves cannot deliver is not sold, and is reported") {
  for (const char* order : {"treasuries_first", "in_proportion"}) {
    Harness run(fx_ledger(), fx_grid(StepUnit::month, 2), {{"sale_order", word(order)}}, "jp");
    run.start();
    const double most = run.at("fx_deliverable");
    run.set("intervention_flow", 5000);
    run.step();
    CHECK(run.at("fx_delivered") == Approx(most));
    CHECK(run.at("shortfall") == 1);
    CHECK(run.at("fx_reserves[dep]") == Approx(0).margin(1e-9));
  }
}

TEST_CASE("reserves refuse a negative stock and shares that are none") {
  const Calendar time = fx_grid(StepUnit::month, 12);
  CHECK_THROWS_WITH(Harness(fx_ledger(), time, {{"treasuries", -5.0}}), Catch::Contains("treasuries"));
  CHECK_THROWS_WITH(Harness(fx_ledger(), time, {{"deposit_share", 1.1}}), Catch::Contains("deposit_share"));
}
