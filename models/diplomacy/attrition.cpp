#include "models/diplomacy/attrition.h"

#include <algorithm>

#include "models/diplomacy/attrition_model.h"
#include "models/diplomacy/linear_hazards.h"
#include "sim/math/markov_chain.h"

namespace moniac {

namespace {

constexpr double tiny = 1e-300;

}  // namespace

Attrition::Attrition(Declarations& declarations) : Model(declarations) {
  if (sound) describe();
}

void Attrition::start(Start& s) const {
  s[status] = first_step == 0 ? running : off;
  for (int side = 0; side < 2; ++side) s[payoff[side]] = 0;
  foresee(s);
}

void Attrition::step(Step& s) const {
  s[status] = s.last(status);
  if (s.index() == std::max(first_step, 1)) begin(s);
  const ScratchColumn lasted = mode == scripted ? follow_script(s) : fight(s);
  s[status] = (s[status] == running && s[regime] == 3.0).select(at_conflict, s[status]);
  pay(s, lasted);
  foresee(s);
}

// Years of a step in which sides concede without a crisis: in mode reputation until T0.
double Attrition::own_years(int step) const {
  return mode == reputation ? std::clamp(theory.horizon - (age(step) - dt), 0.0, dt) : dt;
}

// The war opens: in mode reputation a side may concede at once.
void Attrition::begin(Step& s) const {
  s[status] = running;
  if (mode != reputation) return;
  const double none = 1 - theory.atom[0] - theory.atom[1];  // one of the two is 0
  const double outcome = theory.atom[0] > 0 ? us_conceded : cn_conceded;
  s[status] = (s[opening] >= none).select(outcome, s[status]);
}

// c_i/c0_i, `years` into the war, with the stress of now.
ScratchColumn Attrition::cost_factor(const View& s, int side, double years) const {
  const double risen = 1 + cost_growth[static_cast<std::size_t>(side)] * years;
  return named(risen * exp(cost_strain * s[strain[side]]));
}

// h_i a year, as the cost.
ScratchColumn Attrition::hazard(const View& s, int i, double years) const {
  const std::size_t at = setter(i);
  if (mode == reputation) return named(Eigen::ArrayXd::Constant(s.lanes(), theory.rate[at]));
  const auto ratio = named(cost[at] / prize[at] * cost_factor(s, static_cast<int>(at), years));
  if (mode == equilibrium) return ratio;
  return named(base_hazard * pow(ratio, exponent));
}

// The share of the step that the war lasts, from the same uniform that ends it: -ln(1 - u)/H.
ScratchColumn Attrition::fight(Step& s) const {
  const double own = own_years(s.index());
  const auto us_forced = named(forced * dt * s[crisis[0]]), cn_forced = named(forced * dt * s[crisis[1]]);
  const double middle = age(s.index()) - dt / 2;
  const auto us = named(own * hazard(s, 0, middle) + us_forced), cn = named(own * hazard(s, 1, middle) + cn_forced);
  const auto fights = named((s[status] == running).cast<double>());
  const auto lasted = named(fights * ((0 - log1p(0 - s[ending])) / (us + cn)).min(1.0));
  const auto ends = s[status] == running && s[ending] < 0 - expm1(0 - (us + cn));
  const auto us_ends = s[who] * (us + cn) < us;
  const auto by_crisis = us_ends.select(us_forced / us, cn_forced / cn);
  const auto risk = (s[channel] > 0.5).select(conflict_open * by_crisis, conflict_closed * by_crisis);
  const auto conceded = us_ends.select(Eigen::ArrayXd::Constant(s.lanes(), us_conceded), cn_conceded);
  s[status] = ends.select((s[escalation] < risk).select(at_conflict, conceded), s[status]);
  return lasted;
}

ScratchColumn Attrition::follow_script(Step& s) const {
  const double outcomes[] = {us_conceded, cn_conceded, at_conflict, settled};
  const auto fights = named((s[status] == running).cast<double>());
  if (s.index() == last_step) s[status] = (s[status] == running).select(outcomes[script], s[status]);
  return fights;
}

// Costs while the war lasts, losses in the crises of its steps, and once what its outcome is worth.
void Attrition::pay(Step& s, const ScratchColumn& lasted) const {
  const auto ended = named((s.last(status) <= running && s[status] > running).cast<double>());
  const auto fought = named((lasted > 0.0).cast<double>());
  for (int side = 0; side < 2; ++side) {
    const auto at = static_cast<std::size_t>(side);
    const auto borne = named(cost[at] * dt * lasted * cost_factor(s, side, age(s.index()) - dt / 2));
    const auto outcome = by_index(s[status], worth[at]);
    s[payoff[side]] = s.last(payoff[side]) - borne - fought * s[crisis_loss[side]] + ended * outcome;
  }
}

// The probability that the US gives way first, with the stress of now; what happened once it is over.
void Attrition::foresee(View& s) const {
  if (mode == scripted) s[us_first] = script == 0 ? 1 : 0;
  if (mode == reputation) foresee_reputation(s);
  if (mode == equilibrium || mode == behavioural) foresee_hazards(s);
  const auto over = (s[status] == us_conceded).cast<double>();
  s[us_first] = (s[status] <= running).select(s[us_first], over);
}

// H_US/H, or where costs rise that of linear hazards.
void Attrition::foresee_hazards(View& s) const {
  const double now = age(s.index());
  const auto us_own = hazard(s, 0, now), cn_own = hazard(s, 1, now);
  const auto us = named(us_own + forced * s[crisis[0]]), cn = named(cn_own + forced * s[crisis[1]]);
  s[us_first] = us / (us + cn).max(tiny);
  if (!costs_rise) return;
  for (Eigen::Index path = 0; path < s.lanes(); ++path) {
    const BySide rises = {rise(us_own(path), 0, now), rise(cn_own(path), 1, now)};
    if (us(path) + cn(path) > 0) s[us_first](path) = LinearHazards({us(path), cn(path)}, rises).first(0);
  }
}

// H_US/H while sides concede, and after T0 that of crises alone; before the war one may concede at once.
void Attrition::foresee_reputation(View& s) const {
  const double now = age(s.index());
  const auto us_forced = named(forced * s[crisis[0]]), cn_forced = named(forced * s[crisis[1]]);
  const auto us = named(hazard(s, 0, now) + us_forced), cn = named(hazard(s, 1, now) + cn_forced);
  const auto late = named(exp(0 - (us + cn) * std::max(0.0, theory.horizon - now)));
  s[us_first] = us / (us + cn).max(tiny);
  s[us_first] = (1 - late) * s[us_first] + late * us_forced / (us_forced + cn_forced).max(tiny);
  if (now == 0) s[us_first] = theory.atom[0] + (1 - theory.atom[0] - theory.atom[1]) * s[us_first];
}

ModelType attrition() {
  return model_type<Attrition>("attrition", "diplomacy", "uscn", "War of attrition: who cannot hold on first");
}

}  // namespace moniac
