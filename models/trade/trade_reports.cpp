// What the model of trade publishes of a path.
#include <algorithm>
#include <cmath>

#include "models/trade/trade_model.h"

namespace moniac {

// Landed cost relative to the base.
Trade::Lanes Trade::landed(const TradePolicies& policy, const TradeEquilibria& now, std::size_t link) const {
  const std::size_t j = link % shape.sectors, i = link / shape.sectors % shape.regions;
  return (1 + policy.tariff[link]) / (1 + base.tariff[link]) * (1 + policy.export_tax[link]) * policy.iceberg[link] *
         now.cost[shape.cell(i, j)];
}

// USD mn a year at the prices of the base; what melts at the border was shipped.
Trade::Lanes Trade::exports_at_base_prices(const TradeEquilibria& held, const TradePolicies& policy, int exporter,
                                           bool goods_alone) const {
  Lanes exports = Lanes::Zero();
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

// T_n by region in w.by_region: what tariffs explain of the log price of final use.
void Trade::explain_prices(TradeWorkspace& w, const TradeEquilibria& held) const {
  const auto explained = [&](std::size_t n) { return lanes_at<Paths::size>(w.by_region, n); };
  if (scope_of_prices == io) {
    for (std::size_t n = 0; n < shape.regions; ++n) explained(n) = held.price_index[n];
    w.kernels.log(w.by_region.data(), w.by_region.data(), w.by_region.padded());
    return;
  }
  const auto risen = [&](std::size_t link) { return lanes_at<Paths::size>(w.by_link, link); };
  for (std::size_t link = 0; link < shape.links(); ++link)
    risen(link) = (1 + w.policy.tariff[link]) / (1 + base.tariff[link]) * (1 + w.policy.export_tax[link]);
  w.kernels.log(w.by_link.data(), w.by_link.data(), w.by_link.padded());
  for (std::size_t n = 0; n < shape.regions; ++n) {
    explained(n) = 0;
    for (std::size_t i = 0; i < shape.regions; ++i) {
      for (std::size_t j = 0; j < shape.sectors; ++j) {
        const std::size_t link = shape.link(n, i, j);
        explained(n) += base.final_share[shape.cell(n, j)] * base.share[link] * risen(link);
      }
    }
  }
}

void Trade::write_consumer_prices(const Paths& s, TradeWorkspace& w, const TradeEquilibria& held, bool starting) const {
  explain_prices(w, held);
  for (int n = 0; n < regions; ++n) {
    auto price = s[prices[n]];
    const Lanes target = pass_through * lanes_at<Paths::size>(w.by_region, at(n));
    const Lanes moved = starting ? Lanes(Lanes::Zero()) : Lanes(price_step * (target - price));
    price = starting ? target : Lanes(price + moved);
    for (const Economy& economy : economies) {
      if (economy.region == n) s[economy.tariff_inflation] = 100 * moved / dt;
    }
  }
}

void Trade::write_demand_gaps(const Paths& s, const TradePolicies& policy, const TradeEquilibria& held) const {
  for (const Economy& economy : economies) {
    const Lanes exports = exports_at_base_prices(held, policy, economy.region, false);
    s[economy.demand_gap] = 100 * (exports - s[held_start[economy.region]]) / base.value_added[at(economy.region)];
  }
}

void Trade::write_rates(const Paths& s, const TradePolicies& policy) const {
  for (int n = 0; n < regions; ++n) {
    for (int i = 0; i < regions; ++i) {
      Lanes duties = Lanes::Zero();
      double weights = 0;
      for (std::size_t j = 0; j < shape.sectors; ++j) {
        const std::size_t link = shape.link(at(n), at(i), j);
        if (is_goods[j]) duties += policy.tariff[link] * base_flow[link];
        if (is_goods[j]) weights += base_flow[link];
      }
      s[rate[n * regions + i]] = weights > 0 ? Lanes(100 * duties / weights) : Lanes(Lanes::Zero());
    }
  }
}

void Trade::write_trade(const Paths& s, TradeWorkspace& w, const TradeEquilibria& now) const {
  const double per_step = dt / 1000;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    s[output_of[static_cast<int>(cell)]] = now.output[cell] * per_step;
    s[pass_through_of[static_cast<int>(cell)]] = domestic_content[cell];
  }
  for (int n = 0; n < regions; ++n) {
    write_flows(s, w, now, n);
    s[revenue[n]] = collected(s, n, w.policy, now) * per_step;
    s[import_price[n]] = 100 * (landed_price(w.policy, now, at(n)) - 1);
    s[price_index[n]] = 100 * (now.price_index[at(n)] - 1);
    s[welfare_of[n]] = 100 * (now.welfare[at(n)] - 1);
    s[real_wage_of[n]] = 100 * (now.real_wage[at(n)] - 1);
  }
  write_diversion(s, now);
  if (us_revenue) s[*us_revenue] = s[revenue[static_cast<int>(*usa)]];
  for (const Economy& economy : economies) write_economy(s, economy, now, w.published);
  s[residual] = imbalance(now);
}

// Importers buy ahead of tariffs.
void Trade::write_flows(const Paths& s, TradeWorkspace& w, const TradeEquilibria& now, int importer) const {
  Lanes spent = Lanes::Zero();
  for (std::size_t j = 0; j < shape.sectors; ++j) spent += now.expenditure[shape.cell(at(importer), j)];
  for (int i = 0; i < regions; ++i) {
    const int pair = importer * regions + i;
    const Lanes early = s[ahead[pair]];
    Lanes sum = Lanes::Zero(), paid = Lanes::Zero();
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t link = shape.link(at(importer), at(i), j);
      const bool as_used = !is_goods[j] || i == importer;
      w.published[link] = as_used ? now.flow[link] : Lanes(early * now.flow[link]);
      sum += w.published[link];
      paid += (1 + w.policy.tariff[link]) * now.flow[link];
    }
    s[flow[pair]] = sum * (dt / 1000);
    s[share_of[pair]] = 100 * paid / spent;
  }
}

