// What the model of trade publishes of a path.
#include <algorithm>
#include <cmath>

#include "models/trade/trade_model.h"

namespace moniac {

// Landed cost relative to the base.
double Trade::landed(const TradePolicy& policy, const TradeEquilibrium& now, std::size_t link) const {
  const std::size_t j = link % shape.sectors, i = link / shape.sectors % shape.regions;
  return (1 + policy.tariff[link]) / (1 + base.tariff[link]) * (1 + policy.export_tax[link]) * policy.iceberg[link] *
         now.cost[shape.cell(i, j)];
}

// USD mn a year at the prices of the base; what melts at the border was shipped.
double Trade::exports_at_base_prices(const TradeEquilibrium& held, const TradePolicy& policy, int exporter,
                                     bool goods_alone) const {
  double exports = 0;
  for (std::size_t n = 0; n < shape.regions; ++n) {
    if (n == at(exporter)) continue;
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t link = shape.link(n, at(exporter), j);
      if (is_goods[j] || !goods_alone)
        exports += held.flow[link] / (1 + policy.export_tax[link]) / held.cost[shape.cell(at(exporter), j)];
    }
  }
  return exports;
}

// T_n: what tariffs explain of the log price of final use.
double Trade::tariff_part(const TradePolicy& policy, const TradeEquilibrium& held, std::size_t n) const {
  if (scope_of_prices == io) return log(held.price_index[n]);
  double risen = 0;
  for (std::size_t i = 0; i < shape.regions; ++i) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t link = shape.link(n, i, j);
      const double rise = (1 + policy.tariff[link]) / (1 + base.tariff[link]) * (1 + policy.export_tax[link]);
      if (rise != 1) risen += base.final_share[shape.cell(n, j)] * base.share[link] * log(rise);
    }
  }
  return risen;
}

void Trade::write_consumer_prices(const View& s, Eigen::Index path, const TradeCase& one, const TradeEquilibrium& held,
                                  bool starting) const {
  for (int n = 0; n < regions; ++n) {
    double& price = s[prices[n]](path);
    const double target = pass_through * tariff_part(one.policy, held, at(n));
    const double moved = starting ? 0 : price_step * (target - price);
    price = starting ? target : price + moved;
    for (const Economy& economy : economies) {
      if (economy.region == n) s[economy.tariff_inflation](path) = 100 * moved / dt;
    }
  }
}

void Trade::write_demand_gaps(const View& s, Eigen::Index path, const TradeCase& one,
                              const TradeEquilibrium& held) const {
  for (const Economy& economy : economies) {
    const double exports = exports_at_base_prices(held, one.policy, economy.region, false);
    s[economy.demand_gap](path) =
        100 * (exports - s[held_start[economy.region]](path)) / base.value_added[at(economy.region)];
  }
}

void Trade::write_rates(const View& s, Eigen::Index path, const TradePolicy& policy) const {
  for (int n = 0; n < regions; ++n) {
    for (int i = 0; i < regions; ++i) {
      double duties = 0, weights = 0;
      for (std::size_t j = 0; j < shape.sectors; ++j) {
        const std::size_t link = shape.link(at(n), at(i), j);
        if (is_goods[j]) duties += policy.tariff[link] * base_flow[link];
        if (is_goods[j]) weights += base_flow[link];
      }
      s[rate[n * regions + i]](path) = weights > 0 ? 100 * duties / weights : 0;
    }
  }
}

void Trade::write_trade(const View& s, Eigen::Index path, const TradeCase& one, const TradeEquilibrium& now) const {
  const double published = dt / 1000;
  for (int n = 0; n < regions; ++n) {
    double spent = 0;
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t cell = shape.cell(at(n), j);
      spent += now.expenditure[cell];
      s[output_of[static_cast<int>(cell)]](path) = now.output[cell] * published;
      s[pass_through_of[static_cast<int>(cell)]](path) = domestic_content[cell];
    }
    for (int i = 0; i < regions; ++i) {
      const std::size_t first = shape.link(at(n), at(i), 0);
      double sum = 0, paid = 0;
      for (std::size_t j = 0; j < shape.sectors; ++j) {
        sum += timing(s, path, n, i, j) * now.flow[first + j];
        paid += (1 + one.policy.tariff[first + j]) * now.flow[first + j];
      }
      s[flow[n * regions + i]](path) = sum * published;
      s[share_of[n * regions + i]](path) = 100 * paid / spent;
    }
    s[revenue[n]](path) = collected(s, path, n, one.policy, now) * published;
    s[import_price[n]](path) = 100 * (landed_price(one.policy, now, at(n)) - 1);
    s[price_index[n]](path) = 100 * (now.price_index[at(n)] - 1);
    s[welfare_of[n]](path) = 100 * (now.welfare[at(n)] - 1);
    s[real_wage_of[n]](path) = 100 * (now.real_wage[at(n)] - 1);
  }
  write_diversion(s, path, now);
  if (us_revenue) s[*us_revenue](path) = s[revenue[static_cast<int>(*usa)]](path);
  for (const Economy& economy : economies) write_economy(s, path, economy, now);
  s[residual](path) = imbalance(now);
}

