// Laws of trade policy: what a tariff is by law, what is collected, what others answer, what deals do to it.
#include <cmath>

#include "models/trade/policy/applied_tariff.h"
#include "models/trade/policy/bargaining_queue.h"
#include "models/trade/policy/base_trade.h"
#include "models/trade/policy/export_quota.h"
#include "models/trade/policy/phased_deal.h"
#include "models/trade/policy/retaliation.h"
#include "models/trade/policy/tariff_layers.h"
#include "models/trade/policy/tariff_schedule.h"
#include "tests/support/catch.h"
#include "tests/support/harness.h"

using namespace moniac;
using namespace moniac::testing;
using Catch::Matchers::Contains;

namespace {

Date day(int year, unsigned month, unsigned number) {
  return std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(number);
}

Calendar months(int steps) {
  return {.start = day(2024, 12, 31), .unit = StepUnit::month, .every = 1, .steps = steps};
}

Calendar days(int steps) {
  return {.start = day(2025, 4, 8), .unit = StepUnit::day, .every = 1, .steps = steps};
}

// One layer of the USA on all goods of China.
Params layer(const std::string& rate, const std::string& from, const std::string& until = "open") {
  return {{"layers", Names{"ieepa"}},
          {"layer_importers", Names{"USA"}},
          {"layer_exporters", Names{"CHN"}},
          {"layer_sectors", Names{"goods"}},
          {"layer_rates", std::vector<double>{std::stod(rate)}},
          {"layer_from", Names{from}},
          {"layer_until", Names{until}}};
}

std::string refusal_of(const Params& params) {
  return moniac::testing::refusal(tariff_schedule(), months(12), params);
}

}  // namespace

// --- tariffs by law -----------------------------------------------------------------------------------------------

TEST_CASE("layers of one partner add up while they are in force, and of those that do not stack the highest applies") {
  const Params params = {{"layers", Names{"a", "b", "c", "d"}},
                         {"layer_importers", Names{"USA", "USA", "USA", "USA"}},
                         {"layer_exporters", Names{"CHN", "all", "CHN", "CHN"}},
                         {"layer_sectors", Names{"goods", "goods", "TEC", "TEC"}},
                         {"layer_rates", std::vector<double>{20, 10, 25, 50}},
                         {"layer_from", Names{"2025-02-04", "2025-04-05", "2025-02-04", "2025-04-05"}},
                         {"layer_until", Names{"open", "2025-07-01", "open", "open"}},
                         {"layer_stacks", Names{"yes", "yes", "no", "no"}}};
  Harness model(tariff_schedule(), months(12), params);
  model.start();
  model.run(1);  // January
  CHECK(model.at("tariff_statutory[USA,CHN,TEC]") == 0);
  model.run(1);  // February
  CHECK(model.at("tariff_statutory[USA,CHN,TEC]") == Approx(0.45));
  CHECK(model.at("tariff_statutory[USA,CHN,MAN]") == Approx(0.20));
  model.run(2);  // April
  CHECK(model.at("tariff_statutory[USA,CHN,TEC]") == Approx(0.20 + 0.10 + 0.50));
  CHECK(model.at("tariff_statutory[USA,JPN,TEC]") == Approx(0.10));
  CHECK(model.at("tariff_statutory[JPN,USA,TEC]") == 0);
  CHECK(model.at("tariff_statutory[USA,USA,TEC]") == 0);
  CHECK(model.at("tariff_statutory[USA,CHN,SRV]") == 0);
  model.run(3);  // July
  CHECK(model.at("tariff_statutory[USA,JPN,TEC]") == 0);
}

TEST_CASE("a lever adds to all goods of a pair") {
  Harness model(tariff_schedule(), months(12));
  model.set("trade.tariff_add[USA,EU27]", 15);
  model.start();
  for (const char* sector : {"AGR", "ENM", "CON", "TEC", "MAN"})
    CHECK(model.at(std::string("tariff_statutory[USA,EU27,") + sector + "]") == Approx(0.15));
  CHECK(model.at("tariff_statutory[USA,EU27,SRV]") == 0);
  CHECK(model.at("tariff_statutory[EU27,USA,MAN]") == 0);
}

