#include "models/fx/cny.h"

#include "models/fx/yuan_channels.h"
#include "tests/models/fx/sample.h"
#include "tests/support/reference.h"

using namespace moniac;
using namespace moniac::testing;
using nlohmann::json;

TEST_CASE("fixing and close follow each other day by day as in the reference") {
  const json file = reference("fx/yuan_fixing.json");
  CHECK(file["cases"].size() == 2);
  for (const json& c : file["cases"]) {
    const json& in = c["inputs"];
    const double band = in["band"];
    const Fixing rule{std::log(1 - band), std::log(1 + band), in["kappa_ccf"]};
    Eigen::ArrayXd fix = Eigen::ArrayXd::Constant(1, std::log(in["fix"].get<double>()));
    for (std::size_t d = 0; d < in["market_log_target"].size(); ++d) {
      const json& row = c["expected"]["rows"][d];
      const auto one = [](const json& x) { return Eigen::ArrayXd::Constant(1, x.get<double>()).eval(); };
      const Eigen::ArrayXd target = one(in["market_log_target"][d]), close = rule.close(target, fix);
      CHECK(std::exp(close(0)) == Approx(row[0].get<double>()).epsilon(1e-12));
      CHECK((close(0) != target(0)) == row[1].get<bool>());
      fix = rule.next(close, fix, one(in["basket_day"][d]), one(in["basket_24h"][d])).eval();
      CHECK(std::exp(fix(0)) == Approx(row[3].get<double>()).epsilon(1e-12));
    }
  }
}

TEST_CASE("exporters' dollars, official purchases and money are those of the reference, to the dollar") {
  const json file = reference("fx/yuan_channels.json");
  CHECK(file["cases"].size() == 3);
  for (const json& c : file["cases"]) {
    const json &in = c["inputs"], &expected = c["expected"];
    const auto number = [&](const char* name) { return in[name].get<double>(); };
    const Calendar time = fx_grid(StepUnit::month, 2);
    Harness run(cny(), time,
                {{"exports", number("X")},
                 {"imports", number("M")},
                 {"import_share", number("s1")},
                 {"conversion", number("c0")},
                 {"conversion_by_depreciation", number("c_e")},
                 {"conversion_by_interest", number("c_i")},
                 {"outflow", number("K_out")},
                 {"outflow_by_depreciation", 0.0},
                 {"outflow_by_interest", 0.0},
                 {"standing_controls", number("ctl")},
                 {"absorbed", number("a_m")},
                 {"central_bank_share", number("psi")},
                 {"normal_supply_at_start", false},
                 {"fixing", number("S")},
                 {"sterilised", number("st")},
                 {"dealer_depth", number("lam_fx")},
                 {"domestic_credit_growth", number("dDC") / 36800 / time.dt()}});
    run.set("policy_rate", 100 * number("i_cn"));
    run.set("us.policy_rate", 100 * number("i_us"));
    run.set("usdcny.premium", 100 * number("E_dep"));
    run.set("capital_inflow", number("K_in"));
    run.start();
    run.step();
    const auto expect = [&](double value, const char* name) {
      INFO(name);
      CHECK(value == Approx(expected[name].get<double>()).epsilon(1e-11).margin(1e-11));
    };
    expect(run.at("converted_share") / 100, "s3");
    expect(run.at("offshore_dollars"), "held_abroad");
    expect(run.at("dollar_supply"), "net_fx_supply");
    expect(-run.at("intervention_flow"), "pboc_purchase");
    expect(run.at("shadow_fx") - 2700, "state_bank_purchase");
    expect(run.at("dealer_absorption"), "dealer_absorption");
    expect(run.at("pboc_fx_book") - 22000, "d_fx_book_cny");
    expect(run.at("pboc_bills"), "d_bills_cny");
    expect(run.at("base_money") - 36800, "d_base_money_cny");
    expect(run.at("market_change"), "dlnx_market");
  }
}

