// The provinces whose debts local_debt.h follows: what each starts with, earns and spends.
#pragma once

#include <cmath>

#include "models/local_debt/provinces.h"
#include "sim/math/scalar.h"
#include "sim/model/model.h"

namespace moniac {

/// Economies, budgets and stocks of provinces at the start, each a list with one number per province. Lists of another
/// length, totals that are not those stated, debt to swap beyond the debt there is and tiers without sales are refused.
class ProvincialBudgets : public Model {
 protected:
  explicit ProvincialBudgets(Declarations& declarations);

  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  static double total(const std::vector<double>& values);
  static std::string listed(const Names& words);
  /// Complains about a list that has not `size` numbers.
  bool has_size(const std::vector<double>& list, int size, const std::string& name);
  /// 1 - e^{-speed dt}, from a speed a year, and 1 - e^{-dt/years}.
  double part_of_step(const std::string& name, double speed, const std::string& doc);
  double part_of_time(const std::string& name, double years, const std::string& doc);

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

  const std::vector<double> weight = sales_weights();  ///< of each province in the sales of its tier
  const double transfers_due = annual_transfers();     ///< CNY bn a year, at the GDP of the start

  int tier(int i) const { return static_cast<int>(tier0[at(i)]); }

 private:
  template <class Amount>
  std::vector<double> percent(const Amount& amount) const {
    return each(table, [&](const Province& p) { return 100 * amount(p) / p.gdp; });
  }
  static std::vector<double> share_of(const std::vector<double>& values, double all);
  std::vector<double> cash_aimed_at() const;
  double annual_transfers() const;
  std::vector<double> sales_weights() const;

  bool sized();
  void check_totals();
  void check_eligible();
  void check_tiers();
};

}  // namespace moniac
