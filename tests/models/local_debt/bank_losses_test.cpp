#include "models/local_debt/local_debt.h"
#include "tests/models/local_debt/from_2024.h"
#include "tests/support/catch.h"
#include "tests/support/harness.h"

using namespace moniac;
using moniac::testing::Harness;
using moniac::testing::Params;

namespace {

const Calendar monthly = moniac::testing::from_2024(StepUnit::month, 24);

// One China that falls into distress in the first step. Banks hold 40,000 of 50,000 and lose half of that: 10,000,
// 6,000 and 4,000 fall on the three groups.
Params fallen(const std::vector<double>& capital, const Matrix& interbank) {
  return {{"provinces", std::string("national")},
          {"lgfv_debt", std::vector<double>{50000.0}},
          {"stated_totals", std::vector<double>{129427, 40737.3, 50000}},
          {"bank_share", 0.8},
          {"extension_loss", 0.5},
          {"bank_group_shares", std::vector<double>{0.5, 0.3, 0.2}},
          {"bank_capital", capital},
          {"clearing", std::string("on")},
          {"interbank", interbank}};
}

std::vector<double> capital_after(const Params& params) {
  Harness run(local_debt(), monthly, params);
  run.fix("distress", 0.0);
  run.start();
  run.step();
  CHECK(run["clearing_identity_residual"].maxCoeff() < 5e-10);
  return {run.at("bank_capital[big_six]"), run.at("bank_capital[joint_stock]"), run.at("bank_capital[city_rural]"),
          run.at("bank_capital_loss")};
}

}  // namespace

TEST_CASE("a group of banks that loses more than its capital pays its debts in part, and others bear the rest") {
  // City banks have 3,000, lose 4,000 and owe 2,000 to the big six and 500 to joint-stock banks: what is left outside
  // is 3,000 - 4,000 + 2,500 = 1,500, of which each creditor gets three fifths of its claim.
  Params params = fallen({16000, 7000, 3000}, {{0, 0, 0}, {0, 0, 0}, {2000, 500, 0}});
  params.insert({{"asset_recovery", 1.0}, {"claim_recovery", 1.0}});
  const auto whole = capital_after(params);
  CHECK(whole[0] == Approx(16000 - 10000 - 800));
  CHECK(whole[1] == Approx(7000 - 6000 - 200));
  CHECK(whole[2] == 0);
  CHECK(whole[3] == Approx(20000));  // clearing moves losses, it makes none

  // A default that costs a fifth of outside assets leaves 1,200.
  params["asset_recovery"] = 0.8;
  const auto costly = capital_after(params);
  CHECK(costly[0] == Approx(16000 - 10000 - 2000 * (1 - 1200.0 / 2500)));
  CHECK(costly[1] == Approx(7000 - 6000 - 500 * (1 - 1200.0 / 2500)));
  CHECK(costly[2] == 0);
  CHECK(costly[3] == Approx(20300));
}

TEST_CASE("a group whose debtor fails may fail after it") {
  // As above, but joint-stock banks have 100 beyond their own loss, lose 200 of their claim, and so owe the big six
  // more than they have: of 1,000 they pay 900.
  Params params = fallen({16000, 6100, 3000}, {{0, 0, 0}, {1000, 0, 0}, {2000, 500, 0}});
  params.insert({{"asset_recovery", 1.0}, {"claim_recovery", 1.0}});
  Harness run(local_debt(), monthly, params);
  run.fix("distress", 0.0);
  run.start();
  run.step();
  CHECK(run.at("interbank_shortfall[city_rural]") == Approx(1000));
  CHECK(run.at("interbank_shortfall[joint_stock]") == Approx(100));
  CHECK(run.at("interbank_shortfall[big_six]") == 0);
  CHECK(run.at("bank_capital[big_six]") == Approx(16000 - 10000 - 800 - 100));
  CHECK(run.at("bank_capital[joint_stock]") == 0);
  CHECK(run.allocations() == 0);

  // Nobody falls into distress in the next step: everybody pays.
  run.fix("distress", 1.0);
  run.step();
  CHECK(run.at("interbank_shortfall[city_rural]") == 0);
  CHECK(run.at("bank_capital_loss") == 0);
}

TEST_CASE("clearing changes nothing while every group has the capital for its losses") {
  std::vector<Eigen::ArrayXd> capital, stress;
  for (const char* clearing : {"off", "on"}) {
    Harness run(local_debt(), monthly, {{"hazard", 0.5}, {"clearing", std::string(clearing)}}, {}, 256);
    run.seed(37);
    run.start();
    run.run(24);
    CHECK(run["bank_capital[city_rural]"].minCoeff() > 0);
    CHECK(run["interbank_shortfall[city_rural]"].maxCoeff() == 0);
    capital.emplace_back(run["bank_capital[city_rural]"]);
    stress.emplace_back(run["financial_stress"]);
  }
  CHECK(capital[0].maxCoeff() > capital[0].minCoeff());
  CHECK((capital[0] == capital[1]).all());
  CHECK((stress[0] == stress[1]).all());
}

TEST_CASE("debts between bank groups that cannot be are refused") {
  using Catch::Matchers::Contains;
  const auto refused = [](const Matrix& interbank) {
    return moniac::testing::refusal(local_debt(), monthly, {{"interbank", interbank}});
  };
  CHECK_THAT(refused({{0, 1}, {1, 0}}), Contains("a row and a column for each of 3 banks"));
  CHECK_THAT(refused({{0, 1, -1}, {1, 0, 1}, {1, 1, 0}}), Contains("liabilities are negative"));
  CHECK_THAT(refused({{1, 1, 1}, {1, 0, 1}, {1, 1, 0}}), Contains("a bank owes itself"));
}
