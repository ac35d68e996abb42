#include "models/trade/trade.h"

#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <span>

#include "models/trade/envelope.h"
#include "models/trade/pass_through.h"
#include "models/trade/shipped_tables.h"
#include "models/trade/sticky_closure.h"
#include "models/trade/table_rows.h"
#include "models/trade/trade_workspace.h"
#include "sim/math/columns.h"
#include "sim/math/lending_pool.h"
#include "sim/math/scalar.h"

namespace moniac {

namespace {

// World trade of each path under its tariffs: trade_solver.h in the ensemble.
//
//   fixed    labour is employed everywhere and wages clear (comparative statics)
//   sticky   wages and spending follow over years (sticky_closure.h), and idle industry cuts its export prices:
//              u_i = max(0, 1 - E_i/E_i(0)),   l_i <- l_i + (1 - e^{-dt/tau_x}) (-psi_i u_i - l_i),
//            goods that i exports cost e^{l_i} of its price at home, and factors of i bear the discount
//
// A held evaluation (wages and spending of the base, short-run elasticities, this step's tariffs) gives exports E at
// base prices and the part of consumer prices that tariffs explain, T_n = sum_j a ln P:
//   export_demand_gap = 100 (E - E_base)/VA less its start,   p <- p + (1 - 2^{-dt/half-life}) (phi T - p).
// Trade that adjusts gradually solves with the shares of an envelope (envelope.h) whose habits follow landed costs:
//   habit <- habit + (1 - (1 - lambda_a)^dt) (ln kappa c - habit).
// A path whose equilibrium is not found gets NaN, which ends it.
class Trade final : public Model {
  enum Labour { fixed, sticky };
  enum Adjustment { gradual, long_run };
  enum Scope { io, direct };

  // The base
  const int table = choice("table", "icio_2022", {"icio_2022", "icio_2017", "wiod_2014"},
                           "Flows, tariffs and inputs of the base year; files in scenarios/data/trade");
  const TableRows rows{
      .flows = names("table_flows", {}, "A table of your own in the place of it: rows of its flows, header first"),
      .tariffs = names("table_tariffs", {}, "Rows of its tariffs"),
      .inputs = names("table_inputs", {}, "Rows of its inputs per unit of output")};
  const int labour = choice("labour", "sticky", {"fixed", "sticky"},
                            "fixed: full employment in every step; sticky: wages and spending follow over years");
  const int deficit = choice("deficit", "world", {"world", "zero", "share"},
                             "Deficits, for fixed labour: a constant share of world value added, none, or a constant "
                             "share of income");
  const bool purge_first =
      flag("purge_first", false, "Whether deficits are taken out of the base first; for deficit zero");
  const int adjustment = choice("adjustment", "gradual", {"gradual", "long_run"},
                                "gradual: from short-run to long-run elasticities over years; long_run: at once");
  const std::vector<double> theta_long =
      numbers("theta_long", {4, 5, 4, 4, 4.5, 3}, "", positive(), "Trade elasticity of each sector in the long run",
              illustrative("between Caliendo and Parro 2015, Fontagne et al. 2022, Giri et al. 2021"));
  const std::vector<double> theta_short =
      numbers("theta_short", {1.5, 1.5, 1.5, 1.5, 1.5, 1}, "", positive(), "Trade elasticity on impact",
              illustrative("Fajgelbaum et al. 2020: 1.53, as remembered"));
  const double adjusted =
      param("adjusted_per_year", 0.28, "", between(0, 1), "Part of the way to the long run that trade goes in a year",
            published("Boehm, Levchenko and Pandalai-Nayar 2023: 7 to 10 years"));
  const Names services = names("services", {"SRV"}, "Sectors that are no goods: no surcharge, no discount");

