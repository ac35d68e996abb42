// The data of Caliendo and Parro (2015), where a user has them: MONIAC_CP2015 names the folder with the seven text
// files that models/trade/README.md lists.
#include <cmath>
#include <cstdlib>
#include <fstream>

#include "models/trade/trade.h"
#include "sim/model/variables.h"
#include "tests/models/trade/trade_case.h"
#include "tests/support/harness.h"
#include "tests/support/reference.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

constexpr TradeShape shape{.regions = 31, .sectors = 40};
constexpr std::size_t traded = 20;
constexpr double money = 1e-10;  // USD in the unit of the reference

std::vector<double> numbers(const std::string& folder, const std::string& name, std::size_t count) {
  CAPTURE(folder, name);
  std::ifstream file(folder + "/" + name + ".txt");
  std::vector<double> values;
  for (double value; file >> value;) values.push_back(value);
  REQUIRE(values.size() == count);
  return values;
}

// A stack of [sector][importer][exporter] matrices of the traded sectors, by link.
std::vector<double> stacked(const std::vector<double>& rows, double unit) {
  std::vector<double> values(shape.links());
  for (std::size_t j = 0; j < traded; ++j) {
    for (std::size_t n = 0; n < shape.regions; ++n) {
      for (std::size_t i = 0; i < shape.regions; ++i)
        values[shape.link(n, i, j)] = unit * rows[(j * shape.regions + n) * shape.regions + i];
    }
  }
  return values;
}

// Their base of 1993, section by section of their appendix. It is no equilibrium: 185 final shares below 0 are 0.
TradeBase base_1993(const std::string& folder) {
  const std::vector<double> value_added = numbers(folder, "B", shape.cells());
  const std::vector<double> gross = numbers(folder, "GO", shape.cells());
  std::vector<double> use = numbers(folder, "IO", shape.inputs());
  TradeBase base{.regions = numbered("R", 31),
                 .sectors = numbered("S", 40),
                 .shape = shape,
                 .share = stacked(numbers(folder, "xbilat1993", traded * 31 * 31), 1000 * money),
                 .tariff = stacked(numbers(folder, "tariffs1993", traded * 31 * 31), 0.01),
                 .value_added_share = std::vector<double>(shape.cells()),
                 .input = std::vector<double>(shape.inputs()),
                 .final_share = std::vector<double>(shape.cells()),
                 .expenditure = std::vector<double>(shape.cells()),
                 .value_added = std::vector<double>(31),
                 .deficit = std::vector<double>(31),
                 .income = std::vector<double>(31)};
  std::vector<double> output(shape.cells());
  for (std::size_t i = 0; i < 31; ++i) {
    for (std::size_t j = 0; j < 40; ++j) {
      double exports = 0;
      for (std::size_t n = 0; n < 31; ++n) {
        if (n == i) continue;
        exports += base.share[shape.link(n, i, j)];
        base.deficit[n] += base.share[shape.link(n, i, j)];
        base.deficit[i] -= base.share[shape.link(n, i, j)];
      }
      output[shape.cell(i, j)] = std::max(money * gross[j * 31 + i], exports);
      base.share[shape.link(i, i, j)] = output[shape.cell(i, j)] - exports;
      base.tariff[shape.link(i, i, j)] = 0;
      base.value_added_share[shape.cell(i, j)] = value_added[j * 31 + i];
      base.value_added[i] += value_added[j * 31 + i] * output[shape.cell(i, j)];
      double column = 0;
      for (std::size_t k = 0; k < 40; ++k) column += std::max(use[(i * 40 + k) * 40 + j], 0.0);
      for (std::size_t k = 0; k < 40; ++k)
        base.input[shape.input(i, k, j)] =
            column > 0 ? (1 - value_added[j * 31 + i]) * std::max(use[(i * 40 + k) * 40 + j], 0.0) / column : 0;
    }
  }
  for (std::size_t n = 0; n < 31; ++n) {
    double final_spending = 0;
    for (std::size_t k = 0; k < 40; ++k) {
      double spent = 0, used = 0;
      for (std::size_t i = 0; i < 31; ++i)
        spent += (1 + base.tariff[shape.link(n, i, k)]) * base.share[shape.link(n, i, k)];
      for (std::size_t i = 0; i < 31; ++i)
        base.share[shape.link(n, i, k)] *= (1 + base.tariff[shape.link(n, i, k)]) / spent;
      for (std::size_t j = 0; j < 40; ++j) used += base.input[shape.input(n, k, j)] * output[shape.cell(n, j)];
      base.expenditure[shape.cell(n, k)] = spent;
      base.final_share[shape.cell(n, k)] = std::max(spent - used, 0.0);
      final_spending += base.final_share[shape.cell(n, k)];
    }
    for (std::size_t k = 0; k < 40; ++k) base.final_share[shape.cell(n, k)] /= final_spending;
    base.income[n] = 1;  // hats of income are levels, then
  }
  return base;
}

