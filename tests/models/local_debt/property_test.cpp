#include "models/local_debt/property.h"

#include <cmath>

#include "models/local_debt/provinces.h"
#include "tests/models/local_debt/from_2024.h"
#include "tests/support/harness.h"
#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::from_2024;
using moniac::testing::Harness;
using moniac::testing::near;
using moniac::testing::Params;
using moniac::testing::reference;
using moniac::testing::Row;
using moniac::testing::rows;

namespace {

const Matrix one_regime = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}};

// One regime, no shocks, no developers.
Params quiet(double mu) {
  return {{"regime", std::string("normal")},
          {"regime_rates", one_regime},
          {"regime_momentum", std::vector<double>{0, 100 * mu, 0}},
          {"regime_sd", std::vector<double>{0, 0, 0}},
          {"stress_on_prices", 0.0},
          {"developer_default_rate", 0.0}};
}

void grow(Harness& run, double percent) {
  run.set("gdp_growth", percent);
  run.set("inflation", 0.0);
}

}  // namespace

TEST_CASE("house prices of ten years are those of the reference") {
  const auto known = reference("local_debt/house_price.json");
  const Row p = known.at("parameters").get<Row>();
  Params params = quiet(p.at("mu"));
  params.insert({{"momentum", 100 * p.at("m0")},
                 {"fundamental", p.at("f0")},
                 {"momentum_speed", p.at("kappa")},
                 {"reversion", p.at("theta")}});
  Harness run(property(), from_2024(StepUnit::month, 120), params);
  grow(run, 100 * p.at("gf"));
  run.start();
  for (const Row& now : rows(known.at("path"))) {
    while (run.index() <= now.at("step")) run.step();
    for (const std::string& tier : tier_names()) {
      CHECK(run.at("house_price[" + tier + "]") == near(std::exp(now.at("p")), 1e-12));
      CHECK(run.at("house_momentum[" + tier + "]") == near(100 * now.at("m"), 1e-11));
    }
  }
}

TEST_CASE("halving the step halves the distance to the continuous house price") {
  const auto known = reference("local_debt/house_price.json");
  const Row p = known.at("parameters").get<Row>();
  const double limit = known.at("continuous_limit").at("p_T10");
  std::vector<double> errors;
  for (const int weeks : {24, 12, 6}) {
    Params params = quiet(p.at("mu"));
    params.insert({{"momentum", 100 * p.at("m0")}, {"fundamental", p.at("f0")}});
    Calendar time = from_2024(StepUnit::week, 0);
    time.every = weeks;
    time.steps = static_cast<int>(std::lround(10 / time.dt()));
    Harness run(property(), time, params);
    grow(run, 100 * p.at("gf"));
    run.start();
    run.run(time.steps);
    // Ten years are not a whole number of steps: compare at their end, with the slope of the limit.
    const double beyond = time.steps * time.dt() - 10;
    errors.push_back(std::log(run.at("house_price_index")) - limit -
                     beyond * double(known.at("continuous_limit").at("m_T10")));
  }
  CHECK(errors[0] / errors[1] == near(2, 0.1));
  CHECK(errors[1] / errors[2] == near(2, 0.1));
}

TEST_CASE("prices stay on their fundamental when nothing disturbs them") {
  Params params = quiet(0.05);
  params.insert({{"momentum", 5.0}, {"fundamental", 0.0}});
  Harness run(property(), from_2024(StepUnit::month, 60), params);
  grow(run, 5);
  run.start();
  run.run(60);
  CHECK(std::log(run.at("house_price_index")) == near(0.25, 1e-12));
  CHECK(run.at("house_momentum[tier_2]") == near(5, 1e-12));
}

TEST_CASE("prices swing around their fundamental exactly where the closed form says, with its period") {
  // z'' + kappa z' + kappa theta z = 0: swings iff kappa < 4 theta, with period 2 pi / sqrt(kappa theta - kappa² / 4).
  const double pi = std::acos(-1.0);
  for (const auto& [kappa, theta] : {std::pair{1.2, 0.2}, {1.2, 0.28}, {1.2, 0.32}, {0.5, 0.2}, {1.2, 1.5}}) {
    Params params = quiet(0.0);
    params.insert({{"momentum", 0.0}, {"fundamental", 0.1}, {"momentum_speed", kappa}, {"reversion", theta}});
    Harness run(property(), from_2024(StepUnit::day, 365 * 40), params);
    grow(run, 0);
    run.start();
    std::vector<double> crossings;  // of the fundamental
    for (double before = -0.1; run.index() < 365 * 40;) {
      run.step();
      const double now = std::log(run.at("house_price_index")) - 0.1;
      if (before * now < 0) crossings.push_back(run.index() / 365.25);
      before = now;
    }
    INFO("kappa " << kappa << ", theta " << theta);
    if (kappa < 4 * theta) {
      const double half = pi / std::sqrt(kappa * theta - kappa * kappa / 4);
      CHECK(crossings.size() >= 2);
      CHECK(crossings.back() - crossings.front() == near(half * static_cast<double>(crossings.size() - 1), 0.005));
    } else {
      CHECK(crossings.empty());
    }
  }
}

