// The model of local_debt.h: what it declares. Its steps are in local_debt.cpp, what provinces share in country.cpp,
// the budget of a province in province.cpp, land in land_sales.cpp, spreads and distress in distress.cpp, losses of
// banks in bank_losses.cpp.
#pragma once

#include "models/local_debt/debt_terms.h"
#include "models/local_debt/waterfall.h"
#include "sim/math/columns.h"
#include "sim/model/moving_window.h"

namespace moniac {

// Budgets and debts of provinces. For each, with stocks of the start of the step:
//
//   need = spending + investment + cost of land + interest + maturities + arrears paid + (K* - K)
//          - own revenue - land revenue - transfers - income of financing vehicles
//   it is met in this order: refinancing bonds, new bonds up to the quota, new debt of financing vehicles up to what
//   lenders roll (rho) and add, cash down to its minimum, cuts of investment, new arrears; what is over prepays debt
//
//   B' = B - maturing + refinancing + new + swap       H' = H - maturing - swap - prepaid + new - written off
//   spread* = s0 exp(aL (debt/GDP - l0) + aD (debt service - d0) + aC C + aR distressed + news)
//   rho = rho_max/(1 + e^{(spread - half)/width})
//   hazard of distress = lam0 exp(bD (debt service - d*) + bC C + bA min(arrears/revenue, 1)),   C contagion
//
// Swap bonds replace debt of financing vehicles one for one. Debt service is interest over own revenue and the net
// revenue of land. A step's sums over provinces are the next step's, so each province is visited once.
class LocalDebt final : public DebtTerms {
  // Growth and land
  const bool own_growth = choice("growth", "given", {"given", "own"},
                                 "Whether growth is read or follows investment, consumption and exports") == 1;
  const double incentive = param("promotion_incentive", 0.5, "", between(0, 1),
                                 "How far officials invest to reach the growth target", illustrative());
  const double investment_growth =
      param("investment_growth", 0.4, "", positive(), "Growth per investment over GDP", illustrative());
  const double growth_target = param("growth_target", 5, "%/year", any_number(), "Growth target",
                                     published("Government work reports of 2023–25")) /
                               100;
  const double target_cap =
      param("target_investment_cap", 2, "%", nonnegative(), "Most investment for it in % of GDP", illustrative()) / 100;
  const double trend = param("trend_growth", 4.5, "%/year", any_number(), "Trend of own growth", illustrative()) / 100;
  const double consumption_growth =
      param("consumption_growth", 0.3, "", any_number(), "Growth per consumption beyond its trend", illustrative());
  const double export_growth =
      param("export_growth", 0.5, "", any_number(), "Growth per export demand", illustrative());
  const double distress_growth =
      param("distress_growth", 1, "pp/year", any_number(), "Fall of growth if all were distressed", illustrative()) /
      100;
  const double land_per_sales = param("land_per_sales", 0.49, "", nonnegative(), "Land revenue over sales of houses",
                                      calibrated("0.48–0.50 in 2021–24, 0.32–0.45 in 2015–19 (MoF, NBS)"));
  const std::vector<double> sales0 =
      numbers("house_sales", {930, 6880, 3850}, "CNY bn/year", nonnegative(), "Sales of houses by tier at the start",
              calibrated("11,662 in 2023 (NBS), split by land revenue"));
  const double sales_move = part_of_time("land_lag", 0.5, "Time in which land revenue follows sales");
  const double land_leverage =
      param("land_leverage", 1, "", nonnegative(), "Elasticity of land revenue to house prices",
            illustrative("2.5 where land is 40 % of a house's price"));
  const double vehicle_purchases =
      param("lgfv_land_purchases", 0, "", between(0, 1), "Land bought by financing vehicles over other sales",
            illustrative("0.15 in 2022–23"));
  const bool land_responds =
      choice("land_supply", "off", {"off", "on"}, "Whether land offered follows prices and need") == 1;
  const double land_moves = part_of_step("land_speed", 1, "Speed at which land offered adjusts");
  const double land_momentum =
      param("land_momentum", 2, "", any_number(), "Its rise with the momentum of prices", illustrative());
  const double momentum_average =
      param("momentum_average", 4, "%/year", any_number(), "Momentum without effect", illustrative());
  const double land_need =
      param("land_shortfall", 0.5, "", any_number(), "Its rise with fresh money needed over revenue", illustrative());
  const double land_elasticity =
      param("land_elasticity", 0.5, "", any_number(), "Elasticity of land revenue to land offered", illustrative());

