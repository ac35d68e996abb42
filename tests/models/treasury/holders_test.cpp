#include "models/treasury/holders.h"

#include <cmath>

#include "models/treasury/starts.h"
#include "tests/support/catch.h"
#include "tests/support/harness.h"

using namespace moniac;
using moniac::testing::grid;
using moniac::testing::Harness;
using moniac::testing::Params;

namespace {

const Calendar monthly = grid(StepUnit::month, 120);

enum { soma, japan, china, uk, other_official, other_foreign_private, banks, mmf, rest };

double held(const Harness& run, int holder) {
  return run.at("holdings[" + holder_names(false)[static_cast<std::size_t>(holder)] + "]");
}
double held_bills(const Harness& run, int holder) {
  return run.at("bill_holdings[" + holder_names(false)[static_cast<std::size_t>(holder)] + "]");
}

// Sets the Treasury's outstanding debt after a step that adds these.
class Outstanding {
 public:
  explicit Outstanding(Harness& run) : run_(run) {}
  void add(const Eigen::ArrayXd& bills, const Eigen::ArrayXd& coupons) {
    bills_ = bills_ + bills;
    coupons_ = coupons_ + coupons;
    run_.set("net_bills", bills);
    run_.set("net_coupons", coupons);
    run_.set("bills_outstanding", bills_);
    run_.set("coupons_outstanding", coupons_);
  }
  void add(double bills, double coupons) { add(all(bills), all(coupons)); }
  const Eigen::ArrayXd& bills() const { return bills_; }
  const Eigen::ArrayXd& coupons() const { return coupons_; }

 private:
  Eigen::ArrayXd all(double x) const { return Eigen::ArrayXd::Constant(run_.paths(), x); }
  Harness& run_;
  Eigen::ArrayXd bills_ = all(treasury_start(0).bills);
  Eigen::ArrayXd coupons_ = all(treasury_start(0).coupons());
};

std::string message(const Params& params) {
  return moniac::testing::refusal(holders(), monthly, params);
}

}  // namespace

TEST_CASE("a matrix of weights says who looks at whom") {
  // A chain: japan looks at china, uk at japan, other officials at the uk, nobody at them; the last at nobody.
  const Matrix chain{{0, 1, 0, 0, 0}, {0, 1, 0, 0, 0}, {1, 0, 0, 0, 0}, {0, 0, 1, 0, 0}, {0, 0, 0, 0, 0}};
  Harness run(holders(), monthly,
              {{"cascade_weight_matrix", chain}, {"cascade_thresholds", std::vector<double>(5, 0.8)}});
  run.start();
  run.set("leader_action", 1);
  const std::vector<std::vector<double>> expected{{1, 1, 0, 0, 0}, {1, 1, 1, 0, 0}, {1, 1, 1, 1, 0}, {1, 1, 1, 1, 0}};
  for (const auto& row : expected) {
    run.step();
    for (int j = 0; j < 5; ++j)
      CHECK(run.at("follows[" + holder_names(false)[static_cast<std::size_t>(j + 1)] + "]") ==
            row[static_cast<std::size_t>(j)]);
  }
  CHECK(message({{"cascade_weight_matrix", Matrix{{1}}}}).find("a row and a column for each of 5") !=
        std::string::npos);
}

TEST_CASE("with a temperature holders join by chance, with the probability of a logistic law on either side") {
  const double tau = 0.2;
  Harness run(holders(), monthly, {{"cascade_temperature", tau}}, {}, 16384);
  run.seed(8);
  run.start();
  run.set("uscn.posture", 0.9);  // signal 0.08
  run.step();
  const std::vector<double> theta{.45, .90, .40, .40, .60};
  for (int j = 0; j < 5; ++j) {
    const auto b = run["follows[" + holder_names(false)[static_cast<std::size_t>(j + 1)] + "]"];
    for (const double side : {1.0, -1.0}) {
      const double chance = 1 / (1 + std::exp((theta[static_cast<std::size_t>(j)] - side * 0.08) / tau));
      const double share = (b == side).cast<double>().mean();
      CHECK(std::abs(share - chance) < 4 * std::sqrt(chance * (1 - chance) / 16384));
    }
  }
  const Eigen::ArrayXd buyers = (run["follows[uk]"] == 1.0).cast<double>();
  run.step();
  CHECK((run["follows[uk]"] == 1.0).cast<double>().mean() > buyers.mean());
  CHECK(run.allocations() == 0);
}

