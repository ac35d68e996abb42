#include "models/local_debt/local_debt.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "models/local_debt/announced.h"
#include "models/local_debt/provinces.h"
#include "sim/math/columns.h"
#include "sim/math/ornstein_uhlenbeck.h"
#include "sim/math/scalar.h"
#include "sim/model/moving_window.h"

namespace moniac {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

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
class LocalDebt final : public Model {
  const int level = choice("provinces", "full", province_levels(), "31 provinces, three tiers of them, or one China");
  const std::vector<Province> table = province_table(level);
  const Names labels = names_of(table);
  const int count = static_cast<int>(table.size());
  const bool whole = level == 2;

  // Provinces at the start
  const Source statistics = calibrated("provincial and MoF statistics of 2023, as remembered");
  const Source guess = illustrative("orders of magnitude; no official figure exists by province");
  const std::vector<double> gdp0 = numbers("gdp", each(table, [](const Province& p) { return p.gdp; }), "CNY bn",
                                           positive(), "Annual GDP", statistics);
  const std::vector<double> bonds0 = numbers("bonds", each(table, [](const Province& p) { return p.bonds; }), "CNY bn",
                                             nonnegative(), "Statutory debt", statistics);
  const std::vector<double> lgfv0 = numbers("lgfv_debt", each(table, [](const Province& p) { return p.lgfv_debt; }),
                                            "CNY bn", nonnegative(), "Debt of financing vehicles", guess);
  const std::vector<double> eligible0 =
      numbers("eligible_debt", share_of(lgfv0, 14300), "CNY bn", nonnegative(), "Part of it that may be swapped",
              published("hidden debt of 14,300 at the end of 2023 (Ministry of Finance), spread as all of it"));
  const std::vector<double> arrears0 =
      numbers("arrears", std::vector<double>(at(count), 0.0), "CNY bn", nonnegative(), "Unpaid bills", illustrative());
  const std::vector<double> own0 = numbers("own_revenue", percent([](const Province& p) { return p.own_revenue; }), "%",
                                           positive(), "Own revenue in % of GDP", statistics);
  const std::vector<double> transfers0 = numbers("transfers", percent([](const Province& p) { return p.transfers; }),
                                                 "%", nonnegative(), "Transfers in % of GDP", statistics);
  const std::vector<double> spending0 =
      numbers("spending", percent([](const Province& p) { return p.primary_spending; }), "%", nonnegative(),
              "Spending less interest and investment in % of GDP",
              calibrated("general spending less 5.5 % of GDP, the part that is investment"));
  const std::vector<double> land0 = numbers(
      "land_revenue", each(table, [](const Province& p) { return p.land_revenue; }), "CNY bn", nonnegative(),
      "Land revenue, by which sales of a tier are split", calibrated("fund revenue as remembered, scaled to 5,799.6"));
  const std::vector<double> tier0 = numbers("tier", each(table, [](const Province& p) { return double(p.tier); }), "",
                                            between(0, 3), "Tier of houses: 1, 2, 3; 0 for all of them", guess);
  const std::vector<double> stated =
      numbers("stated_totals", {whole ? 129427 : 126058.2, 40737.3, 57000}, "CNY bn", nonnegative(),
              "GDP, bonds and debt of financing vehicles that the provinces must sum to within 1 %",
              published("National Bureau of Statistics, Ministry of Finance; IMF for financing vehicles, as reported"));

  // Budgets
  const double investment = param("investment", 7.5, "%", between(0, 50), "Public investment in % of GDP",
                                  calibrated("5.5 % of general budgets and 2 % of funds")) /
                            100;
  const double net_land = param("net_land_share", 0.33, "", between(0, 1), "Part of land revenue beyond its costs",
                                published("broker's estimate as quoted, 0.2–0.4"));
  const double vehicle_income = param("lgfv_income", 1, "%/year", between(-20, 20),
                                      "Operating income of financing vehicles on their debt", illustrative()) /
                                100;
  const double cash_target =
      param("cash_target", 0.12, "", nonnegative(), "Cash aimed at over a year's revenue", illustrative());
  const std::vector<double> cash0 = numbers("cash", cash_aimed_at(), "CNY bn", nonnegative(),
                                            "Cash at the start; what is aimed at when not given", illustrative());
  const double cash_minimum =
      param("cash_minimum", 0.5, "", between(0, 1), "Least cash over cash aimed at", illustrative());
  const double deepest_cut =
      param("deepest_cut", 0.35, "", between(0, 1), "Most that is cut of investment", illustrative());
  const double arrears_paid = part_of_step("arrears_speed", 0.5, "Speed at which arrears are paid");
  const double emergency = param("emergency_transfers", 0.3, "", between(0, 1),
                                 "Part of the interest of distressed provinces that the centre pays", illustrative());
  const double central_room = param("central_room", 5.29, "%", between(-50, 50),
                                    "Revenue and funds less spending of the centre itself in % of GDP",
                                    calibrated("7.69 % revenue, 2.95 % spending (2023, as remembered), 0.55 % funds")) /
                              100;

