#include "models/rates/policy_rate.h"

#include "models/rates/policy_rate_model.h"
#include "sim/math/columns.h"

namespace moniac {

PolicyRate::PolicyRate(Declarations& declarations) : Model(declarations) {
  check_rules();
}

void PolicyRate::start(Start& s) const {
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

void PolicyRate::step(Step& s) const {
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

// The target without the terms that are read with a lag, which do not exist at the start.
ScratchColumn PolicyRate::rule_target(const View& s) const {
  const auto by_gap = by_index(s[regime], coefficients.phi_y);
  const auto by_inflation = by_index(s[regime], coefficients.phi_pi);
  const auto seen = s[inflation] - look_through * (s[tariff_inflation] + s[fx_inflation] + s[energy_inflation]);
  const auto taylor = natural_rate + target + by_inflation * (seen - target) + by_gap * s[gap];
  if (leader) return named(taylor);
  return named((1 - follow_us) * taylor + follow_us * (s[us_rate] - s[us_neutral_rate] + (natural_rate + target)));
}

void PolicyRate::follow_imposed(Step& s) const {
  s[deviation] = 0;
  s[rate] = s.imposed_value(rate);
  s[shadow] = s[rate];
}

void PolicyRate::follow_path(Step& s) const {
  s[deviation] = path_inertia.decay * s.last(deviation) + path_inertia.noise * s[news];
  if (path_noise == 0)
    s[rate] = followed.at(s.index());
  else
    s[rate] = (followed.at(s.index()) + s[deviation]).max(elb);
  s[shadow] = s[rate];
}

void PolicyRate::follow_rule(Step& s) const {
  s[deviation] = 0;
  const auto decay = by_index(s[regime], coefficients.decay);
  const auto noise = by_index(s[regime], coefficients.noise);
  s[shadow] = s[aim] + decay * (s.last(shadow) - s[aim]) + noise * s[news];
  if (decides_at_meetings())
    meet(s);
  else
    bound(s);
}

void PolicyRate::bound(Step& s) const {
  if (elb_smoothing == 0) {
    s[rate] = s[shadow].max(elb);
    return;
  }
  const auto tail = log1p(exp(-(s[shadow] - elb).abs() / elb_smoothing));
  s[rate] = s[shadow].max(elb) + elb_smoothing * tail;
}

void PolicyRate::meet(Step& s) const {
  s[rate] = s.last(rate);
  for (int meeting = calendar.in_step(s.index()); meeting > 0; --meeting) {
    const auto distance = s[shadow] - s[rate];
    const auto size_of_move = (distance.abs() / increment + 0.5).floor().min(double(max_moves));
    const auto moves = named((distance < 0).select(-size_of_move, size_of_move));
    const auto allowed = named((s[fx_pressure] > cuts_blocked_above && moves < 0).select(0.0, moves));
    s[rate] = (s[rate] + allowed * increment).max(elb);
  }
}

void PolicyRate::publish(const View& s) const {
  s[neutral] = natural_rate + target;
  s[announced] = target;
  s[at_lower_bound] = (s[shadow] < elb).cast<double>();
  if (!leader) return;
  s[pressure_index] = s[pressure];
  s[perceived] = target + target_drift * s[memory];
  s[regime_index] = s[regime];
}

ModelType policy_rate() {
  return model_type<PolicyRate>("policy_rate", "rates", "us",
                                "Policy rate: Taylor rule with inertia, meetings, a given path, or both");
}

}  // namespace moniac
