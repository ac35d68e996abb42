#include "models/trade/trade.h"

#include <cmath>

#include "tests/models/trade/trade_case.h"
#include "tests/support/harness.h"
#include "tests/support/reference.h"

using namespace moniac;
using namespace moniac::testing;
using moniac::testing::Harness;

namespace {

const std::array<std::string, 8> regions = {"USA", "CHN", "JPN", "EU27", "EAS", "CAM", "ROA", "GLS"};
const std::array<std::string, 5> goods = {"AGR", "ENM", "CON", "TEC", "MAN"};
const std::array<std::string, 5> economies = {"us", "cn", "jp", "ea", "em"};
const Params comparative_statics = {{"labour", std::string("fixed")}, {"adjustment", std::string("long_run")}};

void add_to_all_imports_of_usa(Harness& run, double points) {
  for (const std::string& exporter : regions) {
    if (exporter != "USA") run.set("trade.surcharge[USA," + exporter + "]", points);
  }
}

Json expected(const std::string& name) {
  return reference("trade/" + name + ".json")["expected"];
}

}  // namespace

TEST_CASE("with full employment and long-run elasticities a step is the equilibrium of the reference") {
  Harness run(trade(), grid(StepUnit::month, 3), comparative_statics);
  run.start();
  CHECK(run.at("us.welfare") == Approx(0).margin(1e-11));
  add_to_all_imports_of_usa(run, 10);
  run.step();
  const Json at = expected("p06_us10_uniform_icio2022");
  for (std::size_t n = 0; n < regions.size(); ++n) {
    CHECK(1 + run.at("welfare[" + regions[n] + "]") / 100 == Approx(double(at["welfare_hat"][n])).epsilon(1e-9));
    CHECK(run.at("revenue[" + regions[n] + "]") == Approx(double(at["tariff_revenue"][n]) / 12000).epsilon(1e-9));
    double flow = 0;
    for (const Json& sector : at["flow_net_of_tariff_jni"]) flow += double(sector[0][n]);
    CHECK(run.at("flow[USA," + regions[n] + "]") == Approx(flow / 12000).epsilon(1e-9));
  }
  CHECK(run.at("us.tariff_revenue") == run.at("revenue[USA]"));
  CHECK(run.at("accounts_identity_residual") < 1e-11);
  CHECK_FALSE(run.has_output("us.trade_balance"));
}

TEST_CASE("a tariff by sector replaces that of the base, and services carry no surcharge") {
  Harness run(trade(), grid(StepUnit::month, 2), comparative_statics);
  run.start();
  for (const std::string& sector : goods) run.set("trade.tariff_effective[USA,CHN," + sector + "]", 0.8);
  run.step();
  const Json at = expected("p08_us80_china_icio2022");
  CHECK(1 + run.at("cn.welfare") / 100 == Approx(double(at["welfare_hat"][1])).epsilon(1e-9));
  CHECK(run.at("tariff_rate[USA,CHN]") == Approx(80).epsilon(1e-12));
  for (const std::string& sector : goods) run.set("trade.tariff_effective[USA,CHN," + sector + "]", 0.7);
  run.set("trade.surcharge[USA,CHN]", 10);
  run.step();
  CHECK(1 + run.at("cn.welfare") / 100 == Approx(double(at["welfare_hat"][1])).epsilon(1e-9));
}

TEST_CASE("the held evaluation has the export demand of the reference") {
  const auto gaps = [](auto set) {
    Harness run(trade(), grid(StepUnit::month, 2));
    run.start();
    set(run);
    run.step();
    std::vector<double> found;
    for (const std::string& economy : economies) found.push_back(run.at(economy + ".export_demand_gap"));
    return found;
  };
  const auto check = [](const std::vector<double>& found, const std::vector<double>& published) {
    for (std::size_t e = 0; e < published.size(); ++e) CHECK(found[e] == Approx(published[e]).margin(1e-6));
  };
  check(gaps([](Harness& run) { add_to_all_imports_of_usa(run, 10); }),
        {-0.276947, -0.524502, -0.535138, -0.473729, -0.482439});
  check(gaps([](Harness& run) {
          run.set("trade.surcharge[USA,CHN]", 145);
          run.set("trade.surcharge[CHN,USA]", 125);
        }),
        {-0.533023, -2.663521, 0.176087, 0.188989, 0.102069});
  check(gaps([](Harness& run) {
          for (const std::string& sector : goods) run.set("trade.tariff_effective[USA,CHN," + sector + "]", 0.8);
        }),
        {-0.111889, -1.952171, 0.071112, 0.110636, 0.020008});
  check(gaps([](Harness& run) {
          for (const char* exporter : {"USA", "EAS", "JPN"})
            run.set(std::string("trade.iceberg[CHN,") + exporter + ",TEC]", 1.25);
        }),
        {-0.013797, -0.440106, -0.277796, 0.038658, 0.009406});
}