  // Debt
  const double bond_life = param("bond_maturity", 0.095, "1/year", nonnegative(), "Rate at which bonds mature",
                                 calibrated("residual life of 9–10 years (Ministry of Finance, as remembered)"));
  const double lgfv_life = param("lgfv_maturity", 0.28, "1/year", nonnegative(),
                                 "Rate at which debt of financing vehicles matures", illustrative("0.2–0.4"));
  const double extension = param("extension", 0.4, "", between(0, 1), "Factor of that rate in distress",
                                 calibrated("Zunyi 2022: 15.6 bn over 20 years, as remembered"));
  const double bonds_mature = -expm1(-bond_life * time().dt());
  const double lgfv_matures = -expm1(-lgfv_life * time().dt());
  const double lgfv_matures_extended = -expm1(-lgfv_life * extension * time().dt());
  const double refinanced = param("bonds_refinanced", 0.87, "", between(0, 1), "Part of maturing bonds refinanced",
                                  calibrated("MoF monthly reports, as remembered"));
  const double swap_rolled =
      choice("swap_roll", "full", {"full", "as_bonds"}, "Whether swap bonds are refinanced in full or like others") == 0
          ? 1.0
          : 0.0;
  const bool room_after_swap = choice("lgfv_growth_base", "pre_swap", {"pre_swap", "current"},
                                      "What new debt of financing vehicles is in proportion to: with or without what "
                                      "was swapped") == 1;
  const double lgfv_growth = param("lgfv_growth", 0.04, "1/year", nonnegative(),
                                   "New debt of financing vehicles that lenders allow", illustrative("0.03–0.06"));
  const double resolved = param("eligible_resolved", 0, "1/year", between(0, 10),
                                "Rate at which eligible debt is dealt with otherwise", illustrative());
  const Names swap_to = names("swap_to", {}, "Provinces that may swap; all of them when empty");
  const bool carry = flag("carry_unused_swap", false, "Whether an unused quota of swaps is used later");
  const bool special_in_quota =
      flag("special_in_quota", false, "Whether the special bonds of the swap are taken off the quota of new bonds");
  const double bond_rate0 = param("bond_rate", 3.27, "%/year", any_number(), "Average rate of bonds at the start",
                                  calibrated("MoF monthly report, as remembered"));
  const double lgfv_rate0 =
      param("lgfv_rate", 5.1, "%/year", any_number(), "Average rate of financing vehicles at the start",
            calibrated("swaps save more than 2.5 pp (Ministry of Finance)"));
  const double bond_premium = param("bond_premium", 15, "bp", any_number(), "New bonds over central ones",
                                    calibrated("auctions of 2023–24, as remembered")) /
                              1e4;
  const double swap_discount =
      param("swap_discount", 0, "bp", any_number(), "Swap bonds below other new bonds", illustrative()) / 1e4;

  // Spreads and rollover
  const double spread0 = param("spread", 100, "bp", positive(), "Spread of an average province",
                               calibrated("AA, 3 years: 60–150 bp in 2019–23")) /
                         1e4;
  const double by_leverage =
      param("spread_leverage", 0.9, "", any_number(), "Its rise with debt over GDP", illustrative());
  const double leverage0 =
      param("leverage_average", 0.85, "", any_number(), "Debt over GDP of that province", illustrative());
  const double by_service =
      param("spread_debt_service", 2, "", any_number(), "Its rise with debt service", illustrative());
  const double service0 = param("debt_service_average", 0.31, "", any_number(), "Debt service of that province",
                                calibrated("national figure of 2023"));
  const double by_contagion =
      param("spread_contagion", 0.6, "", any_number(), "Its rise with contagion", illustrative());
  const double by_distress = param("spread_distress", 0.8, "", any_number(), "Its rise in distress", illustrative());
  const double least_spread = param("spread_minimum", 20, "bp", positive(), "Least spread", illustrative()) / 1e4;
  const double most_spread = param("spread_maximum", 800, "bp", positive(), "Largest spread", illustrative()) / 1e4;
  const double spread_moves = part_of_step("spread_speed", 4, "Speed at which spreads adjust");
  const double spread_sd =
      param("spread_noise", 0.25, "", nonnegative(), "Volatility of national news on log spreads", illustrative());
  const OrnsteinUhlenbeck spread_news = ornstein_uhlenbeck(1, time().dt());
  const double rollover_max = param("rollover", 1, "", between(0, 2),
                                    "Part of maturing debt that lenders roll when "
                                    "spreads are low",
                                    illustrative());
  const double rollover_half =
      param("rollover_half", 600, "bp", positive(), "Spread at which it has halved", illustrative()) / 1e4;
  const double rollover_width =
      param("rollover_width", 100, "bp", positive(), "Width of its fall", illustrative()) / 1e4;
  const bool service_over_all = choice("debt_service_base", "own", {"own", "all"},
                                       "Whether debt service divides by own revenue or by transfers too") == 1;

