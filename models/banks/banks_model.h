// The model of banks.h: what it declares. Its steps are in banks.cpp, how it is set up in banks_setup.cpp.
#pragma once

#include <array>

#include "sim/math/hawkes.h"
#include "sim/math/scalar.h"
#include "sim/model/model.h"

namespace moniac {

// Classes c of n_c like banks, or single banks with n_c = 1. Money is the class's, in USD bn.
//
//   losses     L' = L e^{-dt/(2 D)} + A (D dy - C dy^2/2)                             dy: change of the 5-year yield
//   deposits   dDep = -beta max(0, bill yield - 0.4 policy rate - c0) Dep dt          slow outflow
//   hazard     l = l_0 + exp(b0 + b1 L (1 - eta coverage)/E + b2 u + b3 max(spread, 0)/10)       of one bank
//   failures   Hawkes process (sim/math/hawkes.h): mu_c = n_c l_c, decay kappa, jumps alpha_cd
//   run        Dep/n u logistic((L/E - mid)/scale) (1 - e^{-365.25 nu dt})            at each bank that fails
//   facility   draw = take-up min(run, eligible A/n - B/n);   coverage = min(1, (eligible A - B)/(u Dep))
//   stress     1 - exp(-[k1 max(spread - max(spread_0, 0), 0)/50 + 10 k2 F + k3 max(L/E - (L/E)_0, 0)])
//              F' = F e^{-2 recovery dt} + failed assets/bank assets
//
// A bank that fails takes its part of every stock of its class along. One event shock, two uniforms per candidate.
class Banks final : public Model {
  static constexpr int most_classes = 16;
  using ByClass = std::array<double, most_classes>;

  // Banks at the start
  const Names classes =
      names("classes", {"gsib", "regional", "community"}, "Classes of like banks, or single banks; at most 16");
  const std::vector<double> count0 = numbers("banks", {8, 60, 4600}, "", positive(), "Banks in each class",
                                             calibrated("FDIC: 4,706 banks at the end of 2022, split as remembered"));
  const std::vector<double> assets0 =
      numbers("assets", {13000, 7000, 3600}, "USD bn", positive(), "Assets of each class", calibrated(system_2022));
  const std::vector<double> securities0 = numbers("securities", {3200, 1700, 1000}, "USD bn", nonnegative(),
                                                  "Securities of each class at cost", calibrated(system_2022));
  const std::vector<double> duration = numbers("duration", {4.6, 4.6, 4.6}, "year", positive(),
                                               "Duration of securities", calibrated("losses of 618 bn at +245 bp"));
  const std::vector<double> convexity = numbers("convexity", {28, 28, 28}, "", nonnegative(),
                                                "Convexity of securities, years squared", calibrated("the same"));
  const std::vector<double> deposits0 = numbers("class_deposits", {10500, 5800, 2900}, "USD bn", positive(),
                                                "Deposits of each class", calibrated(system_2022));
  const std::vector<double> uninsured = numbers("uninsured_share", {0.50, 0.45, 0.33}, "", between(0, 1),
                                                "Deposits above the insured amount", calibrated(system_2022));
  const std::vector<double> equity0 =
      numbers("equity", {1150, 690, 370}, "USD bn", positive(), "Equity of each class", calibrated(system_2022));
  const double system_losses = param("unrealised_losses", 481, "USD bn", any_number(),
                                     "Losses on securities at the start, split over classes by their securities",
                                     calibrated("FDIC QBP as remembered: 618 end of 2022, 478 of 2023, 481 of 2024"));
  const std::vector<double> losses0 =
      numbers("losses", split_by_securities(), "USD bn", any_number(),
              "Losses of each class at the start; instead of the split", illustrative());

  // Deposits and runs
  const double outflow =
      param("deposit_outflow", 0.03, "1/year", nonnegative(), "Outflow of deposits per pp of bills above their rate",
            calibrated("Drechsler, Savov and Schnabl 2017, as remembered"));
  const double tolerated = param("deposit_spread", 1, "pp", nonnegative(), "Spread that moves nobody", illustrative());
  const double deposit_beta =
      param("deposit_beta", 0.4, "", between(0, 1), "Interest on deposits over the policy rate", illustrative());
  const double run_mid =
      param("run_mid", 0.9, "", any_number(), "Losses over equity at which half run", illustrative());
  const double run_scale = param("run_scale", 0.15, "", positive(), "Width of the passage", illustrative());
  const double run_speed = param("run_speed", 0.3, "1/day", nonnegative(), "Speed at which who runs is out",
                                 calibrated("SVB: 42 of 173 bn on 9 March 2023, 100 queued for the 10th"));

  // Failures
  const double floor = param("hazard_floor", 5e-4, "1/year", nonnegative(), "Hazard that no ratio explains",
                             calibrated("FDIC 2015–22: about 4 of 4,700 banks a year"));
  const double b0 = param("hazard_constant", -11.8, "", any_number(), "Logarithm of the hazard without losses",
                          calibrated("average bank 0.002 a year, SVB 25 a year"));
  const double b1 = param("hazard_losses", 9, "", nonnegative(), "Its rise with losses over equity",
                          calibrated("average bank 0.002 a year, SVB 25 a year"));
  const double b2 = param("hazard_uninsured", 6.5, "", nonnegative(), "Its rise with the uninsured share",
                          calibrated("average bank 0.002 a year, SVB 25 a year"));
  const double b3 =
      param("hazard_spread", 0.35, "", nonnegative(), "Its rise per 10 bp of EFFR above IORB", illustrative());
  const double decay = param("contagion_decay", 12, "1/year", positive(), "Decay of what failures excite",
                             illustrative("half-life of three weeks"));
  const Matrix excitation = matrix("excitation", {{0.5, 0.2, 0}, {8, 5, 0}, {0.5, 0.5, 0.5}}, "1/year",
                                   "Rise of a class's intensity (row) by a failure in another (column)",
                                   illustrative("branching radius 0.44"));

