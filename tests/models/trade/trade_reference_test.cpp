#include <cmath>

#include "models/trade/envelope.h"
#include "models/trade/held_flows.h"
#include "models/trade/sticky_closure.h"
#include "tests/models/trade/trade_case.h"
#include "tests/support/reference.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

Json trade_reference(const std::string& name) {
  return reference("trade/" + name + ".json");
}

std::size_t index_of(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

}  // namespace

TEST_CASE("tariffs and controls on the table of 2022 have the published reference solution") {
  for (const char* name : {"p01_unit_hat_icio2022", "p06_us10_uniform_icio2022", "p07_us145_china125_icio2022",
                           "p08_us80_china_icio2022", "p09_chip_export_control_icio2022"}) {
    CAPTURE(name);
    const Json file = trade_reference(name);
    TradeSolver solver(base_2022(), file["inputs"]["theta"], DeficitClosure::world);
    const TradePolicy policy = policy_of(solver.base(), file["inputs"]);
    const TradeEquilibrium& at = solver.solve(policy);
    check_equilibrium(solver.base(), at, file["expected"]);
    check_accounts(solver.base(), at, policy);
  }
}

TEST_CASE("without any change nothing moves") {
  TradeSolver solver(base_2022(), {4, 5, 4, 4, 4.5, 3}, DeficitClosure::world);
  const TradeEquilibrium& at = solver.solve(unchanged(solver.base()));
  CHECK(at.iterations <= 1);
  for (std::size_t n = 0; n < solver.base().shape.regions; ++n) {
    CHECK(at.wage[n] == Approx(1).epsilon(1e-14));
    CHECK(at.welfare[n] == Approx(1).epsilon(1e-14));
  }
}

TEST_CASE("a random world of three regions is solved with and without its deficits") {
  for (const auto& [name, closure] : {std::pair{"p04_random_3x2_world", DeficitClosure::world},
                                      std::pair{"p04_random_3x2_zero", DeficitClosure::zero}}) {
    CAPTURE(name);
    const Json file = trade_reference(name);
    const Json& inputs = file["inputs"];
    REQUIRE(problems_of(table_of(inputs)).empty());
    TradeSolver solver(calibrated(table_of(inputs)), inputs["theta"], closure);
    TradePolicy policy = unchanged(solver.base());
    policy.tariff = by_link(inputs["tariff_new_jni"]);
    policy.iceberg = by_link(inputs["iceberg_hat_jni"]);
    const TradeEquilibrium& at = solver.solve(policy);
    check_equilibrium(solver.base(), at, file["expected"]);
    check_accounts(solver.base(), at, policy);
  }
}

TEST_CASE("two equal countries that tax each other alike have the closed form") {
  const Json file = trade_reference("p02_symmetric_two_country");
  for (const Json& symmetric : file["cases"]) {
    const double home = symmetric["home_share"], tariff = symmetric["tariff"];
    const TradeTable table{.regions = {"A", "B"},
                           .sectors = {"goods"},
                           .flow = {home, 1 - home, 1 - home, home},
                           .tariff = {0, 0, 0, 0},
                           .input = {0, 0}};
    TradeSolver solver(calibrated(table), {symmetric["theta"]}, DeficitClosure::world);
    TradePolicy policy = unchanged(solver.base());
    policy.tariff = {0, tariff, tariff, 0};
    const TradeEquilibrium& at = solver.solve(policy);
    REQUIRE(at.converged);
    const Json& expected = symmetric["expected"];
    CHECK(at.wage[0] == Approx(1).epsilon(1e-12));
    CHECK(at.price_index[0] == Approx(double(expected["P_hat"])).epsilon(1e-9));
    CHECK(at.share[1] == Approx(double(expected["import_share"])).epsilon(1e-9));
    CHECK(at.welfare[0] == Approx(double(expected["welfare_hat"])).epsilon(1e-9));
    CHECK(at.share[3] == Approx(double(expected["foreign_home_share"])).epsilon(1e-9));
  }
}

TEST_CASE("with one sector welfare is what the own share says (Arkolakis, Costinot and Rodriguez-Clare)") {
  const Json file = trade_reference("p03_acr_one_sector");
  for (const Json& one_sector : file["cases"]) {
    TradeSolver solver(calibrated(table_of(one_sector["inputs"])), one_sector["inputs"]["theta"],
                       DeficitClosure::world);
    TradePolicy policy = unchanged(solver.base());
    policy.iceberg = by_link(one_sector["iceberg_hat_jni"]);
    check_equilibrium(solver.base(), solver.solve(policy), one_sector["expected"]);
    check_equal(solver.solve(policy).welfare, flat(one_sector["acr_welfare"]));
    const Json& tariffs = one_sector["tariff_case"];  // without costs of transport
    policy = unchanged(solver.base());
    policy.tariff = by_link(tariffs["tariff_jni"]);
    check_equilibrium(solver.base(), solver.solve(policy), tariffs["expected"]);
    check_equal(solver.solve(policy).welfare, flat(tariffs["acr_with_revenue"]));
  }
}

TEST_CASE("the optimal tariff is one over the elasticity times the foreign own share") {
  const Json file = trade_reference("p05_optimal_tariff");
  for (const Json& pair : file["cases"]) {
    const double elasticity = pair["theta"], best = pair["formula_fixed_point"];
    const TradeTable table{.regions = {"home", "foreign"},
                           .sectors = {"goods"},
                           .flow = by_link(pair["flow_jni"]),
                           .tariff = {0, 0, 0, 0},
                           .input = {0, 0}};
    TradeSolver solver(calibrated(table), {elasticity}, DeficitClosure::world);
    TradePolicy policy = unchanged(solver.base());
    const auto welfare = [&](double tariff) {
      policy.tariff[1] = tariff;
      return solver.solve(policy).welfare[0];
    };
    const double at_best = welfare(best);
    CHECK(at_best == Approx(double(pair["welfare_hat_at_optimum"])).epsilon(1e-9));
    CHECK(1 / (elasticity * solver.solve(policy).share[3]) == Approx(best).epsilon(1e-9));
    CHECK(welfare(best - 0.01) < at_best);
    CHECK(welfare(best + 0.01) < at_best);
  }
}

