#include "models/local_debt/households.h"

#include <cmath>

#include "models/local_debt/deflation.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"

namespace moniac {

namespace {

// Households save more when they are poorer, when jobs are few and when prices fall; that makes demand and prices fall.
//
//   s* = sbar - a_w (W/YD - start)/start + a_u (u - ubar) + a_pi (pi* - pi) + a_q inequality
//   s' = s + (1 - e^{-k_s dt})(s* - s),   C = (1 - s') YD,   YD disposable income, W housing wealth
//   d  = [(mpc_L - mpc_H) redistribution + consumer credit]/Y, two groups with shares of income
//
// With a macro model (closure `macro`) they shift its demand and prices, in pp a year:
//   demand shift = 100 kappa [d - chi_s (s - sbar) - chi_c slack+],   price shift = 100 k_pi k_w wage gap
// Alone (closure `own`), with rates i = max(i_min, r + pi* + phi (pi - pi*)) and expectations pe:
//   gap = -chi_s (s - sbar) - chi_r (i - pe - r) + chi_x exports + chi_f fiscal + d - chi_c slack+ + e_x (-gap)+
//   pi' = pi + (1 - e^{-k_pi dt})(pe + k_g gap + k_w wage gap - pi) + sigma sqrt(dt) e,   pe = (1 - th) pi* + th pi
//   u'  = u + (1 - e^{-k_u dt})(ubar - okun gap - u)
// slack = 1 - (1 + gap)/capacity, and capacity' = capacity exp[(investment/(k capacity) - delta - growth) dt].
class Households final : public Model {
  const bool own = choice("closure", "macro", {"macro", "own"},
                          "Whether a macro model makes gap, inflation and unemployment, or this one does") == 1;

  // Saving
  const double saving0 = param("saving_rate", 31.7, "%", between(0, 70), "Usual saving rate",
                               published("NBS household survey 2024: 1 - 28,227/41,314; flow of funds 33–35 %")) /
                         100;
  const double by_wealth =
      param("saving_wealth", 0.03, "", nonnegative(), "Its rise when wealth over income falls away",
            calibrated("elasticity of consumption to house prices 0.05–0.17"));
  const double by_jobs = param("saving_unemployment", 1.5, "", nonnegative(), "Its rise with unemployment",
                               calibrated("precaution: Carroll 1997; Chamon, Liu and Prasad 2013"));
  const double by_deflation =
      param("saving_deflation", 0.4, "", nonnegative(), "Its rise with inflation below target", illustrative());
  const double by_inequality =
      param("saving_inequality", 0.1, "", nonnegative(), "Its rise with inequality", illustrative());
  const double saving_speed =
      param("saving_speed", 0.7, "1/year", nonnegative(), "Speed at which it adjusts", illustrative());
  const double income_share =
      param("income_share", 0.60, "", between(0, 1), "Disposable income over GDP", illustrative());
  const double low_share =
      param("low_income_share", 0.45, "", between(0, 1), "Income of the poorer group in it", illustrative());
  const double low_propensity =
      param("low_propensity", 0.9, "", between(0, 1), "Its marginal propensity to consume", illustrative());
  const double high_propensity =
      param("high_propensity", 0.55, "", between(0, 1), "That of the other group", illustrative());
  const double leakage =
      param("leakage", 0.45, "", between(0, 1), "Part of spending that leaks into taxes and imports", illustrative());

