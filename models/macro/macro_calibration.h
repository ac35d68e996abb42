// The numbers behind `macro_core`, and the linear system they make up.
#pragma once

#include "models/macro/five_economies.h"

namespace moniac {

/// Coefficients of the five economies, each with its source. A system without a stable long run is refused.
class MacroCalibration : public FiveEconomies {
 protected:
  explicit MacroCalibration(Declarations& declarations);

  const bool linear = choice("mode", "policy", {"policy", "linear"},
                             "Rates from policy_rate, or from a smooth rule inside the linear system") == 1;
  const bool refuses_unstable =
      choice("stability", "error", {"error", "warn"}, "What a system without a stable long run leads to") == 0;
  const double noise = param("noise", 1, "", nonnegative(), "Scale of all news; 0 shows responses", illustrative());

  // The economies, by quarter.
  const Range share = {.low = 0, .high = 1, .low_open = true, .high_open = true};
  const Five gap_persistence =
      each_param("gap_persistence", {.85, .82, .82, .85, .78}, "", share, "Share of the gap left after a quarter",
                 calibrated("range .7–.85 of lag and lead in GPM6, Carabenciov et al. 2013"));
  const Five rate_effect =
      each_param("rate_effect", {.14, .10, .10, .13, .10}, "", nonnegative(),
                 "Fall of the gap in a quarter per pp of the real rate",
                 calibrated("a 100 bp shock lowers the US gap by 0.3 %; range of VARs and FRB/US 0.3–0.6"));
  const Five inflation_persistence = each_param("inflation_persistence", {.75, .83, .75, .75, .70}, "", share,
                                                "Share of an inflation gap left after a quarter",
                                                calibrated("GPM6; cn: what outcomes of 2023–25 suggest"));
  const Five gap_effect = each_param("gap_effect", {.12, .13, .07, .12, .16}, "", nonnegative(),
                                     "Rise of inflation in a quarter per % of the gap",
                                     calibrated("GPM6 .1–.25, flattened as in Hazell et al. 2022"));
  const Five anchoring = each_param("anchoring", {.7, .4, .6, .7, .5}, "", between(0, 1),
                                    "Weight of inflation expectations that stay at the target", illustrative());
  const Five gap_volatility = each_param("gap_volatility", {1.6, 1.6, 1.8, 1.7, 1.8}, "pp/year^0.5", nonnegative(),
                                         "Volatility of the gap", calibrated("standard deviations of gaps 1.3–1.5 %"));
  const Five inflation_volatility =
      each_param("inflation_volatility", {1.3, 2.0, 1.2, 1.3, 2.5}, "pp/year^0.5", nonnegative(),
                 "Volatility of inflation", calibrated("standard deviations of inflation .8–1.6 pp"));

  // The rule inside the linear system. In mode `policy` only the check of stability assumes it.
  const Five natural_rate = each_by_preset("natural_rate", &PolicyPreset::natural_rate, "%/year", between(-10, 20),
                                           "Real rate at which inflation is stable; mode linear");
  const Five target = each_by_preset("inflation_target", &PolicyPreset::inflation_target, "%/year", between(-5, 50),
                                     "Target of inflation; mode linear");
  const Five phi_pi = each_by_preset("phi_pi", &PolicyPreset::phi_pi, "", any_number(),
                                     "Response of the rule to the inflation gap; mode linear and stability");
  const Five phi_y = each_by_preset("phi_y", &PolicyPreset::phi_y, "", any_number(),
                                    "Response of the rule to the output gap; mode linear and stability");
  const Five smoothing = each_by_preset("smoothing", &PolicyPreset::smoothing, "", share,
                                        "Share of last quarter's rate in this quarter's; mode linear and stability");
  const Five follow_us = each_by_preset("follow_us", &PolicyPreset::follow_us, "", between(0, 1),
                                        "Weight of the US policy rate in the rule; mode linear and stability");
  const Five rate_volatility = each_by_preset("rate_volatility", &PolicyPreset::volatility, "pp/year^0.5",
                                              nonnegative(), "Volatility of the policy rate; mode linear");
  const Five rate0 = each_by_preset("rate", &PolicyPreset::i0, "%/year", between(-10, 100),
                                    "Policy rate at the start; mode policy: only in the real rate reported there");

  // Effects of the rest of the world.
  const double premium_effect =
      param("premium_effect", 0.3, "", nonnegative(),
            "w_tp: effect of the 10-year term premium relative to the policy rate", illustrative());
  const double stress_effect = param("stress_effect", 6, "pp/year", nonnegative(),
                                     "k_f: pull on the gap at full financial stress", illustrative());
  const double fiscal_effect = param("fiscal_effect", 0.8, "", nonnegative(),
                                     "m_f: rise of the gap per % of GDP of fiscal impulse", illustrative());
  const double stimulus_safety =
      param("stimulus_safety", 0, "", between(0, 1), "v: part of m_f that China loses in confrontation with the USA",
            illustrative("0: none; who holds that stimulus is safer in calm may try 0.3"));
  const double export_effect = param("export_effect", 0.5, "", nonnegative(),
                                     "mu_x: rise of the gap per % of GDP of export demand", illustrative());
  const Five risk_effect = each_param("risk_effect", {.3, .3, .15, .15, .15}, "1/year", nonnegative(),
                                      "k_r: pull on the gap per pp of the US–China risk premium", illustrative());
  const double equity_wealth = param(
      "equity_wealth", 0, "", nonnegative(), "m_w: rise of the US gap per % that equities return beyond their trend",
      illustrative("0: none; 0.02 is the order of cents spent per dollar of equities, as remembered"));
  const double equity_trend =
      param("equity_trend", 6, "%/year", any_number(),
            "Log return of equities that moves nothing; beside `market`, which has none, 0", illustrative());
  const double second_round =
      param("second_round", 0.3, "", between(0, 1),
            "Share of tariff, exchange-rate and energy inflation that enters price setting", illustrative());
  const bool in_state = choice("price_shocks", "level", {"level", "in_state"},
                               "level: on top of core inflation; in_state: wholly through price setting") == 1;
  const double adjustment =
      param("adjustment_speed", 0.25, "1/year", nonnegative(),
            "Speed at which supply adapts to export demand and the real exchange rate", illustrative());
  const Five fx_gap_effect = each_param(
      "fx_gap_effect", {.05, .10, .08, .10, .10}, "", nonnegative(),
      "mu_fx: rise of the gap per % of real depreciation; 0 when a trade model moves volumes", illustrative());
  const Five fx_pass_through = each_param("fx_pass_through", {.03, .05, .06, .06, .20}, "", between(0, 1),
                                          "psi: rise of prices per % of depreciation, half of it in 6 months",
                                          illustrative("direction and order: Burstein and Gopinath 2014"));
  const double kink =
      param("phillips_kink", 1, "", at_least(1),
            "Factor on the effect of positive gaps on inflation; 1: the curve is straight", illustrative());

  const MacroSystem system = assembled();

  /// X' = M (X, u, z): the exact step of the system as one matrix, row by row. X and z have 15 entries in mode linear
  /// and 10 in mode policy, u 10: of the gaps and of inflation.
  std::vector<double> step_map() const;
  int size() const { return linear ? 15 : 10; }

 private:
  MacroSystem assembled() const;
  void judge_stability();
};

}  // namespace moniac
