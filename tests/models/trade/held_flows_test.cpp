// Promises to buy and limits on exports within the model, and goods bought ahead of a tariff.
#include "models/trade/held_flows.h"

#include <cmath>

#include "models/trade/trade.h"
#include "tests/models/trade/trade_case.h"
#include "tests/support/harness.h"

using namespace moniac;
using namespace moniac::testing;
using moniac::testing::Harness;

namespace {

const Params comparative_statics = {{"labour", std::string("fixed")}, {"adjustment", std::string("long_run")}};
constexpr std::size_t usa = 0, china = 1, technology = 3;

// The equilibrium in which the quantity of technology that the USA ships to China is `part` of that of the base.
struct Limited {
  TradeBase base = base_2022();
  TradeSolver solver{base, {4, 5, 4, 4, 4.5, 3}, DeficitClosure::world};
  TradePolicy policy = unchanged(base);
  std::size_t link = base.shape.link(china, usa, technology);
  double base_flow = shipped_table(ShippedTable::icio_2022).flow[link];
  TradeEquilibrium at;

  Limited(HeldBy by, double part) {
    HeldFlows held(base.shape);
    held.add({.link = link, .by = by, .target = part * base_flow});
    at = held.find(solver, policy, [&]() -> const TradeEquilibrium& { return solver.solve(policy); });
  }
  double shipped() const {
    return at.flow[link] / (1 + policy.export_tax[link]) / at.cost[base.shape.cell(usa, technology)] / base_flow;
  }
};

}  // namespace

TEST_CASE("a limit on exports is met in quantity, and the accounts hold, whoever earns the scarcity") {
  const Limited cost(HeldBy::cost, 0.4), tax(HeldBy::export_tax, 0.4);
  for (const Limited* limited : {&cost, &tax}) {
    REQUIRE(limited->at.converged);
    CHECK(limited->shipped() == Approx(0.4).epsilon(1e-9));
    check_accounts(limited->base, limited->at, limited->policy);
  }
  CHECK(cost.policy.iceberg[cost.link] > 1.1);
  CHECK(tax.policy.export_tax[tax.link] > 0.1);
  CHECK(tax.at.export_yield[usa] ==
        Approx(tax.policy.export_tax[tax.link] / (1 + tax.policy.export_tax[tax.link]) * tax.at.flow[tax.link]));
  CHECK(tax.at.welfare[usa] > cost.at.welfare[usa]);
}

TEST_CASE("a limit above what is shipped does nothing, and a ban ends the flow") {
  const Limited loose(HeldBy::cost, 1.5);
  CHECK(loose.policy.iceberg[loose.link] == 1);
  for (const HeldBy by : {HeldBy::cost, HeldBy::export_tax}) {
    const Limited ban(by, 0);
    REQUIRE(ban.at.converged);
    CHECK(ban.shipped() < 1e-20);
    check_accounts(ban.base, ban.at, ban.policy);
  }
}

TEST_CASE("the model keeps promises to buy in both closures, on the paths that have them alone") {
  for (const char* labour : {"fixed", "sticky"}) {
    CAPTURE(labour);
    Harness run(trade(), grid(StepUnit::month, 4), {{"labour", std::string(labour)}});
    run.start();
    Eigen::ArrayXd floor = Eigen::ArrayXd::Zero(64);
    floor(3) = 60;
    run.set("trade.purchase_floor[CHN,USA,AGR]", floor);
    run.run(2);
    CHECK(run.allocations() == 0);
    CHECK(run.at("accounts_identity_residual", 3) < 1e-11);
    CHECK(run.at("flow[CHN,USA]", 3) > run.at("flow[CHN,USA]", 2) + 1);
    CHECK(run.at("revenue[CHN]", 3) < run.at("revenue[CHN]", 2));
    CHECK(run.at("tariff_rate[CHN,USA]", 3) == run.at("tariff_rate[CHN,USA]", 2));
    CHECK(run.at("us.export_demand_gap", 3) > 0.05);
    CHECK(run.at("us.export_demand_gap", 2) == Approx(0).margin(1e-12));
  }
}

TEST_CASE("the model limits exports, and a tax on them is income of the exporter") {
  const auto run_with = [](const char* rent) {
    Params params = comparative_statics;
    params["limit_rent"] = std::string(rent);
    auto run = std::make_unique<Harness>(trade(), grid(StepUnit::month, 2), params);
    run->start();
    run->set("trade.export_limit[CHN,USA,TEC]", 0.4);
    run->step();
    return run;
  };
  const auto lost = run_with("nobody"), earned = run_with("exporter");
  const Limited cost(HeldBy::cost, 0.4), tax(HeldBy::export_tax, 0.4);
  CHECK(1 + lost->at("us.welfare") / 100 == Approx(cost.at.welfare[usa]).epsilon(1e-9));
  CHECK(1 + earned->at("us.welfare") / 100 == Approx(tax.at.welfare[usa]).epsilon(1e-9));
  CHECK(earned->at("accounts_identity_residual") < 1e-11);
}

TEST_CASE("an export tax of the scenario and the discount of idle industry act together") {
  Harness run(trade(), grid(StepUnit::month, 13));
  run.start();
  run.set("trade.surcharge[USA,CHN]", 60);
  run.set("trade.export_tax[USA,CHN,TEC]", 0.25);
  run.run(12);
  CHECK(run.at("accounts_identity_residual") < 1e-11);
}

TEST_CASE("goods bought ahead move flows, revenue and both sides of the balance, and nothing else") {
  const auto run_with = [](double factor) {
    auto run = std::make_unique<Harness>(trade(), grid(StepUnit::month, 2));
    run->start();
    run->set("trade.front_loading[USA,CHN]", factor);
    run->step();
    return run;
  };
  const auto usual = run_with(1), early = run_with(1.2);
  const double imports = early->at("us.imports") - usual->at("us.imports");
  CHECK(imports > 5);
  CHECK(early->at("flow[USA,CHN]") - usual->at("flow[USA,CHN]") == Approx(imports).epsilon(1e-9));
  CHECK(early->at("cn.exports") - usual->at("cn.exports") == Approx(imports).epsilon(1e-9));
  CHECK(early->at("us.trade_balance") + imports == Approx(usual->at("us.trade_balance")).epsilon(1e-9));
  CHECK(early->at("us.tariff_revenue") > usual->at("us.tariff_revenue"));
  CHECK(early->at("us.welfare") == usual->at("us.welfare"));
}