  // Demand and prices
  const double by_saving = param("saving_on_gap", 0.6, "", any_number(), "Fall of the gap with saving", illustrative());
  const double by_slack =
      param("slack_on_gap", 0.1, "", any_number(), "Fall of the gap with idle capacity", illustrative());
  const double demand_speed = own ? 0
                                  : param("demand_speed", 0.794, "1/year", nonnegative(),
                                          "Speed of demand in the macro model", calibrated("macro_core: kappa of cn"));
  const double target = param("inflation_target", 1, "%/year", any_number(), "Inflation expected when anchored",
                              calibrated("deflator -0.5, -0.7, -1.0 in 2023–25; official aim about 2")) /
                        100;
  const double price_speed = param("price_speed", 1.5, "1/year", nonnegative(), "Speed of prices", illustrative());
  const double wages_on_prices =
      param("wages_on_prices", 0.2, "", nonnegative(), "Rise of prices with the wage gap", illustrative());
  const double unanchored =
      param("unanchored", 0.5, "", between(0, 1), "How far expectations follow inflation", illustrative("0.2–0.95"));
  const double natural_rate = param("natural_rate", 0.6, "%/year", any_number(), "Natural real rate",
                                    calibrated("value of the five economies' calibration")) /
                              100;
  const double floor = param("rate_floor", 0.5, "%/year", any_number(), "Least policy rate", illustrative()) / 100;
  const double rule =
      param("rule_inflation", 1.5, "", any_number(), "Answer of the rate to inflation", published("Taylor 1993"));
  const bool rate_given = flag("rate_given", false, "Whether the policy rate is read instead of following the rule");
  const double by_rate =
      param("rate_on_gap", 0.3, "", any_number(), "Fall of the gap with the real rate", illustrative());
  const double by_exports =
      param("exports_on_gap", 0.2, "", any_number(), "Rise of the gap with exports", illustrative());
  const double by_budget =
      param("fiscal_on_gap", 0.8, "", any_number(), "Rise of the gap with the budget", illustrative());
  const double gap_on_prices =
      param("gap_on_prices", 0.25, "", any_number(), "Rise of inflation with the gap", illustrative());
  const double noise =
      param("inflation_noise", 0.5, "%/year^0.5", nonnegative(), "Volatility of inflation", illustrative()) / 100;
  const double unemployment0 =
      param("unemployment", 5.1, "%", between(0, 50), "Usual unemployment", published("NBS survey, 2024")) / 100;
  const double okun = param("okun", 0.3, "", nonnegative(), "Fall of unemployment with the gap", illustrative());
  const double jobs_speed =
      param("unemployment_speed", 2, "1/year", nonnegative(), "Speed of unemployment", illustrative());
  const double inflation0 =
      param("inflation", 1, "%/year", any_number(), "Inflation at the start of an own cycle", illustrative()) / 100;

  // Capacity
  const double capital_output =
      param("capital_output", 2.5, "year", positive(), "Capital of firms over output", illustrative());
  const double depreciation = param("depreciation", 0.05, "1/year", nonnegative(), "Depreciation", illustrative());
  const double potential =
      param("potential_growth", 5, "%/year", any_number(), "Growth of potential output", illustrative()) / 100;
  const double exported_slack =
      param("exported_slack", 0.3, "", nonnegative(), "Exports per negative gap, in an own cycle", illustrative());
  const double exports0 = param("export_share", 19, "%", nonnegative(), "Exports in % of GDP at the start",
                                calibrated("NBS 2024, as remembered"));

  // Inputs
  const Input wealth = input("housing_wealth", 350000, "CNY bn", "Housing wealth");
  const Input gdp =
      own ? Input{} : lagged_input("gdp_nominal", 18500, "USD bn/year", "GDP at the exchange rate of the start");
  const double gdp0 = param("gdp", 131000, "CNY bn", positive(), "GDP at the start",
                            calibrated("NBS 2024: 134,908; mean of 2023 and 2024"));
  const Input gap_read = own ? Input{} : lagged_input("output_gap", 0, "%", "Output gap");
  const Input inflation_read = own ? Input{} : lagged_input("inflation", 100 * target, "%/year", "Inflation");
  const Input jobs_read = own ? Input{} : lagged_input("unemployment", 100 * unemployment0, "%", "Unemployment");
  const Input rate_read = own && rate_given ? lagged_input("policy_rate", 1.6, "%/year", "Policy rate") : Input{};
  const Input exports = input("export_demand_gap", 0, "%", "Export demand in % of GDP, relative to the start");
  const Input fiscal =
      own ? input("fiscal_impulse", 0, "%", "Fiscal impulse in % of GDP, relative to the start") : Input{};
  const Input wage_gap = input("policy.wage_gap", 0, "pp/year", "Wages beyond productivity and expected inflation");
  const Input redistribution =
      input("policy.redistribution", 0, "%", "Transfer from the richer to the poorer in % of GDP");
  const Input credit = input("policy.consumer_credit", 0, "%", "Rise of the propensity to consume, % of income");
  const Input inequality = input("policy.inequality", 0, "ratio", "Inequality beyond that of the start");
  const Input firm_investment = input("firm_investment", 25, "%", "Investment of firms in % of GDP");

