// How the model of trade is set up: its base, its economies, its scratch space.
#include <algorithm>
#include <array>

#include "models/trade/shipped_tables.h"
#include "models/trade/trade_model.h"
#include "sim/math/columns.h"

namespace moniac {

std::optional<std::size_t> Trade::find_region(const std::string& name) const {
  for (std::size_t n = 0; n < base.regions.size(); ++n) {
    if (base.regions[n] == name) return n;
  }
  return {};
}

// Nothing where it is refused; a shipped one then stands in, so that other mistakes are found too.
std::optional<TradeTable> Trade::table_of_user() {
  bool good = true;
  TradeTable read = read_table(rows, [&](std::string message, Names where) {
    good = false;
    check(false, std::move(message), std::move(where));
  });
  return good ? std::optional(std::move(read)) : std::nullopt;
}

TradeBase Trade::base_of_scenario() const {
  TradeBase raw = calibrated(user_table ? *user_table : shipped_table(static_cast<ShippedTable>(table)));
  if (!purge_first || theta_long.size() != raw.shape.sectors) return raw;
  TradeSolver solver(raw, theta_long, DeficitClosure::zero);
  return rebased(raw, solver.solve(unchanged(raw)), unchanged(raw));
}

std::vector<bool> Trade::goods() const {
  std::vector<bool> are_goods;
  for (const std::string& sector : base.sectors)
    are_goods.push_back(std::find(services.begin(), services.end(), sector) == services.end());
  return are_goods;
}

std::vector<double> Trade::flows_of_base() const {
  std::vector<double> flows(shape.links());
  for (std::size_t link = 0; link < shape.links(); ++link) {
    const std::size_t j = link % shape.sectors, n = link / shape.sectors / shape.regions;
    flows[link] = base.share[link] * base.expenditure[shape.cell(n, j)] / (1 + base.tariff[link]);
  }
  return flows;
}

double Trade::world_value_added() const {
  double sum = 0;
  for (const double value_added : base.value_added) sum += value_added;
  return sum;
}

std::unique_ptr<LendingPool<TradeWorkspace>> Trade::make_workspaces() const {
  if (theta_long.size() != shape.sectors || theta_short.size() != shape.sectors) return nullptr;
  const std::vector<double>& theta = adjustment == gradual ? theta_short : theta_long;
  return std::make_unique<LendingPool<TradeWorkspace>>(
      [active = TradeSolver(base, theta, static_cast<DeficitClosure>(deficit)),
       held = TradeSolver(base, theta_short, DeficitClosure::world)] {
        return std::make_unique<TradeWorkspace>(active, held, Scratch::current().kernels());
      });
}

std::vector<Trade::Economy> Trade::declare_economies() {
  struct Known {
    const char *region, *scope, *exchange;
  };
  constexpr std::array<Known, 5> known = {{{"USA", "us", nullptr},
                                           {"CHN", "cn", "usdcny.rate"},
                                           {"JPN", "jp", "usdjpy.rate"},
                                           {"EU27", "ea", "eurusd.rate"},
                                           {"GLS", "em", "usdem.rate"}}};
  std::vector<Economy> found;
  for (const Known& one : known) {
    const auto region = find_region(one.region);
    if (!region) continue;
    Economy economy{};
    economy.region = static_cast<int>(*region);
    economy.scope = one.scope;
    declare(economy, one.exchange);
    found.push_back(std::move(economy));
  }
  return found;
}

void Trade::declare(Economy& economy, const char* exchange) {
  const std::string r = economy.scope + ".";
  economy.demand_gap =
      output(r + "export_demand_gap", "%", "Exports of the held evaluation in % of GDP, relative to the start");
  economy.tariff_inflation = output(r + "tariff_inflation", "pp/year", "Part of inflation due to tariffs");
  economy.welfare = output(r + "welfare", "%", "Real income, from the base; a report");
  economy.real_wage = output(r + "real_wage", "%", "Wage over the price of final use, from the base; a report");
  economy.diversion = output(r + "diversion", "%", "Goods from China, from the base");
  economy.china_share = output(r + "china_share", "%", "Part of China in imports of goods");
  if (labour != sticky) return;
  economy.gap = lagged_input(r + "output_gap", 0, "%", "Output gap, which moves spending");
  economy.exports = output(r + "exports", "USD bn/step", "Exports");
  economy.imports = output(r + "imports", "USD bn/step", "Imports");
  economy.balance = output(r + "trade_balance", "USD bn/step", "Exports less imports");
  if (economy.scope == "em") {
    economy.compression = lagged_input("em.compression", 0, "USD bn/step", "Spending that a stop of lending ends");
    economy.has_compression = true;
  }
  if (exchange == nullptr) return;
  economy.exchange = lagged_input(exchange, 1, "", "Exchange rate, relative to the start");
  economy.quoted_per_dollar = economy.scope != "ea";
  economy.has_exchange = true;
}

// With wages that clear, a balance is what the closure says it is, and no answer to anything.
std::vector<WithheldOutputs::Withheld> Trade::withheld() const {
  if (labour == sticky) return {};
  constexpr std::array<const char*, 3> closures = {"world: a constant share of world value added", "zero",
                                                   "share: a constant share of income"};
  const std::string reason =
      std::string("with labour fixed balances are assumed (deficit ") + closures[at(deficit)] + ")";
  std::vector<Withheld> all;
  for (const Economy& economy : economies) {
    for (const char* name : {".exports", ".imports", ".trade_balance"})
      all.push_back({.variable = economy.scope + name,
                     .reason = reason,
                     .remedy = "set labour: sticky, where balances are a result; or give the reader a constant"});
  }
  return all;
}

}  // namespace moniac