TEST_CASE("with little temperature the cascade is the one without") {
  for (const double tau : {0.0, 1e-4}) {
    Harness run(holders(), monthly,
                {{"cascade_temperature", tau}, {"cascade_thresholds", std::vector<double>{.43, .9, .35, .35, .55}}});
    run.seed(9);
    run.start();
    run.set("leader_action", 1);
    run.set("uscn.posture", 1);
    for (const double followers : {3.0, 5.0, 5.0}) {
      run.step();
      Eigen::ArrayXd sum = Eigen::ArrayXd::Zero(run.paths());
      for (int j = 1; j <= 5; ++j) sum += run["follows[" + holder_names(false)[static_cast<std::size_t>(j)] + "]"];
      INFO("temperature " << tau << ", step " << run.index());
      CHECK(sum.minCoeff() == followers);
      CHECK(sum.maxCoeff() == followers);
    }
  }
}

TEST_CASE("holdings add up to what is outstanding, whatever is sold, bought and run off, at any step") {
  for (const StepUnit unit : {StepUnit::day, StepUnit::week, StepUnit::month, StepUnit::quarter}) {
    Harness run(holders(), grid(unit, 200));
    const Eigen::ArrayXd x = Eigen::ArrayXd::LinSpaced(run.paths(), -1, 1);
    Outstanding debt(run);
    run.start();
    for (int k = 0; k < 200; ++k) {
      run.set("redeemed_bills", 2000.0 * std::abs(std::sin(k)));
      run.set("redeemed_coupons", 300.0);
      run.set("qt_cap", 40.0);
      run.set("fed_purchases", Eigen::ArrayXd(20 * x));
      run.set("cn.treasury_sales", Eigen::ArrayXd(30 * x * std::cos(k)));
      run.set("bill_yield", Eigen::ArrayXd(3.5 + x));
      run.set("leader_action", k % 20 == 7 ? 1.0 : 0.0);
      debt.add(Eigen::ArrayXd(100 * x * std::sin(k) + 10), Eigen::ArrayXd(50 * x * std::cos(3 * k) + 10));
      run.step();
      CHECK(run["holder_identity_residual"].maxCoeff() < 5e-10);
      Eigen::ArrayXd total = Eigen::ArrayXd::Zero(run.paths()), bills = total;
      for (const std::string& name : holder_names(false)) {
        total += run["holdings[" + name + "]"];
        bills += run["bill_holdings[" + name + "]"];
        CHECK(run["bill_holdings[" + name + "]"].minCoeff() >= -1e-9);
        CHECK((run["holdings[" + name + "]"] - run["bill_holdings[" + name + "]"]).minCoeff() >= -1e-9);
      }
      CHECK((bills / debt.bills() - 1).abs().maxCoeff() < 1e-12);
      CHECK((total / (debt.bills() + debt.coupons()) - 1).abs().maxCoeff() < 1e-12);
    }
  }
}

TEST_CASE("a dollar of issuance that does not show in the debt is a breach") {
  Harness run(holders(), monthly);
  run.start();
  run.set("net_bills", 1e-9);
  run.step();
  CHECK(run.at("holder_identity_residual") > 5e-10);
}

TEST_CASE("the SOMA runs off its part of maturing coupons, then of bills, up to the cap") {
  const TreasuryStart d = treasury_start(0);
  const double coupons = (d.holdings[soma] - d.bill_holdings[soma]) * 300 / d.coupons();
  const double bills = d.bill_holdings[soma] * 2000 / d.bills;
  struct Case {
    double cap, runoff, bill_runoff;
  };
  for (const Case& c :
       {Case{0, 0, 0}, Case{30, 30, 0}, Case{coupons + 10, coupons + 10, 10}, Case{1000, coupons + bills, bills}}) {
    Harness run(holders(), monthly);
    run.start();
    run.set("redeemed_bills", 2000.0);
    run.set("redeemed_coupons", 300.0);
    run.set("qt_cap", c.cap);
    const double before = held(run, soma), bills_before = held_bills(run, soma);
    run.step();
    CHECK(run.at("soma_runoff") == Approx(c.runoff).epsilon(1e-12));
    CHECK(before - held(run, soma) == Approx(c.runoff).margin(1e-9));
    CHECK(bills_before - held_bills(run, soma) == Approx(c.bill_runoff).margin(1e-9));
  }
}

