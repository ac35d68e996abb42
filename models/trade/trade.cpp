#include "models/trade/trade.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/trade/trade_model.h"
#include "sim/math/columns.h"

namespace moniac {

Trade::Trade(Declarations& declarations) : Model(declarations) {
  check(deficit == 1 || !purge_first, "only deficits that go to zero are taken out first", {"purge_first"});
  check(labour == fixed || deficit == 0, "with sticky labour deficits are what comes out", {"deficit", "labour"});
  if (own_table && !user_table) return;  // the lists below are of another size than the table that stands in
  check(theta_long.size() == shape.sectors, "one elasticity for each sector", {"theta_long"});
  check(theta_short.size() == shape.sectors, "one elasticity for each sector", {"theta_short"});
  check(discount.size() == shape.regions, "one number for each region", {"idle_discount"});
  for (const std::string& sector : services)
    check(std::find(base.sectors.begin(), base.sectors.end(), sector) != base.sectors.end(),
          "'" + sector + "' is no sector of the table", {"services"});
}

void Trade::start(Start& s) const {
  for (int h = 0; h < habits.size; ++h) s[habits[h]] = 0;
  for (int n = 0; n < wages.size; ++n) {
    s[wages[n]] = 1;
    s[spending[n]] = base.income[at(n)];
    s[idle[n]] = 0;
  }
  for (int n = 0; n < regions; ++n) s[prices[n]] = 0;
  for (int e = 0; e < exchange_start.size; ++e) s[exchange_start[e]] = 1;
  workspaces->lend([&](TradeWorkspace& workspace) { move_all(s, workspace, true); });
  s[solved] = 1;
}

void Trade::step(Step& s) const {
  keep(s, habits), keep(s, wages), keep(s, spending), keep(s, idle);
  keep(s, held_start), keep(s, goods_start), keep(s, prices), keep(s, exchange_start);
  if (s.index() == 1) {
    for (std::size_t e = 0; e < economies.size(); ++e) {
      if (economies[e].has_exchange) s[exchange_start[static_cast<int>(e)]] = s[economies[e].exchange];
    }
  }
  workspaces->lend([&](TradeWorkspace& workspace) { move_all(s, workspace, false); });
  write_solved(s);
}

void Trade::write_solved(Step& s) const {
  s[solved] = 0;
  for (int cell = 0; cell < output_of.size; ++cell)
    s[solved] = (s[output_of[cell]] != s.last(output_of[cell])).select(1.0, s[solved]);
}

void Trade::keep(Step& s, const States& states) {
  for (int i = 0; i < states.size; ++i) s[states[i]] = s.last(states[i]);
}

void Trade::move_all(const View& s, TradeWorkspace& w, bool starting) const {
  watch(s, w);
  for (Eigen::Index first = 0; first < s.lanes(); first += Paths::size) move(Paths(s, first), w, starting);
}

void Trade::move(const Paths& s, TradeWorkspace& w, bool starting) const {
  read_policy(s, w);
  read_held_flows(s, w);
  write_rates(s, w.policy);

  const TradeEquilibria& held = hold(w);
  write_held(s, w, held, starting);
  release(w);
  const TradeEquilibria& now = labour == sticky ? respond(s, w, starting) : clear(w);
  write_trade(s, w, now);
  if (!starting) move_on(s, w, now);
  for (std::size_t lane = 0; lane < Paths::size; ++lane) {
    if (!held.converged[lane] || !now.converged[lane]) fail(s, static_cast<Eigen::Index>(lane));
  }
}

// A search of its own for each path that holds flows. `policy` gets what that takes.
template <class Solve>
void Trade::search(TradeWorkspace& w, TradeSolver& solver, TradeEquilibria& found, Solve solve) {
  for (std::size_t lane = 0; lane < Paths::size; ++lane) {
    if (w.flows[lane].empty()) continue;
    w.policy.get(lane, w.search.policy);
    get_lane(w.shares, lane, w.search.shares);
    found.set(lane,
              w.flows[lane].find(solver, w.search.policy, [&]() -> const TradeEquilibrium& { return solve(lane); }));
    w.policy.set(lane, w.search.policy);
  }
}

// Where a path holds flows its solution is that of search().
Trade::Lanes Trade::asked(const TradeWorkspace& w) {
  Lanes asked = Lanes::Ones();
  for (std::size_t lane = 0; lane < Paths::size; ++lane) {
    if (!w.flows[lane].empty()) asked[static_cast<Eigen::Index>(lane)] = 0;
  }
  return asked;
}

const Trade::TradeEquilibria& Trade::find(TradeWorkspace& w, TradeBatch& batch, const Vector& wage,
                                          const Vector& spending) {
  TradeEquilibria& found = batch.respond(w.policy, w.shares, wage, spending, asked(w));
  TradeSolver& solver = batch.solver();
  search(w, solver, found, [&](std::size_t lane) -> const TradeEquilibrium& {
    get_lane(wage, lane, w.search.wage);
    get_lane(spending, lane, w.search.spending);
    return solver.respond(w.search.policy, w.search.wage.data(), w.search.spending.data(), w.search.shares.data());
  });
  return found;
}

const Trade::TradeEquilibria& Trade::hold(TradeWorkspace& w) const {
  return find(w, w.held, w.base_wage, w.base_spending);
}

const Trade::TradeEquilibria& Trade::clear(TradeWorkspace& w) const {
  TradeEquilibria& found = w.active.solve(w.policy, w.shares, asked(w));
  TradeSolver& solver = w.active.solver();
  search(w, solver, found,
         [&](std::size_t) -> const TradeEquilibrium& { return solver.solve(w.search.policy, w.search.shares.data()); });
  return found;
}

void Trade::release(TradeWorkspace& w) {
  for (std::size_t lane = 0; lane < Paths::size; ++lane) {
    if (w.flows[lane].empty()) continue;
    w.policy.get(lane, w.search.policy);
    w.flows[lane].release(w.search.policy);
    w.policy.set(lane, w.search.policy);
  }
}

void Trade::write_held(const Paths& s, TradeWorkspace& w, const TradeEquilibria& held, bool starting) const {
  if (starting) {
    for (int n = 0; n < regions; ++n) {
      s[held_start[n]] = exports_at_base_prices(held, w.policy, n, false);
      s[goods_start[n]] = exports_at_base_prices(held, w.policy, n, true);
    }
  }
  write_consumer_prices(s, w, held, starting);
  write_demand_gaps(s, w.policy, held);
  if (labour == sticky && !starting) cut_prices(s, w.policy, held);
}

// What the next step starts from.
void Trade::move_on(const Paths& s, TradeWorkspace& w, const TradeEquilibria& now) const {
  if (adjustment == gradual) form_habits(s, w, now);
  if (labour != sticky) return;
  adjust(base, now, speeds, w.exchange, w.wage, w.spending, w.growth, w.kernels);
  for (int n = 0; n < regions; ++n) {
    s[wages[n]] = w.wage[at(n)];
    s[spending[n]] = w.spending[at(n)];
  }
}

void Trade::read_policy(const Paths& s, TradeWorkspace& w) const {
  int link = 0;
  for (int n = 0; n < regions; ++n) {
    for (int i = 0; i < regions; ++i) {
      const int pair = n * regions + i, first = link;
      const Lanes added = n == i ? Lanes(Lanes::Zero()) : Lanes(s[surcharge[pair]] / 100);
      for (std::size_t j = 0; j < shape.sectors; ++j, ++link) {
        const Lanes given = s[tariff[link]];
        Lanes& levied = w.policy.tariff[at(link)];
        levied = (given == -1).select(base.tariff[at(link)], given);
        if (is_goods[j]) levied += added;
        w.policy.iceberg[at(link)] = s[iceberg[link]];
        w.policy.export_tax[at(link)] = s[export_tax[link]];
      }
      if ((s[absorption[pair]] != 0).any()) absorb(w, at(first), s[absorption[pair]]);
    }
  }
  if (adjustment != gradual) return;
  for (int h = 0; h < links; ++h) lanes_at<Paths::size>(w.by_link, at(h)) = s[habits[h]];
  envelope.shares<Paths::size>(w.by_link, w.more_by_link, w.by_cell, w.shares, w.kernels);
}

// Takes the part `borne` of the rises of tariffs, on the sectors from `first` on, off the prices before them.
void Trade::absorb(TradeWorkspace& w, std::size_t first, const Lanes& borne) const {
  for (std::size_t link = first; link < first + shape.sectors; ++link) {
    for (Eigen::Index lane = 0; lane < Paths::size; ++lane) {
      if (borne[lane] == 0) continue;
      const double rise = (1 + w.policy.tariff[link][lane]) / (1 + base.tariff[link]);
      double& tax = w.policy.export_tax[link][lane];
      tax = (1 + tax) * pow(rise, -borne[lane]) - 1;
    }
  }
}

void Trade::watch(const View& s, TradeWorkspace& w) const {
  w.watched.clear();
  for (int link = 0; link < links; ++link) {
    if ((s[purchase_floor[link]] > 0).any() || (s[export_limit[link]] >= 0).any()) w.watched.push_back(at(link));
  }
}

void Trade::read_held_flows(const Paths& s, TradeWorkspace& w) const {
  for (HeldFlows& flows : w.flows) flows.clear();
  const HeldBy limited = limits_earn ? HeldBy::export_tax : HeldBy::cost;
  for (const std::size_t link : w.watched) {
    const Lanes floor = s[purchase_floor[static_cast<int>(link)]], limit = s[export_limit[static_cast<int>(link)]];
    for (Eigen::Index lane = 0; lane < Paths::size; ++lane) {
      HeldFlows& flows = w.flows[static_cast<std::size_t>(lane)];
      if (floor[lane] > 0) flows.add({.link = link, .by = HeldBy::subsidy, .target = 1000 * floor[lane]});
      if (limit[lane] >= 0) flows.add({.link = link, .by = limited, .target = limit[lane] * base_flow[link]});
    }
  }
}

// The sticky closure at this step's exchange rates, demand and discounts.
const Trade::TradeEquilibria& Trade::respond(const Paths& s, TradeWorkspace& w, bool starting) const {
  read_demand(s, w, starting);
  discount_exports(s, w);
  return find(w, w.active, w.paid, w.spent);
}

void Trade::read_demand(const Paths& s, TradeWorkspace& w, bool starting) const {
  for (int n = 0; n < regions; ++n) {
    w.exchange[at(n)] = 1.0;
    w.wage[at(n)] = s[wages[n]];
    w.spending[at(n)] = w.spent[at(n)] = s[spending[n]];
  }
  for (std::size_t e = 0; e < economies.size() && !starting; ++e) {
    const Economy& economy = economies[e];
    const std::size_t n = at(economy.region);
    if (economy.has_exchange) {
      const Lanes ratio = s[economy.exchange] / s[exchange_start[static_cast<int>(e)]];
      w.exchange[n] = economy.quoted_per_dollar ? Lanes(1 / ratio) : ratio;
    }
    w.spent[n] *= 1 + s[economy.gap] / 100;
    if (economy.has_compression) w.spent[n] -= s[economy.compression] * 1000 / dt;
  }
  for (std::size_t n = 0; n < shape.regions; ++n) w.paid[n] = w.wage[n] * w.exchange[n];
}

void Trade::discount_exports(const Paths& s, TradeWorkspace& w) const {
  const auto cut = [&](std::size_t i) { return lanes_at<Paths::size>(w.by_region, i); };
  for (std::size_t i = 0; i < shape.regions; ++i) cut(i) = s[idle[static_cast<int>(i)]];
  w.kernels.exp(w.by_region.data(), w.by_region.data(), w.by_region.padded());
  for (std::size_t i = 0; i < shape.regions; ++i) {
    for (std::size_t n = 0; n < shape.regions; ++n) {
      for (std::size_t j = 0; j < shape.sectors; ++j) {
        if (!is_goods[j] || i == n) continue;
        Lanes& tax = w.policy.export_tax[shape.link(n, i, j)];
        tax = (1 + tax) * cut(i) - 1;
      }
    }
  }
}

void Trade::fail(const Paths& s, Eigen::Index lane) const {
  for (int pair = 0; pair < flow.size; ++pair) s[flow[pair]][lane] = std::numeric_limits<double>::quiet_NaN();
}

void Trade::form_habits(const Paths& s, TradeWorkspace& w, const TradeEquilibria& now) const {
  const auto cost = [&](int h) { return lanes_at<Paths::size>(w.by_link, at(h)); };
  for (int h = 0; h < links; ++h) cost(h) = landed(w.policy, now, at(h));
  w.kernels.log(w.by_link.data(), w.by_link.data(), w.by_link.padded());
  for (int h = 0; h < links; ++h) s[habits[h]] += habit_step * (cost(h) - s[habits[h]]);
}

void Trade::cut_prices(const Paths& s, const TradePolicies& policy, const TradeEquilibria& held) const {
  for (int n = 0; n < regions; ++n) {
    if (discount[at(n)] == 0) continue;
    const Lanes exports = exports_at_base_prices(held, policy, n, true);
    const Lanes unused = (1 - exports / s[goods_start[n]]).max(0.0);
    s[idle[n]] += discount_step * (-discount[at(n)] * unused - s[idle[n]]);
  }
}

ModelType trade() {
  return model_type<Trade>("trade", "trade", "trade",
                           "World trade by region and sector: equilibrium under tariffs, with what it does to prices, "
                           "exports and revenue");
}

}  // namespace moniac