  // Inputs
  const Input y10 = lagged_input("y10", 2.35, "%/year", "Yield of central bonds, 10 years");
  const Input growth = lagged_input("gdp_growth", 5, "%/year", "Real growth over twelve months");
  const Input inflation = lagged_input("inflation", -0.5, "%/year", "Rise of the GDP deflator");
  const Input exports = input("export_demand_gap", 0, "%", "Export demand in % of GDP, relative to the start");
  const Input consumption = lagged_input("consumption", 0, "CNY bn/year", "Consumption of households; 0: none read");
  const Input base_money = lagged_input("base_money", 0, "CNY bn", "Base money; 0: none read");
  const Input usdcny = lagged_input("usdcny.rate", 7.1, "", "Exchange rate, CNY per USD");
  const Input inflow = input("capital_inflow", 10, "USD bn/month", "Net inflow of foreign capital");
  const Input swap_lever = input("policy.swap", -1, "CNY bn/year", "Quota of swap bonds; below 0: as announced");
  const Input quota_lever = input("policy.quota", -1, "CNY bn/year", "Quota of new bonds; below 0: as announced");
  const Input cap_lever = input("policy.deficit_cap", -1, "%", "Headline deficit in % of GDP; below 0: as announced");
  const Inputs house_sales =
      inputs("house_sales", "tier", tier_names(), -1, "CNY bn/year", "Sales of houses; below 0: those of the start");
  const Inputs house_price = inputs("house_price", "tier", tier_names(), 1, "index", "Price of houses");
  const Inputs momentum = inputs("house_momentum", "tier", tier_names(), 4, "%/year", "Rise of house prices");
  const Input developer_defaults = input("developer_defaults", 0, "count", "Large developers that default in the step");

  // Outputs
  const Outputs bonds = outputs("province_bonds", "province", labels, "CNY bn", "Statutory debt of each province");
  const Outputs lgfv = outputs("province_lgfv_debt", "province", labels, "CNY bn", "Debt of its financing vehicles");
  const Outputs arrears = outputs("province_arrears", "province", labels, "CNY bn", "Its unpaid bills");
  const Outputs spread = outputs("province_spread", "province", labels, "bp", "Spread of its financing vehicles");
  const Outputs distressed = outputs("province_distress", "province", labels, "index", "Whether it is in distress");
  const Output bond_total = output("local_debt_bond", "CNY bn", "Statutory debt of local governments");
  const Output lgfv_total = output("local_debt_lgfv", "CNY bn", "Debt of their financing vehicles");
  const Output total_eligible =
      output("local_debt_eligible", "CNY bn", "Debt of financing vehicles that may be swapped");
  const Output arrears_total = output("local_arrears", "CNY bn", "Their unpaid bills");
  const Output interest = output("local_interest", "CNY bn/step", "Interest of the step");
  const Output debt_ratio = output("local_debt_ratio", "%", "Bonds and debt of financing vehicles in % of GDP");
  const Output service_all =
      output("debt_service_ratio", "%", "Interest in % of own revenue, net land revenue and transfers");
  const Output service_own = output("debt_service_own", "%", "Interest in % of own revenue and net land revenue");
  const Output mean_spread = output("lgfv_spread", "bp", "Spread of financing vehicles, weighted by debt");
  const Output land_revenue = output("land_revenue", "CNY bn/step", "Gross land revenue");
  const Output distress_share = output("distress_share", "%", "Part of the debt that is in distress");
  const Output bank_loss = output("bank_capital_loss", "CNY bn/step", "Losses of banks");
  const Outputs capital = outputs("bank_capital", "bank_group", bank_groups, "CNY bn", "Capital of bank groups");
  const Outputs unpaid_claims = outputs("interbank_shortfall", "bank_group", bank_groups, "CNY bn/step",
                                        "What the group does not pay of its debts to others");
  const Output stress = output("financial_stress", "ratio", "Financial stress, 0 … 1");
  const Output investment_gap = output("investment_gap", "%", "Public investment in % of GDP, relative to the start");
  const Output investment_cut = output("investment_cut", "CNY bn/step", "Investment cut for lack of money");
  const Output swapped = output("swap_issued", "CNY bn/step", "Swap bonds issued");
  const Output local_growth = output("local_growth", "%/year", "Real growth that GDP of provinces follows");
  const Outputs land_supply = outputs("land_supply", "tier", tier_names(), "index", "Land offered");
  const Output swap_unused = clamp("swap_beyond_eligible", "The quota of swaps is larger than what can be swapped");
  const Output residual = identity("budget_identity_residual", 1e-9, "ratio",
                                   "Change of net debt less deficit, over debt at the start: the largest of "
                                   "all provinces");
  // Half a yuan.
  const Output clearing_residual = identity("clearing_identity_residual", 5e-10, "CNY bn",
                                            "Capital after clearing less outside assets; without costs of default");

