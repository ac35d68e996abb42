#include "models/local_debt/provinces.h"

#include "models/local_debt/local_debt.h"
#include "tests/models/local_debt/from_2024.h"
#include "tests/support/harness.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::from_2024;
using moniac::testing::Harness;
using moniac::testing::near;
using moniac::testing::Params;

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
  Harness all(local_debt(), from_2024(StepUnit::month, 36), shared);
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
    Harness run(local_debt(), from_2024(StepUnit::month, 36), one);
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

TEST_CASE("provinces that do not add up are refused with names and amounts") {
  const auto refused = [](const Params& params) {
    return moniac::testing::refusal(local_debt(), from_2024(StepUnit::month, 12), params);
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
