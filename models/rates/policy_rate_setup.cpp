// How the model of the policy rate is set up: its defaults, its rule by regime, and its checks.
#include <algorithm>

#include "models/rates/policy_rate_model.h"

namespace moniac {

double PolicyRate::given(std::string name, const Sourced& fallback, std::string unit, Range range, std::string doc) {
  return param(std::move(name), fallback.value, std::move(unit), range, std::move(doc), fallback.source);
}

double PolicyRate::us_neutral() {
  const PolicyPreset us = policy_preset(0);
  return us.natural_rate.value + us.inflation_target.value;
}

// A faulty generator is reported by check_rules.
MarkovChain PolicyRate::regime_chain() const {
  const ExactMatrix rates = exact_matrix(generator);
  return {generator_fault(rates) ? ExactMatrix(ExactMatrix::Zero(1, 1)) : rates, time().dt()};
}

RatePath::Part PolicyRate::part() const {
  if (mode == path) return RatePath::Part::all;
  if (mode == path_then_rule) return RatePath::Part::first;
  return mode == rule_then_path ? RatePath::Part::second : RatePath::Part::none;
}

void PolicyRate::check_rules() {
  const bool uses_path = part() != RatePath::Part::none;
  check(uses_path != given_path.empty(), uses_path ? "the mode needs a path" : "a path is given but the mode has none",
        {"mode", "path"});
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
            regime_smoothing.size() == generator.size() && static_cast<std::size_t>(initial_regime) < generator.size(),
        "the regimes need one phi_pi, phi_y and smoothing each, as many as the generator has rows, and "
        "initial_regime is one of them",
        {"regime_phi_pi", "regime_phi_y", "regime_smoothing", "regime_generator", "initial_regime"});
  check(meeting_dates.empty() || !runs_out_of_meetings(),
        "meeting_dates end more than half a year before the horizon; no meeting would be held after them",
        {"meeting_dates"});
}

bool PolicyRate::runs_out_of_meetings() const {
  const Date last = *std::max_element(meeting_dates.begin(), meeting_dates.end());
  return decides_at_meetings() && last + std::chrono::days{183} < time().date(time().steps);
}

}  // namespace moniac