TEST_CASE("what is announced and not in force is published, as a change of what is in force") {
  Params params = {{"layers", Names{"ieepa", "ieepa"}},
                   {"layer_importers", Names{"USA", "USA"}},
                   {"layer_exporters", Names{"CHN", "CHN"}},
                   {"layer_sectors", Names{"goods", "goods"}},
                   {"layer_rates", std::vector<double>{10, 30}},
                   {"layer_announced", Names{"2025-02-01", "2025-04-10"}},
                   {"layer_from", Names{"2025-03-04", "2025-08-01"}},
                   {"layer_until", Names{"2025-08-01", "open"}}};
  Harness model(tariff_schedule(), months(12), params);
  model.start();
  const double expected[] = {0, 10, 0, 20, 20, 20, 20, 0};
  for (const double value : expected) {
    model.run(1);
    CHECK(model.at("tariff_announced[USA,CHN]") == Approx(value));
    CHECK(model.at("tariff_announced[CHN,USA]") == 0);
  }
}

TEST_CASE("mistakes in layers are refused with the list that they are in") {
  CHECK_THAT(refusal_of(layer("20", "2025-02-30")), Contains("'2025-02-30' is not a date such as 2025-04-05"));
  CHECK_THAT(refusal_of(layer("20", "2025-02-04", "2025-02-04")), Contains("not after its start on 2025-02-04"));
  Params unknown = layer("20", "2025-02-04");
  unknown["layer_exporters"] = Names{"CHM"};
  CHECK_THAT(refusal_of(unknown), Contains("'CHM' is none of all, USA, CHN"));
  Params services = layer("20", "2025-02-04");
  services["layer_sectors"] = Names{"SRV"};
  CHECK_THAT(refusal_of(services), Contains("'SRV' is none of goods, AGR, ENM, CON, TEC, MAN"));
  Params twice = layer("20", "2025-02-04");
  for (auto& [name, value] : twice) {
    if (auto* words = std::get_if<Names>(&value)) words->push_back(words->front());
    if (auto* numbers = std::get_if<std::vector<double>>(&value)) numbers->push_back(30);
  }
  CHECK_THAT(refusal_of(twice), Contains("two phases of ieepa overlap: from 2025-02-04 and from 2025-02-04"));
  twice["layers"] = Names{"ieepa", "section_301"};
  CHECK(refusal_of(twice).empty());
  Params shorter = layer("20", "2025-02-04");
  shorter["layer_until"] = Names{};
  CHECK_THAT(refusal_of(shorter), Contains("layer_until has 0 entries for 1 layers"));
}

TEST_CASE("layers that make a tariff of less than -100 % are refused, as is a rate below it") {
  const auto subsidies = [](double rate) {
    return Params{{"layers", Names{"a", "b"}},
                  {"layer_importers", Names{"USA", "USA"}},
                  {"layer_exporters", Names{"CHN", "CHN"}},
                  {"layer_sectors", Names{"goods", "goods"}},
                  {"layer_rates", std::vector<double>{rate, rate}},
                  {"layer_from", Names{"2025-02-04", "2025-02-04"}},
                  {"layer_until", Names{"open", "open"}}};
  };
  CHECK(refusal_of(subsidies(-40)).empty());
  CHECK_THAT(refusal_of(subsidies(-60)), Contains("layers add up to a tariff of less than -100 %"));
  CHECK_THAT(refusal_of(subsidies(-101)), Contains("layer_rates"));
}

// --- the regime and deals -----------------------------------------------------------------------------------------

TEST_CASE("the regime pulls the tariff of the USA on China to its level at its speed, exactly at any step") {
  for (const Calendar& time : {months(24), days(731)}) {
    Harness model(tariff_schedule(), time);
    model.set("uscn.regime", 3);
    model.start();
    const double start = model.at("us_china_tariff");
    CHECK(start == Approx(100 * base_trade().goods_tariff(0, 1)));
    model.run(time.steps);
    const double years = time.steps * time.dt();
    CHECK(model.at("us_china_tariff") == Approx(100 + (start - 100) * std::exp(-1.5 * years)));
  }
}

