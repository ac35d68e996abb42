// What provinces owe costs, how it is refinanced, and what distress changes.
#pragma once

#include "models/local_debt/provincial_budgets.h"
#include "sim/math/clearing.h"
#include "sim/math/ornstein_uhlenbeck.h"

namespace moniac {

/// Terms of bonds and of the debt of financing vehicles: maturities, rates, swaps, spreads, hazards and losses.
class DebtTerms : public ProvincialBudgets {
 protected:
  explicit DebtTerms(Declarations& declarations);

  static constexpr int groups = 3;  ///< of banks

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
  const bool clears = choice("clearing", "off", {"off", "on"},
                             "Whether bank groups that lack capital after such losses pay each other less") == 1;
  const Matrix interbank = matrix("interbank", {{0, 3000, 2000}, {2500, 0, 1500}, {1500, 1500, 0}}, "CNY bn",
                                  "What each bank group (row) owes each other (column); for clearing", illustrative());
  const double asset_recovery =
      param("asset_recovery", 0.8, "", between(0, 1),
            "What a default leaves of outside assets; 1 with claim_recovery 1: Eisenberg–Noe", illustrative());
  const double claim_recovery =
      param("claim_recovery", 0.9, "", between(0, 1), "What a default leaves of claims on groups", illustrative());

  const std::vector<double> may_swap = swap_flags();  ///< 1 or 0 of each province
  const ClearingNetwork network = interbank_network();

 private:
  std::vector<double> swap_flags() const;
  ClearingNetwork interbank_network();
  void check_swaps();
  void check_banks();
};

}  // namespace moniac