  // Distress
  const double hazard0 = param("hazard", 0.02, "1/year", nonnegative(), "Hazard of distress at the threshold",
                               illustrative("no public bond of a financing vehicle has defaulted; extension counts"));
  const double hazard_service =
      param("hazard_debt_service", 8, "", any_number(), "Its rise with debt service", illustrative());
  const double threshold =
      param("debt_service_threshold", 0.5, "", any_number(), "Debt service at the threshold", illustrative());
  const double hazard_contagion =
      param("hazard_contagion", 0.5, "", any_number(), "Its rise with contagion", illustrative());
  const double hazard_arrears = param("hazard_arrears", 2, "", any_number(),
                                      "Its rise with arrears over a year's own revenue, at most 1", illustrative());
  const double hazard_max = param("hazard_maximum", 3, "1/year", nonnegative(), "Largest hazard", illustrative());
  const double jump =
      param("contagion_jump", 0.8, "", nonnegative(), "Contagion when all debt is distressed at once", illustrative());
  const double contagion_fade =
      param("contagion_decay", 1.5, "1/year", positive(), "Decay of contagion", illustrative());
  const double contagion_left = exp(-contagion_fade * time().dt());
  const double jump_left =
      flag("mid_step_jumps", false, "Whether contagion that arises in a step decays over half of it")
          ? exp(-contagion_fade * time().dt() / 2)
          : 1.0;
  const double developer_jump =
      param("contagion_developer", 0.15, "", nonnegative(), "Contagion of a large developer's default", illustrative());
  const double rate_relief = param("extension_rate_cut", 2, "%/year", nonnegative(), "Cut of the rate in an extension",
                                   illustrative("Zunyi 2022: 3–4.5 %, as remembered")) /
                             100;
  const double rate_floor =
      param("extension_rate_floor", 2.5, "%/year", any_number(), "But not below", illustrative()) / 100;
  const double longest = param("distress_years", 5, "year", nonnegative(), "Longest distress", illustrative());
  const double recovered = param("distress_exit", 0.25, "", any_number(),
                                 "Debt service at which it ends, after a year at the earliest", illustrative());
  const double write_off =
      param("write_off", 0, "", between(0, 1), "Part of the debt written off in distress", illustrative());
  const double bank_share =
      param("bank_share", 0.75, "", between(0, 1), "Part of the debt that banks hold", illustrative());
  const Names bank_groups = {"big_six", "joint_stock", "city_rural"};
  const std::vector<double> group_share = numbers("bank_group_shares", {0.45, 0.25, 0.30}, "", between(0, 1),
                                                  "Shares of bank groups in it", illustrative());
  const std::vector<double> capital0 = numbers("bank_capital", {16000, 6000, 8000}, "CNY bn", nonnegative(),
                                               "Capital of bank groups", illustrative("30 trn in all, as remembered"));
  const double loss_given =
      param("extension_loss", 0.15, "", between(0, 1), "Loss of banks in an extension", illustrative("0.05–0.3"));

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

  const std::vector<double> weight = sales_weights();
  const std::vector<double> may_swap = swap_flags();
  const double transfers_due = annual_transfers();

 public:
  explicit LocalDebt(Declarations& declarations) : Model(declarations) {
    check(least_spread <= spread0 && spread0 <= most_spread, "the spread is outside its bounds",
          {"spread", "spread_minimum", "spread_maximum"});
    check_banks();
    if (sized()) check_provinces();
  }

  void start(Start& s) const override {
    s[sales[0]] = 0;
    for (int k = 0; k < 3; ++k) {
      const ScratchFrame frame;
      s[sales[k + 1]] = leveraged_sales(s, k);
      s[sales[0]] += s[sales[k + 1]];
    }
    Sums sum = no_sums(s);
    s[gdp_factor] = 1;
    for (int i = 0; i < offered.size; ++i) {
      s[offered[i]] = 1;
      s[shortfall[i]] = 0;
    }
    s[total_gdp] = total(gdp0);
    for (int i = 0; i < count; ++i) start_province(s, i, sum);
    publish(s, sum);
    s[bank_loss] = 0;
    s[investment_cut] = 0;
    s[swapped] = 0;
    s[swap_unused] = 0;
    s[residual] = 0;
    s[contagion] = 0;
    s[news] = 0;
    s[carried] = 0;
    s[planned0] = 0;
    s[investment_gap] = 0;
    s[local_growth] = 100 * trend;
    s[consumption_trend] = 0;
    s[base_last] = 0;
    s[inflow_start] = s[inflow];
    money_growth.fill(s, usual_money_growth * s.dt());
    inflows.fill(s, 0);
    losses.fill(s, 0);
    growths.fill(s, 100 * trend);
    for (int b = 0; b < groups; ++b) s[capital[b]] = capital0[at(b)];
    s[stress] = 0;
  }

