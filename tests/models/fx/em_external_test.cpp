#include "models/fx/em_external.h"

#include <random>

#include "tests/models/fx/sample.h"
#include "tests/support/reference.h"

using namespace moniac;
using namespace moniac::testing;
using nlohmann::json;

TEST_CASE("two years of a debtor with a stop and relief go as in the reference, step by step") {
  const json file = reference("fx/external_ledger.json");
  CHECK(file["cases"].size() == 2);
  for (const json& c : file["cases"]) {
    const json& in = c["inputs"];
    const auto number = [&](const char* name) { return in[name].get<double>(); };
    Harness run(em_external(), fx_grid(StepUnit::quarter, 8),
                {{"reserves", number("R0")},
                 {"external_debt", number("E0")},
                 {"gdp", 100.0},
                 {"flight", number("flight") / 100},
                 {"spread", 0.0},
                 {"amortisation", number("a")},
                 {"least_reserves", number("R_min")},
                 {"stop_rollover", number("rho_ss")},
                 {"borrowing", false},
                 {"imf", false},
                 {"standing_access", number("imf_access")},
                 {"remittances", 0.0},
                 {"buyback_price", number("buyback_price")},
                 {"grant", number("grant")},
                 {"relief_cap", 1.0}});
    run.set("us.y5", 100 * number("i_ext"));
    run.set("trade_balance", number("TB") * number("dt"));
    run.start();
    for (int t = 0; t < 8; ++t) {
      const bool stop = number("stop_from") <= t && t < number("stop_to");
      const bool was = number("stop_from") <= t - 1 && t - 1 < number("stop_to");
      run.fix("sudden_stop", stop == was ? 1 - 1e-12 : 1e-12);
      const auto at = static_cast<std::size_t>(t);
      const double relief = at < in["relief"].size() ? in["relief"][at].get<double>() : 0.0;
      run.set("debt_relief_programme", relief / number("dt"));
      run.step();
      const json &names = c["expected"]["columns"], &row = c["expected"]["rows"][at];
      const auto expect = [&](double value, const char* name) {
        for (std::size_t i = 0; i < names.size(); ++i)
          if (names[i] == name) {
            INFO(name << " in step " << t);
            CHECK(value == Approx(row[i].get<double>()).epsilon(1e-12).margin(1e-12));
            return;
          }
        FAIL(name);
      };
      expect(run.at("fx_reserves"), "R");
      expect(run.at("external_debt"), "E");
      expect(run.at("imf_credit"), "imf_outstanding");
      expect(run.at("arrears"), "arrears");
      expect(run.at("external_interest"), "interest");
      expect(run.at("external_amortisation"), "amort");
      expect(run.at("external_rollover"), "rollover");
      expect(run.at("imf_draw"), "imf_draw");
      expect(run.at("unpaid"), "unpaid");
      expect(run.at("compression"), "import_compression");
      expect(run.at("debt_retired"), "face_retired");
      expect(run.at("cn.debt_relief"), "creditor_reserves_spent");
      expect(run.at("debt_forgiven"), "creditor_grant");
      expect(run.at("yuan_claim") - run.last("yuan_claim")(0), "creditor_rmb_claim_usd");
    }
  }
}

TEST_CASE("without stops reserves stay within two per cent of the start for five years") {
  for (const auto& [unit, steps] : {std::pair{StepUnit::week, 261}, {StepUnit::month, 60}, {StepUnit::quarter, 20}}) {
    Harness run(em_external(), fx_grid(unit, steps));
    run.fix("sudden_stop", 1 - 1e-12);
    run.start();
    run.run(steps);
    CHECK(run.at("fx_reserves") == Approx(1600).epsilon(0.02));
    CHECK(run.at("arrears") == 0);
  }
}

// In normal times principal is lent again and new borrowing is the deficit of the current account: E' = E + (i E - TB)
// dt whatever the amortisation. Debt stands still where interest is earned, and nowhere else.
TEST_CASE("debt grows by the deficit of the current account, and stands still without one") {
  constexpr double rate = 0.037 + 0.02;  // of the start: us.y5 and the spread at adequate reserves
  const auto debt_after_five_years = [](StepUnit unit, int steps, double remittances) {
    Harness run(em_external(), fx_grid(unit, steps), {{"remittances", remittances}, {"spread", 0.0}});
    run.set("us.y5", 100 * rate);
    run.fix("sudden_stop", 1 - 1e-12);
    run.start();
    run.run(steps);
    CHECK(run.at("fx_reserves") == Approx(1600).epsilon(1e-12));
    return run.at("external_debt");
  };
  const double balanced = rate * 5500 + 3850 - 3670;
  for (const auto& [unit, steps] : {std::pair{StepUnit::week, 261}, {StepUnit::month, 60}, {StepUnit::quarter, 20}}) {
    CHECK(debt_after_five_years(unit, steps, balanced) == Approx(5500).epsilon(1e-12));
    const double dt = fx_grid(unit, 1).dt(), interest = std::pow(1 + rate * dt, steps), earned = 250 - 180;
    CHECK(debt_after_five_years(unit, steps, 250) ==
          Approx(5500 * interest - earned / rate * (interest - 1)).epsilon(1e-12));
  }
}