  // States by province
  const States eligible = states("eligible_debt", count, "Debt that may be swapped, CNY bn");
  const States cash = states("cash", count, "Cash, CNY bn");
  const States bond_interest = states("bond_interest", count, "Interest on bonds, CNY bn a year");
  const States lgfv_rate = states("lgfv_rate", count, "Average rate of financing vehicles, 1/year");
  const States distress_time = states("distress_time", count, "Years in distress");
  const States rollover = states("rollover", count, "Part of maturing debt that lenders roll");
  const States swap_bonds = states("swap_bonds", count, "Swap bonds issued so far, CNY bn");
  const States offered = states("land_offered", land_responds ? count : 1, "Land offered, index");
  const States shortfall = states("shortfall", land_responds ? count : 1, "Fresh money needed over revenue");
  // and of the country
  const State gdp_factor = state("gdp_factor", "Nominal GDP of every province, 1 at the start");
  const States sales = states("sales", 4, "Sales of houses that land revenue follows: all tiers and each");
  const State contagion = state("contagion", "Contagion");
  const State news = state("spread_news", "National news on log spreads");
  const State total_gdp = state("total_gdp", "GDP of all provinces");
  const State total_emergency = state("total_emergency", "Interest a year in distress that the centre would pay");
  const State carried = state("carried_swap", "Quota of swaps not used, CNY bn");
  const State planned0 = state("investment_start", "Planned investment over GDP in the first step");
  const State consumption_trend = state("consumption_trend", "Consumption on its trend");
  const State base_last = state("base_money_last", "Base money a step ago");
  const State inflow_start = state("inflow_start", "Inflow at the start, USD bn a month");
  const int year_steps = steps_in(1, time().dt());
  const MovingWindow money_growth{states("money_growth", year_steps, "Rise of log base money")};
  const MovingWindow inflows{states("inflows", year_steps, "Inflows beyond those of the start, USD bn")};
  const MovingWindow growths{states("growths", year_steps, "Own growth, %/year")};
  const MovingWindow losses{states("losses", year_steps, "Losses of banks, CNY bn")};

  // Shocks
  const Shock spread_shock = normal_shock("spread", "News on spreads");
  const Shocks distress_shock = uniform_shocks("distress", count, "Whether a province falls into distress");

 public:
  explicit LocalDebt(Declarations& declarations) : DebtTerms(declarations) { has_size(sales0, 3, "house_sales"); }

  void start(Start& s) const override;
  void step(Step& s) const override;

 private:
  static constexpr double usual_money_growth = 0.06;  // a year

