// The model of policy_rate.h: what it declares. Its steps are in policy_rate.cpp, how it is set up in
// policy_rate_setup.cpp.
#pragma once

#include <limits>

#include "models/economies/policy_presets.h"
#include "models/rates/meetings.h"
#include "models/rates/policy_rule.h"
#include "models/rates/political_pressure.h"
#include "models/rates/rate_path.h"
#include "sim/math/markov_chain.h"
#include "sim/model/model.h"

namespace moniac {

// A central bank that follows a rule with inertia, a path, or one after the other.
//
//   T  = r* + pi* + phi_pi (pi - pi*) + phi_y y                                        (Taylor 1993)
//   i* = (1 - w) T + w [i_us + (r* + pi*) - (r*_us + pi*_us)] - chi_p p - chi_s stress + chi_f fx
//   s' = i* + e^{-a dt} (s - i*) + sigma sqrt((1 - e^{-2 a dt})/(2 a)) z,   a = -4 ln(smoothing)
//
// s is the shadow rate; its step is exact while the target is constant, so any dt gives the same law. The rate i is
// max(ELB, s) in mode `smooth`; in mode `meetings` it moves only at meetings, by whole increments towards s, rounded
// half away from zero. While the rate follows a path, or is imposed by the scenario, s is set to it, so that the rule
// takes over without a jump. phi and the smoothing may follow a Markov chain of regimes. Four draws a step, whatever
// is switched on.
class PolicyRate final : public Model {
  enum Mode { smooth, meetings, path, path_then_rule, rule_then_path };

  const PolicyPreset preset = policy_preset(
      choice("preset", preset_economy(scope()), economies(), "Economy whose numbers are the defaults of all others"));

  // Rule
  const int mode = choice("mode", "meetings", {"smooth", "meetings", "path", "path_then_rule", "rule_then_path"},
                          "How the rate is set");
  const int rule = choice("rule", "meetings", {"smooth", "meetings"}, "Rule of path_then_rule and rule_then_path");
  const double phi_pi = given("phi_pi", preset.phi_pi, "", any_number(), "Response to the inflation gap");
  const double phi_y = given("phi_y", preset.phi_y, "", any_number(), "Response to the output gap");
  const double smoothing = given("smoothing", preset.smoothing, "", {.low = 0, .high = 1, .high_open = true},
                                 "Share of last quarter's shadow rate in this quarter's");
  const double natural_rate =
      given("natural_rate", preset.natural_rate, "%/year", between(-10, 20), "Real rate at which inflation is stable");
  const double target =
      given("inflation_target", preset.inflation_target, "%/year", between(-5, 50), "Announced target of inflation");
  const double follow_us = given("follow_us", preset.follow_us, "", between(0, 1),
                                 "Weight of the US policy rate in the target; no effect in scope us");
  const double volatility =
      given("volatility", preset.volatility, "pp/year^0.5", nonnegative(), "Volatility of the shadow rate");
  const double look_through =
      param("look_through", 0.7, "", between(0, 1),
            "Share of tariff, exchange-rate and energy inflation that is looked through", illustrative());
  const double chi_pressure = given("chi_pressure", preset.chi_pressure, "pp", nonnegative(),
                                    "Cut of the target per index point of political pressure");
  const double chi_stress =
      given("chi_stress", preset.chi_stress, "pp", nonnegative(), "Cut of the target at full financial stress");
  const double chi_fx =
      given("chi_fx", preset.chi_fx, "pp", nonnegative(), "Rise of the target at full pressure on the currency");
  const double elb = given("elb", preset.elb, "%/year", between(-10, 20), "Effective lower bound");
  const double elb_smoothing =
      param("elb_smoothing", 0, "pp", nonnegative(),
            "Width h of the smooth bound ELB + h ln(1 + e^{(s-ELB)/h}); 0 is a kink", illustrative());
  const double i0 = given("i0", preset.i0, "%/year", between(-10, 100), "Policy rate at the start");
  const double s0 = param("s0", i0, "%/year", between(-50, 100),
                          "Shadow rate at the start; the policy rate unless given", illustrative("i0"));

