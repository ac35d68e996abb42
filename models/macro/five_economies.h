// What every model of the five economies declares and keeps: gaps, inflation and national accounts.
#pragma once

#include <array>
#include <cmath>
#include <string>

#include "models/economies/policy_presets.h"
#include "models/macro/macro_system.h"
#include "sim/math/columns.h"
#include "sim/model/model.h"

namespace moniac {

/// A handle for each of us, cn, jp, ea, em.
template <class Handle>
using Each = std::array<Handle, 5>;

/// The base of models that produce gap and inflation of all five economies. With potential Y* growing at g, prices P
/// growing at inflation and the gap y in % of potential,
///   gdp_real = gdp0 Y*/Y*_0 e^{(y - y_0)/100},   gdp_nominal = gdp_real P,   unemployment = u_0 - okun (y - y_0).
/// gdp_growth is the change of real GDP over the last 12 months in log points; before the start potential grew at g and
/// the gap stood at y_0. Where the scenario imposes a gap or inflation, the accounts follow it.
class FiveEconomies : public Model {
 protected:
  explicit FiveEconomies(Declarations& declarations);

  // One declaration for each economy; the parameter `name` of China is cn_<name>, the variable is cn.<name>.
  Five each_param(const std::string& name, const Five& fallback, const std::string& unit, Range range,
                  const std::string& doc, const Source& source);
  /// With the presets of policy_rate as defaults.
  Five each_by_preset(const std::string& name, Sourced PolicyPreset::*field, const std::string& unit, Range range,
                      const std::string& doc);
  Each<Output> each_output(const std::string& name, const std::string& unit, const std::string& doc);
  Each<Input> each_input(const std::string& name, const Five& fallback, const std::string& unit,
                         const std::string& doc);
  Each<Input> each_lagged_input(const std::string& name, const Five& fallback, const std::string& unit,
                                const std::string& doc);
  Each<State> each_state(const std::string& name, const std::string& doc);
  Each<Shock> each_news(const std::string& name, const std::string& doc);

  /// The parameters `coefficients` of all economies.
  static Names names_of(std::initializer_list<const char*> coefficients);
  /// x with four decimals, for notes and complaints.
  static std::string rounded(double x);
  /// export_shares; zeros when they are no 5 x 5 matrix, which the constructor reports.
  ExactMatrix exports_over_gdp() const;

  /// Writes the accounts at the start, after gap and inflation.
  void start_accounts(Start& s) const;
  /// Writes the accounts of economy c in a step, after gap, inflation and `potential`.
  void step_accounts(Step& s, int c) const;

  const Five gap0 = each_param("gap", {1.0, -0.5, 0.0, -0.2, 0.0}, "%", between(-30, 30), "Output gap at the start",
                               illustrative("us: real GDP over CBO potential, 2025Q4; others assumed"));
  const Five inflation0 =
      each_param("inflation", {2.3, -0.3, 2.6, 2.0, 4.1}, "%/year", between(-20, 100),
                 "Inflation without tariff, exchange-rate and energy effects at the start",
                 illustrative("end of 2025. us: core PCE 2.97 less 0.7 of tariffs (Cavallo, Llamas and Vazquez 2025); "
                              "cn: between consumer prices and deflator; others as remembered"));
  const Five growth = each_param("potential_growth", {2.1, 4.5, 0.5, 1.1, 3.8}, "%/year", between(-20, 20),
                                 "Growth of potential output", illustrative("estimates as remembered"));
  const Five gdp0 = each_param("gdp", {31423, 19000, 4200, 16500, 32000}, "USD bn/year", positive(),
                               "Nominal GDP at the start, at the exchange rates of the start",
                               illustrative("us: GDP 2025Q4, published; others as remembered"));
  const Five unemployment0 = each_param("unemployment", {4.2, 5.1, 2.5, 6.3, 6.0}, "%", between(0, 100),
                                        "Unemployment at the start", illustrative("end of 2025 as remembered"));
  const Five okun = each_param("okun", {0.5, 0.3, 0.3, 0.3, 0.3}, "", nonnegative(),
                               "Fall of unemployment per % of the gap", illustrative("Okun's law"));

  const Matrix export_shares = matrix("export_shares",
                                      {{0, .006, .004, .016, .050},
                                       {.028, 0, .009, .028, .110},
                                       {.036, .033, 0, .017, .090},
                                       {.034, .016, .005, 0, .140},
                                       {.060, .070, .018, .060, 0}},
                                      "", "Exports of the row's economy to the column's as a share of its GDP",
                                      illustrative("order of magnitude of trade over GDP in 2023"));
  const double trade_elasticity =
      param("trade_elasticity", 1.5, "", nonnegative(), "Rise of exports per % of foreign demand", illustrative());

  const Each<Output> gap = each_output("output_gap", "%", "Output in % of potential, less 100");
  const Each<Output> core =
      each_output("core_inflation", "%/year", "Inflation without tariff, exchange-rate and energy effects");
  const Each<Output> inflation = each_output("inflation", "%/year", "Inflation");
  const Each<Output> gdp_nominal =
      each_output("gdp_nominal", "USD bn/year", "GDP at current prices and the exchange rates of the start");
  const Each<State> potential = each_state("potential", "Log potential output since the start, percent");
  const Each<State> prices = each_state("prices", "Log price level since the start, percent");

 private:
  /// gap or inflation as later steps will see it.
  static ConstColumn in_force(const View& s, Output x) {
    return s.imposed(x) ? s.imposed_value(x) : ConstColumn(s[x].data(), s.lanes());
  }
  bool shares_are_square() const;
  State remembered(int c, int slot) const { return memory[slot * 5 + c]; }
  int year_slot(int k) const;

  const Each<Output> gdp_growth = each_output("gdp_growth", "%/year", "Growth of real GDP over the last 12 months");
  const Each<Output> gdp_real = each_output("gdp_real", "USD bn/year", "GDP at prices and exchange rates of the start");
  const Each<Output> unemployment = each_output("unemployment", "%", "Unemployment");

  const Each<State> start_gap = each_state("start_gap", "Output gap at the start, percent");

  // Real GDP of the last year, in log points since the start: each step, at most 53 values.
  const int year_steps = std::max(1, static_cast<int>(std::lround(1 / time().dt())));
  const int every = (year_steps + 52) / 53;
  const int slots = (year_steps + every - 1) / every + 1;
  const States memory = states("gdp_memory", 5 * slots, "Log real GDP since the start at earlier dates, percent");
};

}  // namespace moniac
