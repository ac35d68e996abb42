#include "models/treasury/auction.h"

#include <cmath>

#include "tests/support/catch.h"
#include "tests/support/harness.h"

using namespace moniac;
using moniac::testing::grid;
using moniac::testing::Harness;

namespace {}  // namespace

TEST_CASE("an unchanged market has an unchanged tail, up to the calm of yields") {
  for (const StepUnit unit : {StepUnit::day, StepUnit::week, StepUnit::month, StepUnit::quarter}) {
    const Calendar time = grid(unit, 200);
    Harness run(auction(), time);
    run.set("coupon_issuance", 4479 * time.dt());
    run.start();
    const double tail = run.at("auction_tail");
    // inventory take G/k = 56 bn of 300; no volatility is calmer than usual by 0.8, worth 0.05 * 0.8 of cover
    CHECK(run.at("dealer_inventory") == Approx(0.15 * 4479 / 12));
    CHECK(tail == Approx(0.2 + 1.5 * 0.15 * 4479 / 12 / 300 - 6 * 0.05 * 0.8));
    run.run(100);
    CHECK(run.at("auction_tail") == Approx(tail).epsilon(1e-9));
    CHECK(run.at("auction_surprise") == Approx(0).margin(1e-9));
  }
}

TEST_CASE("cover falls with size and volatility and rises with a concession") {
  const Calendar time = grid(StepUnit::month, 12);
  Harness run(auction(), time);
  run.start();
  run.set("coupon_issuance", 2 * 4479 / 12.0);
  run.step();
  CHECK(run.at("auction_cover") == Approx(2.5 + 0.05 * 0.8 - 0.3 * std::log(2.0)));
  run.set("coupon_issuance", 4479 / 12.0);
  run.set("y10", 4.14 + 0.3);
  run.step();
  // The mean over three months holds two of the start's and one of now: a concession of 20 bp.
  CHECK(run.at("auction_cover") == Approx(2.5 + 0.05 * 0.8 + 0.05 * 0.2 / 0.25));
  run.step();
  // Last step's 30 bp against 6 bp a day of 21.75 days.
  const double volatility = 0.3 / (0.06 * std::sqrt(261 / 12.0)) - 0.8;
  CHECK(run.at("auction_cover") == Approx(2.5 - 0.05 * volatility + 0.05 * 0.1 / 0.25));
}

TEST_CASE("the sum of tails has the variance of its auctions at any step") {
  for (const StepUnit unit : {StepUnit::day, StepUnit::week, StepUnit::month}) {
    const Calendar time = grid(unit, 2);
    Harness run(auction(), time, {}, "us", 65536);
    run.seed(31);
    run.set("coupon_issuance", 4479 * time.dt());
    run.start();
    run.step();
    const double variance = 0.81 * 108 * time.dt();
    CHECK(run.variance("auction_surprise") == Approx(variance).epsilon(4 * std::sqrt(2.0 / 65536)));
    CHECK(run.mean("auction_surprise") == Approx(0).margin(4 * std::sqrt(variance / 65536)));
  }
}

TEST_CASE("dealers' inventory decays and refills exactly, whatever the step") {
  std::vector<double> inventories;
  for (const StepUnit unit : {StepUnit::month, StepUnit::quarter, StepUnit::year}) {
    const Calendar time = grid(unit, 12);
    Harness run(auction(), time);
    run.set("coupon_issuance", 4479 * time.dt());
    run.start();
    run.set("coupon_issuance", 8000 * time.dt());
    run.run(static_cast<int>(std::lround(1 / time.dt())));
    inventories.push_back(run.at("dealer_inventory"));
  }
  for (const double inventory : inventories)
    CHECK(inventory == Approx(0.15 / 12 * (8000 + (4479 - 8000) * std::exp(-12.0))).epsilon(1e-12));
}