TEST_CASE("under a regime each good moves with the mean, and nothing moves at the start") {
  Harness model(tariff_schedule(), months(24));
  model.set("uscn.regime", 2);
  model.start();
  CHECK(model.at("tariff_statutory[USA,CHN,TEC]") == Approx(0).margin(1e-15));
  model.run(7);
  const double moved = model.at("us_china_tariff") / 100 - base_trade().goods_tariff(0, 1);
  CHECK(model.at("tariff_statutory[USA,CHN,TEC]") == Approx(moved));
  CHECK(model.at("tariff_statutory[USA,CHN,AGR]") == Approx(moved));
}

TEST_CASE("incidents raise the tariff in confrontation only, up to the cap, and a deal sets it") {
  Harness model(tariff_schedule(), months(24), {{"regime_speed_up", 1e-9}, {"regime_speed_down", 1e-9}});
  model.set("uscn.regime", 1);
  model.set("uscn.severe_incidents", 2);
  model.start();
  const double start = model.at("us_china_tariff");
  model.run(1);
  CHECK(model.at("us_china_tariff") == Approx(start));
  model.set("uscn.regime", 2);
  model.run(1);
  CHECK(model.at("us_china_tariff") == Approx(start + 10));
  model.set("uscn.severe_incidents", 1000);
  model.run(1);
  CHECK(model.at("us_china_tariff") == 145);
  model.set("uscn.deal_rate", 30);
  model.run(1);
  CHECK(model.at("us_china_tariff") == 30);
}

TEST_CASE("a settlement turns into a rate between pause and threat, and the rest pays the threat") {
  Harness model(tariff_schedule(), months(12), {{"threat", std::vector<double>{0, 0, 24, 20, 0, 0, 0, 0}}});
  model.start();
  CHECK(model.at("tariff_statutory[USA,JPN,MAN]") == Approx(0.24));
  model.set("us.partners_settled[JPN]", 1);
  model.run(1);
  CHECK(model.at("tariff_statutory[USA,JPN,MAN]") == Approx(0.10 + 0.14 * 0.5));
  model.set("us.partners_threatened", 0);
  model.run(1);
  CHECK(model.at("tariff_statutory[USA,EU27,MAN]") == Approx(0.10));  // the pause
  CHECK(model.at("tariff_statutory[USA,EAS,MAN]") == 0);              // not threatened
}

TEST_CASE("who settles first gets the better rate with a positive first-mover discount, the worse with a negative") {
  const auto rates = [](double discount) {
    Harness model(tariff_schedule(), months(12), {{"threat", std::vector<double>(8, 30.0)}, {"first_mover", discount}});
    model.start();
    model.set("us.partners_settled[JPN]", 1);
    model.run(1);
    model.set("us.partners_settled[EU27]", 1);
    model.run(1);
    return std::pair(model.at("tariff_statutory[USA,JPN,MAN]"), model.at("tariff_statutory[USA,EU27,MAN]"));
  };
  // r = 10 + 20 · 0.5 · (1 - m (1 - S)), S = 0 for the first and 1/7 for the second
  CHECK(rates(0).first == Approx(rates(0).second));
  CHECK(rates(0.5).first == Approx(0.10 + 0.10 * 0.5));
  CHECK(rates(0.5).second == Approx(0.10 + 0.10 * (1 - 0.5 * 6 / 7)));
  CHECK(rates(-0.5).first == Approx(0.10 + 0.10 * 1.5));
}

// --- collection ---------------------------------------------------------------------------------------------------

TEST_CASE("a rise is collected with a lag that is exact at any step, less what is exempt, and a fall at once") {
  const double base = base_trade().tariff[base_trade().at(0, 1, 4)];
  for (const Calendar& time : {months(12), days(92)}) {
    Harness model(applied_tariff(), time);
    model.start();
    CHECK(model.at("tariff_effective[USA,CHN,MAN]") == Approx(base));
    model.set("trade.tariff_statutory[USA,CHN,MAN]", 0.40);
    model.run(time.steps / 4);
    const double years = time.steps / 4 * time.dt();
    CHECK(model.at("tariff_effective[USA,CHN,MAN]") == Approx(base + 0.30 * (1 - std::exp(-years / 0.15))));
    model.set("trade.tariff_statutory[USA,CHN,MAN]", 0.04);
    model.run(1);
    CHECK(model.at("tariff_effective[USA,CHN,MAN]") == Approx(base + 0.03));
  }
}

