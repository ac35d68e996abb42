#include "models/trade/pass_through.h"

#include <cmath>

#include "models/trade/trade.h"
#include "tests/models/trade/trade_case.h"
#include "tests/support/harness.h"

using namespace moniac;
using namespace moniac::testing;
using moniac::testing::Harness;

TEST_CASE("domestic content of technology and other manufactures is that of the published table") {
  const TradeBase base = base_2022();
  const std::vector<double> content = export_pass_through(base);
  const double published[8][2] = {{.89, .82}, {.77, .82}, {.74, .74}, {.81, .83},
                                  {.70, .68}, {.52, .69}, {-1, -1},   {.62, .76}};  // none for ROA
  for (std::size_t n = 0; n < 8; ++n) {
    if (published[n][0] < 0) continue;
    CAPTURE(base.regions[n]);
    CHECK(content[base.shape.cell(n, 3)] == Approx(published[n][0]).margin(0.005));
    CHECK(content[base.shape.cell(n, 4)] == Approx(published[n][1]).margin(0.005));
  }
}

TEST_CASE("with one sector and the rest of the world large, domestic content is g / (1 - (1 - g) share of own)") {
  // Home sells a millionth of what the rest does.
  const TradeTable table{.regions = {"Home", "Rest"},
                         .sectors = {"all"},
                         .flow = {0.7, 0.3, 0.3, 1e6},
                         .tariff = {0, 0, 0, 0},
                         .input = {0.4, 0.4}};
  const TradeBase base = calibrated(table);
  CHECK(export_pass_through(base)[0] == Approx(0.6 / (1 - 0.4 * 0.7)).epsilon(1e-5));
}

TEST_CASE("domestic content is the response of costs to wages that the solver finds") {
  const TradeBase base = base_2022();
  TradeSolver solver(base, {4, 5, 4, 4, 4.5, 3}, DeficitClosure::world);
  const std::vector<double> content = export_pass_through(base);
  constexpr double step = 1e-5;
  for (const std::size_t n : {std::size_t{1}, std::size_t{5}}) {
    std::vector<double> wage(8, 1.0);
    wage[n] = std::exp(step);
    const TradePolicy policy = unchanged(base);
    const TradeEquilibrium& at = solver.respond(policy, wage.data(), base.income.data());
    for (std::size_t j = 0; j < 6; ++j)
      CHECK(std::log(at.cost[base.shape.cell(n, j)]) / step == Approx(content[base.shape.cell(n, j)]).margin(1e-4));
  }
  Harness run(trade(), grid(StepUnit::month, 1));
  run.start();
  run.step();
  CHECK(run.at("fx_export_passthrough[CAM,TEC]") == content[base.shape.cell(5, 3)]);
}
