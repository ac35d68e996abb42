#include "models/rates/policy_rate.h"

#include <algorithm>
#include <limits>

#include "models/economies/policy_presets.h"
#include "models/rates/meetings.h"
#include "models/rates/policy_rule.h"
#include "models/rates/political_pressure.h"
#include "models/rates/rate_path.h"
#include "sim/math/markov_chain.h"

namespace moniac {

namespace {

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
  explicit PolicyRate(Declarations& declarations) : Model(declarations) { check_rules(); }

  void start(Start& s) const override {
    s[pressure] = 0;
    s[memory] = 0;
    s[regime] = initial_regime;
    s[deviation] = 0;
    if (s.imposed(rate))
      s[rate] = s.imposed_value(rate);
    else
      s[rate] = followed.active(0) ? followed.at(0) : i0;
    s[shadow] = s[rate];
    if (!s.imposed(rate) && !followed.active(0)) s[shadow] = s0;
    s[aim] = rule_target(s);
    publish(s);
  }

  void step(Step& s) const override {
    politics.advance(s.last(pressure), s.last(memory), s[pressure_jump], s[arrival], s[size], s[pressure], s[memory]);
    if (regimes)
      chain.advance(s.last(regime), s[regime_draw], s[regime]);
    else
      s[regime] = s.last(regime);
    s[aim] = rule_target(s) - chi_pressure * s[pressure] - chi_stress * s[stress] + chi_fx * s[fx_pressure];
    if (s.imposed(rate))
      follow_imposed(s);
    else if (followed.active(s.index()))
      follow_path(s);
    else
      follow_rule(s);
    publish(s);
  }

 private:
  double given(std::string name, const Sourced& fallback, std::string unit, Range range, std::string doc) {
    return param(std::move(name), fallback.value, std::move(unit), range, std::move(doc), fallback.source);
  }

  static double us_neutral() {
    const PolicyPreset us = policy_preset(0);
    return us.natural_rate.value + us.inflation_target.value;
  }

  // A faulty generator is reported by check_rules.
  MarkovChain regime_chain() const {
    const ExactMatrix rates = exact_matrix(generator);
    return {generator_fault(rates) ? ExactMatrix(ExactMatrix::Zero(1, 1)) : rates, time().dt()};
  }

  RatePath::Part part() const {
    if (mode == path) return RatePath::Part::all;
    if (mode == path_then_rule) return RatePath::Part::first;
    return mode == rule_then_path ? RatePath::Part::second : RatePath::Part::none;
  }

  bool decides_at_meetings() const { return mode == meetings || (mode != smooth && rule == 1); }

  // The target without the terms that are read with a lag, which do not exist at the start.
  ScratchColumn rule_target(const View& s) const {
    const auto by_gap = by_index(s[regime], coefficients.phi_y);
    const auto by_inflation = by_index(s[regime], coefficients.phi_pi);
    const auto seen = s[inflation] - look_through * (s[tariff_inflation] + s[fx_inflation] + s[energy_inflation]);
    const auto taylor = natural_rate + target + by_inflation * (seen - target) + by_gap * s[gap];
    if (leader) return named(taylor);
    return named((1 - follow_us) * taylor + follow_us * (s[us_rate] - s[us_neutral_rate] + (natural_rate + target)));
  }

  void follow_imposed(Step& s) const {
    s[deviation] = 0;
    s[rate] = s.imposed_value(rate);
    s[shadow] = s[rate];
  }

  void follow_path(Step& s) const {
    s[deviation] = path_inertia.decay * s.last(deviation) + path_inertia.noise * s[news];
    if (path_noise == 0)
      s[rate] = followed.at(s.index());
    else
      s[rate] = (followed.at(s.index()) + s[deviation]).max(elb);
    s[shadow] = s[rate];
  }

  void follow_rule(Step& s) const {
    s[deviation] = 0;
    const auto decay = by_index(s[regime], coefficients.decay);
    const auto noise = by_index(s[regime], coefficients.noise);
    s[shadow] = s[aim] + decay * (s.last(shadow) - s[aim]) + noise * s[news];
    if (decides_at_meetings())
      meet(s);
    else
      bound(s);
  }

  void bound(Step& s) const {
    if (elb_smoothing == 0) {
      s[rate] = s[shadow].max(elb);
      return;
    }
    const auto tail = log1p(exp(-(s[shadow] - elb).abs() / elb_smoothing));
    s[rate] = s[shadow].max(elb) + elb_smoothing * tail;
  }

  void meet(Step& s) const {
    s[rate] = s.last(rate);
    for (int meeting = calendar.in_step(s.index()); meeting > 0; --meeting) {
      const auto distance = s[shadow] - s[rate];
      const auto size_of_move = (distance.abs() / increment + 0.5).floor().min(double(max_moves));
      const auto moves = named((distance < 0).select(-size_of_move, size_of_move));
      const auto allowed = named((s[fx_pressure] > cuts_blocked_above && moves < 0).select(0.0, moves));
      s[rate] = (s[rate] + allowed * increment).max(elb);
    }
  }

  void publish(const View& s) const {
    s[neutral] = natural_rate + target;
    s[announced] = target;
    s[at_lower_bound] = (s[shadow] < elb).cast<double>();
    if (!leader) return;
    s[pressure_index] = s[pressure];
    s[perceived] = target + target_drift * s[memory];
    s[regime_index] = s[regime];
  }

  void check_rules() {
    const bool uses_path = part() != RatePath::Part::none;
    check(uses_path != given_path.empty(),
          uses_path ? "the mode needs a path" : "a path is given but the mode has none", {"mode", "path"});
    const bool switches = mode == path_then_rule || mode == rule_then_path;
    check(switch_date.empty() || (switches && switch_date.size() == 1),
          "switch_date is one date, for path_then_rule and rule_then_path", {"switch_date", "mode"});
    check(switch_date.empty() || time().step_of(switch_date.front()).has_value(), "switch_date is outside the horizon",
          {"switch_date"});
    check(std::all_of(given_path.points.begin(), given_path.points.end(), [&](auto p) { return p.value >= elb; }),
          "the path goes below the effective lower bound", {"path", "elb"});
    check(i0 >= elb, "i0 is below the effective lower bound", {"i0", "elb"});
    check(elb_smoothing == 0 || !decides_at_meetings(), "elb_smoothing has no effect with meetings",
          {"elb_smoothing", "mode"});
    if (const auto fault = generator_fault(exact_matrix(generator)))
      check(false, "regime_generator: " + *fault, {"regime_generator"});
    check(regime_phi_pi.size() == generator.size() && regime_phi_y.size() == generator.size() &&
              regime_smoothing.size() == generator.size() &&
              static_cast<std::size_t>(initial_regime) < generator.size(),
          "the regimes need one phi_pi, phi_y and smoothing each, as many as the generator has rows, and "
          "initial_regime is one of them",
          {"regime_phi_pi", "regime_phi_y", "regime_smoothing", "regime_generator", "initial_regime"});
    check(meeting_dates.empty() || !runs_out_of_meetings(),
          "meeting_dates end more than half a year before the horizon; no meeting would be held after them",
          {"meeting_dates"});
  }

  bool runs_out_of_meetings() const {
    const Date last = *std::max_element(meeting_dates.begin(), meeting_dates.end());
    return decides_at_meetings() && last + std::chrono::days{183} < time().date(time().steps);
  }
};

}  // namespace

ModelType policy_rate() {
  return model_type<PolicyRate>("policy_rate", "rates", "us",
                                "Policy rate: Taylor rule with inertia, meetings, a given path, or both");
}

}  // namespace moniac
