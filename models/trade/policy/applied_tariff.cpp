// Tariffs as they are collected, and the cost of crossing a border.
#include "models/trade/policy/applied_tariff.h"

#include <algorithm>

#include "models/trade/policy/base_trade.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"

namespace moniac {

namespace {

constexpr std::size_t usa = 0, china = 1, europe = 3;
constexpr std::size_t energy_sector = 1;

// From the law to what is paid, per importer, exporter and sector:
//
//   u' = u + (1 - e^{-dt/T_c}) (a - u) if a > u, else a        a = (1 - exempt share)(statutory + retaliation)
//   tariff = clip(t0 + u, floor, cap)
//
// Goods in transit and in bond pay late, relief is immediate. What the regime or a deal sets between the USA and China
// is collected at once, as are tariffs against diverted goods from China, which come on top. An export control
// multiplies the cost of the border by d, which substitution wears down:
//
//   ln d' = (ln d + Δ ln(1 + control/100)) e^{-0.05 dt};    d of the EU's imports of energy rises with
//   ea.energy_inflation
//
// or, where the exporter earns it, the price by an export tax e = d - 1.
class AppliedTariff final : public Model {
  const BaseTrade base = base_trade();
  const std::size_t regions = base.regions.size(), sectors = base.sectors.size();
  const double exempt = param("exempt_share", 0.25, "", between(0, 1), "Share of imports that is exempt",
                              calibrated("Yale Budget Lab, statutory and collected averages of summer 2025"));
  const double collection = param("collection_time", 0.15, "year", positive(), "Time in which a rise is collected",
                                  calibrated("Yale Budget Lab, statutory and collected averages of summer 2025"));
  const double cap = param("tariff_cap", 200, "%", nonnegative(), "Highest tariff", illustrative()) / 100;
  const double floor = param("tariff_floor", -100, "%", between(-100, 1000),
                             "Lowest tariff on goods of the pair of the floor; -100: none", illustrative()) /
                       100;
  const std::size_t floor_importer = region("floor_importer", "USA", "Importer whose tariffs have the floor");
  const std::size_t floor_exporter = region("floor_exporter", "CHN", "Exporter on whose goods they have it");
  const double erosion = param("localisation_rate", 0.05, "1/year", nonnegative(),
                               "Rate at which substitution wears an export control down", illustrative());
  const std::size_t controlled =
      static_cast<std::size_t>(choice("controlled_sector", "TEC", base.sectors, "Sector on which export controls act"));

  const bool exporter_earns =
      choice("control_rent", "nobody", {"nobody", "exporter"},
             "Who earns the cost of an export control: nobody, or the exporter as by a tax") == 1;

  const Inputs statutory =
      inputs("trade.tariff_statutory", base.cells(), 0, "ratio", "Tariff by law less the base tariff");
  const Inputs retaliation =
      inputs("trade.retaliation", base.pairs(), 0, "ratio", "Tariff on goods added in retaliation");
  const Inputs scope = inputs("trade.retaliation_scope", {base.importers(), {"sector", base.sectors}}, 1, "ratio",
                              "1 where it falls on the good, 0 where it does not");
  const Inputs control = inputs("trade.export_control", base.pairs(), 0, "%", "Cost of an export control");
  const Inputs counter = inputs("trade.counter_tariff", {base.importers(), {"sector", base.sectors}}, 0, "ratio",
                                "Tariff on goods from China against diversion");
  const Input regime = input("uscn.regime", -1, "index", "Regime between the USA and China; -1: none");
  const Input deal = input("uscn.deal_rate", -1, "%", "Tariff of the USA on China set by a deal; -1: none");
  const Input energy = input("ea.energy_inflation", 0, "pp/year", "Inflation of energy in the euro area");

  const Outputs tariff = outputs("tariff_effective", base.cells(), "ratio", "Tariff as collected");
  const Outputs iceberg =
      outputs("iceberg", base.cells(), "ratio", "Cost of a border that nobody earns, 1 = that of the base year");
  const Outputs export_tax =
      outputs("export_tax", base.cells(), "ratio", "Export control as a tax of the exporter on its price");
  const Outputs collected = outputs("tariff_collected", base.cells(), "ratio",
                                    "Tariff as collected less the base tariff, before floor and cap");
  const States imposed_cost =
      states("imposed_cost", static_cast<int>(regions* regions), "ln(1 + control/100) of the step");
  const States control_cost =
      states("control_cost", static_cast<int>(regions* regions), "ln d of an export control, worn down");
  const State energy_cost = state("energy_cost", "Sum of energy inflation, ratio");

  const double share = -expm1(-time().dt() / collection);
  const double kept = exp(-erosion * time().dt());

 public:
  explicit AppliedTariff(Declarations& declarations) : Model(declarations) {
    check(floor <= cap, "the floor is above the cap", {"tariff_floor", "tariff_cap"});
  }