// The paper's linear measure of welfare, %: terms of trade and volume of trade.
double linear_welfare(const TradeBase& base, const TradeEquilibrium& at, std::size_t n) {
  double terms = 0, volume = 0;
  for (std::size_t i = 0; i < 31; ++i) {
    for (std::size_t j = 0; j < 40; ++j) {
      const std::size_t in = shape.link(n, i, j), out = shape.link(i, n, j);
      const auto flow = [&](std::size_t link, std::size_t buyer) {
        return base.share[link] / (1 + base.tariff[link]) * base.expenditure[shape.cell(buyer, j)];
      };
      const double own_cost = at.cost[shape.cell(n, j)], their_cost = at.cost[shape.cell(i, j)];
      terms += flow(out, i) * (own_cost - 1) - flow(in, n) * (their_cost - 1);
      volume += base.tariff[in] * (at.flow[in] - flow(in, n) * their_cost);
    }
  }
  return 100 * (terms + volume) / base.income[n];
}

// Rows of a user's table: a label for region and sector, then the numbers.
template <class Value>
std::vector<std::string> rows_of(const TradeBase& base, const std::vector<std::string>& columns, Value value) {
  std::vector<std::string> rows = {"region,sector"};
  for (const std::string& column : columns) rows.front() += "," + column;
  for (std::size_t n = 0; n < base.shape.regions; ++n) {
    for (std::size_t j = 0; j < base.shape.sectors; ++j) {
      std::string row = base.regions[n] + "," + base.sectors[j];
      for (std::size_t column = 0; column < columns.size(); ++column) row += "," + to_text(value(n, j, column));
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("the tariffs of 1993 to 2005 do to 31 countries what Caliendo and Parro's method finds") {
  const char* folder = std::getenv("MONIAC_CP2015");
  if (folder == nullptr) {
    WARN("not run: MONIAC_CP2015 names no folder; models/trade/README.md says what is in it");
    SUCCEED();
    return;
  }
  std::vector<double> theta = numbers(folder, "T", traded);
  theta.resize(40, 8.22);
  const Json file = reference("trade/p11_cp2015_world_tariffs_1993_2005.json");

  TradeSolver first(base_1993(folder), theta, DeficitClosure::zero);
  const TradePolicy same = unchanged(first.base());
  const TradeEquilibrium& without_deficits = first.solve(same);
  REQUIRE(without_deficits.converged);
  check_equal(without_deficits.wage, flat(file["step1"]["w_hat"]));

  TradeSolver solver(rebased(first.base(), without_deficits, same), theta, DeficitClosure::zero);
  check_equal(solver.base().income, flat(file["expected"]["base_income"]));
  TradePolicy policy = unchanged(solver.base());
  policy.tariff = stacked(numbers(folder, "tariffs2005", traded * 31 * 31), 0.01);
  for (std::size_t n = 0; n < 31; ++n) {
    for (std::size_t j = 0; j < 40; ++j) policy.tariff[shape.link(n, n, j)] = 0;
  }
  const TradeEquilibrium& at = solver.solve(policy);
  REQUIRE(at.converged);
  check_accounts(solver.base(), at, policy);
  check_equal(at.wage, flat(file["expected"]["w_hat"]));
  check_equal(at.price_index, flat(file["expected"]["P_hat"]));
  check_equal(at.welfare, flat(file["expected"]["welfare_hat"]));
  for (std::size_t n = 0; n < 31; ++n)
    CHECK(linear_welfare(solver.base(), at, n) == Approx(double(file["table"][n][0])).margin(0.005));

  // The same through the model, on that base as a user's table.
  const TradeBase& base = solver.base();
  const auto flow = [&](std::size_t n, std::size_t j, std::size_t i) {
    const std::size_t link = shape.link(n, i, j);
    return base.share[link] * base.expenditure[shape.cell(n, j)] / (1 + base.tariff[link]);
  };
  const auto tariff = [&](std::size_t n, std::size_t j, std::size_t i) { return base.tariff[shape.link(n, i, j)]; };
  const auto input = [&](std::size_t n, std::size_t k, std::size_t j) { return base.input[shape.input(n, k, j)]; };
  Harness run(trade(), grid(StepUnit::year, 1),
              {{"table_flows", rows_of(base, base.regions, flow)},
               {"table_tariffs", rows_of(base, base.regions, tariff)},
               {"table_inputs", rows_of(base, base.sectors, input)},
               {"services", Names{}},
               {"theta_long", theta},
               {"theta_short", theta},
               {"idle_discount", std::vector<double>(31, 0.0)},
               {"labour", std::string("fixed")},
               {"deficit", std::string("zero")},
               {"adjustment", std::string("long_run")}});
  for (std::size_t n = 0; n < 31; ++n) {
    for (std::size_t i = 0; i < 31; ++i) {
      for (std::size_t j = 0; j < traded; ++j)
        run.set("trade.tariff_effective[" + base.regions[n] + "," + base.regions[i] + "," + base.sectors[j] + "]",
                policy.tariff[shape.link(n, i, j)]);
    }
  }
  run.start();
  for (std::size_t n = 0; n < 31; ++n)
    CHECK(1 + run.at("welfare[" + base.regions[n] + "]") / 100 ==
          Approx(double(file["expected"]["welfare_hat"][n])).epsilon(1e-9));
}