TEST_CASE("two months after it is in force the ratio of collected to statutory tariffs is that of summer 2025") {
  Harness model(applied_tariff(), months(12));
  model.start();
  model.set("trade.tariff_statutory[USA,EU27,MAN]", 0.15);
  model.run(3);
  const double base = base_trade().tariff[base_trade().at(0, 3, 4)];
  const double ratio = (model.at("tariff_effective[USA,EU27,MAN]") - base) / 0.15;
  CHECK(ratio > 0.58);  // Yale Budget Lab: 0.60 to 0.64 on average
  CHECK(ratio < 0.66);
}

TEST_CASE("floor and cap hold what is collected, on goods") {
  Harness model(applied_tariff(), months(12), {{"tariff_floor", 80.0}, {"tariff_cap", 150.0}});
  model.set("trade.tariff_statutory", 5);
  model.start();
  CHECK(model.at("tariff_effective[USA,JPN,MAN]") == 1.5);
  CHECK(model.at("tariff_effective[USA,JPN,SRV]") == 0);
  CHECK(model.at("tariff_effective[USA,USA,MAN]") == 0);
  model.set("trade.tariff_statutory", 0);
  model.run(1);
  CHECK(model.at("tariff_effective[USA,CHN,MAN]") == 0.8);
  CHECK(model.at("tariff_effective[USA,CHN,SRV]") == 0);
  CHECK(model.at("tariff_effective[CHN,USA,MAN]") == Approx(base_trade().tariff[base_trade().at(1, 0, 4)]));
}

TEST_CASE("what the regime sets is collected at once and in full") {
  Harness model(applied_tariff(), months(12));
  model.set("uscn.regime", 3);
  model.start();
  model.set("trade.tariff_statutory[USA,CHN,MAN]", 0.40);
  model.run(1);
  CHECK(model.at("tariff_effective[USA,CHN,MAN]") == Approx(base_trade().tariff[base_trade().at(0, 1, 4)] + 0.40));
}

TEST_CASE("an export control is a cost of its sector that wears down at its rate, and is gone when it is lifted") {
  Harness model(applied_tariff(), months(24));
  model.start();
  CHECK(model.at("iceberg[CHN,USA,TEC]") == 1);
  model.set("trade.export_control[CHN,USA]", 50);
  model.run(12);
  CHECK(model.at("iceberg[CHN,USA,TEC]") == Approx(std::exp(std::log(1.5) * std::exp(-0.05))));
  CHECK(model.at("iceberg[CHN,USA,MAN]") == 1);
  CHECK(model.at("iceberg[USA,CHN,TEC]") == 1);
  model.set("trade.export_control[CHN,USA]", 0);
  model.run(1);
  CHECK(model.at("iceberg[CHN,USA,TEC]") == 1);
}

TEST_CASE("energy inflation of the euro area is a cost of its imports of energy") {
  Harness model(applied_tariff(), months(24));
  model.set("ea.energy_inflation", 6);
  model.start();
  model.run(6);
  CHECK(model.at("iceberg[EU27,GLS,ENM]") == Approx(std::exp(0.03)));
  CHECK(model.at("iceberg[EU27,EU27,ENM]") == 1);
  CHECK(model.at("iceberg[USA,GLS,ENM]") == 1);
}

TEST_CASE("buying ahead is neutral in value at any step length") {
  const BaseTrade base = base_trade();
  std::vector<std::string> mistakes;
  const auto read = [&](const std::string& announced, const std::string& from) {
    return read_layers({.instruments = {"a"},
                        .importers = {"USA"},
                        .exporters = {"CHN"},
                        .sectors = {"goods"},
                        .rates = {40},
                        .announced = {announced},
                        .from = {from},
                        .until = {"open"},
                        .stacks = {}},
                       base, [&](const std::string& message, const Names&) { mistakes.push_back(message); });
  };
  const auto layers = read("2025-02-10", "2025-04-05");
  REQUIRE(mistakes.empty());
  for (const StepUnit unit : {StepUnit::day, StepUnit::week, StepUnit::month, StepUnit::quarter}) {
    Calendar time{.start = day(2024, 12, 31), .unit = unit, .every = 1, .steps = 1};
    time.steps = static_cast<int>(std::ceil(1 / time.dt()));
    const FrontLoading front(layers, base, time, 0.25, 0.25);
    double sum = 0, highest = 1;
    for (int step = 1; step <= time.steps; ++step) {
      sum += front.multiplier(step, 1) - 1;
      highest = std::max(highest, front.multiplier(step, 1));
      CHECK(front.multiplier(step, 8) == 1);  // imports of China from the USA
    }
    CHECK(sum == Approx(0).margin(1e-12));
    if (unit == StepUnit::day) CHECK(highest == Approx(1 + 0.25 * 0.40));
    CHECK(highest > 1.02);
  }
}

