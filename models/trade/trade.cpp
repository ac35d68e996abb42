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
  constexpr auto batch = static_cast<Eigen::Index>(TradeBatch::size);
  for (Eigen::Index first = 0; first < s.lanes(); first += batch) {
    const std::span<TradeCase> cases{w.cases.data(), at(static_cast<int>(std::min(batch, s.lanes() - first)))};
    move(s, first, cases, w, starting);
  }
}

void Trade::move(const View& s, Eigen::Index first, std::span<TradeCase> cases, TradeWorkspace& w,
                 bool starting) const {
  const auto each = [&](auto use) {
    for (std::size_t c = 0; c < cases.size(); ++c) use(first + static_cast<Eigen::Index>(c), cases[c]);
  };
  each([&](Eigen::Index path, TradeCase& one) {
    read_policy(s, path, one);
    read_held_flows(s, path, one, w);
    write_rates(s, path, one.policy);
  });
  each([&](Eigen::Index, TradeCase& one) { one.held = hold(one, w); });
  solve(w.held, w.unsolved);
  each([&](Eigen::Index path, TradeCase& one) {
    write_held(s, path, one, starting);
    one.flows.release(one.policy);
  });
  each([&](Eigen::Index path, TradeCase& one) {
    one.now = labour == sticky ? respond(s, path, one, w, starting) : clear(one, w);
  });
  solve(w.active, w.unsolved);
  each([&](Eigen::Index path, TradeCase& one) {
    if (!one.held->converged || !one.now->converged) return fail(s, path);
    write_trade(s, path, one, *one.now);
    if (!starting) move_on(s, path, one);
  });
}

void Trade::solve(TradeBatch& batch, std::vector<TradeBatch::Case>& unsolved) {
  batch.solve(unsolved);
  unsolved.clear();
}

// The result of a case that holds flows, after a search of its own.
const TradeEquilibrium* Trade::search(TradeSolver& solver, TradeCase& one, TradeEquilibrium& result, const double* wage,
                                      const double* spending) {
  result = one.flows.find(solver, one.policy, [&]() -> const TradeEquilibrium& {
    return wage != nullptr ? solver.respond(one.policy, wage, spending, one.shares.data())
                           : solver.solve(one.policy, one.shares.data());
  });
  return &result;
}

// The result for what `one.key` holds: from the cache, or of the batch that `unsolved` will be.
const TradeEquilibrium* Trade::look_up(SolvedCases& solved, std::vector<TradeBatch::Case>& unsolved,
                                       const TradeCase& one, const double* wage, const double* spending) {
  if (const TradeEquilibrium* known = solved.find(one.key)) return known;
  TradeEquilibrium& result = solved.add(one.key);
  unsolved.push_back(
      {.policy = &one.policy, .share = one.shares.data(), .wage = wage, .spending = spending, .result = &result});
  return &result;
}

// All that a solve depends on beside wages and spending.
void Trade::set_key(TradeCase& one) {
  one.key.assign(one.shares.begin(), one.shares.end());
  for (const std::vector<double>* part : {&one.policy.tariff, &one.policy.iceberg, &one.policy.export_tax})
    one.key.insert(one.key.end(), part->begin(), part->end());
}

const TradeEquilibrium* Trade::hold(TradeCase& one, TradeWorkspace& w) const {
  if (!one.flows.empty()) return search(w.holder, one, one.held_found, w.base_wage.data(), base.income.data());
  set_key(one);
  return look_up(w.held_cases, w.unsolved, one, w.base_wage.data(), base.income.data());
}

const TradeEquilibrium* Trade::clear(TradeCase& one, TradeWorkspace& w) const {
  if (!one.flows.empty()) return search(w.solver, one, one.now_found, nullptr, nullptr);
  set_key(one);
  return look_up(w.active_cases, w.unsolved, one, nullptr, nullptr);
}

void Trade::write_held(const View& s, Eigen::Index path, const TradeCase& one, bool starting) const {
  const TradeEquilibrium& held = *one.held;
  if (starting) {
    for (int n = 0; n < regions; ++n) {
      s[held_start[n]](path) = exports_at_base_prices(held, one.policy, n, false);
      s[goods_start[n]](path) = exports_at_base_prices(held, one.policy, n, true);
    }
  }
  write_consumer_prices(s, path, one, held, starting);
  write_demand_gaps(s, path, one, held);
  if (labour == sticky && !starting) cut_prices(s, path, one, held);
}

// What the next step starts from.
void Trade::move_on(const View& s, Eigen::Index path, TradeCase& one) const {
  if (adjustment == gradual) form_habits(s, path, one, *one.now);
  if (labour != sticky) return;
  adjust(base, *one.now, speeds, one.exchange.data(), one.wage.data(), one.spending.data());
  for (int n = 0; n < regions; ++n) {
    s[wages[n]](path) = one.wage[at(n)];
    s[spending[n]](path) = one.spending[at(n)];
  }
}