TEST_CASE("money funds take more of the bills the more these yield over the ON RRP, as far as it reaches") {
  struct Case {
    double spread, rrp, bought;
  };
  // s0 + s1 clip(spread/10 bp, -1, 1) of 100
  for (const Case& c : {Case{0, 500, 55}, Case{0.05, 500, 67.5}, Case{0.3, 500, 80}, Case{-0.3, 500, 30},
                        Case{0.3, 20, 20}, Case{0.3, 0, 0}}) {
    Harness run(holders(), monthly);
    Outstanding debt(run);
    run.start();
    run.set("policy_rate", 3.75);
    run.set("bill_yield", 3.50 + c.spread);
    run.set("on_rrp", c.rrp);
    debt.add(100, 0);
    run.step();
    CHECK(run.at("mmf_purchases") == Approx(c.bought).margin(1e-9));
  }
}

TEST_CASE("foreigners on their trend are no news, a sale of 300 is, and comes out of the seller's holdings") {
  for (const double sale : {0.0, 300.0}) {
    Harness run(holders(), monthly);
    run.start();
    run.set("cn.treasury_sales", sale / 2);
    run.set("treasury_sales", 0.0);
    const double before = held(run, china);
    run.set("gdp_nominal", 30000.0);
    run.set("cn.treasury_sales", sale);
    run.step();
    CHECK(run.at("flow_surprise") == Approx(100 * sale / 30000).margin(1e-12));
    CHECK(held(run, china) - before == Approx(before * 0.04 / 12 - sale).margin(1e-9));
    CHECK(run.at("insensitive_coupons_expected") - run.at("insensitive_coupons") ==
          Approx(0.9 * sale * (1 - 14.0 / 684)).margin(1e-9));
  }
}

TEST_CASE("nobody sells more than there is") {
  Harness run(holders(), monthly);
  run.start();
  run.set("cn.treasury_sales", 2000.0);
  run.step();
  CHECK(held(run, china) == Approx(0).margin(1e-9));
  CHECK(run.at("holdings_exhausted") == 1);
  CHECK(run.at("holder_identity_residual") < 5e-10);
}

TEST_CASE("a path on which a holder sells out changes no bit of the others") {
  const auto run = [](double of_first) {
    Harness all(holders(), monthly, {}, "us", 64);
    Outstanding debt(all);
    all.start();
    Eigen::ArrayXd sales = Eigen::ArrayXd::LinSpaced(64, 10, 20);
    sales(0) = of_first;
    for (int k = 0; k < 12; ++k) {
      debt.add(100.5, 33.3);
      all.set("cn.treasury_sales", sales);
      all.step();
    }
    return Eigen::ArrayXd(all["holdings[china]"]);
  };
  const Eigen::ArrayXd nobody = run(10), first = run(400);
  CHECK(nobody(0) > 0);
  CHECK(first(0) == 0);
  CHECK((nobody.tail(63) == first.tail(63)).all());
}

TEST_CASE("nobody buys more than there is") {
  Harness run(holders(), monthly);
  run.start();
  run.set("jp.treasury_sales", -20000.0);
  run.step();
  CHECK(held(run, rest) - held_bills(run, rest) == Approx(0).margin(1e-6));
  CHECK(held(run, rest) > 0);  // bills are left
  CHECK(run.at("supply_exhausted") == 1);
  CHECK(run.at("holder_identity_residual") < 5e-10);
}

TEST_CASE("who sells bills first keeps coupons") {
  Harness run(holders(), monthly, {{"sells_bills", Names{"china"}}, {"foreign_growth", 0.0}});
  run.start();
  run.set("cn.treasury_sales", 20.0);
  run.step();
  CHECK(held_bills(run, china) == Approx(0).margin(1e-9));
  CHECK(held(run, china) == Approx(664));
}

