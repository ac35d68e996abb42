// Laws of counter-tariffs against diverted goods, and of promises to buy.
#include <cmath>

#include "models/trade/policy/applied_tariff.h"
#include "models/trade/policy/counter_tariffs.h"
#include "models/trade/policy/purchase_compliance.h"
#include "tests/support/catch.h"
#include "tests/support/harness.h"

using namespace moniac;
using namespace moniac::testing;
using Catch::Matchers::Contains;

namespace {

Calendar months(int steps) {
  return {.start = Date{std::chrono::December / 31 / 2024}, .unit = StepUnit::month, .every = 1, .steps = steps};
}

}  // namespace

TEST_CASE("a case opens at its hazard once imports of a year have been above the trigger for half a year") {
  Harness model(counter_tariffs(), months(48), {{"hazard", 2.0}}, {}, 4096);
  model.seed(1);
  model.start();
  model.set("trade.diversion[EU27,TEC]", 10);
  // The mean of a year is above 5 % from the seventh month on, and has been so for half a year in the twelfth.
  model.run(11);
  CHECK(model["counter_tariff_cases"].maxCoeff() == 0);
  model.run(6);
  const double opened = -std::expm1(-2.0 / 2);
  const double error = std::sqrt(opened * (1 - opened) / 4096);
  CHECK(model.mean("counter_tariff_cases") == Approx(opened).margin(4 * error));
  CHECK(model["counter_tariff[EU27,TEC]"].maxCoeff() == 0);
}

TEST_CASE("eight months after a case has opened a tariff of log-normal size is in force, for five years") {
  Harness model(counter_tariffs(), months(120), {{"hazard", 1e6}}, {}, 4096);
  model.seed(2);
  model.start();
  model.set("trade.diversion[GLS,MAN]", 20);
  int opened = 0, in_force = 0, over = 0;
  for (int month = 1; month <= 100; ++month) {
    model.step();
    const double tariff = model.at("counter_tariff[GLS,MAN]");
    if (opened == 0 && model.at("counter_tariff_cases") == 1) opened = month;
    if (in_force == 0 && tariff > 0) {
      in_force = month;
      const Eigen::ArrayXd rates = model["counter_tariff[GLS,MAN]"];
      double mean = 0, square = 0;
      for (Eigen::Index path = 0; path < rates.size(); ++path) {
        const double z = std::log(rates(path) / 0.25) / 0.4;
        mean += z / 4096;
        square += z * z / 4096;
      }
      CHECK(mean == Approx(0).margin(4 / std::sqrt(4096.0)));
      CHECK(square == Approx(1).margin(4 * std::sqrt(2 / 4096.0)));
    }
    if (over == 0 && in_force > 0 && tariff == 0) over = month;
  }
  CHECK(in_force - opened == 8);
  CHECK(over - in_force == 60);
  CHECK(model["counter_tariff[USA,MAN]"].maxCoeff() == 0);
}

TEST_CASE("a case is closed when imports of a year are below those of the base") {
  Harness model(counter_tariffs(), months(60), {{"hazard", 1e6}});
  model.seed(3);
  model.start();
  model.set("trade.diversion[EAS,CON]", 12);
  model.run(24);
  CHECK(model.at("counter_tariff[EAS,CON]") > 0);
  model.set("trade.diversion[EAS,CON]", -12);
  model.run(6);  // the mean of a year is 0
  CHECK(model.at("counter_tariff[EAS,CON]") > 0);
  model.run(1);
  CHECK(model.at("counter_tariff[EAS,CON]") == 0);
  CHECK(model.at("counter_tariff_cases") == 0);
}

TEST_CASE("a rise at the trigger opens nothing, and unknown regions are refused") {
  Harness model(counter_tariffs(), months(60), {{"hazard", 1e6}});
  model.seed(4);
  model.start();
  model.set("trade.diversion[EU27,TEC]", 4.9);
  model.run(60);
  CHECK(model["counter_tariff_cases"].maxCoeff() == 0);
  CHECK_THAT(refusal(counter_tariffs(), months(1), {{"importers", Names{"EU27", "Atlantis"}}}),
             Contains("'Atlantis' is no region that imports from China"));
}

TEST_CASE("a tariff against diversion is collected in full and at once, from China alone") {
  Harness model(applied_tariff(), months(12));
  model.start();
  model.step();
  const double before = model.at("tariff_effective[EU27,CHN,TEC]"), other = model.at("tariff_effective[EU27,USA,TEC]");
  model.set("trade.counter_tariff[EU27,TEC]", 0.2);
  model.step();
  CHECK(model.at("tariff_effective[EU27,CHN,TEC]") == Approx(before + 0.2).epsilon(1e-12));
  CHECK(model.at("tariff_effective[EU27,USA,TEC]") == other);
}

TEST_CASE("an export control that the exporter earns is a tax of its price in the place of a cost") {
  Harness model(applied_tariff(), months(12), {{"control_rent", std::string("exporter")}});
  model.start();
  model.set("trade.export_control[CHN,USA]", 25);
  model.step();
  const double kept = std::exp(-0.05 / 12);
  CHECK(model.at("export_tax[CHN,USA,TEC]") == Approx(std::exp(std::log(1.25) * kept) - 1).epsilon(1e-12));
  CHECK(model.at("export_tax[CHN,USA,MAN]") == 0);
  CHECK(model.at("iceberg[CHN,USA,TEC]") == 1);
}

TEST_CASE("of a promise a part is kept that is drawn once a calendar year, Beta with its mean and spread") {
  Harness model(purchase_compliance(), months(24), {}, {}, 4096);
  model.seed(5);
  model.start();
  model.set("trade.purchase_commitment[CHN,USA,AGR]", 40);
  model.step();
  const Eigen::ArrayXd first = model["purchase_floor[CHN,USA,AGR]"] / 40;
  const double variance = 0.83 * 0.17 / 9;
  CHECK(first.mean() == Approx(0.83).margin(4 * std::sqrt(variance / 4096)));
  CHECK((first - first.mean()).square().mean() == Approx(variance).epsilon(0.1));
  model.set("trade.purchase_commitment[CHN,USA,AGR]", 80);
  model.run(11);  // until the end of December 2025
  CHECK((model["purchase_floor[CHN,USA,AGR]"] / 80 == first).all());
  model.step();
  const Eigen::ArrayXd second = model["purchase_floor[CHN,USA,AGR]"] / 80;
  const double together = ((first - first.mean()) * (second - second.mean())).mean() / variance;
  CHECK(together == Approx(0).margin(4 / std::sqrt(4096.0)));
  CHECK(model["purchase_floor[CHN,USA,MAN]"].maxCoeff() == 0);
}