  void step(Step& s) const override {
    follow_sales(s);
    const Country all = country(s);
    s[gdp_factor] = s.last(gdp_factor) * all.growth;
    if (!land_responds) keep_land(s);
    s[total_gdp] = total(gdp0) * s[gdp_factor];
    Sums sum = no_sums(s);
    s[swapped] = 0;
    s[investment_cut] = 0;
    s[residual] = 0;
    for (int i = 0; i < count; ++i) {
      const ScratchFrame frame;
      move(s, i, all, sum);
    }
    publish(s, sum);
    count_swaps(s, all);
    spread_contagion(s, sum);
    charge_banks(s, sum);
    grow(s, sum);
  }

 private:
  static constexpr double usual_money_growth = 0.06;  // a year
  static constexpr int groups = 3;

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

  Sums no_sums(View& s) const {
    for (const Output& total : {bond_total, lgfv_total, total_eligible, arrears_total, interest, land_revenue})
      s[total] = 0;
    s[total_emergency] = 0;
    for (int k = 0; k < land_supply.size; ++k) s[land_supply[k]] = land_responds ? 0 : 1;
    return {zero(), zero(), zero(), zero(), zero(), zero()};
  }
  static Column zero() {
    auto column = scratch_column();
    column = 0;
    return column;
  }

  // As a fraction; `logs` are what else moves its logarithm.
  template <class Leverage, class Service, class Logs>
  ScratchColumn normal_spread(const Leverage& leverage, const Service& service, const Logs& logs) const {
    const double constant = log(spread0);
    const auto normal = exp(constant + by_leverage * (leverage - leverage0) + by_service * (service - service0) + logs);
    return named(normal.max(least_spread).min(most_spread));
  }

  // --- A province at the start ---

  void start_province(Start& s, int i, Sums& sum) const {
    const double own = own0[at(i)] / 100, y = gdp0[at(i)], b = bonds0[at(i)], h = lgfv0[at(i)];
    s[bonds[i]] = b;
    s[lgfv[i]] = h;
    s[eligible[i]] = eligible0[at(i)];
    s[arrears[i]] = arrears0[at(i)];
    s[cash[i]] = cash0[at(i)];
    s[bond_interest[i]] = bond_rate0 / 100 * b;
    s[lgfv_rate[i]] = lgfv_rate0 / 100;
    s[swap_bonds[i]] = 0;
    s[distressed[i]] = 0;
    s[distress_time[i]] = 0;
    const ScratchFrame frame;
    const double due = (bond_rate0 * b + lgfv_rate0 * h) / 100, received = transfers0[at(i)] / 100 * y;
    const auto land = named(land_per_sales * weight[at(i)] * s[sales[tier(i)]]);
    const auto revenue = named(own * y + net_land * land);
    const auto service = due / (revenue + (service_over_all ? received : 0.0));
    s[spread[i]] = 1e4 * normal_spread((b + h + arrears0[at(i)]) / y, service, Eigen::ArrayXd::Zero(s.lanes()));
    s[rollover[i]] = rolled_at(s[spread[i]]);
    s[interest] += due * s.dt();
    s[land_revenue] += (1 + vehicle_purchases) * s.dt() * land;
    sum.revenue += revenue * s.dt();
    sum.transfers += received * s.dt();
    add_stocks(s, i, sum);
  }

  // --- What provinces share ---

  ScratchColumn leveraged_sales(View& s, int k) const {
    const auto sold = named((s[house_sales[k]] < 0.0).select(sales0[at(k)], s[house_sales[k]]));
    return land_leverage == 1 ? sold : named(sold * pow(s[house_price[k]], land_leverage - 1));
  }

  // Land is sold for what houses sold before; the step's sales come into it at its end.
  void follow_sales(Step& s) const {
    s[sales[0]] = 0;
    for (int k = 0; k < 3; ++k) {
      const ScratchFrame frame;
      const auto before = s.last(sales[k + 1]);
      s[sales[k + 1]] = before + sales_move * (leveraged_sales(s, k) - before);
      s[sales[0]] += s[sales[k + 1]];
    }
  }

  Country country(Step& s) const {
    const double dt = s.dt();
    const int year = year_of(s);
    const auto y = s.last(total_gdp);
    const auto g = named(own_growth ? s.last(local_growth) : s[growth]);
    growths.push(s, g);
    const auto swap = named(announced(s[swap_lever], announced_swap(year)) * dt + s.last(carried));
    const double special = special_in_quota ? announced_special_swap(year) : 0;
    const auto cap = announced(s[cap_lever], announced_deficit(year)) / 100;
    const auto room = named((central_room + cap) * dt * y);
    const auto due = named(dt * transfers_due * s.last(gdp_factor));
    const auto paid = named((room / due.max(1e-300)).min(1.0));
    const auto left = (room - paid * due).max(0.0);
    return {.yield = named(s[y10] / 100),
            .growth = exp(dt / 100 * (g + s[inflation])),
            .quota = named((announced(s[quota_lever], announced_quota(year)) - special).max(0.0) * dt / y),
            .swap = swap,
            .swapping = named(swap / s.last(total_eligible).max(1e-300)),
            .transfers = named(paid * dt),
            .emergency = named(emergency * (left / (dt * s.last(total_emergency)).max(1e-300)).min(1.0)),
            .target = named(
                (incentive / investment_growth * (growth_target - growth_over_year(s) / 100).max(0.0)).min(target_cap)),
            .spread = log_spread(s),
            .hazard = named(hazard_contagion * s.last(contagion)),
            .per_gdp = named(1 / s.last(gdp_factor)),
            .nothing = named(0.0 * y)};
  }