TEST_CASE("a leader is followed only when the posture is good, in two months at any step") {
  for (const StepUnit unit : {StepUnit::week, StepUnit::month, StepUnit::quarter})
    for (const double posture : {0.75, 1.0}) {
      const Calendar time = grid(unit, 40);
      Harness run(holders(), time);
      run.set("uscn.posture", posture);
      run.start();
      run.set("leader_action", 1.0);
      const int half_year = static_cast<int>(std::lround(0.5 / time.dt()));
      for (int k = 0; k < half_year; ++k) {
        run.step();
        run.set("leader_action", 0.0);
      }
      CHECK(run.at("follows[china]") == 1);
      for (const char* holder : {"japan", "uk", "other_official", "other_foreign_private"})
        CHECK(run.at(std::string("follows[") + holder + "]") == (posture == 1 ? 1 : 0));
    }
}

TEST_CASE("sellers are the mirror of buyers") {
  Harness run(holders(), monthly);
  run.set("uscn.posture", 0.0);  // the signal of posture 1 with its sign turned
  run.start();
  run.set("leader_action", -1.0);
  for (int k = 0; k < 4; ++k) run.step();
  for (const char* holder : {"china", "japan", "uk", "other_official", "other_foreign_private"})
    CHECK(run.at(std::string("follows[") + holder + "]") == -1);
  CHECK(run.at("flow_surprise") > 0);
}

TEST_CASE("partners that refuse sell, China aside") {
  Harness run(holders(), monthly, {{"foreign_growth", 0.0}});
  run.start();
  run.set("partners_refused", 0.5);
  const double japan_before = held(run, japan), china_before = held(run, china);
  run.step();
  CHECK(held(run, japan) == Approx(japan_before * (1 - 0.5 * 0.06 / 12)));
  CHECK(held(run, china) == Approx(china_before));
}

TEST_CASE("Japan split in two holds what Japan holds") {
  Harness whole(holders(), monthly), split(holders(), monthly, {{"split_japan", true}});
  whole.start();
  split.start();
  CHECK(split.at("holdings[japan]") + split.at("holdings[japan_private]") == Approx(whole.at("holdings[japan]")));
  split.set("y10", 5.14);  // a point above the start, a third of it hedged away by dearer dollars
  split.set("y3m", 4.59);
  const double before = split.at("holdings[japan_private]");
  split.step();
  CHECK(split.at("holdings[japan_private]") == Approx(before * (1 + (0.04 + 0.05 * (1 - 0.3)) / 12)));
  CHECK(split.at("holder_identity_residual") < 5e-10);
}

TEST_CASE("private supply is that of thirteen weeks, in percent of a year's GDP") {
  for (const StepUnit unit : {StepUnit::week, StepUnit::month, StepUnit::quarter}) {
    const Calendar time = grid(unit, 40);
    Harness run(holders(), time);
    Outstanding debt(run);
    run.set("gdp_nominal", 30000.0);
    run.start();
    CHECK(run.at("private_supply") == 0);
    for (int k = 0; k < 20; ++k) {
      debt.add(1500 * time.dt(), 600 * time.dt());
      run.set("fed_purchases", 300 * time.dt());
      run.step();
    }
    CHECK(run.at("private_supply") == Approx(100 * 1800 / 30000.0));
    CHECK(run.at("issuance_gap") == Approx(6.0));
  }
}

TEST_CASE("holdings that do not add up, and holders that nobody knows, are refused with both numbers") {
  std::vector<double> holdings = treasury_start(0).holdings;
  holdings[china] += 100;
  CHECK(message({{"holdings", holdings}}) == "holdings sum to 30971 USD bn, but 30871 are outstanding");
  std::vector<double> bills = treasury_start(0).bill_holdings;
  bills[china] += 700;
  bills[rest] -= 700;
  CHECK(message({{"bill_holdings", bills}}) == "china holds 714 USD bn of bills in 684 of bills and coupons");
  CHECK(message({{"holdings", std::vector<double>{1, 2}}}) == "holdings has 2 numbers for 9");
  CHECK(message({{"cascade_weights", std::vector<double>{.3, .3, .3, .3, .3}}}) == "the weights sum to 1.5, not to 1");
  CHECK(message({{"sells_bills", Names{"brazil"}}}) ==
        "unknown foreign holder 'brazil'; there are japan, china, uk, other_official, other_foreign_private");
}