TEST_CASE("sticky wages take the path of the reference") {
  Params params = {{"adjustment", std::string("long_run")}, {"idle_discount", std::vector<double>(8, 0.0)}};
  Harness run(trade(), grid(StepUnit::quarter, 12), params);
  run.start();
  add_to_all_imports_of_usa(run, 10);
  const Json at = expected("p13_sticky_wage_path_icio2022");
  for (std::size_t step = 0; step < 12; ++step) {
    run.step();
    CAPTURE(step);
    for (std::size_t n = 0; n < regions.size(); ++n) {
      CHECK(1 + run.at("price_index[" + regions[n] + "]") / 100 == Approx(double(at["P"][step][n])).epsilon(1e-9));
      CHECK(run.at("revenue[" + regions[n] + "]") == Approx(double(at["R"][step][n]) / 4000).epsilon(1e-9));
    }
  }
}

TEST_CASE("trade balances of the sticky closure start as in the base and cover one another") {
  Harness run(trade(), grid(StepUnit::month, 24));
  const TradeBase base = base_2022();
  run.start();
  CHECK(run.at("us.trade_balance") == Approx(-base.deficit[0] / 12000).epsilon(1e-9));
  add_to_all_imports_of_usa(run, 30);
  run.set("cn.output_gap", -1.5);
  run.set("usdcny.rate", 7.1);
  run.step();
  run.set("usdcny.rate", 7.5);
  for (int k = 0; k < 20; ++k) {
    run.step();
    double imports = 0, exports = 0;
    for (const std::string& n : regions) {
      for (const std::string& i : regions) {
        if (n == i) continue;
        imports += run.at("flow[" + n + "," + i + "]");
        exports += run.at("flow[" + i + "," + n + "]");
      }
    }
    CHECK(imports == Approx(exports).epsilon(1e-12));
    CHECK(run.at("accounts_identity_residual") < 1e-11);
  }
  CHECK(run.at("us.imports") < -base.deficit[0] / 12000 + run.at("us.exports") + 2 * base.deficit[0] / 12000);
}

TEST_CASE("idle industry cuts its export prices and diverts goods to Europe") {
  const auto diversion = [](double cut) {
    std::vector<double> cuts(8, 0.0);
    cuts[1] = cut;
    Harness run(trade(), grid(StepUnit::month, 13), {{"idle_discount", cuts}});
    run.start();
    run.set("trade.surcharge[USA,CHN]", 60);
    run.run(12);
    return run.at("ea.diversion");
  };
  CHECK(diversion(0.7) > diversion(0) + 1);
}

TEST_CASE("consumer prices rise by what tariffs cost, over time and once") {
  const auto price_rise = [](const char* scope) {
    Harness run(trade(), grid(StepUnit::month, 120), {{"cpi_scope", std::string(scope)}, {"adjusted_per_year", 0.0}});
    run.start();
    add_to_all_imports_of_usa(run, 10);
    double risen = 0;
    for (int k = 0; k < 120; ++k) {
      run.step();
      risen += run.at("us.tariff_inflation") / 12;
    }
    CHECK(run.at("us.tariff_inflation") == Approx(0).margin(1e-5));
    return risen;
  };
  CHECK(price_rise("io") == Approx(0.7 * 0.777).margin(0.0005));
  CHECK(price_rise("direct") == Approx(0.7 * 0.33).margin(0.7 * 0.005));
}

TEST_CASE("habits turn the short run into the long run") {
  Params gradual = {{"labour", std::string("fixed")}};
  Harness run(trade(), grid(StepUnit::quarter, 400), gradual);
  run.start();
  run.set("trade.surcharge[USA,CHN]", 60);
  run.run(400);
  Harness at_once(trade(), grid(StepUnit::quarter, 1), comparative_statics);
  at_once.start();
  at_once.set("trade.surcharge[USA,CHN]", 60);
  at_once.step();
  CHECK(run.at("us.welfare") == Approx(at_once.at("us.welfare")).epsilon(1e-9));
}

TEST_CASE("a path's numbers depend on no other path, and a step allocates nothing") {
  const auto surcharge_of = [](Eigen::Index path) { return 3.0 * static_cast<double>(path % 50); };
  Harness many(trade(), grid(StepUnit::month, 4), {}, {}, 64);
  many.start();
  Eigen::ArrayXd surcharges(64);
  for (Eigen::Index path = 0; path < 64; ++path) surcharges(path) = surcharge_of(path);
  many.set("trade.surcharge[USA,CHN]", surcharges);
  many.run(3);
  CHECK(many.allocations() == 0);
  for (const Eigen::Index path : {Eigen::Index{0}, Eigen::Index{17}, Eigen::Index{63}}) {
    Harness one(trade(), grid(StepUnit::month, 4));
    one.start();
    one.set("trade.surcharge[USA,CHN]", surcharge_of(path));
    one.run(3);
    for (const char* name : {"flow[EU27,CHN]", "us.tariff_inflation", "cn.export_demand_gap", "us.trade_balance"})
      CHECK(many[name](path) == one.at(name));
  }
}