  // Meetings
  const double increment = given("increment", preset.increment, "pp", positive(), "Size of one move");
  const int per_year = integer("meetings_per_year", static_cast<int>(preset.meetings_per_year.value), between(0, 366),
                               "Meetings a year, evenly spread", preset.meetings_per_year.source);
  const std::vector<Date> meeting_dates = dates("meeting_dates", "Dates of the meetings, instead of an even spread");
  const int max_moves = integer("max_moves", static_cast<int>(preset.max_moves.value), between(1, 100),
                                "Most increments at one meeting", preset.max_moves.source);
  const bool no_cut_if_fx = flag("no_cut_if_fx", preset.no_cut_if_fx, "No cut while fx_pressure is above 0.7");
  const double cuts_blocked_above = no_cut_if_fx ? 0.7 : std::numeric_limits<double>::infinity();
  const MeetingCalendar calendar =
      meeting_dates.empty() ? MeetingCalendar::evenly(per_year, time()) : MeetingCalendar::on(meeting_dates, time());

  // Path
  const Series given_path = series("path", "%/year", between(-10, 100), "Rates from dates on, or linear between dates");
  const double path_noise =
      param("path_noise", 0, "pp/year^0.5", nonnegative(),
            "Volatility of the deviation from the path; it decays like the shadow rate", illustrative());
  const std::vector<Date> switch_date = dates(
      "switch_date", "One date: the step that holds it is the first of the second part; else the path's end or start");
  const RatePath followed{given_path, part(), switch_date, time()};

  // Regimes of the rule: hawk, standard, dove
  const bool regimes = flag("regimes", false, "Whether the rule changes with a Markov chain of regimes");
  const std::vector<double> regime_phi_pi =
      numbers("regime_phi_pi", {1.8, 1.5, 1.1}, "", any_number(), "phi_pi of each regime", illustrative());
  const std::vector<double> regime_phi_y =
      numbers("regime_phi_y", {0.3, 0.5, 1.0}, "", any_number(), "phi_y of each regime", illustrative());
  const std::vector<double> regime_smoothing =
      numbers("regime_smoothing", {0.80, 0.85, 0.90}, "", {.low = 0, .high = 1, .high_open = true},
              "Smoothing of each regime", illustrative());
  const Matrix generator = matrix("regime_generator", {{-.25, .25, 0}, {.10, -.20, .10}, {0, .30, -.30}}, "1/year",
                                  "Generator of the chain: rate from row to column", illustrative());
  const int initial_regime =
      integer("initial_regime", 1, between(0, 100), "Regime at the start, from 0", illustrative("standard"));
  const MarkovChain chain = regime_chain();
  const RuleCoefficients coefficients =
      regimes ? RuleCoefficients(regime_phi_pi, regime_phi_y, regime_smoothing, volatility, time().dt())
              : RuleCoefficients({phi_pi}, {phi_y}, {smoothing}, volatility, time().dt());
  const Inertia path_inertia{smoothing, path_noise, time().dt()};

  // Political pressure
  const double pressure_decay = param("pressure_decay", 1.4, "1/year", nonnegative(),
                                      "Decay of pressure; 1.4 halves it in 6 months", illustrative());
  const double pressure_rate =
      param("pressure_rate", 0, "1/year", nonnegative(), "Arrivals of random pressure", illustrative());
  const double pressure_jump_mean =
      param("pressure_jump_mean", 1, "index", nonnegative(), "Mean size of a random jump", illustrative());
  const double memory_decay =
      param("memory_decay", 0.2, "1/year", positive(), "Decay of the memory of pressure", illustrative());
  const double memory_gain = param("memory_gain", 1, "", nonnegative(), "Gain of the memory", illustrative());
  const double target_drift = param("target_drift", 0.5, "pp/year", nonnegative(),
                                    "Rise of the perceived target per index-year of memory", illustrative());
  const PoliticalPressure politics{{.decay = pressure_decay,
                                    .jump_rate = pressure_rate,
                                    .mean_jump = pressure_jump_mean,
                                    .memory_decay = memory_decay,
                                    .memory_gain = memory_gain},
                                   time().dt()};

