#include "models/market/market.h"

#include <cmath>

#include "models/market/priced_outcomes.h"
#include "tests/support/catch.h"
#include "tests/support/harness.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

using Numbers = std::vector<double>;

constexpr Eigen::Index paths = 65536;

Params quiet(Params more = {}) {
  more["volatility"] = 0.0;
  more.try_emplace("sector_volatility", Numbers(6, 0.0));
  return more;
}

// The simple return of equities when the probability of a deal goes from `before` to `after`.
double simple_return(double before, double after) {
  Harness run(market(), grid(StepUnit::weekday, 5), quiet());
  run.set("uscn.deal_probability", before);
  run.start();
  run.set("uscn.deal_probability", after);
  run.step();
  return std::expm1(run.at("equity"));
}

}  // namespace

TEST_CASE("prices move with probabilities as in the reference, and the move says by how much") {
  const auto known = reference("diplomacy/priced_probability.json");
  for (const auto& move : known.at("moves")) {
    const double before = move.at("before"), after = move.at("after");
    CHECK(simple_return(before, after) == near(move.at("return"), 1e-13));
  }
  const OutcomeValues values = {known.at("up"), 0, known.at("down")};
  const auto& implied = known.at("implied");
  const double before = implied.at("before");
  const double expected = 1 + before * values[0] + (1 - before) * values[2];
  CHECK(implied_change(values, implied.at("return").get<double>(), expected) ==
        near(implied.at("change"), known.at("tolerance")));
}

TEST_CASE("the change that a return implies is the change of belief where there is no other news") {
  Harness run(market(), grid(StepUnit::weekday, 5), quiet());
  run.set("uscn.deal_probability", 0.3);
  run.start();
  run.set("uscn.deal_probability", 0.45);
  run.step();
  CHECK(run.at("implied_change") == Approx(0.15).epsilon(1e-12));
}

TEST_CASE("an event resolves by its probabilities, and returns have mean zero and the variance of outcomes and time") {
  const double p = 0.4, up = 0.05, down = -0.03;
  Harness run(market(), grid(StepUnit::weekday, 10),
              {{"belief", std::string("event")},
               {"event_on", std::vector<Date>{grid(StepUnit::weekday, 10).date(6)}},
               {"event_probabilities", Numbers{p, 0, 1 - p}},
               {"value_deal", 100 * up},
               {"value_breakdown", 100 * down}},
              {}, paths);
  run.seed(5);
  run.start();
  run.run(5);
  CHECK((run["outcome"] == -1).all());
  const double quiet_variance = run.variance("equity");
  run.step();
  const double deals = (run["outcome"] == 0).cast<double>().mean();
  CHECK(std::abs(deals - p) < 4 * std::sqrt(p * (1 - p) / double(paths)));
  CHECK((run["outcome"] != 1).all());
  CHECK((run["belief[deal]"] + run["belief[no_change]"] + run["belief[breakdown]"] == 1).all());

  // Simple returns of the outcomes alone, by path: mean 0 within 4 standard errors.
  const double value = 1 + p * up + (1 - p) * down;
  const Eigen::ArrayXd of_outcome =
      (run["outcome"] == 0).select(Eigen::ArrayXd::Constant(paths, (1 + up) / value - 1), (1 + down) / value - 1);
  const double spread = std::sqrt(p * (1 - p)) * (up - down) / value;
  CHECK(std::abs(of_outcome.mean()) < 4 * spread / std::sqrt(double(paths)));

  // Of log returns, exactly: sigma^2 dt and that of the two logs.
  const double logs = p * (1 - p) * std::pow(std::log((1 + up) / (1 + down)), 2);
  const double dt = grid(StepUnit::weekday, 10).dt(), own = 0.16 * 0.16 * dt;
  const double fourth = 3 * own * own + 6 * own * logs + logs * logs * (1 - 3 * p * (1 - p)) / (p * (1 - p));
  const double total = own + logs;
  CHECK(std::abs(run.variance("equity") - total) < 4 * std::sqrt((fourth - total * total) / double(paths)));
  CHECK(std::abs(quiet_variance - own) < 4 * own * std::sqrt(2 / double(paths)));

  run.step();
  CHECK(std::abs(run.variance("equity") - own) < 4 * own * std::sqrt(2 / double(paths)));
}