  // The short run
  const double wage_speed = param("wage_speed", 0.5, "1/year", between(0, 10),
                                  "Rise of wages per unit of log employment, for sticky labour", illustrative());
  const double spending_speed =
      param("spending_speed", 4, "1/year", between(0, 100), "Speed at which spending follows income", illustrative());
  const std::vector<double> discount = numbers("idle_discount", {0, 0.7, 0, 0, 0, 0, 0, 0}, "", between(0, 1.5),
                                               "Cut of export prices per unit of exports lost, by region",
                                               calibrated("exports of China by partner in 2025"));
  const double discount_time =
      param("idle_discount_time", 0.5, "year", positive(), "Time constant of the cuts", illustrative());

  // Consumer prices
  const double pass_through = param("pass_through", 0.7, "", between(0, 1), "Part of tariff costs that consumers pay",
                                    calibrated("Cavallo, Llamas and Vazquez 2025: +0.7 pp by September 2025"));
  const double price_half_life =
      param("price_half_life", 0.5, "year", positive(), "Half-life of the way there", illustrative());
  const int scope_of_prices = choice("cpi_scope", "io", {"io", "direct"},
                                     "io: with inputs and substitution; direct: imported final goods alone");

  const bool limits_earn = choice("limit_rent", "nobody", {"nobody", "exporter"},
                                  "Who earns what goods under an export limit are scarce") == 1;

  const bool own_table = !rows.flows.empty() || !rows.tariffs.empty() || !rows.inputs.empty();
  const std::optional<TradeTable> user_table = own_table ? table_of_user() : std::nullopt;
  const TradeBase base = base_of_scenario();
  const TradeShape shape = base.shape;
  const int regions = static_cast<int>(shape.regions);
  const int links = static_cast<int>(shape.links());
  const Dimension importers{"importer", base.regions};
  const Dimension exporters{"exporter", base.regions};
  const Dimension by_region{"region", base.regions};
  const Dimension sectors{"sector", base.sectors};
  const std::optional<std::size_t> usa = find_region("USA"), china = find_region("CHN");

  const Inputs tariff = inputs("trade.tariff_effective", {importers, exporters, sectors}, -1, "ratio",
                               "Tariff on the value at the border; -1: that of the base year");
  const Inputs iceberg = inputs("trade.iceberg", {importers, exporters, sectors}, 1, "ratio",
                                "Cost of a border that nobody earns, 1 = that of the base year");
  const Inputs export_tax = inputs("trade.export_tax", {importers, exporters, sectors}, 0, "ratio",
                                   "Tax of the exporter on its price: what an export control earns it");
  const Inputs purchase_floor = inputs("trade.purchase_floor", {importers, exporters, sectors}, 0, "USD bn/year",
                                       "Least that the importer buys, by a subsidy of its own; 0: none");
  const Inputs export_limit = inputs("trade.export_limit", {importers, exporters, sectors}, -1, "ratio",
                                     "Largest quantity that may be shipped, to that of the base year; -1: none");
  const Inputs ahead = inputs("trade.front_loading", {importers, exporters}, 1, "ratio",
                              "Goods bought ahead of tariffs, 1 = as otherwise");
  const Inputs surcharge = inputs("trade.surcharge", {importers, exporters}, 0, "pp",
                                  "Added to the tariff on every good, collected at once");

  // A region that is an economy of the bus.
  struct Economy {
    int region;
    std::string scope;
    Input gap, compression, exchange;
    bool quoted_per_dollar;
    Output exports, imports, balance, demand_gap, tariff_inflation, welfare, real_wage, diversion, china_share;
    bool has_compression = false, has_exchange = false;
  };
  const std::vector<Economy> economies = declare_economies();