TEST_CASE("stops, programmes and arrears are as frequent as in the prototype, at month and week") {
  for (const auto& [unit, steps] : {std::pair{StepUnit::week, 522}, {StepUnit::month, 120}}) {
    constexpr int paths = 4096;
    Harness run(em_external(), fx_grid(unit, steps), {}, "em", paths);
    run.set("us.y5", 4);
    run.seed(41);
    run.start();
    Eigen::ArrayXd begun = Eigen::ArrayXd::Zero(paths), helped = begun;
    double largest = 0;
    std::mt19937_64 generator(43);
    std::normal_distribution<double> normal;
    Eigen::ArrayXd risk = Eigen::ArrayXd::Zero(paths);
    const double kept = std::exp(-4 * fx_grid(unit, 1).dt());
    for (int k = 0; k < steps; ++k) {
      for (double& level : risk) level = kept * level + std::sqrt(1 - kept * kept) * normal(generator);
      run.set("world.risk", risk);
      run.step();
      begun += (run["sudden_stop"] > run.last("sudden_stop")).cast<double>();
      helped = helped.max(run["imf_programme"]);
      largest =
          std::max({largest, run["external_identity_residual"].maxCoeff(), run["relief_identity_residual"].maxCoeff()});
      REQUIRE(run["fx_reserves"].minCoeff() >= 642 - 1e-9);
    }
    CHECK(largest < 4e-12);
    CHECK(begun.mean() / 10 == Approx(0.039).margin(0.005));
    CHECK(helped.mean() == Approx(0.21).margin(0.04));
    CHECK((run["arrears"] > 0).cast<double>().mean() == Approx(0.20).margin(0.04));
  }
}

TEST_CASE("relief of nothing changes nothing, and full relief is a transfer dollar for dollar") {
  Harness none(em_external(), fx_grid(StepUnit::month, 6)),
      full(em_external(), fx_grid(StepUnit::month, 6), {{"buyback_price", 1.0}, {"grant", 1.0}});
  for (Harness* run : {&none, &full}) {
    run->fix("sudden_stop", 1 - 1e-12);
    run->start();
  }
  full.set("debt_relief_programme", 60);
  none.run(6);
  full.run(1);
  CHECK(full.at("debt_retired") == Approx(5));
  CHECK(full.at("cn.debt_relief") == Approx(5));
  CHECK(full.at("debt_forgiven") == Approx(5));
  CHECK(full.at("yuan_claim") == 0);
  CHECK(none.at("cn.debt_relief") == 0);
  full.set("debt_relief_programme", 1000);
  full.step();
  CHECK(full.at("cn.debt_relief") == Approx(0.02 * 3210 / 12));  // the cap
}

TEST_CASE("the IMF approves after three months and lends two quotas a year") {
  Harness run(em_external(), fx_grid(StepUnit::month, 40), {{"reserves", 650.0}});
  run.fix("sudden_stop", 1e-12);
  run.start();
  run.step();  // asked at the start already: import cover below 2.5 months
  run.run(2);
  CHECK(run.at("imf_programme") == 0);
  run.fix("sudden_stop", 1 - 1e-12);
  run.step();
  CHECK(run.at("imf_programme") == 1);
  run.run(10);
  CHECK(run.at("imf_credit") <= 300 + 1e-9);
  run.run(26);
  CHECK(run.at("imf_credit") <= 900 + 1e-9);
}

TEST_CASE("an external position below its least reserves is refused") {
  const Calendar time = fx_grid(StepUnit::month, 12);
  CHECK_THROWS_WITH(Harness(em_external(), time, {{"reserves", 100.0}}), Catch::Contains("below the least ones"));
  CHECK_THROWS_WITH(Harness(em_external(), time, {{"reserves", -100.0}}), Catch::Contains("reserves"));
  CHECK_THROWS_WITH(Harness(em_external(), time, {{"grant", 1.1}}), Catch::Contains("grant"));
}