  void start(Start& s) const override {
    aim(s);
    take_controls(s);
    for (int pair = 0; pair < control.size; ++pair) s[control_cost[pair]] = s[imposed_cost[pair]];
    s[energy_cost] = 0;
    write(s);
  }

  void step(Step& s) const override {
    aim(s);
    delay(s);
    take_controls(s);
    wear_down(s);
    s[energy_cost] = s.last(energy_cost) + s[energy] * s.dt() / 100;
    write(s);
  }

 private:
  std::size_t region(const char* name, const char* fallback, const char* doc) {
    return static_cast<std::size_t>(choice(name, fallback, base.regions, doc));
  }

  template <class F>
  void each_cell(const F& act) const {
    for (std::size_t n = 0; n < regions; ++n)
      for (std::size_t i = 0; i < regions; ++i)
        for (std::size_t j = 0; j < sectors; ++j)
          if (n != i && base.is_goods(j)) act(n, i, base.at(n, i, j));
  }

  // Whether the regime or a deal sets the tariff of the USA on China.
  auto at_once(const View& s) const { return s[regime] >= 0 || s[deal] >= 0; }

  // u as it would be without delay.
  void aim(View& s) const {
    for (int cell = 0; cell < collected.size; ++cell) s[collected[cell]] = 0;
    each_cell([&](std::size_t n, std::size_t i, std::size_t cell) {
      const Output u = collected[static_cast<int>(cell)];
      const auto law = s[statutory[static_cast<int>(cell)]];
      const auto answer =
          s[retaliation[static_cast<int>(n * regions + i)]] * s[scope[static_cast<int>(n * sectors + cell % sectors)]];
      const auto liable = (1 - exempt) * (law + answer);
      if (n == usa && i == china)
        s[u] = at_once(s).select(law, liable);
      else
        s[u] = liable;
    });
  }

  void delay(Step& s) const {
    each_cell([&](std::size_t n, std::size_t i, std::size_t cell) {
      Column u = s[collected[static_cast<int>(cell)]];
      const auto last = s.last(collected[static_cast<int>(cell)]);
      const auto late = (u > last).select(last + share * (u - last), u);
      if (n == usa && i == china)
        u = at_once(s).select(u, late);
      else
        u = late;
    });
  }

  // ln(1 + control/100), in the column itself: the pairs are more than the scratch columns of a step.
  void take_controls(View& s) const {
    for (int pair = 0; pair < control.size; ++pair) {
      Column cost = s[imposed_cost[pair]];
      cost = s[control[pair]] / 100;
      Scratch::current().kernels().log1p(cost.data(), cost.data(), static_cast<std::size_t>(s.lanes()));
    }
  }

  void wear_down(Step& s) const {
    for (int pair = 0; pair < control.size; ++pair) {
      const auto now = s[imposed_cost[pair]];
      const auto moved = s.last(control_cost[pair]) + (now - s.last(imposed_cost[pair]));
      s[control_cost[pair]] = (now > 0.0).select(kept * moved.max(0.0), now);
    }
  }

  void write(View& s) const {
    for (std::size_t cell = 0; cell < base.tariff.size(); ++cell) {
      s[tariff[static_cast<int>(cell)]] = base.tariff[cell];
      s[iceberg[static_cast<int>(cell)]] = 1.0;
      s[export_tax[static_cast<int>(cell)]] = 0.0;
    }
    each_cell([&](std::size_t n, std::size_t i, std::size_t cell) {
      const double lowest = n == floor_importer && i == floor_exporter ? std::max(floor, -1.0) : -1.0;
      Column rate = s[tariff[static_cast<int>(cell)]];
      rate += s[collected[static_cast<int>(cell)]];
      if (i == china) rate += s[counter[static_cast<int>(n * sectors + cell % sectors)]];
      rate = rate.max(lowest).min(cap);
    });
    for (std::size_t n = 0; n < regions; ++n) {
      for (std::size_t i = 0; i < regions; ++i) {
        if (n == i) continue;
        const int goods = static_cast<int>(base.at(n, i, controlled));
        exp_into(s, control_cost[static_cast<int>(n * regions + i)],
                 exporter_earns ? export_tax[goods] : iceberg[goods]);
        if (exporter_earns) s[export_tax[goods]] -= 1;
        if (n == europe) exp_into(s, energy_cost, iceberg[static_cast<int>(base.at(n, i, energy_sector))]);
      }
    }
  }

  void exp_into(View& s, State exponent, Output cost) const {
    const Column from = s[exponent];
    Column to = s[cost];
    Scratch::current().kernels().exp(from.data(), to.data(), static_cast<std::size_t>(s.lanes()));
  }
};

}  // namespace

ModelType applied_tariff() {
  return model_type<AppliedTariff>("applied_tariff", "trade/policy", "trade",
                                   "Tariffs as collected, with floor and cap, and the cost of export controls");
}

}  // namespace moniac