  const Outputs flow =
      outputs("flow", {importers, exporters}, "USD bn/step", "Trade without tariffs, own use included");
  const Outputs output_of = outputs("output", {by_region, sectors}, "USD bn/step", "Gross output");
  const Outputs rate = outputs("tariff_rate", {importers, exporters}, "%", "Tariff on goods, weighted by base flows");
  const Outputs import_price =
      outputs("import_price", {by_region}, "%", "Price of imports for final use, tariffs included, from the base");
  const Outputs price_index = outputs("price_index", {by_region}, "%", "Price of final use, from the base");
  const Outputs revenue = outputs("revenue", {by_region}, "USD bn/step", "Tariff revenue");
  const Outputs welfare_of = outputs("welfare", {by_region}, "%", "Real income of the region, from the base");
  const Outputs real_wage_of = outputs("real_wage", {by_region}, "%", "Real wage of the region, from the base");
  const Outputs diverted =
      outputs("diversion", {importers, sectors}, "%", "Imports from China, from the base; own use for China");
  const Outputs pass_through_of = outputs("fx_export_passthrough", {by_region, sectors}, "ratio",
                                          "Part of a rise of its currency that ends up in export prices, at the base");
  const Outputs share_of =
      outputs("share", {importers, exporters}, "%", "Of what the importer spends, tariffs included");
  const std::optional<Output> us_revenue =
      usa ? std::optional(output("us.tariff_revenue", "USD bn/step", "Tariff revenue of the USA")) : std::nullopt;
  const Output residual = identity("accounts_identity_residual", 1e-9, "ratio",
                                   "Imports less exports less deficits, and spending, over world value added");

  const States habits = states("habits", adjustment == gradual ? links : 0, "Log landed costs that buyers are used to");
  const States wages = states("wages", labour == sticky ? regions : 0, "Wages in local currency, 1 at the base");
  const States spending = states("spending", labour == sticky ? regions : 0, "Final spending, USD mn a year");
  const States idle = states("idle_discounts", labour == sticky ? regions : 0, "Log cut of export prices");
  const States held_start = states("held_exports_start", regions, "Exports of the held evaluation at the start");
  const States goods_start = states("held_goods_start", regions, "Goods in them");
  const States prices = states("tariff_prices", regions, "Log consumer prices due to tariffs");
  const States exchange_start = states("exchange_start", static_cast<int>(economies.size()), "Exchange rates at first");

  const double dt = time().dt();
  const double habit_step = 1 - pow(1 - adjusted, dt);
  const StickySpeeds speeds{.wage = wage_speed * dt, .spending = 1 - exp(-spending_speed * dt)};
  const double discount_step = 1 - exp(-dt / discount_time);
  const double price_step = 1 - pow(2, -dt / price_half_life);
  const std::vector<bool> is_goods = goods();
  const Envelope envelope{base, theta_short, theta_long};
  const std::vector<double> base_flow = flows_of_base();
  const double world = world_value_added();
  const std::vector<double> domestic_content = export_pass_through(base);
  const std::unique_ptr<LendingPool<TradeWorkspace>> workspaces = make_workspaces();