void Trade::write_diversion(const Paths& s, const TradeEquilibria& now) const {
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const std::size_t n = cell / shape.sectors, j = cell % shape.sectors;
    const std::size_t link = shape.link(n, china.value_or(n), j);
    s[diverted[static_cast<int>(cell)]] =
        base_flow[link] > 0 ? Lanes(100 * (now.flow[link] / base_flow[link] - 1)) : Lanes(Lanes::Zero());
  }
}

// Revenue of goods when they are imported, USD mn a year.
Trade::Lanes Trade::collected(const Paths& s, int importer, const TradePolicies& policy,
                              const TradeEquilibria& now) const {
  Lanes revenue_now = now.revenue[at(importer)];
  for (int i = 0; i < regions; ++i) {
    const Lanes early = s[ahead[importer * regions + i]] - 1;
    if (i == importer || (early == 0).all()) continue;
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t link = shape.link(at(importer), at(i), j);
      if (is_goods[j]) revenue_now += early * policy.tariff[link] * now.flow[link];
    }
  }
  return revenue_now;
}

Trade::Lanes Trade::landed_price(const TradePolicies& policy, const TradeEquilibria& now, std::size_t n) const {
  double before = 0;
  Lanes price = Lanes::Zero();
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

void Trade::write_economy(const Paths& s, const Economy& economy, const TradeEquilibria& now,
                          const Vector& published) const {
  const std::size_t n = at(economy.region);
  s[economy.welfare] = 100 * (now.welfare[n] - 1);
  s[economy.real_wage] = 100 * (now.real_wage[n] - 1);
  double before = 0;
  Lanes from_china = Lanes::Zero(), imported_goods = from_china, imports = from_china, exports = from_china;
  for (std::size_t m = 0; m < shape.regions; ++m) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t in = shape.link(n, m, j);
      if (m != n) imports += published[in];
      if (m != n) exports += published[shape.link(m, n, j)];
      if (m != n && is_goods[j]) imported_goods += now.flow[in];
      if (china != m || !is_goods[j]) continue;
      from_china += now.flow[in];
      before += base_flow[in];
    }
  }
  s[economy.diversion] = before > 0 ? Lanes(100 * (from_china / before - 1)) : Lanes(Lanes::Zero());
  s[economy.china_share] = china == n ? Lanes(Lanes::Zero()) : Lanes(100 * from_china / imported_goods);
  if (labour != sticky) return;
  s[economy.exports] = exports * dt / 1000;
  s[economy.imports] = imports * dt / 1000;
  s[economy.balance] = (exports - imports) * dt / 1000;
}

// The largest residual of what a region imports beyond its exports against its deficit, and of what it spends on a
// sector against final and intermediate use.
Trade::Lanes Trade::imbalance(const TradeEquilibria& now) const {
  Lanes worst = Lanes::Zero();
  for (std::size_t n = 0; n < shape.regions; ++n) {
    Lanes gap = -1 * now.deficit[n];
    for (std::size_t m = 0; m < shape.regions; ++m) {
      for (std::size_t j = 0; j < shape.sectors; ++j)
        gap += now.flow[shape.link(n, m, j)] - now.flow[shape.link(m, n, j)];
    }
    worst = worst.max(gap.abs());
    for (std::size_t k = 0; k < shape.sectors; ++k) {
      Lanes use = base.final_share[shape.cell(n, k)] * now.income[n] - now.expenditure[shape.cell(n, k)];
      for (std::size_t j = 0; j < shape.sectors; ++j)
        use += base.input[shape.input(n, k, j)] * now.output[shape.cell(n, j)];
      worst = worst.max(use.abs());
    }
  }
  return worst / world;
}

}  // namespace moniac