TEST_CASE("momentum has its stationary standard deviation, and tiers share half of the variance") {
  Params params = quiet(0.04);
  params["regime_sd"] = std::vector<double>{0, 3, 0};
  params["reversion"] = 0.0;
  params["momentum"] = 4.0;
  params["ripple"] = 0.0;
  Harness run(property(), from_2024(StepUnit::month, 60), params, {}, 32768);
  run.seed(9);
  grow(run, 4);
  run.start();
  run.run(60);
  const auto n = static_cast<double>(run.paths());
  CHECK(std::abs(run.variance("house_momentum[tier_1]") - 9) < 4 * 9 * std::sqrt(2 / n));
  const Eigen::ArrayXd a = run["house_momentum[tier_1]"] - 4, b = run["house_momentum[tier_3]"] - 4;
  CHECK(std::abs((a * b).mean() / 9 - 0.5) < 4 * std::sqrt(1.25 / n));
}

TEST_CASE("large developers default at the rate of a Poisson process") {
  Params params = quiet(0.04);
  params["developer_default_rate"] = 3.0;
  params["developer_default_stress"] = 0.0;
  Harness run(property(), from_2024(StepUnit::quarter, 1), params, {}, 65536);
  run.seed(10);
  run.start();
  run.step();
  const auto n = static_cast<double>(run.paths());
  CHECK(std::abs(run.mean("developer_defaults") - 0.75) < 4 * std::sqrt(0.75 / n));
  CHECK(std::abs(run.variance("developer_defaults") - 0.75) < 4 * std::sqrt((0.75 + 2 * 0.5625) / n));
}

TEST_CASE("developers that cannot default leave news about prices and regimes alone") {
  std::vector<Eigen::ArrayXd> prices, regimes;
  for (const double rate : {0.0, 3.0}) {
    Harness run(property(), from_2024(StepUnit::month, 24),
                {{"developer_default_rate", rate}, {"default_on_momentum", 0.0}}, {}, 256);
    run.seed(5);
    run.start();
    run.run(24);
    prices.emplace_back(run["house_price[tier_1]"]);
    regimes.emplace_back(run["property_regime"]);
  }
  CHECK((prices[0] == prices[1]).all());
  CHECK((regimes[0] == regimes[1]).all());
}

TEST_CASE("shantytown cash raises prices of low tiers first and pulls the others after it, and limits leak") {
  std::map<std::string, std::vector<double>> prices;
  for (const char* policy : {"none", "shanty", "limits"}) {
    Harness run(property(), from_2024(StepUnit::month, 36), quiet(0.04));
    if (policy == std::string("shanty")) run.set("policy.shanty", 1200.0);
    if (policy == std::string("limits")) run.set("policy.purchase_limit", 1.0);
    run.start();
    run.run(36);
    for (const std::string& tier : tier_names()) prices[policy].push_back(run.at("house_price[" + tier + "]"));
  }
  CHECK(prices["shanty"][2] > prices["shanty"][1]);
  CHECK(prices["shanty"][1] > prices["shanty"][0]);
  CHECK(prices["shanty"][0] > prices["none"][0]);
  CHECK(prices["limits"][0] < prices["none"][0]);
}

TEST_CASE("red lines strain developers, and strain lowers sales and construction") {
  std::vector<double> stress, sales, building;
  for (const double lines : {0.0, 1.0}) {
    Harness run(property(), from_2024(StepUnit::month, 24), quiet(0.04));
    run.set("policy.red_lines", lines);
    run.start();
    run.run(24);
    stress.push_back(run.at("developer_stress"));
    sales.push_back(run.at("house_sales[tier_2]"));
    building.push_back(run.at("property_investment_gap"));
  }
  CHECK(stress[1] > stress[0]);
  CHECK(sales[1] < sales[0]);
  CHECK(building[1] < building[0]);
}
