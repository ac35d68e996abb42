// Laws of demand under announced tariffs.
#include "models/trade/policy/trade_uncertainty.h"
#include "models/trade/policy/base_trade.h"
#include "tests/support/catch.h"
#include "tests/support/harness.h"

using namespace moniac;
using namespace moniac::testing;

TEST_CASE("one standard deviation on all that an economy trades costs it the effect, up or down") {
  for (const double announced : {5.0, -5.0}) {
    Harness model(trade_uncertainty(), grid(StepUnit::month, 2));
    model.start();
    CHECK(model.at("us.demand") == 0);
    for (const std::string& partner : base_trade().regions) {
      model.set("trade.tariff_announced[USA," + partner + "]", announced);
      model.set("trade.tariff_announced[" + partner + ",USA]", announced);
    }
    model.step();
    CHECK(model.at("us.demand") == Approx(-0.3).epsilon(1e-12));
    CHECK(model.at("cn.demand") < 0);
    CHECK(model.at("cn.demand") > -0.3);
  }
}

TEST_CASE("what is announced for one pair weighs as much as its part of trade, and reaches no third") {
  const BaseTrade base = base_trade();
  Harness model(trade_uncertainty(), grid(StepUnit::month, 2), {{"effect", 1.0}, {"deviation", 10.0}});
  model.start();
  model.set("trade.tariff_announced[USA,CHN]", 20);
  model.step();
  double traded = 0;
  for (std::size_t i = 0; i < base.regions.size(); ++i) {
    if (i != 1) traded += base.goods_flow(1, i) + base.goods_flow(i, 1);
  }
  CHECK(model.at("cn.demand") == Approx(-2 * base.goods_flow(0, 1) / traded).epsilon(1e-12));
  CHECK(model.at("ea.demand") == 0);
}