void Trade::write_diversion(const View& s, Eigen::Index path, const TradeEquilibrium& now) const {
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const std::size_t n = cell / shape.sectors, j = cell % shape.sectors;
    const std::size_t link = shape.link(n, china.value_or(n), j);
    s[diverted[static_cast<int>(cell)]](path) = base_flow[link] > 0 ? 100 * (now.flow[link] / base_flow[link] - 1) : 0;
  }
}

// How many of this step's goods are published in it, as importers buy ahead of tariffs.
double Trade::timing(const View& s, Eigen::Index path, int importer, int exporter, std::size_t sector) const {
  return is_goods[sector] && importer != exporter ? s[ahead[importer * regions + exporter]](path) : 1;
}

// Revenue of goods when they are imported, USD mn a year.
double Trade::collected(const View& s, Eigen::Index path, int importer, const TradePolicy& policy,
                        const TradeEquilibrium& now) const {
  double revenue_now = now.revenue[at(importer)];
  for (int i = 0; i < regions; ++i) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t link = shape.link(at(importer), at(i), j);
      revenue_now += (timing(s, path, importer, i, j) - 1) * policy.tariff[link] * now.flow[link];
    }
  }
  return revenue_now;
}

double Trade::landed_price(const TradePolicy& policy, const TradeEquilibrium& now, std::size_t n) const {
  double before = 0, price = 0;
  for (std::size_t i = 0; i < shape.regions; ++i) {
    if (i == n) continue;
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t link = shape.link(n, i, j);
      const double weight = base.final_share[shape.cell(n, j)] * base.share[link];
      before += weight;
      price += weight * landed(policy, now, link);
    }
  }
  return price / before;
}

void Trade::write_economy(const View& s, Eigen::Index path, const Economy& economy, const TradeEquilibrium& now) const {
  const std::size_t n = at(economy.region);
  s[economy.welfare](path) = 100 * (now.welfare[n] - 1);
  s[economy.real_wage](path) = 100 * (now.real_wage[n] - 1);
  double from_china = 0, before = 0, imported_goods = 0, imports = 0, exports = 0;
  for (std::size_t m = 0; m < shape.regions; ++m) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t in = shape.link(n, m, j);
      const int own = economy.region, other = static_cast<int>(m);
      if (m != n) imports += timing(s, path, own, other, j) * now.flow[in];
      if (m != n) exports += timing(s, path, other, own, j) * now.flow[shape.link(m, n, j)];
      if (m != n && is_goods[j]) imported_goods += now.flow[in];
      if (china != m || !is_goods[j]) continue;
      from_china += now.flow[in];
      before += base_flow[in];
    }
  }
  s[economy.diversion](path) = before > 0 ? 100 * (from_china / before - 1) : 0;
  s[economy.china_share](path) = china == n ? 0 : 100 * from_china / imported_goods;
  if (labour != sticky) return;
  s[economy.exports](path) = exports * dt / 1000;
  s[economy.imports](path) = imports * dt / 1000;
  s[economy.balance](path) = (exports - imports) * dt / 1000;
}

// The largest residual of what a region imports beyond its exports against its deficit, and of what it spends on a
// sector against final and intermediate use.
double Trade::imbalance(const TradeEquilibrium& now) const {
  double worst = 0;
  for (std::size_t n = 0; n < shape.regions; ++n) {
    double gap = -now.deficit[n];
    for (std::size_t m = 0; m < shape.regions; ++m) {
      for (std::size_t j = 0; j < shape.sectors; ++j)
        gap += now.flow[shape.link(n, m, j)] - now.flow[shape.link(m, n, j)];
    }
    worst = std::max(worst, std::abs(gap));
    for (std::size_t k = 0; k < shape.sectors; ++k) {
      double use = base.final_share[shape.cell(n, k)] * now.income[n] - now.expenditure[shape.cell(n, k)];
      for (std::size_t j = 0; j < shape.sectors; ++j)
        use += base.input[shape.input(n, k, j)] * now.output[shape.cell(n, j)];
      worst = std::max(worst, std::abs(use));
    }
  }
  return worst / world;
}

}  // namespace moniac