// --- retaliation --------------------------------------------------------------------------------------------------

TEST_CASE("China answers a rise within five days with 0.76 of it, and follows nine tenths of relief") {
  Harness model(retaliation(), days(120));
  model.seed(1);
  model.start();
  for (const char* sector : {"AGR", "ENM", "CON", "TEC", "MAN"})
    model.set(std::string("trade.tariff_statutory[USA,CHN,") + sector + "]", 0.50);
  model.run(4);
  CHECK(model.at("retaliation[CHN,USA]") == 0);
  model.run(1);
  CHECK(model.at("retaliation[CHN,USA]") == Approx(0.38));
  CHECK(model.at("retaliation[USA,CHN]") == 0);
  for (const char* sector : {"AGR", "ENM", "CON", "TEC", "MAN"})
    model.set(std::string("trade.tariff_statutory[USA,CHN,") + sector + "]", 0.25);
  model.run(14);
  CHECK(model.at("retaliation[CHN,USA]") == Approx(0.38));
  model.run(1);
  CHECK(model.at("retaliation[CHN,USA]") == Approx(0.38 * (1 - 0.9 / 2)));
}

TEST_CASE("at monthly steps an answer within five days is in force in the same step") {
  Harness model(retaliation(), months(12));
  model.seed(1);
  model.start();
  model.set("trade.tariff_statutory[USA,CHN,MAN]", 0.50);
  model.run(1);
  const double rise = 0.50 * base_trade().weight(0, 1, 4);
  CHECK(model.at("retaliation[CHN,USA]") == Approx(0.76 * rise));
}

TEST_CASE("with value_match an answer collects what the rise takes") {
  Harness model(retaliation(), months(12), {{"mode", std::string("value_match")}, {"tariff_cap", 1000.0}});
  model.seed(1);
  model.start();
  model.set("trade.tariff_statutory[USA,CHN,MAN]", 0.10);
  model.run(1);
  const BaseTrade base = base_trade();
  const double taken = 0.10 * base.flow[base.at(0, 1, 4)];
  CHECK(model.at("retaliation[CHN,USA]") * base.goods_flow(1, 0) == Approx(taken));
}

TEST_CASE("the share of paths on which a rise is answered is its probability, at any step length") {
  for (const Calendar& time : {months(12), days(40)}) {
    Harness model(retaliation(), time, {}, {}, 16384);
    model.seed(11);
    model.start();
    model.set("trade.tariff_statutory[USA,EU27,MAN]", 0.50);
    model.run(time.unit == StepUnit::month ? 1 : 30);
    const double share = (model["retaliation[EU27,USA]"] > 0.0).cast<double>().mean();
    CHECK(share == Approx(0.1).margin(4 * std::sqrt(0.1 * 0.9 / 16384)));
  }
}