TEST_CASE("trade adjusts over years from the short-run to the long-run elasticity") {
  const Json file = trade_reference("p10_envelope_permanent_step_icio2022");
  const Json& inputs = file["inputs"];
  TradeSolver solver(base_2022(), inputs["theta_sr"], DeficitClosure::world);
  const TradeShape shape = solver.base().shape;
  const Envelope envelope(solver.base(), inputs["theta_sr"], inputs["theta_lr"]);
  const TradePolicy policy = policy_of(solver.base(), inputs["policies_by_step"][0]);
  const double pace = inputs["lambda_step"];
  std::vector<double> used_to(shape.links());
  for (std::size_t step = 0; step < 12; ++step) {
    CAPTURE(step);
    const std::vector<double> shares = shares_of(envelope, used_to);
    const TradeEquilibrium& at = solver.solve(policy, shares.data());
    REQUIRE(at.converged);
    check_equal(at.wage, flat(file["expected"]["w_hat"][step]));
    check_equal(at.welfare, flat(file["expected"]["welfare_hat"][step]));
    check_equal(at.revenue, flat(file["expected"]["tariff_revenue"][step]));
    for (std::size_t n = 0; n < shape.regions; ++n) {
      for (std::size_t i = 0; i < shape.regions; ++i) {
        for (std::size_t j = 0; j < shape.sectors; ++j) {
          const std::size_t link = shape.link(n, i, j);
          const double landed =
              std::log((1 + policy.tariff[link]) / (1 + solver.base().tariff[link]) * at.cost[shape.cell(i, j)]);
          used_to[link] += pace * (landed - used_to[link]);
        }
      }
    }
  }
}

TEST_CASE("a promise to buy is kept by a subsidy of the importer") {
  const Json file = trade_reference("p12_purchase_commitment_icio2022");
  TradeSolver solver(base_2022(), file["inputs"]["theta"], DeficitClosure::world);
  const TradeBase& base = solver.base();
  const std::vector<double> flows = shipped_table(ShippedTable::icio_2022).flow;
  HeldFlows held(base.shape);
  std::vector<std::size_t> promised;
  for (const Json& target : file["inputs"]["targets"]) {
    promised.push_back(base.shape.link(index_of(base.regions, target["importer"]),
                                       index_of(base.regions, target["exporter"]),
                                       index_of(base.sectors, target["sector"])));
    held.add({.link = promised.back(),
              .by = HeldBy::subsidy,
              .target = double(target["flow_ratio"]) * flows[promised.back()]});
  }
  TradePolicy policy = unchanged(base);
  const auto solve = [&]() -> const TradeEquilibrium& { return solver.solve(policy); };
  const TradeEquilibrium& at = held.find(solver, policy, solve);
  check_equilibrium(base, at, file["expected"]);
  check_accounts(base, at, policy);
  for (std::size_t c = 0; c < promised.size(); ++c)
    CHECK(policy.tariff[promised[c]] == Approx(double(file["expected"]["new_rate"][c])).epsilon(1e-9));
  held.release(policy);
  CHECK(policy.tariff == base.tariff);

  held.clear();
  held.add({.link = promised[0], .by = HeldBy::subsidy, .target = 0.5 * flows[promised[0]]});
  CHECK(held.find(solver, policy, solve).converged);
  CHECK(policy.tariff == base.tariff);
}

TEST_CASE("sticky wages and spending take the path of the reference and end in the equilibrium") {
  const Json file = trade_reference("p13_sticky_wage_path_icio2022");
  const Json& inputs = file["inputs"];
  const Json& expected = file["expected"];
  TradeSolver solver(base_2022(), inputs["theta"], DeficitClosure::world);
  const TradeBase& base = solver.base();
  const TradePolicy policy = policy_of(base, inputs);
  const double dt = inputs["dt"];
  const StickySpeeds speeds{.wage = double(inputs["kappa_w"]) * dt,
                            .spending = 1 - std::exp(-double(inputs["kappa_I"]) * dt)};
  const LaneVector<1> exchange(base.shape.regions, LaneArray<1>::Ones());
  LaneVector<1> wages = exchange, spendings = on_all_lanes<1>(base.income);
  std::vector<double> wage(base.shape.regions, 1.0), spending = base.income;
  TradeEquilibria<1> lane(base.shape);
  KernelArray work(2 * base.shape.regions);
  for (std::size_t step = 0; step < 400; ++step) {
    const TradeEquilibrium& at = solver.respond(policy, wage.data(), spending.data());
    REQUIRE(at.converged);
    lane.set(0, at);
    if (step < 12) {
      CAPTURE(step);
      check_equal(at.wage, flat(expected["w"][step]));
      check_equal(at.income, flat(expected["I"][step]));
      check_equal(at.price_index, flat(expected["P"][step]));
      check_equal(at.revenue, flat(expected["R"][step]));
      for (std::size_t n = 0; n < base.shape.regions; ++n)
        CHECK(employment(base, lane, n)[0] == Approx(double(expected["employment_hat"][step][n])).epsilon(1e-9));
    }
    adjust(base, lane, speeds, exchange, wages, spendings, work, best_kernels());
    get_lane(wages, 0, wage);
    get_lane(spendings, 0, spending);
  }
  check_equal(wage, flat(expected["long_run_w"]));
}
