#include "models/treasury/fed_balance_sheet.h"

#include <cmath>

#include "models/treasury/starts.h"
#include "tests/support/catch.h"
#include "tests/support/harness.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::Harness;
using moniac::testing::near;
using moniac::testing::Params;
using moniac::testing::reference;
using moniac::testing::rows;

namespace {

Calendar grid(StepUnit unit, int steps) {
  return {.start = Date{std::chrono::May / 31 / 2023}, .unit = unit, .every = 1, .steps = steps};
}

const Params no_trend = {{"start", std::string("june_2023")}, {"currency_growth", 0.0}, {"rrp_drain", 0.0}};

// A Treasury with a budget and lenders, all of which do nothing.
void set_treasury_at_rest(Harness& run) {
  for (const char* flow : {"nonbank_purchases", "primary_deficit", "tga_change"}) run.set(flow, 0.0);
}

}  // namespace

TEST_CASE("issuance, spending and runoff move the balance sheet as in the reference") {
  const auto known = reference("treasury/liquidity.json");
  Harness run(fed_balance_sheet(), grid(StepUnit::month, 3), no_trend);
  run.start();
  for (const char* item : {"fed_assets", "reserves", "on_rrp", "tga", "deposits"})
    CHECK(run.at(item == std::string("reserves") ? "bank_reserves" : item) == double(known["parameters"][item]));
  const auto expected = rows(known["expected"]);
  std::size_t k = 0;
  for (const auto& flow : rows(known["flows"])) {
    const double issued = flow.at("net_issuance");
    run.set("mmf_purchases", flow.at("mmf_share") * issued);
    run.set("bank_purchases", flow.at("bank_share") * issued);
    run.set("nonbank_purchases", (1 - flow.at("mmf_share") - flow.at("bank_share")) * issued);
    run.set("primary_deficit", flow.at("net_spending"));
    run.set("tga_change", issued - flow.at("net_spending"));
    run.set("fed_other_assets", flow.at("d_fed_assets"));
    run.set("fed_other_liabilities", flow.at("d_other_liab"));
    run.step();
    const auto& now = expected[k++];
    CHECK(run.at("bank_reserves") == near(now.at("reserves"), 1e-12));
    CHECK(run.at("on_rrp") == Approx(now.at("on_rrp")).epsilon(1e-12).margin(1e-9));
    CHECK(run.at("tga") == near(now.at("tga"), 1e-12));
    CHECK(run.at("deposits") == near(now.at("deposits"), 1e-12));
    CHECK(run.at("fed_assets") == near(now.at("fed_assets"), 1e-12));
    CHECK(run.at("fed_other") == near(now.at("other"), 1e-12));
    CHECK(run.at("liquidity_identity_residual") < 5e-10);
    CHECK(run.at("on_rrp_exhausted") == (k == 3 ? 1 : 0));
  }
}

TEST_CASE("bills that money funds buy out of the ON RRP leave reserves alone, exactly") {
  Harness run(fed_balance_sheet(), grid(StepUnit::month, 3), no_trend);
  run.start();
  run.set("mmf_purchases", 600.0);
  run.set("primary_deficit", 0.0);
  run.set("tga_change", 600.0);
  const double reserves = run.at("bank_reserves");
  run.step();
  CHECK(run.at("bank_reserves") == reserves);
  CHECK(run.at("tga") == 649);
}

TEST_CASE("the identities hold to half a dollar under any flows, at any step") {
  for (const StepUnit unit : {StepUnit::day, StepUnit::week, StepUnit::month, StepUnit::quarter}) {
    Harness run(fed_balance_sheet(), grid(unit, 300));
    const Eigen::ArrayXd x = Eigen::ArrayXd::LinSpaced(run.paths(), -1, 1);
    run.start();
    for (int k = 0; k < 300; ++k) {
      const Eigen::ArrayXd mmf = 10 * x * std::sin(k), banks = 7 * x * std::cos(k), others = 30 * x + std::sin(2 * k);
      const Eigen::ArrayXd deficit = 12 * x + 3, bought = 5 * x * x, runoff = 4 * x * x;
      run.set("mmf_purchases", mmf);
      run.set("bank_purchases", banks);
      run.set("nonbank_purchases", others);
      run.set("primary_deficit", deficit);
      run.set("interest_cost", 2.0);
      run.set("soma_purchases", bought);
      run.set("soma_runoff", runoff);
      run.set("facility_draw", 3.0 * std::sin(k));
      run.set("bill_yield", Eigen::ArrayXd(5.5 + x));
      run.set("tga_change", Eigen::ArrayXd(mmf + banks + others + bought - runoff - deficit - 2));
      run.step();
      CHECK(run["liquidity_identity_residual"].maxCoeff() < 5e-10);
      CHECK(run["on_rrp"].minCoeff() >= 0);
      const Eigen::ArrayXd gap =
          run["fed_assets"] - run["bank_reserves"] - run["on_rrp"] - run["tga"] - run["fed_other"];
      CHECK((gap / run["fed_assets"]).abs().maxCoeff() < 1e-12);
    }
  }
}