TEST_CASE("a region with sectors of its own answers on them alone, and value_match collects it all there") {
  const Params soy = {{"answer_regions", Names{"CHN", "CHN"}}, {"answer_sectors", Names{"AGR", "ENM"}}};
  Harness model(retaliation(), months(12), soy);
  model.seed(1);
  model.start();
  model.set("trade.tariff_statutory[USA,CHN,MAN]", 0.50);
  model.run(1);
  CHECK(model.at("retaliation[CHN,USA]") == Approx(0.76 * 0.50 * base_trade().weight(0, 1, 4)));
  for (const char* sector : {"AGR", "ENM"}) CHECK(model.at(std::string("retaliation_scope[CHN,") + sector + "]") == 1);
  for (const char* sector : {"CON", "TEC", "MAN", "SRV"})
    CHECK(model.at(std::string("retaliation_scope[CHN,") + sector + "]") == 0);
  CHECK(model.at("retaliation_scope[EU27,CON]") == 1);
  CHECK(model.at("retaliation_scope[EU27,SRV]") == 0);

  Params equal = soy;
  equal["mode"] = std::string("value_match");
  equal["tariff_cap"] = 1000.0;
  Harness matched(retaliation(), months(12), equal);
  matched.seed(1);
  matched.start();
  matched.set("trade.tariff_statutory[USA,CHN,MAN]", 0.10);
  matched.run(1);
  const BaseTrade base = base_trade();
  const double answered = base.flow[base.at(1, 0, 0)] + base.flow[base.at(1, 0, 1)];
  CHECK(matched.at("retaliation[CHN,USA]") * answered == Approx(0.10 * base.flow[base.at(0, 1, 4)]));
}

TEST_CASE("an answer is collected on the goods in its scope, on all without one") {
  Harness model(applied_tariff(), months(12), {{"exempt_share", 0.0}});
  model.set("trade.retaliation[CHN,USA]", 0.2);
  model.set("trade.retaliation_scope[CHN,MAN]", 0);
  model.start();
  const BaseTrade base = base_trade();
  CHECK(model.at("tariff_effective[CHN,USA,AGR]") == Approx(base.tariff[base.at(1, 0, 0)] + 0.2));
  CHECK(model.at("tariff_effective[CHN,USA,MAN]") == base.tariff[base.at(1, 0, 4)]);
}

TEST_CASE("wrong scopes of answers are refused with the region or sector") {
  const auto refused = [](const Names& who, const Names& what) {
    return moniac::testing::refusal(retaliation(), months(1), {{"answer_regions", who}, {"answer_sectors", what}});
  };
  CHECK_THAT(refused({"Mars"}, {"AGR"}), Contains("'Mars' is no region"));
  CHECK_THAT(refused({"CHN"}, {"SRV"}), Contains("'SRV' is no sector of goods"));
  CHECK_THAT(refused({"CHN"}, {"magic"}), Contains("'magic' is no sector of goods"));
  CHECK_THAT(refused({"CHN", "EU27"}, {"AGR"}), Contains("one sector for each region"));
}

TEST_CASE("an answer is capped") {
  Harness model(retaliation(), months(12), {{"tariff_cap", 20.0}});
  model.seed(1);
  model.start();
  model.set("trade.tariff_statutory", 3);
  model.run(3);
  CHECK(model.at("retaliation[CHN,USA]") == 0.2);
}

// --- phased deals -------------------------------------------------------------------------------------------------

namespace {

Params deal(double threshold) {
  return {{"signed", std::vector<Date>{day(2025, 2, 1)}},
          {"signed_rate", 60.0},
          {"milestones", std::vector<Date>{day(2025, 6, 1), day(2025, 9, 1), day(2025, 12, 1)}},
          {"rates", std::vector<double>{50, 40, 30}},
          {"threshold", threshold}};
}

}  // namespace

TEST_CASE("a rate never rises while a truce holds, and springs to the snap-back rate when it ends") {
  Harness model(phased_deal(), months(30), deal(0.75), {}, 4096);
  model.seed(3);
  model.start();
  bool snapped = false;
  for (int k = 1; k <= 30; ++k) {
    model.step();
    for (Eigen::Index path = 0; path < model.paths(); ++path) {
      const double was = model.last("deal_rate")(path), now = model["deal_rate"](path);
      const double phase = model["deal_phase"](path), before = model.last("deal_phase")(path);
      if (before >= 1 && phase >= 1) REQUIRE(now <= was);
      if (before == 2 && phase == 0) REQUIRE(now == 145);
      if (phase == 2) REQUIRE(now == was);
      if (phase == 3) REQUIRE(now == 30);
      snapped = snapped || (before == 2 && phase == 0);
    }
  }
  CHECK(snapped);
}