  // Inputs
  const bool leader = scope() == "us";
  const Input inflation = input("inflation", target, "%/year", "Inflation");
  const Input gap = input("output_gap", 0, "%", "Output gap");
  const Input tariff_inflation = input("tariff_inflation", 0, "pp/year", "Part of inflation due to tariffs");
  const Input fx_inflation = input("fx_inflation", 0, "pp/year", "Part of inflation due to the exchange rate");
  const Input energy_inflation = input("energy_inflation", 0, "pp/year", "Part of inflation due to energy");
  const Input us_rate = leader ? Input{} : input("us.policy_rate", us_neutral(), "%/year", "US policy rate");
  const Input us_neutral_rate =
      leader ? Input{} : input("us.neutral_rate", us_neutral(), "%/year", "US neutral rate, r* + target");
  const Input stress = lagged_input("financial_stress", 0, "ratio", "Financial stress, 0 … 1");
  const Input fx_pressure = lagged_input("fx_pressure", 0, "ratio", "Pressure on the currency, 0 … 1");
  const Input pressure_jump =
      input("pressure_jump", 0, "index/step", "Scripted jump of political pressure in the step");

  // Outputs
  const Output rate = output("policy_rate", "%/year", "Policy rate; in the US the upper bound of the range");
  const Output shadow = output("shadow_rate", "%/year", "Rate the rule would set without meetings and lower bound");
  const Output at_lower_bound =
      clamp("at_lower_bound", "The effective lower bound holds the policy rate above the shadow rate");
  const Output aim = output("policy_target", "%/year", "Target that the shadow rate approaches");
  const Output neutral = output("neutral_rate", "%/year", "Natural rate plus announced target");
  const Output announced = output("inflation_target", "%/year", "Announced target of inflation");
  const Output pressure_index =
      leader ? output("political_pressure", "index", "Political pressure on the central bank") : Output{};
  const Output perceived =
      leader ? output("perceived_target", "%/year", "Target of inflation that the public perceives") : Output{};
  const Output regime_index = leader ? output("fed_regime", "index", "Regime of the rule, from 0") : Output{};

  const State pressure = state("pressure", "Political pressure, index");
  const State memory = state("pressure_memory", "Memory of political pressure, index-years");
  const State regime = state("regime", "Regime of the rule");
  const State deviation = state("path_deviation", "Deviation from the path, pp");

  const Shock news = normal_shock("news", "News about the shadow rate, or about the path");
  const Shock regime_draw = uniform_shock("regime", "Change of regime");
  const Shock arrival = uniform_shock("pressure_arrival", "Whether random pressure arrives");
  const Shock size = uniform_shock("pressure_size", "Size of a random jump of pressure");

 public:
  explicit PolicyRate(Declarations& declarations);
  void start(Start& s) const override;
  void step(Step& s) const override;

 private:
  bool decides_at_meetings() const { return mode == meetings || (mode != smooth && rule == 1); }

  // policy_rate.cpp
  ScratchColumn rule_target(const View& s) const;
  void follow_imposed(Step& s) const;
  void follow_path(Step& s) const;
  void follow_rule(Step& s) const;
  void bound(Step& s) const;
  void meet(Step& s) const;
  void publish(const View& s) const;

  // policy_rate_setup.cpp
  double given(std::string name, const Sourced& fallback, std::string unit, Range range, std::string doc);
  static double us_neutral();
  MarkovChain regime_chain() const;
  RatePath::Part part() const;
  void check_rules();
  bool runs_out_of_meetings() const;
};

}  // namespace moniac