  // What all provinces meet in a step.
  struct Country {
    ScratchColumn yield;      // of central bonds, a fraction
    ScratchColumn growth;     // factor of nominal GDP
    ScratchColumn quota;      // of new bonds over a year's GDP
    ScratchColumn swap;       // quota of swaps of the step
    ScratchColumn swapping;   // the same over eligible debt
    ScratchColumn transfers;  // paid over due, times dt
    ScratchColumn emergency;  // paid of interest in distress
    ScratchColumn target;     // investment for the growth target over GDP
    ScratchColumn spread;     // log factor on spreads
    ScratchColumn hazard;     // log factor on hazards
    ScratchColumn per_gdp;    // one over the factor of GDP
    ScratchColumn nothing;    // zero
  };

  // Sums over provinces.
  struct Sums {
    Column revenue;    // own and of land, net
    Column transfers;  // paid
    Column spread;     // debt times spread
    Column ill;        // debt in distress
    Column fallen;     // debt that fell into distress in the step
    Column planned;    // investment before cuts
  };

  // Flows of a province in a step.
  struct Budget {
    ScratchColumn revenue;    // own
    ScratchColumn interest;   // paid
    ScratchColumn transfers;  // received
    ScratchColumn land;       // revenue, gross
    ScratchColumn planned;    // investment before cuts
    ScratchColumn deficit;    // spending, investment and interest less all income
  };

  // Debt of financing vehicles that ends in a step whatever the budget.
  struct Retired {
    ScratchColumn due;   // matures
    ScratchColumn swap;  // becomes bonds
  };

  // bank_losses.cpp
  void charge_banks(Step& s, const Sums& sum) const;
  void clear_banks(Step& s, const Sums& sum) const;
  void clear(Step& s, Eigen::Index path) const;

  // local_debt.cpp
  void start_flows(Start& s) const;
  Sums no_sums(View& s) const;
  void add_stocks(View& s, int i, Sums& sum) const;
  void publish(View& s, const Sums& sum) const;

  // country.cpp
  Country country(Step& s) const;
  ScratchColumn growth_over_year(Step& s) const;
  void count_swaps(Step& s, const Country& all) const;
  void grow(Step& s, const Sums& sum) const;

  // province.cpp
  double own(int i) const { return own0[at(i)] / 100; }
  double received(int i) const { return transfers0[at(i)] / 100; }
  auto gdp(const Step& s, int i) const { return gdp0[at(i)] * s.last(gdp_factor); }
  void start_province(Start& s, int i, Sums& sum) const;
  void move(Step& s, int i, const Country& all, Sums& sum) const;
  Budget budget(Step& s, int i, const Country& all) const;
  Retired retire(Step& s, int i, const Country& all) const;
  Waterfall finance(Step& s, int i, const Country& all, const Budget& flows, const Retired& retired) const;
  void move_debts(Step& s, int i, const Country& all, const Retired& retired, const Waterfall& paid,
                  const ScratchColumn& kept) const;
  void move_cash(Step& s, int i, const Waterfall& paid) const;
  void audit(Step& s, int i, const Budget& flows, const Waterfall& paid, const ScratchColumn& lost) const;
  void judge(Step& s, int i, const Country& all, const Budget& flows, Sums& sum) const;

  // land_sales.cpp
  void start_land(Start& s) const;
  void follow_sales(Step& s) const;
  ScratchColumn leveraged_sales(View& s, int k) const;
  ScratchColumn land_of(Step& s, int i) const;
  void offer_land(Step& s, int i, const ScratchColumn& fresh_money) const;
  ScratchColumn mean_momentum(Step& s, int i) const;

  // distress.cpp
  ScratchColumn normal_spread(const ScratchColumn& leverage, const ScratchColumn& service,
                              const ScratchColumn& logs) const;
  ScratchColumn rolled_at(const Column& spread_bp) const;
  ScratchColumn log_spread(Step& s) const;
  void fall_into_distress(Step& s, int i, const ScratchColumn& service, const ScratchColumn& overdue,
                          const ScratchColumn& common, Sums& sum) const;
  ScratchColumn written_off(Step& s, int i, const ScratchColumn& left) const;
  void spread_contagion(Step& s, const Sums& sum) const;
};

}  // namespace moniac