TEST_CASE("with threshold 0 there is no breach: every path completes on its dates") {
  Harness model(phased_deal(), months(30), deal(0), {}, 4096);
  model.seed(3);
  model.start();
  const double expected[] = {-1, 60, 60, 60, 60, 50, 50, 50, 40, 40, 40, 30, 30};
  for (const double rate : expected) {
    model.step();
    CHECK((model["deal_rate"] == rate).all());
    CHECK((model["deal_phase"] != 2.0).all());
  }
  CHECK((model["deal_phase"] == 3.0).all());
}

TEST_CASE("a milestone is passed with the probability of Beta(4, 1), and a breach cured with its own, at any step") {
  for (const StepUnit unit : {StepUnit::month, StepUnit::week}) {
    Calendar time{.start = day(2024, 12, 31), .unit = unit, .every = 1, .steps = unit == StepUnit::month ? 12 : 52};
    Params one = deal(0.75);
    one["milestones"] = std::vector<Date>{day(2025, 6, 1)};
    one["rates"] = std::vector<double>{50};
    Harness model(phased_deal(), time, one, {}, 16384);
    model.seed(5);
    model.start();
    model.run(time.steps);
    const double pass = 1 - std::pow(0.75, 4);
    const auto share = [&](double phase) { return (model["deal_phase"] == phase).cast<double>().mean(); };
    CHECK(share(3) == Approx(pass).margin(4 * std::sqrt(pass * (1 - pass) / 16384)));
    const double cured = (1 - pass) * 0.4;
    CHECK(share(1) == Approx(cured).margin(4 * std::sqrt(cured * (1 - cured) / 16384)));
  }
}

TEST_CASE("a deal that raises a tariff, or has two milestones in one step, is refused") {
  Params rising = deal(0.75);
  rising["rates"] = std::vector<double>{50, 55, 30};
  CHECK_THROWS_WITH(Harness(phased_deal(), months(30), rising), Contains("the tariff rises from 50 to 55 %"));
  Params close = deal(0.75);
  close["milestones"] = std::vector<Date>{day(2025, 6, 1), day(2025, 6, 20), day(2025, 12, 1)};
  CHECK_THROWS_WITH(Harness(phased_deal(), months(30), close), Contains("two milestones fall into one step"));
}

// --- the queue ----------------------------------------------------------------------------------------------------

namespace {

double deals_after(const Calendar& time, int steps, const Params& params = {}) {
  Harness model(bargaining_queue(), time, params, {}, 2048);
  model.seed(17);
  model.start();
  model.run(steps);
  return model.mean("partners_deals");
}

}  // namespace

TEST_CASE("twenty of seventy partners at the table settle at the rate of their hazards") {
  // Without exposure all have one hazard, and while twenty wait the mean is 20 times the sum of the steps' chances:
  // 75 days far from an expiry and 15 near it by day 90, then 10 and 20 by day 120.
  const Params level = {{"threat", std::vector<double>(7, 0.0)}, {"extension", 1.0}};
  const double far = 1 - std::exp(-0.3 / 365.25), near = 1 - std::exp(-0.3 * std::exp(2.0) / 365.25);
  const double by_90 = 20 * (75 * far + 15 * near), by_120 = by_90 + 20 * (10 * far + 20 * near);
  CHECK(deals_after(days(120), 90, level) == Approx(by_90).margin(4 * std::sqrt(by_90 / 2048)));
  CHECK(deals_after(days(120), 120, level) == Approx(by_120).margin(4 * std::sqrt(by_120 / 2048)));
}

TEST_CASE(
    "of 70 partners 3.2 settle by day 90 and 6.0 by day 120, or 3.4 and 6.1 when 16 days press before an expiry") {
  CHECK(deals_after(days(120), 90) == Approx(3.24).margin(0.15));
  CHECK(deals_after(days(120), 120) == Approx(5.95).margin(0.2));
  const Params sixteen = {{"deadline_days", 16.0}};
  CHECK(deals_after(days(120), 90, sixteen) == Approx(3.4).margin(0.15));
  CHECK(deals_after(days(120), 120, sixteen) == Approx(6.1).margin(0.2));
}

TEST_CASE("with slots 8 and hazard 0.12 hardly anyone settles") {
  const Params slow = {{"slots", std::int64_t{8}}, {"base_hazard", 0.12}};
  const double by_90 = deals_after(days(120), 90, slow), by_120 = deals_after(days(120), 120, slow);
  CHECK(by_90 > 0.3);
  CHECK(by_90 < 0.65);
  CHECK(by_120 > by_90);
  CHECK(by_120 < 1.15);
}