  ScratchColumn growth_over_year(Step& s) const {
    if (!own_growth) return named(1.0 * s[growth]);
    Column sum = scratch_column();
    growths.sum(s, sum);
    return named(sum / growths.size());
  }
  static int year_of(const Step& s) {
    const Date first = s.time().date(s.index() - 1) + std::chrono::days(1);
    return int(std::chrono::year_month_day(first).year());
  }
  static ScratchColumn announced(const ConstColumn& lever, double otherwise) {
    return named((lever < 0.0).select(otherwise, lever));
  }

  // Money, foreign capital and news move all spreads.
  ScratchColumn log_spread(Step& s) const {
    const double dt = s.dt();
    const auto before = named((s.last(base_last) > 0.0).select(s.last(base_last), s[base_money]));
    const auto rise = log(s[base_money].max(1e-300) / before.max(1e-300));
    money_growth.push(s, (s[base_money] > 0.0 && s.last(base_last) > 0.0).select(rise, usual_money_growth * dt));
    s[base_last] = s[base_money];
    s[inflow_start] = s.last(inflow_start);
    inflows.push(s, 12 * dt * (s[inflow] - s[inflow_start]));
    Column money = scratch_column(), foreign = scratch_column();
    money_growth.sum(s, money);
    inflows.sum(s, foreign);
    s[news] = spread_news.decay * s.last(news) + spread_sd * spread_news.innovation * s[spread_shock];
    const auto debt = s.last(lgfv_total) / s[usdcny];
    return named(s[news] - 2 * (money - usual_money_growth) - 3 * foreign / debt.max(1e-9) +
                 by_contagion * s.last(contagion));
  }

  // --- A province in a step ---

  void move(Step& s, int i, const Country& all, Sums& sum) const {
    const double dt = s.dt(), own = own0[at(i)] / 100, received = transfers0[at(i)] / 100;
    const auto y = gdp0[at(i)] * s.last(gdp_factor);
    const auto b = s.last(bonds[i]), h = s.last(lgfv[i]), a = s.last(arrears[i]);
    const auto ill = s.last(distressed[i]);

    // Flows
    const auto revenue = own * dt * y;
    const auto paid = named(dt * (s.last(bond_interest[i]) + s.last(lgfv_rate[i]) * h));
    const auto transfers = named(received * all.transfers * y + all.emergency * ill * paid);
    const auto land = land_of(s, i);
    const auto planned = named((investment + all.target) * dt * y);
    const auto deficit = named(spending0[at(i)] / 100 * dt * y + planned + paid - revenue - net_land * land -
                               transfers - vehicle_income * dt * h);

    // Who pays
    const auto due_bonds = bonds_mature * b;
    const auto due = named((lgfv_matures + (lgfv_matures_extended - lgfv_matures) * ill) * h);
    const auto e = s.last(eligible[i]);
    const auto swap = named(may_swap[at(i)] * (all.swapping * e).min(e).min(h - due));
    const auto aim = cash_target * (own + received) * y;
    const auto need = named(deficit + due_bonds + due + arrears_paid * a + aim - s.last(cash[i]));
    const auto swap_due = (swap_rolled * (1 - refinanced) * bonds_mature) * s.last(swap_bonds[i]);
    const auto refinancing = (refinanced * due_bonds + swap_due).min(need.max(0.0));
    const auto from_bonds = named(refinancing + (need - refinancing).max(0.0).min(all.quota * y));
    const auto base = h + (room_after_swap ? 0.0 : 1.0) * s.last(swap_bonds[i]);
    const auto lent = named((need - from_bonds).max(0.0).min(s.last(rollover[i]) * due + lgfv_growth * dt * base));
    const auto gap = named(need - from_bonds - lent);
    const auto used = named(gap.max(0.0).min((1 - cash_minimum) * aim));
    const auto cut = named((gap.max(0.0) - used).min(deepest_cut * planned));
    const auto prepaid = named((-gap).max(0.0).min(h - due - swap));
    const auto left = named(h - due - swap - prepaid);
    const auto lost = write_off > 0 ? named(written_off(s, i).min(left)) : all.nothing;
    const auto kept = left - lost;

    // Stocks and their average rates
    s[bonds[i]] = b - due_bonds + from_bonds + swap;
    s[lgfv[i]] = kept + lent;
    s[arrears[i]] = a - arrears_paid * a + (gap.max(0.0) - used - cut);
    s[cash[i]] = aim - used + ((-gap).max(0.0) - prepaid);
    s[eligible[i]] = (e - swap - resolved * dt * e).max(0.0).min(s[lgfv[i]]);
    s[swap_bonds[i]] = s.last(swap_bonds[i]) + swap;
    s[bond_interest[i]] = (1 - bonds_mature) * s.last(bond_interest[i]) +
                          (all.yield + bond_premium) * (from_bonds + swap) - swap_discount * swap;
    const auto lgfv_interest = s.last(lgfv_rate[i]) * kept + (all.yield + s.last(spread[i]) / 1e4) * lent;
    s[lgfv_rate[i]] = (s[lgfv[i]] > 0.0).select(lgfv_interest / s[lgfv[i]].max(1e-300), s.last(lgfv_rate[i]));

    // Net debt rises by what was spent beyond revenue, less what was written off.
    const auto net = (s[bonds[i]] - b) + (s[lgfv[i]] - h) + (s[arrears[i]] - a) - (s[cash[i]] - s.last(cash[i]));
    s[residual] =
        s[residual].max((net - deficit + cut + lost).abs() * (1 / (bonds0[at(i)] + lgfv0[at(i)] + cash0[at(i)] + 1)));

    offer_land(s, i, need - from_bonds - s.last(rollover[i]) * due, revenue);
    const auto income = named(revenue + net_land * land);
    const auto service = named(paid / (income + (service_over_all ? 1.0 : 0.0) * transfers));
    s[spread[i]] = spread_after(
        s, i, normal_spread((b + h + a) * all.per_gdp * (1 / gdp0[at(i)]), service, by_distress * ill + all.spread));
    s[rollover[i]] = rolled_at(s[spread[i]]);
    fall_into_distress(s, i, service, named((a * all.per_gdp * (1 / (own * gdp0[at(i)]))).min(1.0)), all.hazard, sum);

    s[interest] += paid;
    s[land_revenue] += (1 + vehicle_purchases) * land;
    s[investment_cut] += cut;
    s[swapped] += swap;
    sum.revenue += income;
    sum.transfers += transfers;
    sum.planned += planned;
    add_stocks(s, i, sum);
  }