  // Lender of last resort
  const std::vector<Date> opens_on = dates("facility_open", "One date: the facility lends from the step that holds it");
  const std::vector<Date> closes_on = dates("facility_close", "One date: it lends no more from the step that holds it");
  const double eligible =
      param("eligible_share", 0.8, "", between(0, 1), "Securities that the facility takes at par", illustrative());
  const double take_up = param("take_up", 0.5, "", between(0, 1), "Part of the need that is drawn", illustrative());
  const double relief = param("facility_relief", 0.8, "", between(0, 1),
                              "Losses that full coverage takes out of the hazard", illustrative());
  const double term = param("facility_term", 1, "year", positive(), "Time in which loans are repaid",
                            published("BTFP: loans of up to one year"));
  const double resolution_share =
      param("resolution_loan_share", 0.55, "", between(0, 1), "Lent against resolution, in deposits of failed banks",
            calibrated("143 bn on 15 March 2023, deposits of SVB and Signature 262"));

  // Stress
  const double k1 = param("stress_spread", 0.6, "", nonnegative(), "Stress per 50 bp of spread", illustrative());
  const double k2 = param("stress_failures", 1, "", nonnegative(), "Stress per 10 % of assets failed", illustrative());
  const double k3 =
      param("stress_losses", 0.3, "", nonnegative(), "Stress per unit of losses over equity", illustrative());
  const double memory =
      param("stress_memory", 0.5, "year", positive(), "Time in which failures are forgotten", illustrative());

  // Inputs
  const Input y5 = input("y5", 3.72, "%/year", "5-year yield");
  const Input bill_yield = input("bill_yield", 3.6, "%/year", "Yield of bills");
  const Input policy_rate = input("policy_rate", 3.75, "%/year", "Upper bound of the policy range");
  const Input spread = input("effr_spread", -7, "bp", "Effective federal funds rate less interest on reserves");
  const Input bank_assets = input("bank_assets", 24500, "USD bn", "Assets of all banks");
  const Input recovery = input("uscn.recovery_speed", 1, "ratio", "Speed at which stress is forgotten");

  // Outputs
  const Outputs failures = outputs("bank_failures", "class", classes, "count", "Banks that fail in the step");
  const Outputs failed_assets = outputs("failed_assets", "class", classes, "USD bn/step", "Assets of banks that fail");
  const Outputs left = outputs("banks_left", "class", classes, "count", "Banks that have not failed");
  const Outputs losses = outputs("bank_losses", "class", classes, "USD bn", "Losses on securities, not yet realised");
  const Outputs deposits = outputs("bank_deposits", "class", classes, "USD bn", "Deposits");
  const Outputs hazard = outputs("bank_hazard", "class", classes, "1/year", "Hazard of one bank, contagion aside");
  const Output all_losses = output("unrealised_losses", "USD bn", "Losses of all banks on securities");
  const Output ratio = output("loss_equity", "ratio", "Losses over equity of all banks");
  const Output runs = output("run_outflow", "USD bn/step", "Deposits that ran");
  const Output loans = output("facility_loans", "USD bn", "Loans of the facility");
  const Output resolution = output("resolution_loans", "USD bn", "Loans against the resolution of failed banks");
  const Output draw = output("facility_draw", "USD bn/step", "Net lending: change of both");
  const Output stress = output("financial_stress", "ratio", "Financial stress: 0 none, 1 most");

  const States excess = states("excess", size(), "Intensity that earlier failures excite, by class");
  const States securities = states("securities", size(), "Securities at cost, USD bn");
  const States equity = states("equity", size(), "Equity, USD bn");
  const States assets = states("assets", size(), "Assets, USD bn");
  const States borrowed = states("borrowed", size(), "Loans of the facility by class, USD bn");
  const State y5_last = state("y5", "5-year yield, %");
  const State recent = state("recent_failures", "F: failed assets over all, as remembered");
  const State spread_start = state("spread_start", "Spread at the start, bp");
  const State ratio_start = state("loss_equity_start", "Losses over equity at the start");
  const EventShock candidates = event_shock("failures", "Candidates for failures: wait and type");

  const double dt = time().dt();
  const double run_done = -expm1(-365.25 * run_speed * dt);
  const double repaid = -expm1(-dt / term);
  const int opens = time().step_of_only(opens_on);
  const int closes = time().step_of_only(closes_on);
  const HawkesProcess process{std::vector<double>(classes.size(), decay), excitation, dt};

 public:
  explicit Banks(Declarations& declarations);
  void start(Start& s) const override;
  void step(Step& s) const override;

 private:
  static constexpr const char* system_2022 = "system at the end of 2022 as remembered, split by class assumed";
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  int size() const { return static_cast<int>(classes.size()); }

  // banks.cpp
  void carry(Step& s, bool lends) const;
  void measure_hazard(View& s, bool lends) const;
  void draw_failures(Step& s, bool lends) const;
  void resolve(Step& s, int c, Eigen::Index path, bool lends) const;
  void measure_losses(View& s) const;
  void measure_stress(Step& s) const;

  // banks_setup.cpp
  std::vector<double> split_by_securities() const;
  void check_params();
  void check_excitation();
};

}  // namespace moniac