TEST_CASE("a path whose equilibrium is not found has no number") {
  Harness run(trade(), grid(StepUnit::month, 2), comparative_statics);
  run.start();
  Eigen::ArrayXd tariff = Eigen::ArrayXd::Constant(64, 0.2);
  tariff(5) = -1.5;
  run.set("trade.tariff_effective[USA,CHN,TEC]", tariff);
  run.step();
  CHECK(std::isnan(run["flow[USA,CHN]"](5)));
  CHECK(run["flow[USA,CHN]"](6) > 0);
}

TEST_CASE("exporters who bear all of a tariff leave every price of buyers where it was, and pay the revenue") {
  const Params impact = {{"labour", std::string("sticky")}, {"adjustment", std::string("gradual")}};
  Harness run(trade(), grid(StepUnit::month, 12), impact), without(trade(), grid(StepUnit::month, 12), impact);
  for (Harness* one : {&run, &without}) one->start();
  run.set("trade.surcharge[USA,CHN]", 25);
  run.set("trade.margin_absorption[USA,CHN]", 1);
  for (Harness* one : {&run, &without}) one->step();
  CHECK(std::abs(run.at("price_index[USA]")) < 1e-10);
  CHECK(std::abs(run.at("import_price[USA]")) < 1e-10);
  CHECK(std::abs(run.at("us.tariff_inflation")) < 1e-9);
  // Buyers pay what they paid, of which the exporter gets 1 + t of the base over 1 + t of now.
  const TradeBase base = base_2022();
  double border = 0;
  for (std::size_t j = 0; j < 6; ++j) {
    const std::size_t link = base.shape.link(0, 1, j);
    const double t = base.tariff[link], flow = base.share[link] * base.expenditure[base.shape.cell(0, j)] / (1 + t);
    border += flow * (j < 5 ? (1 + t) / (1 + t + 0.25) : 1);
  }
  CHECK(run.at("flow[USA,CHN]") == Approx(border / 12000).epsilon(1e-9));
  CHECK(run.at("flow[USA,CHN]") < without.at("flow[USA,CHN]"));
  CHECK(run.at("accounts_identity_residual") < 1e-11);
  run.run(11);
  CHECK(run.at("welfare[CHN]") < 0);
  CHECK(run.at("accounts_identity_residual") < 1e-11);
}

TEST_CASE("a part that exporters bear takes that part off the price of imports") {
  const auto import_price = [](double borne) {
    Harness run(trade(), grid(StepUnit::month, 1), comparative_statics);
    run.start();
    run.set("trade.surcharge[USA,CAM]", 20);
    run.set("trade.margin_absorption[USA,CAM]", borne);
    run.step();
    CHECK(run.at("accounts_identity_residual") < 1e-11);
    return run.at("import_price[USA]");
  };
  CHECK(import_price(0.06) < import_price(0));
  CHECK(import_price(0.14) < import_price(0.06));
}

TEST_CASE("what was solved anew is what is another than a step before, by path") {
  Harness run(trade(), grid(StepUnit::month, 3), comparative_statics);
  run.start();
  CHECK(run.at("solved") == 1);
  run.step();
  CHECK(run.at("solved") == 0);
  Eigen::ArrayXd points = Eigen::ArrayXd::Zero(64);
  points(5) = 10;
  run.set("trade.surcharge[USA,CHN]", points);
  run.step();
  CHECK(run.at("solved", 4) == 0);
  CHECK(run.at("solved", 5) == 1);
  run.step();
  CHECK(run.at("solved", 5) == 0);
}

TEST_CASE("closures that cannot be together are refused") {
  CHECK_THROWS_AS(Harness(trade(), grid(StepUnit::month, 1), {{"deficit", std::string("zero")}}),
                  std::invalid_argument);
  CHECK_THROWS_AS(Harness(trade(), grid(StepUnit::month, 1), {{"theta_long", std::vector<double>{4, 4}}}),
                  std::invalid_argument);
  CHECK_THROWS_AS(Harness(trade(), grid(StepUnit::month, 1), {{"theta_long", std::vector<double>(6, 0.0)}}),
                  std::invalid_argument);
}

TEST_CASE("welfare from a base without deficits multiplies") {
  const auto welfare = [](bool purge, double points) {
    Params params = comparative_statics;
    params["deficit"] = std::string("zero");
    params["purge_first"] = purge;
    Harness run(trade(), grid(StepUnit::month, 1), params);
    run.start();
    run.set("trade.surcharge[USA,CHN]", points);
    run.step();
    return 1 + run.at("us.welfare") / 100;
  };
  CHECK(welfare(false, 0) * welfare(true, 50) == Approx(welfare(false, 50)).epsilon(1e-12));
  CHECK(welfare(true, 0) == Approx(1).epsilon(1e-12));
}
