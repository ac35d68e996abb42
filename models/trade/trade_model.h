// The model of trade.h: what it declares. Its steps are in trade.cpp, what it publishes in trade_reports.cpp, how it is
// set up in trade_setup.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/trade/envelope.h"
#include "models/trade/pass_through.h"
#include "models/trade/sticky_closure.h"
#include "models/trade/table_rows.h"
#include "models/trade/trade_workspace.h"
#include "sim/math/lending_pool.h"
#include "sim/math/scalar.h"
#include "sim/model/failure_report.h"
#include "sim/model/model.h"
#include "sim/model/withheld_outputs.h"

namespace moniac {

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
// Exporters that bear a part m of a tariff sell at a price that is ((1 + t')/(1 + t))^{-m} of that at home; what they
// forgo is income of theirs, as under a subsidy of exports.
//
// A path whose equilibrium is not found gets NaN, which ends it, with its policy in the message.
class Trade final : public Model, public FailureReport, public WithheldOutputs {
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
  const Inputs absorption = inputs("trade.margin_absorption", {importers, exporters}, 0, "ratio",
                                   "Part of the rise of a tariff that exporters bear, out of their margins");
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
  const Output solved =
      output("solved", "ratio", "1 where trade is another than a step before, so that it was solved anew, else 0");
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
  explicit Trade(Declarations& declarations);
  void start(Start& s) const override;
  void step(Step& s) const override;
  std::string why_failed(const View& s, Eigen::Index path) const override;  // trade_failure.cpp
  std::vector<Withheld> withheld() const override;                          // trade_setup.cpp

 private:
  using Lanes = TradeBatch::Lanes;
  using Vector = TradeBatch::Vector;
  using TradePolicies = moniac::TradePolicies<TradeBatch::size>;
  using TradeEquilibria = moniac::TradeEquilibria<TradeBatch::size>;

  // The paths of a batch: their part of each column.
  class Paths {
   public:
    static constexpr auto size = static_cast<Eigen::Index>(TradeBatch::size);
    Paths(const View& s, Eigen::Index first) : s_(s), first_(first) {}
    template <class Handle>
    auto operator[](Handle x) const {
      return s_[x].template segment<size>(first_);
    }

   private:
    const View& s_;
    Eigen::Index first_;
  };

  // trade.cpp
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  static void keep(Step& s, const States& states);
  void write_solved(Step& s) const;
  void move_all(const View& s, TradeWorkspace& w, bool starting) const;
  void move(const Paths& s, TradeWorkspace& w, bool starting) const;
  void read_policy(const Paths& s, TradeWorkspace& w) const;
  void absorb(TradeWorkspace& w, std::size_t first, const Lanes& borne) const;
  void watch(const View& s, TradeWorkspace& w) const;
  void read_held_flows(const Paths& s, TradeWorkspace& w) const;
  static Lanes asked(const TradeWorkspace& w);
  template <class Solve>
  static void search(TradeWorkspace& w, TradeSolver& solver, TradeEquilibria& found, Solve solve);
  static const TradeEquilibria& find(TradeWorkspace& w, TradeBatch& batch, const Vector& wage, const Vector& spending);
  const TradeEquilibria& hold(TradeWorkspace& w) const;
  const TradeEquilibria& clear(TradeWorkspace& w) const;
  const TradeEquilibria& respond(const Paths& s, TradeWorkspace& w, bool starting) const;
  static void release(TradeWorkspace& w);
  void read_demand(const Paths& s, TradeWorkspace& w, bool starting) const;
  void discount_exports(const Paths& s, TradeWorkspace& w) const;
  void write_held(const Paths& s, TradeWorkspace& w, const TradeEquilibria& held, bool starting) const;
  void move_on(const Paths& s, TradeWorkspace& w, const TradeEquilibria& now) const;
  void form_habits(const Paths& s, TradeWorkspace& w, const TradeEquilibria& now) const;
  void cut_prices(const Paths& s, const TradePolicies& policy, const TradeEquilibria& held) const;
  void fail(const Paths& s, Eigen::Index lane) const;

  // trade_reports.cpp
  Lanes landed(const TradePolicies& policy, const TradeEquilibria& now, std::size_t link) const;
  Lanes exports_at_base_prices(const TradeEquilibria& held, const TradePolicies& policy, int exporter,
                               bool goods_alone) const;
  void explain_prices(TradeWorkspace& w, const TradeEquilibria& held) const;
  void write_consumer_prices(const Paths& s, TradeWorkspace& w, const TradeEquilibria& held, bool starting) const;
  void write_demand_gaps(const Paths& s, const TradePolicies& policy, const TradeEquilibria& held) const;
  void write_rates(const Paths& s, const TradePolicies& policy) const;
  void write_trade(const Paths& s, TradeWorkspace& w, const TradeEquilibria& now) const;
  void write_flows(const Paths& s, TradeWorkspace& w, const TradeEquilibria& now, int importer) const;
  void write_diversion(const Paths& s, const TradeEquilibria& now) const;
  Lanes collected(const Paths& s, int importer, const TradePolicies& policy, const TradeEquilibria& now) const;
  Lanes landed_price(const TradePolicies& policy, const TradeEquilibria& now, std::size_t n) const;
  void write_economy(const Paths& s, const Economy& economy, const TradeEquilibria& now, const Vector& published) const;
  Lanes imbalance(const TradeEquilibria& now) const;

  // trade_setup.cpp
  std::optional<std::size_t> find_region(const std::string& name) const;
  std::optional<TradeTable> table_of_user();
  TradeBase base_of_scenario() const;
  std::vector<bool> goods() const;
  std::vector<double> flows_of_base() const;
  double world_value_added() const;
  std::unique_ptr<LendingPool<TradeWorkspace>> make_workspaces() const;
  std::vector<Economy> declare_economies();
  void declare(Economy& economy, const char* exchange);
};

}  // namespace moniac
