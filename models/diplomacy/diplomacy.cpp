#include "models/diplomacy/diplomacy.h"

#include "models/diplomacy/diplomacy_model.h"
#include "sim/math/markov_chain.h"

namespace moniac {

Diplomacy::Diplomacy(Declarations& declarations) : Model(declarations) {
  if (check_params()) describe();
}

void Diplomacy::start(Start& s) const {
  s[regime] = static_cast<double>(start_regime);
  s[incidents] = 0;
  s[severe] = 0;
  const double mu = of_regime(baseline, start_regime);
  s[excess] = (intensity_start - mu * s[incident_scale]).max(0.0);
  s[threshold] = 0;  // drawn in the first step
  s[stuck] = 0;
  for (int side = 0; side < 2; ++side) {
    s[missed[side]] = 0;
    s[strain[side]] = 0;
    s[loss[side]] = 0;
    s[crisis_rate[side]] = crisis_rates[static_cast<std::size_t>(side)];
  }
  measure(s);
  s[premium] = premium_target(s);
  s[posture] = by_index(s[regime], postures);
  for (Eigen::Index path = 0; path < s.lanes(); ++path)
    s[deal](path) = good_after_horizon(chain.rates({.escalation = s[escalation](path)}), s, path);
}

void Diplomacy::step(Step& s) const {
  measure_strain(s);
  for (Eigen::Index path = 0; path < s.lanes(); ++path) move(s, path);
  measure(s);
  const auto speed = premium_speed * s[recovery];
  s[premium] = s.last(premium) - expm1(-dt * speed) * (premium_target(s) - s.last(premium));
  s[posture] = s.last(posture) + posture_share * (by_index(s[regime], postures) - s.last(posture));
  for (int side = 0; side < 2; ++side) draw_crisis(s, side);
}

void Diplomacy::measure_strain(Step& s) const {
  const Input stress[] = {us_stress, cn_stress};
  for (int side = 0; side < 2; ++side) {
    s[strain[side]] = s[stress[side]] + s.last(missed[side]);
    s[crisis_rate[side]] = crisis_rates[static_cast<std::size_t>(side)] * exp(crisis_strain * s[strain[side]]);
  }
}

// What the beginning of the step says about one path.
RegimeConditions Diplomacy::conditions(const Step& s, Eigen::Index path, std::size_t from) const {
  const double mu = baseline[from] * s[incident_scale](path);
  const bool concedes = s[concession](path) >= 0.5;
  return {.tension = mu > 0 ? (s.last(excess)(path) + mu - mu / (1 - branching)) / mu : 0,
          .us_strain = s[strain[0]](path),
          .cn_strain = s[strain[1]](path),
          .call = concedes || s[call](path) >= 0.5 ? 1.0 : 0.0,
          .channel = concedes || s[channel_lever](path) > 0.5 ? 1.0 : 0.0,
          .stuck_years = s.last(stuck)(path),
          .escalation = s[escalation](path)};
}

// Incidents with their flips, a dated talk, then the chain.
void Diplomacy::move(Step& s, Eigen::Index path) const {
  auto now = static_cast<std::size_t>(s.last(regime)(path));
  if (s[attrition](path) == 4) now = conflict;
  const StateRates<4> rates = chain.rates(conditions(s, path, now));
  s[stuck](path) = now == confrontation ? s.last(stuck)(path) + dt : 0;
  now = draw_incidents(s, path, now);
  if (now == confrontation && s[call](path) >= 0.5 && s[answer](path) < call_success) now = talking;
  StateLaw<4> law{};
  law[now] = 1;
  const std::size_t next = pick_state(law_after(rates, law, dt), s[turn](path));
  if (next != now || next != confrontation) s[stuck](path) = 0;
  s[regime](path) = static_cast<double>(next);
  s[deal](path) = good_after_horizon(rates, s, path);
}

std::size_t Diplomacy::draw_incidents(Step& s, Eigen::Index path, std::size_t now) const {
  const double scale = s[incident_scale](path);
  HawkesClock::State state{s.last(excess)(path), s.last(threshold)(path)};
  if (s.index() == 1) state.threshold = 0 - log(s.next_event(incident, path)[0]);
  s[incidents](path) = 0;
  s[severe](path) = 0;
  clock.advance(state, baseline[now] * scale, dt, [&](double elapsed) {
    const EventDraws drawn = s.next_event(incident, path);
    const std::size_t severity = drawn[1] < severities[0] ? 0 : drawn[1] < severities[0] + severities[1] ? 1 : 2;
    s[incidents](path) += 1;
    s[severe](path) += severity > 0 ? 1 : 0;
    if (now < confrontation && drawn[2] < flips[severity]) {
      now = confrontation;
      s[stuck](path) = dt - elapsed;
    }
    return HawkesClock::Next{0 - log(drawn[0]), baseline[now] * scale};
  });
  s[excess](path) = state.excess;
  s[threshold](path) = state.threshold;
  return now;
}

void Diplomacy::measure(View& s) const {
  s[intensity] = by_index(s[regime], baseline) * s[incident_scale] + s[excess];
  const auto talks = (s[regime] <= double(talking)).cast<double>();
  s[channel] = (s[channel_lever] < 0.0).select(talks, (s[channel_lever] > 0.5).cast<double>());
  s[recovery] = 1 + talk_speed * talks;
}

ScratchColumn Diplomacy::premium_target(const View& s) const {
  const auto level = by_index(s[regime], premiums);
  return named((level + premium_incidents * s[excess] - premium_channel * s[channel]).max(0.0));
}

void Diplomacy::draw_crisis(Step& s, int side) const {
  const auto comes = named((s[crisis[side]] < 0 - expm1(-dt * s[crisis_rate[side]])).cast<double>());
  const auto chance =
      (s[channel] > 0.5).select(rescue_chance_open, Eigen::ArrayXd::Constant(s.lanes(), rescue_chance_closed));
  const auto late = named(comes * (s[rescue[side]] >= chance).cast<double>());
  s[loss[side]] = crisis_loss * (comes + missed_loss * late);
  s[missed[side]] = strain_kept * s.last(missed[side]) + late;
}

double Diplomacy::good_after_horizon(const StateRates<4>& rates, const View& s, Eigen::Index path) const {
  StateLaw<4> law{};
  law[static_cast<std::size_t>(s[regime](path))] = 1;
  const StateLaw<4> then = law_after(with_flips(rates, s[incident_scale](path)), law, horizon);
  return then[detente] + then[talking];
}

// Rates with the flips that incidents at their mean intensity add.
StateRates<4> Diplomacy::with_flips(StateRates<4> rates, double scale) const {
  double flip = 0;
  for (std::size_t i = 0; i < 3; ++i) flip += severities[i] * flips[i];
  for (const std::size_t from : {detente, talking})
    rates[from][confrontation] += scale * stationary_intensity(from) * flip;
  return rates;
}

ModelType diplomacy() {
  return model_type<Diplomacy>("diplomacy", "diplomacy", "uscn",
                               "Relations between the USA and China: regimes, incidents, talks, premium, crises");
}

}  // namespace moniac