  // Gross, without what financing vehicles buy: that only moves money between them and the budget.
  ScratchColumn land_of(Step& s, int i) const {
    const double share = land_per_sales * weight[at(i)] * s.dt();
    const auto sold = s.last(sales[tier(i)]);
    return land_responds ? named(share * sold * pow(s.last(offered[i]), land_elasticity)) : named(share * sold);
  }

  // In the step after distress began.
  ScratchColumn written_off(Step& s, int i) const {
    const auto began = (s.last(distressed[i]) > 0.0 && s.last(distress_time[i]) == 0.0).cast<double>();
    return named(write_off * began * s.last(lgfv[i]));
  }

  void keep_land(View& s) const {
    s[offered[0]] = 1;
    s[shortfall[0]] = 0;
  }
  template <class Need, class Revenue>
  void offer_land(Step& s, int i, const Need& need, const Revenue& revenue) const {
    if (!land_responds) return;
    const auto before = s.last(offered[i]);
    const auto wanted =
        1 + land_momentum / 100 * (mean_momentum(s, i) - momentum_average) + land_need * s.last(shortfall[i]);
    s[offered[i]] = (before + land_moves * (wanted - before)).max(0.3).min(2.0);
    s[shortfall[i]] = need.max(0.0) / revenue;
  }
  ScratchColumn mean_momentum(Step& s, int i) const {
    if (tier(i) > 0) return named(1.0 * s[momentum[tier(i) - 1]]);
    const double all = sales0[0] + sales0[1] + sales0[2];
    return named((sales0[0] * s[momentum[0]] + sales0[1] * s[momentum[1]] + sales0[2] * s[momentum[2]]) / all);
  }

  ScratchColumn spread_after(Step& s, int i, const ScratchColumn& normal) const {
    return named(s.last(spread[i]) + spread_moves * (1e4 * normal - s.last(spread[i])));
  }
  ScratchColumn rolled_at(const Column& spread_bp) const {
    return named((rollover_max / (1 + exp((spread_bp / 1e4 - rollover_half) / rollover_width))).min(1.0));
  }