TEST_CASE("a dollar that the Treasury raised and the Federal Reserve did not get is a breach") {
  Harness run(fed_balance_sheet(), grid(StepUnit::month, 3), no_trend);
  run.start();
  set_treasury_at_rest(run);
  run.set("tga_change", 1e-9);
  run.step();
  CHECK(run.at("liquidity_identity_residual") > 5e-10);
}

TEST_CASE("without a budget, a Treasury or lenders, what is borrowed beyond the plan for cash is spent") {
  struct Case {
    std::vector<std::pair<const char*, double>> known;
    double tga, reserves;
  };
  for (const Case& c :
       {Case{{{"bank_purchases", 5}, {"nonbank_purchases", 0}, {"tga_change", 2}}, 2, -5 + 3},  // no budget
        Case{{{"nonbank_purchases", 0}, {"primary_deficit", 7}}, 0, 0},                         // no Treasury
        Case{{{"primary_deficit", 7}, {"tga_change", 4}}, 4, -4}}) {                            // no lenders
    Harness run(fed_balance_sheet(), grid(StepUnit::month, 3), no_trend);
    run.start();
    const double tga = run.at("tga"), reserves = run.at("bank_reserves");
    for (const auto& [flow, amount] : c.known) run.set(flow, amount);
    run.step();
    CHECK(run.at("tga") - tga == Approx(c.tga).margin(1e-9));
    CHECK(run.at("bank_reserves") - reserves == Approx(c.reserves).margin(1e-9));
    CHECK(run.at("liquidity_identity_residual") < 5e-10);
  }
}

TEST_CASE("every entry moves each account as its row says") {
  struct Entry {
    const char* input;
    double tga, rrp, reserves, assets, deposits, other;
  };
  for (const Entry& e :
       {Entry{"mmf_purchases", 1, -1, 0, 0, 0, 0}, Entry{"bank_purchases", 1, 0, -1, 0, 0, 0},
        Entry{"nonbank_purchases", 1, 0, -1, 0, -1, 0}, Entry{"primary_deficit", -1, 0, 1, 0, 1, 0},
        Entry{"soma_runoff", -1, 0, 0, -1, 0, 0}, Entry{"facility_draw", 0, 0, 1, 1, 0, 0},
        Entry{"fed_other_assets", 0, 0, 1, 1, 1, 0}, Entry{"fed_other_liabilities", 0, 0, -1, 0, 0, 1}}) {
    Harness run(fed_balance_sheet(), grid(StepUnit::month, 3), no_trend);
    run.start();
    const std::vector<std::pair<const char*, double>> accounts = {
        {"tga", e.tga},           {"on_rrp", e.rrp},        {"bank_reserves", e.reserves},
        {"fed_assets", e.assets}, {"deposits", e.deposits}, {"fed_other", e.other}};
    set_treasury_at_rest(run);
    std::vector<double> before;
    for (const auto& account : accounts) before.push_back(run.at(account.first));
    run.set(e.input, 8.0);
    run.step();
    for (std::size_t i = 0; i < accounts.size(); ++i) {
      INFO(e.input << " on " << accounts[i].first);
      CHECK(run.at(accounts[i].first) - before[i] == Approx(8 * accounts[i].second).margin(1e-9));
    }
  }
}