 public:
  explicit Trade(Declarations& declarations) : Model(declarations) {
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

  void start(Start& s) const override {
    for (int h = 0; h < habits.size; ++h) s[habits[h]] = 0;
    for (int n = 0; n < wages.size; ++n) {
      s[wages[n]] = 1;
      s[spending[n]] = base.income[at(n)];
      s[idle[n]] = 0;
    }
    for (int n = 0; n < regions; ++n) s[prices[n]] = 0;
    for (int e = 0; e < exchange_start.size; ++e) s[exchange_start[e]] = 1;
    workspaces->lend([&](TradeWorkspace& workspace) { move_all(s, workspace, true); });
  }

  void step(Step& s) const override {
    keep(s, habits), keep(s, wages), keep(s, spending), keep(s, idle);
    keep(s, held_start), keep(s, goods_start), keep(s, prices), keep(s, exchange_start);
    if (s.index() == 1) {
      for (std::size_t e = 0; e < economies.size(); ++e) {
        if (economies[e].has_exchange) s[exchange_start[static_cast<int>(e)]] = s[economies[e].exchange];
      }
    }
    workspaces->lend([&](TradeWorkspace& workspace) { move_all(s, workspace, false); });
  }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  static void keep(Step& s, const States& states) {
    for (int i = 0; i < states.size; ++i) s[states[i]] = s.last(states[i]);
  }

  // --- a batch of paths ---

  void move_all(const View& s, TradeWorkspace& w, bool starting) const {
    watch(s, w);
    constexpr auto batch = static_cast<Eigen::Index>(TradeBatch::size);
    for (Eigen::Index first = 0; first < s.lanes(); first += batch) {
      const std::span<TradeCase> cases{w.cases.data(), at(static_cast<int>(std::min(batch, s.lanes() - first)))};
      move(s, first, cases, w, starting);
    }
  }

  void move(const View& s, Eigen::Index first, std::span<TradeCase> cases, TradeWorkspace& w, bool starting) const {
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

  static void solve(TradeBatch& batch, std::vector<TradeBatch::Case>& unsolved) {
    batch.solve(unsolved);
    unsolved.clear();
  }

  // The result of a case that holds flows, after a search of its own.
  static const TradeEquilibrium* search(TradeSolver& solver, TradeCase& one, TradeEquilibrium& result,
                                        const double* wage, const double* spending) {
    result = one.flows.find(solver, one.policy, [&]() -> const TradeEquilibrium& {
      return wage != nullptr ? solver.respond(one.policy, wage, spending, one.shares.data())
                             : solver.solve(one.policy, one.shares.data());
    });
    return &result;
  }

  // The result for what `one.key` holds: from the cache, or of the batch that `unsolved` will be.
  static const TradeEquilibrium* look_up(SolvedCases& solved, std::vector<TradeBatch::Case>& unsolved,
                                         const TradeCase& one, const double* wage, const double* spending) {
    if (const TradeEquilibrium* known = solved.find(one.key)) return known;
    TradeEquilibrium& result = solved.add(one.key);
    unsolved.push_back(
        {.policy = &one.policy, .share = one.shares.data(), .wage = wage, .spending = spending, .result = &result});
    return &result;
  }

  // All that a solve depends on beside wages and spending.
  static void set_key(TradeCase& one) {
    one.key.assign(one.shares.begin(), one.shares.end());
    for (const std::vector<double>* part : {&one.policy.tariff, &one.policy.iceberg, &one.policy.export_tax})
      one.key.insert(one.key.end(), part->begin(), part->end());
  }

  const TradeEquilibrium* hold(TradeCase& one, TradeWorkspace& w) const {
    if (!one.flows.empty()) return search(w.holder, one, one.held_found, w.base_wage.data(), base.income.data());
    set_key(one);
    return look_up(w.held_cases, w.unsolved, one, w.base_wage.data(), base.income.data());
  }

  const TradeEquilibrium* clear(TradeCase& one, TradeWorkspace& w) const {
    if (!one.flows.empty()) return search(w.solver, one, one.now_found, nullptr, nullptr);
    set_key(one);
    return look_up(w.active_cases, w.unsolved, one, nullptr, nullptr);
  }

  void write_held(const View& s, Eigen::Index path, const TradeCase& one, bool starting) const {
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
  void move_on(const View& s, Eigen::Index path, TradeCase& one) const {
    if (adjustment == gradual) form_habits(s, path, one, *one.now);
    if (labour != sticky) return;
    adjust(base, *one.now, speeds, one.exchange.data(), one.wage.data(), one.spending.data());
    for (int n = 0; n < regions; ++n) {
      s[wages[n]](path) = one.wage[at(n)];
      s[spending[n]](path) = one.spending[at(n)];
    }
  }

  void read_policy(const View& s, Eigen::Index path, TradeCase& one) const {
    int link = 0;
    for (int n = 0; n < regions; ++n) {
      for (int i = 0; i < regions; ++i) {
        const double added = n == i ? 0 : s[surcharge[n * regions + i]](path) / 100;
        for (std::size_t j = 0; j < shape.sectors; ++j, ++link) {
          const double given = s[tariff[link]](path);
          one.policy.tariff[at(link)] = (given == -1 ? base.tariff[at(link)] : given) + (is_goods[j] ? added : 0);
          one.policy.iceberg[at(link)] = s[iceberg[link]](path);
          one.policy.export_tax[at(link)] = s[export_tax[link]](path);
        }
      }
    }
    if (adjustment != gradual) return;
    for (int h = 0; h < links; ++h) one.landed.data()[h] = s[habits[h]](path);
    envelope.shares(one.landed, one.work, one.shares.data(), Scratch::current().kernels());
  }

  // Links on which some path of the block holds a flow.
  void watch(const View& s, TradeWorkspace& w) const {
    w.watched.clear();
    for (int link = 0; link < links; ++link) {
      if ((s[purchase_floor[link]] > 0).any() || (s[export_limit[link]] >= 0).any()) w.watched.push_back(at(link));
    }
  }

  void read_held_flows(const View& s, Eigen::Index path, TradeCase& one, const TradeWorkspace& w) const {
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
  const TradeEquilibrium* respond(const View& s, Eigen::Index path, TradeCase& one, TradeWorkspace& w,
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

  void fail(const View& s, Eigen::Index path) const {
    for (int pair = 0; pair < flow.size; ++pair) s[flow[pair]](path) = std::numeric_limits<double>::quiet_NaN();
  }

  // Landed cost relative to the base.
  double landed(const TradePolicy& policy, const TradeEquilibrium& now, std::size_t link) const {
    const std::size_t j = link % shape.sectors, i = link / shape.sectors % shape.regions;
    return (1 + policy.tariff[link]) / (1 + base.tariff[link]) * (1 + policy.export_tax[link]) * policy.iceberg[link] *
           now.cost[shape.cell(i, j)];
  }

  void form_habits(const View& s, Eigen::Index path, TradeCase& one, const TradeEquilibrium& now) const {
    double* cost = one.landed.data();
    for (int h = 0; h < links; ++h) cost[h] = landed(one.policy, now, at(h));
    Scratch::current().kernels().log(cost, cost, one.landed.padded());
    for (int h = 0; h < links; ++h) {
      double& habit = s[habits[h]](path);
      habit += habit_step * (cost[h] - habit);
    }
  }

  // USD mn a year at the prices of the base; what melts at the border was shipped.
  double exports_at_base_prices(const TradeEquilibrium& held, const TradePolicy& policy, int exporter,
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

  void cut_prices(const View& s, Eigen::Index path, const TradeCase& one, const TradeEquilibrium& held) const {
    for (int n = 0; n < regions; ++n) {
      if (discount[at(n)] == 0) continue;
      const double exports = exports_at_base_prices(held, one.policy, n, true);
      const double unused = std::max(0.0, 1 - exports / s[goods_start[n]](path));
      double& cut = s[idle[n]](path);
      cut += discount_step * (-discount[at(n)] * unused - cut);
    }
  }

  // --- what is published ---

  // T_n: what tariffs explain of the log price of final use.
  double tariff_part(const TradePolicy& policy, const TradeEquilibrium& held, std::size_t n) const {
    if (scope_of_prices == io) return log(held.price_index[n]);
    double risen = 0;
    for (std::size_t i = 0; i < shape.regions; ++i) {
      for (std::size_t j = 0; j < shape.sectors; ++j) {
        const std::size_t link = shape.link(n, i, j);
        if (policy.tariff[link] != base.tariff[link])
          risen += base.final_share[shape.cell(n, j)] * base.share[link] *
                   log((1 + policy.tariff[link]) / (1 + base.tariff[link]));
      }
    }
    return risen;
  }

  void write_consumer_prices(const View& s, Eigen::Index path, const TradeCase& one, const TradeEquilibrium& held,
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

  void write_demand_gaps(const View& s, Eigen::Index path, const TradeCase& one, const TradeEquilibrium& held) const {
    for (const Economy& economy : economies) {
      const double exports = exports_at_base_prices(held, one.policy, economy.region, false);
      s[economy.demand_gap](path) =
          100 * (exports - s[held_start[economy.region]](path)) / base.value_added[at(economy.region)];
    }
  }

  void write_rates(const View& s, Eigen::Index path, const TradePolicy& policy) const {
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

  void write_trade(const View& s, Eigen::Index path, const TradeCase& one, const TradeEquilibrium& now) const {
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

  void write_diversion(const View& s, Eigen::Index path, const TradeEquilibrium& now) const {
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      const std::size_t n = cell / shape.sectors, j = cell % shape.sectors;
      const std::size_t link = shape.link(n, china.value_or(n), j);
      s[diverted[static_cast<int>(cell)]](path) =
          base_flow[link] > 0 ? 100 * (now.flow[link] / base_flow[link] - 1) : 0;
    }
  }

  // How many of this step's goods are published in it, as importers buy ahead of tariffs.
  double timing(const View& s, Eigen::Index path, int importer, int exporter, std::size_t sector) const {
    return is_goods[sector] && importer != exporter ? s[ahead[importer * regions + exporter]](path) : 1;
  }

  // Revenue of goods when they are imported, USD mn a year.
  double collected(const View& s, Eigen::Index path, int importer, const TradePolicy& policy,
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

  double landed_price(const TradePolicy& policy, const TradeEquilibrium& now, std::size_t n) const {
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

  void write_economy(const View& s, Eigen::Index path, const Economy& economy, const TradeEquilibrium& now) const {
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
  double imbalance(const TradeEquilibrium& now) const {
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

  // --- set-up ---

  std::optional<std::size_t> find_region(const std::string& name) const {
    for (std::size_t n = 0; n < base.regions.size(); ++n) {
      if (base.regions[n] == name) return n;
    }
    return {};
  }

  // Nothing where it is refused; a shipped one then stands in, so that other mistakes are found too.
  std::optional<TradeTable> table_of_user() {
    bool good = true;
    TradeTable read = read_table(rows, [&](std::string message, Names where) {
      good = false;
      check(false, std::move(message), std::move(where));
    });
    return good ? std::optional(std::move(read)) : std::nullopt;
  }

  TradeBase base_of_scenario() const {
    const TradeBase raw = calibrated(user_table ? *user_table : shipped_table(static_cast<ShippedTable>(table)));
    if (!purge_first || theta_long.size() != raw.shape.sectors) return raw;
    TradeSolver solver(raw, theta_long, DeficitClosure::zero);
    return rebased(raw, solver.solve(unchanged(raw)), unchanged(raw));
  }

  std::vector<bool> goods() const {
    std::vector<bool> are_goods;
    for (const std::string& sector : base.sectors)
      are_goods.push_back(std::find(services.begin(), services.end(), sector) == services.end());
    return are_goods;
  }

  std::vector<double> flows_of_base() const {
    std::vector<double> flows(shape.links());
    for (std::size_t link = 0; link < shape.links(); ++link) {
      const std::size_t j = link % shape.sectors, n = link / shape.sectors / shape.regions;
      flows[link] = base.share[link] * base.expenditure[shape.cell(n, j)] / (1 + base.tariff[link]);
    }
    return flows;
  }

  double world_value_added() const {
    double sum = 0;
    for (const double value_added : base.value_added) sum += value_added;
    return sum;
  }

  std::unique_ptr<LendingPool<TradeWorkspace>> make_workspaces() const {
    if (theta_long.size() != shape.sectors || theta_short.size() != shape.sectors) return nullptr;
    const std::vector<double>& theta = adjustment == gradual ? theta_short : theta_long;
    return std::make_unique<LendingPool<TradeWorkspace>>(
        [active = TradeSolver(base, theta, static_cast<DeficitClosure>(deficit)),
         held = TradeSolver(base, theta_short, DeficitClosure::world)] {
          return std::make_unique<TradeWorkspace>(active, held, Scratch::current().kernels());
        });
  }

  std::vector<Economy> declare_economies() {
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

  void declare(Economy& economy, const char* exchange) {
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
};

}  // namespace

ModelType trade() {
  return model_type<Trade>("trade", "trade", "trade",
                           "World trade by region and sector: equilibrium under tariffs, with what it does to prices, "
                           "exports and revenue");
}

}  // namespace moniac