  // Distress ends, and begins: maturities are extended at a lower rate.
  void fall_into_distress(Step& s, int i, const ScratchColumn& service, const ScratchColumn& overdue,
                          const ScratchColumn& common, Sums& sum) const {
    const double dt = s.dt(), rounding = 1e-9;
    const auto time = s.last(distress_time[i]) + dt;
    const auto ends = time >= longest - rounding || (time >= 1 - rounding && service < recovered);
    const auto still = named(ends.select(0.0, s.last(distressed[i])));
    const auto rise = exp(hazard_service * (service - threshold) + common + hazard_arrears * overdue);
    const auto chance = expm1(-dt * (hazard0 * rise).min(hazard_max));
    const auto falls = named((still == 0.0 && s[distress_shock[i]] < -chance).cast<double>());
    s[distressed[i]] = still + falls;
    s[distress_time[i]] = still * time;
    const auto rate = s[lgfv_rate[i]];
    s[lgfv_rate[i]] = (falls > 0.0).select(rate.min((rate - rate_relief).max(rate_floor)), rate);
    sum.fallen += falls * s.last(lgfv[i]);
  }

  void add_stocks(View& s, int i, Sums& sum) const {
    s[bond_total] += s[bonds[i]];
    s[lgfv_total] += s[lgfv[i]];
    s[arrears_total] += s[arrears[i]];
    s[total_eligible] += may_swap[at(i)] * s[eligible[i]];
    s[total_emergency] += s[distressed[i]] * (s[bond_interest[i]] + s[lgfv_rate[i]] * s[lgfv[i]]);
    sum.spread += s[lgfv[i]] * s[spread[i]];
    sum.ill += s[lgfv[i]] * s[distressed[i]];
    for (int k = 0; land_responds && k < land_supply.size; ++k)
      if (tier(i) == 0 || tier(i) == k + 1) s[land_supply[k]] += weight[at(i)] * s[offered[i]];
  }

  // --- The country at the end of a step ---

  void publish(View& s, Sums& sum) const {
    s[debt_ratio] = 100 * (s[bond_total] + s[lgfv_total]) / s[total_gdp];
    s[service_own] = 100 * s[interest] / sum.revenue;
    s[service_all] = 100 * s[interest] / (sum.revenue + sum.transfers);
    s[mean_spread] = sum.spread / s[lgfv_total].max(1e-300);
    s[distress_share] = 100 * sum.ill / s[lgfv_total].max(1e-300);
  }

  void count_swaps(Step& s, const Country& all) const {
    const auto unused = named((all.swap - s[swapped]).max(0.0));
    s[swap_unused] = (unused > 1e-9 * all.swap).cast<double>();
    s[carried] = (carry ? 1.0 : 0.0) * unused;
  }

  void spread_contagion(Step& s, Sums& sum) const {
    const auto part = sum.fallen / s.last(lgfv_total).max(1e-300);
    s[contagion] =
        contagion_left * s.last(contagion) + jump * jump_left * part + developer_jump * s[developer_defaults];
  }

  void charge_banks(Step& s, Sums& sum) const {
    s[bank_loss] = bank_share * loss_given * sum.fallen;
    for (int b = 0; b < groups; ++b) s[capital[b]] = s.last(capital[b]) - group_share[at(b)] * s[bank_loss];
    losses.push(s, s[bank_loss]);
    Column year = scratch_column();
    losses.sum(s, year);
    s[stress] = -expm1(-5 * year / 30000);
  }

  void grow(Step& s, Sums& sum) const {
    const auto invested = s.dt() * s.last(total_gdp);
    s[planned0] = s.index() == 1 ? named(sum.planned / invested) : named(1.0 * s.last(planned0));
    s[investment_gap] = 100 * ((sum.planned - s[investment_cut]) / invested - s[planned0]);
    if (!own_growth) {
      s[local_growth] = s[growth];
      s[consumption_trend] = 0;
      return;
    }
    s[consumption_trend] =
        s.index() == 1 ? named(1.0 * s[consumption]) : named(s.last(consumption_trend) * exp(trend * s.dt()));
    const auto spent = (s[consumption_trend] > 0.0).select(s[consumption] / s[consumption_trend].max(1e-300), 1.0);
    s[local_growth] = 100 * (trend + investment_growth * ((sum.planned - s[investment_cut]) / invested - investment) +
                             consumption_growth * (spent - 1)) +
                      export_growth * s[exports] - distress_growth * s[distress_share];
  }

  // --- Set-up ---

  int tier(int i) const { return static_cast<int>(tier0[at(i)]); }
  double part_of_step(const std::string& name, double speed, const std::string& doc) {
    return -expm1(-param(name, speed, "1/year", nonnegative(), doc, illustrative()) * time().dt());
  }
  double part_of_time(const std::string& name, double years, const std::string& doc) {
    return -expm1(-time().dt() / param(name, years, "year", positive(), doc, illustrative()));
  }
  template <class Amount>
  std::vector<double> percent(const Amount& amount) const {
    return each(table, [&](const Province& p) { return 100 * amount(p) / p.gdp; });
  }
  static double total(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }
  static std::vector<double> share_of(const std::vector<double>& values, double all) {
    const double sum = total(values);
    std::vector<double> shares;
    for (const double x : values) shares.push_back(sum > 0 ? all * x / sum : 0);
    return shares;
  }