TEST_CASE("money leaves the ON RRP and currency grows as fast at any step") {
  std::vector<double> rrp, currency;
  for (const StepUnit unit : {StepUnit::month, StepUnit::quarter, StepUnit::year}) {
    const int steps = unit == StepUnit::month ? 12 : unit == StepUnit::quarter ? 4 : 1;
    Harness run(fed_balance_sheet(), grid(unit, steps), {{"start", std::string("june_2023")}});
    run.set("primary_deficit", 0.0);
    run.set("policy_rate", 5.25);
    run.set("bill_yield", 5.55);
    run.start();
    run.run(steps);
    rrp.push_back(run.at("on_rrp"));
    currency.push_back(run.at("currency"));
  }
  // Half a point over the ON RRP rate, 0.8 a year and point; 3.5 % a year.
  for (const double x : rrp) CHECK(x == near(2254.9 * std::exp(-0.8 * 0.5), 1e-12));
  for (const double x : currency) CHECK(x == near(2340 * std::exp(0.035), 1e-12));
}

TEST_CASE("reserves are ample at -7 bp and scarce as in September 2019") {
  Harness run(fed_balance_sheet(), grid(StepUnit::month, 3),
              {{"reserves", 1394.0},
               {"fed_assets", 3850.0},
               {"on_rrp", 0.0},
               {"tga", 200.0},
               {"currency", 1750.0},
               {"bank_assets", 17700.0}});
  run.start();
  CHECK(run.at("effr_spread") == Approx(20).margin(1));  // EFFR 2.30, IOER 2.10 on 2019-09-17
  CHECK(run.at("liquidity_index") == Approx(7.876).margin(0.001));
  Harness ample(fed_balance_sheet(), grid(StepUnit::month, 3), {{"start", std::string("june_2023")}});
  ample.start();
  CHECK(ample.at("effr_spread") == Approx(-7).margin(0.2));
}

TEST_CASE("repo spikes only when reserves are scarce and a settlement exceeds what dealers take") {
  for (const double reserves : {1394.0, 3000.0}) {
    Harness run(fed_balance_sheet(), grid(StepUnit::month, 3),
                {{"reserves", reserves},
                 {"fed_assets", 2456 + reserves},
                 {"on_rrp", 0.0},
                 {"tga", 200.0},
                 {"currency", 1750.0},
                 {"bank_assets", 17700.0},
                 {"currency_growth", 0.0}});
    run.start();
    run.set("primary_deficit", 0.0);
    run.set("net_coupons", 200.0);  // 100 in each of two settlements, 40 more than dealers take
    run.step();
    CHECK(run.at("repo_spread") - run.at("effr_spread") == Approx(reserves < 2000 ? 40 : 0).margin(1e-9));
  }
}

TEST_CASE("bills are ordered up to the floor of reserves, no faster than the pace") {
  Harness run(fed_balance_sheet(), grid(StepUnit::month, 3), {{"reserve_floor", 12.2}});
  run.start();
  CHECK(run.at("reserve_purchases") == Approx(0.122 * 24500 - 2957.4));
  Harness slow(fed_balance_sheet(), grid(StepUnit::month, 3), {{"reserve_floor", 14.0}});
  slow.start();
  CHECK(slow.at("reserve_purchases") == Approx(60));
  Harness ample(fed_balance_sheet(), grid(StepUnit::month, 3));
  ample.start();
  CHECK(ample.at("reserve_purchases") == 0);
}

TEST_CASE("purchases calm the market from a rise of 40 bp in four weeks until it is below 20") {
  Harness run(fed_balance_sheet(), grid(StepUnit::week, 12), {{"market_function_pace", 50.0}});
  run.set("primary_deficit", 0.0);
  run.start();
  const std::vector<double> premium = {10, 20, 30, 45, 60, 60, 60, 62, 62, 62};
  // Rise over four weeks:             10, 20, 30, 45, 50, 40, 30, 17, 2, 2
  const std::vector<double> on = {0, 0, 0, 1, 1, 1, 1, 0, 0, 0};
  for (std::size_t k = 0; k < premium.size(); ++k) {
    run.set("term_premium_10y", premium[k]);
    run.step();
    INFO(k);
    CHECK(run.at("market_function") == on[k]);
    CHECK(run.at("market_function_purchases") == Approx(50 * on[k]));
  }
  run.set("auction_cover", 2.1);
  run.step();
  CHECK(run.at("market_function") == 0);
  run.step();
  CHECK(run.at("market_function") == 1);
}

TEST_CASE("a balance sheet that leaves less than currency for the other liabilities is refused") {
  try {
    const Harness run(fed_balance_sheet(), grid(StepUnit::month, 3), {{"reserves", 5000.0}});
    FAIL();
  } catch (const std::invalid_argument& error) {
    CHECK(std::string(error.what()).substr(0, 66) ==
          "assets less reserves, ON RRP and TGA leave 661.6000000000004 USD b");
  }
}