  // Outputs
  const Output saving_rate = output("saving_rate", "%", "Saving of households over disposable income");
  const Output consumption = output("consumption", "CNY bn/year", "Consumption of households");
  const Output demand_shift = output("demand_shift", "pp/year", "Shift of demand in the macro model");
  const Output price_shift = output("price_shift", "pp/year", "Shift of prices in the macro model");
  const Output dependence = output("export_dependence", "%", "Exports and what idle capacity adds, % of GDP");
  const Output multiplied =
      output("redistribution_effect", "%", "Output from redistribution and credit after all rounds, % of GDP");
  const Output gap_made = own ? output("output_gap", "%", "Output gap") : Output{};
  const Output inflation_made = own ? output("inflation", "%/year", "Inflation") : Output{};
  const Output jobs_made = own ? output("unemployment", "%", "Unemployment") : Output{};
  const State capacity = state("capacity", "Capacity over potential output");
  const State wealth_ratio0 = state("wealth_ratio_start", "Wealth over income at the start");
  const State gdp_scale = state("gdp_scale", "CNY per USD that turns GDP into yuan; GDP itself in an own cycle");
  const Shock news = normal_shock("pi", "News about inflation");

  const double saving_moves = -expm1(-saving_speed * time().dt());
  const double prices_move = -expm1(-price_speed * time().dt());
  const double jobs_move = -expm1(-jobs_speed * time().dt());
  const DeflationLoop loop{price_speed,  unanchored, gap_on_prices, by_rate,     by_saving,
                           saving_speed, by_jobs,    okun,          by_deflation};

 public:
  explicit Households(Declarations& declarations) : Model(declarations) {
    if (own)
      note("slowest root of inflation and saving at the floor of the rate: " + to_text(loop.slowest_root()) +
           " a year");
  }

  void start(Start& s) const override {
    s[saving_rate] = 100 * saving0;
    s[consumption] = (1 - saving0) * income_share * gdp0;
    s[demand_shift] = 0;
    s[price_shift] = 0;
    s[dependence] = exports0;
    s[multiplied] = 0;
    s[capacity] = 1;
    s[gdp_scale] = own ? gdp0 : 0;
    s[wealth_ratio0] = s[wealth] / (income_share * gdp0);
    if (!own) return;
    s[gap_made] = 0;
    s[inflation_made] = 100 * inflation0;
    s[jobs_made] = 100 * unemployment0;
  }

  void step(Step& s) const override {
    const auto y = annual_gdp(s);
    const auto direct = direct_demand(s);
    s[multiplied] = 100 / (1 - propensity() * (1 - leakage)) * direct;
    const auto before = named(s.last(saving_rate) / 100);
    const auto inflation = own ? named(s.last(inflation_made) / 100) : named(s[inflation_read] / 100);
    const auto last_gap = own ? named(s.last(gap_made) / 100) : named(s[gap_read] / 100);
    const auto slack = named((1 - (1 + last_gap) / s.last(capacity)).max(0.0));
    const auto idle = named(direct - by_saving * (before - saving0) - by_slack * slack);
    s[dependence] = exports0;
    const auto jobs = own ? unemployed(s, cycle(s, idle, last_gap, inflation)) : named(s[jobs_read] / 100);
    save(s, y, before, jobs, inflation);
    s[demand_shift] = 100 * demand_speed * idle;
    s[price_shift] = own ? named(0.0 * idle) : named(price_speed * wages_on_prices * s[wage_gap]);
    grow_capacity(s);
  }