  std::vector<double> cash_aimed_at() const {
    std::vector<double> amounts;
    for (std::size_t i = 0; i < std::min({gdp0.size(), own0.size(), transfers0.size()}); ++i)
      amounts.push_back(cash_target * (own0[i] + transfers0[i]) / 100 * gdp0[i]);
    return amounts;
  }

  double annual_transfers() const {
    double due = 0;
    for (std::size_t i = 0; i < std::min(gdp0.size(), transfers0.size()); ++i) due += transfers0[i] / 100 * gdp0[i];
    return due;
  }

  // Of each province in the sales of its tier.
  std::vector<double> sales_weights() const {
    std::vector<double> weights;
    for (std::size_t i = 0; i < std::min(land0.size(), tier0.size()); ++i) {
      double all = 0;
      for (std::size_t j = 0; j < std::min(land0.size(), tier0.size()); ++j) all += tier0[j] == tier0[i] ? land0[j] : 0;
      weights.push_back(all > 0 ? land0[i] / all : 0);
    }
    return weights;
  }
  std::vector<double> swap_flags() const {
    std::vector<double> flags(at(count), swap_to.empty() ? 1 : 0);
    for (const std::string& name : swap_to) {
      const auto found = std::find(labels.begin(), labels.end(), name);
      if (found != labels.end()) flags[at(static_cast<int>(found - labels.begin()))] = 1;
    }
    return flags;
  }

  bool sized() {
    bool all = true;
    const auto ask = [&](const std::vector<double>& list, int size, const std::string& name) {
      const bool right = static_cast<int>(list.size()) == size;
      check(right, name + " has " + to_text(double(list.size())) + " numbers for " + to_text(double(size)), {name});
      all = all && right;
    };
    ask(gdp0, count, "gdp");
    ask(bonds0, count, "bonds");
    ask(lgfv0, count, "lgfv_debt");
    ask(eligible0, count, "eligible_debt");
    ask(arrears0, count, "arrears");
    ask(cash0, count, "cash");
    ask(own0, count, "own_revenue");
    ask(transfers0, count, "transfers");
    ask(spending0, count, "spending");
    ask(land0, count, "land_revenue");
    ask(tier0, count, "tier");
    ask(sales0, 3, "house_sales");
    ask(stated, 3, "stated_totals");
    ask(group_share, groups, "bank_group_shares");
    ask(capital0, groups, "bank_capital");
    return all;
  }

  void check_provinces() {
    const auto agrees = [&](const std::vector<double>& values, double stated_total, const std::string& name) {
      check(std::abs(total(values) - stated_total) <= 0.01 * stated_total,
            name + " of the provinces sums to " + to_text(total(values)) + " CNY bn, but " + to_text(stated_total) +
                " are stated",
            {name, "stated_totals"});
    };
    agrees(gdp0, stated[0], "gdp");
    agrees(bonds0, stated[1], "bonds");
    agrees(lgfv0, stated[2], "lgfv_debt");
    for (int i = 0; i < count; ++i)
      check(eligible0[at(i)] <= lgfv0[at(i)] * (1 + 1e-12),
            labels[at(i)] + " may swap " + to_text(eligible0[at(i)]) + " CNY bn of " + to_text(lgfv0[at(i)]) +
                " that its financing vehicles owe",
            {"eligible_debt", "lgfv_debt"});
    for (const std::string& name : swap_to)
      check(std::find(labels.begin(), labels.end(), name) != labels.end(),
            "unknown province '" + name + "'; there are " + listed(labels), {"swap_to"});
    check_tiers();
  }

  void check_tiers() {
    for (int i = 0; i < count; ++i)
      check(tier0[at(i)] == tier(i), labels[at(i)] + " is of tier " + to_text(tier0[at(i)]) + ", not 0, 1, 2 or 3",
            {"tier"});
    const bool spans = tier0[0] == 0;
    for (int k = spans ? 0 : 1; k <= (spans ? 0 : 3); ++k) {
      double weights = 0;
      for (int i = 0; i < count; ++i) weights += tier(i) == k ? weight[at(i)] : 0;
      check(std::abs(weights - 1) < 1e-9,
            "the weights of provinces in sales of tier " + to_text(double(k)) + " sum to " + to_text(weights) +
                ", not to 1: it has no land revenue",
            {"tier", "land_revenue"});
    }
    for (int i = 0; i < count; ++i)
      check((tier(i) == 0) == spans, labels[at(i)] + " and " + labels[0] + " mix tier 0 with others", {"tier"});
  }

  void check_banks() {
    check(std::abs(total(group_share) - 1) < 1e-9,
          "shares of bank groups sum to " + to_text(total(group_share)) + ", not to 1", {"bank_group_shares"});
  }

  static std::string listed(const Names& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
  }
};

}  // namespace

ModelType local_debt() {
  return model_type<LocalDebt>("local_debt", "local_debt", "cn",
                               "Debts of China's local governments: budgets, swaps, spreads, distress and contagion");
}

}  // namespace moniac