TEST_CASE("adaptive beliefs follow with e^{-6 dt}, at any step") {
  for (const StepUnit unit : {StepUnit::month, StepUnit::quarter}) {
    const int half = unit == StepUnit::month ? 6 : 2;
    Harness run(market(), grid(unit, half), quiet({{"belief", std::string("adaptive")}}));
    run.set("uscn.deal_probability", 0.2);
    run.start();
    run.set("uscn.deal_probability", 0.8);
    run.run(half);
    CHECK(run.at("belief[deal]") == Approx(0.8 - 0.6 * std::exp(-3.0)).epsilon(1e-12));
  }
}

TEST_CASE("news about the risk premium moves equities by its duration, longer in conflict") {
  Harness run(market(), grid(StepUnit::week, 5), quiet({{"news_from", std::string("premium")}}));
  run.set("uscn.deal_probability", 0.9);
  run.start();
  run.set("uscn.deal_probability", 0.1);
  run.set("uscn.regime", 2);
  run.set("uscn.risk_premium", 1.45);
  run.step();
  CHECK(run.at("equity") == Approx(-4 * 0.01));
  run.set("uscn.regime", 3);
  run.set("uscn.risk_premium", 2.45);
  run.step();
  CHECK(run.at("equity") == Approx(-12 * 0.01));
}

TEST_CASE("sectors move with equities, with their news and by themselves") {
  Harness run(market(), grid(StepUnit::week, 5), {{"sector_beta", Numbers{1, 1.2, 1, 0.5, 1, 1}}}, {}, paths);
  run.seed(3);
  run.start();
  run.step();
  const double dt = grid(StepUnit::week, 5).dt(), variance = 0.22 * 0.22 * dt;
  for (const char* sector : {"sector[agriculture]", "sector[technology]", "sector[energy]"})
    CHECK(std::abs(run.variance(sector) - variance) < 4 * variance * std::sqrt(2 / double(paths)));
  const Eigen::ArrayXd energy = run["sector[energy]"], equity = run["equity"];
  const double slope = ((energy - energy.mean()) * (equity - equity.mean())).mean() / run.variance("equity");
  CHECK(std::abs(slope - 0.5) < 4 * std::sqrt((variance / (0.16 * 0.16 * dt) - 0.25) / double(paths)));

  Harness still(market(), grid(StepUnit::week, 5), quiet());
  still.start();
  still.set("market.news[controls_tighten]", 2);
  still.set("market.news[tariff_cut]", 1);
  still.step();
  CHECK(still.at("sector[technology]") == Approx((0.8 - 2 * 1.5) / 100));
  CHECK(still.at("sector[mining]") == Approx(0.02));
  CHECK(still.at("sector[energy]") == Approx(0.002));
}

TEST_CASE("the yuan rises with the chance of a deal and falls with the tariff") {
  Harness run(market(), grid(StepUnit::week, 5), quiet());
  run.set("uscn.deal_probability", 0.5);
  run.set("trade.tariff_rate[USA,CHN]", 30);
  run.set("trade.tariff_rate[CHN,USA]", 10);
  run.start();
  run.set("uscn.deal_probability", 1);
  run.set("trade.tariff_rate[CHN,USA]", 30);
  run.step();
  CHECK(run.at("usdcny_shock") == Approx(-0.5 * 0.005));
  run.set("trade.tariff_rate[USA,CHN]", 50);
  run.step();
  CHECK(run.at("usdcny_shock") == Approx(0.15 * 0.2));
}

TEST_CASE("volatility rises with the risk premium and has a floor") {
  Harness run(market(), grid(StepUnit::week, 5));
  run.start();
  CHECK(run.at("volatility") == Approx(16));
  run.set("uscn.risk_premium", 1.45);
  run.step();
  CHECK(run.at("volatility") == Approx(16 * 1.25));
  run.set("uscn.risk_premium", -4);
  run.step();
  CHECK(run.at("volatility") == Approx(8));
}

TEST_CASE("a market with what cannot be is refused") {
  const auto says = [](const Params& params, const std::string& what) {
    return refusal(market(), grid(StepUnit::week, 5), params).find(what) != std::string::npos;
  };
  CHECK(says({{"event_probabilities", Numbers{0.6, 0.6, 0.1}}}, "do not sum to 1"));
  CHECK(says({{"event_probabilities", Numbers{0.6, 0.4}}}, "three probabilities"));
  CHECK(says({{"belief", std::string("event")}}, "none is dated"));
  CHECK(says({{"value_deal", -3.0}}, "not worth more"));
  CHECK(says({{"sector_volatility", Numbers(6, 10.0)}}, "varies less"));
  CHECK(says({{"sector_loadings", Matrix{{1.0}}}}, "six sectors"));
}