 private:
  double propensity() const { return low_share * low_propensity + (1 - low_share) * high_propensity; }

  // Without a macro model GDP grows with potential output and last step's prices and gap.
  ScratchColumn annual_gdp(Step& s) const {
    if (own) {
      s[gdp_scale] = s.last(gdp_scale) * exp(s.dt() * (potential + s.last(inflation_made) / 100));
      return named(s[gdp_scale] * (1 + s.last(gap_made) / 100));
    }
    s[gdp_scale] = s.index() == 1 ? named(gdp0 / s[gdp]) : named(1.0 * s.last(gdp_scale));
    return named(s[gdp_scale] * s[gdp]);
  }

  // Of redistribution and credit over GDP, before others spend what they get.
  ScratchColumn direct_demand(Step& s) const {
    return named((low_propensity - high_propensity) / 100 * s[redistribution] + income_share / 100 * s[credit]);
  }

  // The gap of an own cycle; moves inflation.
  ScratchColumn cycle(Step& s, const ScratchColumn& idle, const ScratchColumn& last_gap,
                      const ScratchColumn& inflation) const {
    const auto expected = named((1 - unanchored) * target + unanchored * inflation);
    const auto rate = rate_given ? named(s[rate_read] / 100)
                                 : named((natural_rate + target + rule * (inflation - target)).max(floor));
    const auto pushed = exported_slack * (-last_gap).max(0.0);
    const auto gap = named(idle - by_rate * (rate - expected - natural_rate) + by_exports / 100 * s[exports] +
                           by_budget / 100 * s[fiscal] + pushed);
    s[dependence] = exports0 + 100 * pushed;
    s[gap_made] = 100 * gap;
    const auto drawn_to = expected + gap_on_prices * gap + wages_on_prices / 100 * s[wage_gap];
    s[inflation_made] = 100 * (inflation + prices_move * (drawn_to - inflation) + noise * std::sqrt(s.dt()) * s[news]);
    return gap;
  }

  ScratchColumn unemployed(Step& s, const ScratchColumn& gap) const {
    const auto before = s.last(jobs_made) / 100;
    const auto now = named(before + jobs_move * (unemployment0 - okun * gap - before));
    s[jobs_made] = 100 * now;
    return now;
  }

  void save(Step& s, const ScratchColumn& y, const ScratchColumn& before, const ScratchColumn& jobs,
            const ScratchColumn& inflation) const {
    s[wealth_ratio0] = s.last(wealth_ratio0);
    const auto poorer = (s[wealth] / (income_share * y) - s[wealth_ratio0]) / s[wealth_ratio0];
    const auto wanted = saving0 - by_wealth * poorer + by_jobs * (jobs - unemployment0) +
                        by_deflation * (target - inflation) + by_inequality * s[inequality];
    s[saving_rate] = 100 * (before + saving_moves * (wanted - before)).max(0.0).min(0.7);
    s[consumption] = (1 - s[saving_rate] / 100) * income_share * y;
  }

  void grow_capacity(Step& s) const {
    const auto before = s.last(capacity);
    const auto invested = s[firm_investment] / (100 * capital_output) / before;
    s[capacity] = before * exp(s.dt() * (invested - depreciation - potential));
  }
};

}  // namespace

ModelType households() {
  return model_type<Households>("households", "local_debt", "cn",
                                "Saving, consumption and prices of Chinese households, with a macro model or alone");
}

}  // namespace moniac