TEST_CASE("the hazard is exact: one partner settles with the same probability at daily and weekly steps") {
  const Params one = {{"partners", std::vector<double>{0, 1, 0, 0, 0, 0, 0}},
                      {"threat", std::vector<double>(7, 0.0)},
                      {"base_hazard", 2.0},
                      {"extension", 1.0}};
  // ∫h = 2 (120/365.25) + 2 (e² - 1)(15 + 15 + 6)/365.25
  const double expected = 1 - std::exp(-2 * (119.0 + (std::exp(2.0) - 1) * (15 + 15 + 4)) / 365.25);
  const auto daily = days(119);
  Calendar weekly = days(17);
  weekly.unit = StepUnit::week;
  const double margin = 4 * std::sqrt(expected * (1 - expected) / 2048);
  CHECK(deals_after(daily, 119, one) == Approx(expected).margin(margin));
  CHECK(deals_after(weekly, 17, one) == Approx(expected).margin(margin));
}

TEST_CASE("whoever has not settled at an expiry and gets no more time meets the threat, and no one is counted twice") {
  Harness model(bargaining_queue(), days(120), {{"extension", 0.0}}, {}, 256);
  model.seed(2);
  model.start();
  model.run(89);
  CHECK(model.mean("partners_threatened[GLS]") == 0);
  model.run(1);
  for (const char* region : {"JPN", "EU27", "EAS", "CAM", "ROA", "GLS"}) {
    const Eigen::ArrayXd sum = model[std::string("partners_settled[") + region + "]"] +
                               model[std::string("partners_threatened[") + region + "]"];
    CHECK((sum - 1).abs().maxCoeff() < 1e-12);
  }
  CHECK(model.at("partners_settled[CHN]") == 0);
}

// --- quotas -------------------------------------------------------------------------------------------------------

TEST_CASE("a quota wears down as ln q e^{-0.05 t}, at any step, unlike a ban or what is allowed beyond the base") {
  for (const int steps : {1, 12}) {
    const Calendar time{.start = day(2024, 12, 31), .unit = StepUnit::month, .every = 12 / steps, .steps = steps};
    Harness model(export_quota(), time);
    model.set("trade.export_quota[CHN,USA,TEC]", 0.3);
    model.set("trade.export_quota[CHN,JPN,TEC]", 0);
    model.set("trade.export_quota[CHN,EAS,TEC]", 1.5);
    model.start();
    CHECK(model.at("export_limit[CHN,USA,TEC]") == Approx(0.3).epsilon(1e-14));
    model.run(steps);
    CHECK(model.at("export_limit[CHN,USA,TEC]") == Approx(std::pow(0.3, std::exp(-0.05))).epsilon(1e-13));
    CHECK(model.at("export_limit[CHN,JPN,TEC]") == 0);
    CHECK(model.at("export_limit[CHN,EAS,TEC]") == Approx(1.5).epsilon(1e-14));
    CHECK(model.at("export_limit[CHN,EU27,TEC]") == -1);
  }
}

TEST_CASE("a quota that is made tighter keeps what was worn, one that is lifted and set again does not") {
  Harness model(export_quota(), months(24), {{"localisation_rate", 1.0}});
  model.set("trade.export_quota[CHN,USA,TEC]", 0.5);
  model.start();
  model.run(12);
  const double kept = std::exp(-1.0 / 12), worn = std::log(0.5) * std::exp(-1.0);
  model.set("trade.export_quota[CHN,USA,TEC]", 0.25);
  model.run(1);
  CHECK(model.at("export_limit[CHN,USA,TEC]") == Approx(std::exp(kept * (worn + std::log(0.25 / 0.5)))).epsilon(1e-12));
  model.set("trade.export_quota[CHN,USA,TEC]", -1);
  model.run(1);
  CHECK(model.at("export_limit[CHN,USA,TEC]") == -1);
  model.set("trade.export_quota[CHN,USA,TEC]", 0.25);
  model.run(1);
  CHECK(model.at("export_limit[CHN,USA,TEC]") == Approx(std::exp(kept * std::log(0.25))).epsilon(1e-12));
}