void Trade::read_policy(const View& s, Eigen::Index path, TradeCase& one) const {
  int link = 0;
  for (int n = 0; n < regions; ++n) {
    for (int i = 0; i < regions; ++i) {
      const double added = n == i ? 0 : s[surcharge[n * regions + i]](path) / 100;
      const double borne = s[absorption[n * regions + i]](path);
      for (std::size_t j = 0; j < shape.sectors; ++j, ++link) {
        const double given = s[tariff[link]](path);
        one.policy.tariff[at(link)] = (given == -1 ? base.tariff[at(link)] : given) + (is_goods[j] ? added : 0);
        one.policy.iceberg[at(link)] = s[iceberg[link]](path);
        one.policy.export_tax[at(link)] = s[export_tax[link]](path);
        if (borne != 0) absorb(one.policy, at(link), borne);
      }
    }
  }
  if (adjustment != gradual) return;
  for (int h = 0; h < links; ++h) one.landed.data()[h] = s[habits[h]](path);
  envelope.shares(one.landed, one.work, one.shares.data(), Scratch::current().kernels());
}

// Takes the part `borne` of the rise of a tariff off the price before it.
void Trade::absorb(TradePolicy& policy, std::size_t link, double borne) const {
  const double rise = (1 + policy.tariff[link]) / (1 + base.tariff[link]);
  policy.export_tax[link] = (1 + policy.export_tax[link]) * pow(rise, -borne) - 1;
}

// Links on which some path of the block holds a flow.
void Trade::watch(const View& s, TradeWorkspace& w) const {
  w.watched.clear();
  for (int link = 0; link < links; ++link) {
    if ((s[purchase_floor[link]] > 0).any() || (s[export_limit[link]] >= 0).any()) w.watched.push_back(at(link));
  }
}

void Trade::read_held_flows(const View& s, Eigen::Index path, TradeCase& one, const TradeWorkspace& w) const {
  one.flows.clear();
  for (const std::size_t link : w.watched) {
    const double floor = s[purchase_floor[static_cast<int>(link)]](path);
    const double limit = s[export_limit[static_cast<int>(link)]](path);
    if (floor > 0) one.flows.add({.link = link, .by = HeldBy::subsidy, .target = 1000 * floor});
    if (limit >= 0)
      one.flows.add(
          {.link = link, .by = limits_earn ? HeldBy::export_tax : HeldBy::cost, .target = limit * base_flow[link]});
  }
}

// The sticky closure at this step's exchange rates, demand and discounts.
const TradeEquilibrium* Trade::respond(const View& s, Eigen::Index path, TradeCase& one, TradeWorkspace& w,
                                       bool starting) const {
  std::fill(one.exchange.begin(), one.exchange.end(), 1.0);
  for (int n = 0; n < regions; ++n) {
    one.wage[at(n)] = s[wages[n]](path);
    one.spending[at(n)] = one.spent[at(n)] = s[spending[n]](path);
  }
  for (std::size_t e = 0; e < economies.size() && !starting; ++e) {
    const Economy& economy = economies[e];
    const std::size_t n = at(economy.region);
    if (economy.has_exchange) {
      const double ratio = s[economy.exchange](path) / s[exchange_start[static_cast<int>(e)]](path);
      one.exchange[n] = economy.quoted_per_dollar ? 1 / ratio : ratio;
    }
    one.spent[n] *= 1 + s[economy.gap](path) / 100;
    if (economy.has_compression) one.spent[n] -= s[economy.compression](path) * 1000 / dt;
  }
  for (std::size_t n = 0; n < shape.regions; ++n) one.paid[n] = one.wage[n] * one.exchange[n];
  for (std::size_t i = 0; i < shape.regions; ++i) {
    const double cut = exp(s[idle[static_cast<int>(i)]](path));
    for (std::size_t n = 0; n < shape.regions; ++n) {
      for (std::size_t j = 0; j < shape.sectors; ++j) {
        if (!is_goods[j] || i == n) continue;
        double& tax = one.policy.export_tax[shape.link(n, i, j)];
        tax = (1 + tax) * cut - 1;
      }
    }
  }
  if (!one.flows.empty()) return search(w.solver, one, one.now_found, one.paid.data(), one.spent.data());
  set_key(one);
  one.key.insert(one.key.end(), one.paid.begin(), one.paid.end());
  one.key.insert(one.key.end(), one.spent.begin(), one.spent.end());
  return look_up(w.active_cases, w.unsolved, one, one.paid.data(), one.spent.data());
}

void Trade::fail(const View& s, Eigen::Index path) const {
  for (int pair = 0; pair < flow.size; ++pair) s[flow[pair]](path) = std::numeric_limits<double>::quiet_NaN();
}

void Trade::form_habits(const View& s, Eigen::Index path, TradeCase& one, const TradeEquilibrium& now) const {
  double* cost = one.landed.data();
  for (int h = 0; h < links; ++h) cost[h] = landed(one.policy, now, at(h));
  Scratch::current().kernels().log(cost, cost, one.landed.padded());
  for (int h = 0; h < links; ++h) {
    double& habit = s[habits[h]](path);
    habit += habit_step * (cost[h] - habit);
  }
}

void Trade::cut_prices(const View& s, Eigen::Index path, const TradeCase& one, const TradeEquilibrium& held) const {
  for (int n = 0; n < regions; ++n) {
    if (discount[at(n)] == 0) continue;
    const double exports = exports_at_base_prices(held, one.policy, n, true);
    const double unused = std::max(0.0, 1 - exports / s[goods_start[n]](path));
    double& cut = s[idle[n]](path);
    cut += discount_step * (-discount[at(n)] * unused - cut);
  }
}

ModelType trade() {
  return model_type<Trade>("trade", "trade", "trade",
                           "World trade by region and sector: equilibrium under tariffs, with what it does to prices, "
                           "exports and revenue");
}

}  // namespace moniac