TEST_CASE("trade, money and the balance of payments close on random paths at any step") {
  for (const StepUnit unit : {StepUnit::week, StepUnit::month, StepUnit::quarter}) {
    Harness run(cny(), fx_grid(unit, 60), {}, "cn", 512);
    run.seed(31);
    run.start();
    double flows = 0, sheet = 0;
    for (int k = 0; k < 60; ++k) {
      run.set("us.policy_rate", 3 + Eigen::ArrayXd::Random(512));
      run.set("usdcny.premium", 3 * Eigen::ArrayXd::Random(512));
      run.set("capital_controls", 0.5 + 0.4 * Eigen::ArrayXd::Random(512));
      run.step();
      flows = std::max(flows, run["balance_of_payments_residual"].maxCoeff());
      sheet = std::max(sheet, run["balance_sheet_residual"].maxCoeff());
    }
    CHECK(flows < 1e-11);
    CHECK(sheet < 2e-10);
  }
}

TEST_CASE("without shocks the yuan stays within two per cent for five years") {
  for (const auto& [unit, steps] : {std::pair{StepUnit::week, 261}, {StepUnit::month, 60}, {StepUnit::quarter, 20}}) {
    Harness run(cny(), fx_grid(unit, steps), {{"sigma", 0.0}});
    run.start();
    run.run(steps);
    CHECK(run.at("usdcny.rate") == Approx(7.17).epsilon(0.02));
    CHECK(run.at("fixing") == Approx(7.17).epsilon(0.02));
  }
}

TEST_CASE("a cut against the dollar drains dollars or weakens the yuan, by the share that is absorbed") {
  const auto after_a_year = [](double absorbed, double cut, const char* what) {
    Harness run(cny(), fx_grid(StepUnit::month, 12), {{"sigma", 0.0}, {"absorbed", absorbed}});
    run.start();
    run.set("policy_rate", 1.40 - cut);
    run.run(12);
    return run.at(what);
  };
  for (const double absorbed : {0.85, 0.6})
    CHECK(after_a_year(absorbed, 1.5, "usdcny.rate") > after_a_year(absorbed, 0, "usdcny.rate"));
  const double weaker_managed = after_a_year(0.85, 1.5, "usdcny.rate") / 7.17 - 1;
  const double weaker_freer = after_a_year(0.6, 1.5, "usdcny.rate") / 7.17 - 1;
  CHECK(weaker_freer > 1.5 * weaker_managed);
  CHECK(after_a_year(0.85, 1.5, "shadow_fx") < after_a_year(0.85, 0, "shadow_fx"));
}

TEST_CASE("a fixing of infinite strength is a peg, and the close keeps to its band") {
  Harness peg(cny(), fx_grid(StepUnit::month, 24), {{"fixing_strength", 1e12}}, "cn", 512);
  peg.seed(33);
  peg.start();
  peg.run(24);
  CHECK((peg["fixing"] / 7.17 - 1).abs().maxCoeff() < 1e-9);
  CHECK((peg["usdcny.rate"] / 7.17 - 1).abs().maxCoeff() <= 0.02 + 1e-9);
  CHECK(peg.mean("band_edge_share") > 0.2);
}

TEST_CASE("the yuan's volatility is its market's, and demand beyond the band comes later") {
  Harness run(cny(), fx_grid(StepUnit::month, 12), {{"dealer_depth", 0.0}, {"anchor_speed", 0.0}}, "cn", 65536);
  run.seed(35);
  run.start();
  run.run(12);
  Sample x;
  x.add(logs_of(run["usdcny.rate"] / 7.17));
  CHECK(std::sqrt(x.variance()) == Approx(0.042).epsilon(0.03));
  Harness shock(cny(), fx_grid(StepUnit::weekday, 60), {{"sigma", 0.0}, {"dealer_depth", 0.0}, {"anchor_speed", 0.0}});
  shock.start();
  shock.set("market.usdcny_shock", 0.05);
  shock.step();
  CHECK(std::log(shock.at("usdcny.rate") / 7.17) == Approx(std::log(1.02)));
  shock.set("market.usdcny_shock", 0);
  shock.run(59);
  CHECK(std::log(shock.at("usdcny.rate") / 7.17) == Approx(0.05).epsilon(1e-3));
}

TEST_CASE("an explosive yuan is refused before it runs") {
  const Calendar time = fx_grid(StepUnit::month, 12);
  CHECK_THROWS_WITH(Harness(cny(), time, {{"absorbed", 0.2}}), Catch::Contains("the yuan explodes"));
  CHECK_THROWS_WITH(Harness(cny(), time, {{"absorbed", 1.2}}), Catch::Contains("absorbed"));
  CHECK_THROWS_WITH(Harness(cny(), time, {{"base_money", -1.0}}), Catch::Contains("base_money"));
}
