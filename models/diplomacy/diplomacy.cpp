#include "models/diplomacy/diplomacy.h"

#include <array>
#include <cmath>

#include "models/diplomacy/regime_chain.h"
#include "sim/math/columns.h"
#include "sim/math/first_passage.h"
#include "sim/math/hawkes.h"
#include "sim/math/markov_chain.h"

namespace moniac {

namespace {

constexpr std::size_t sides = 2;  // US, CN

// How incidents make regimes worse: an incident may turn détente or talks into confrontation (flip), or their intensity
// raises the rate at which that happens (hazard). The rates at rest are those observed, 2017 to 2025, less what flips
// and covariates add.
struct IncidentChannel {
  double detente_to_confrontation;
  double talks_to_confrontation;
  double tension_effect;
  std::vector<double> flips;  // by severity
};

const Names channel_names = {"flip", "hazard", "both"};

IncidentChannel incident_channel(int name) {
  const std::vector<double> flips = {0.02, 0.15, 0.45};
  if (name == 0) return {0.74, 1.20, 0, flips};
  if (name == 1) return {0.96, 1.65, 0.3, {0, 0, 0}};
  return {0.73, 1.18, 0.3, flips};
}

Matrix generator(const IncidentChannel& channel) {
  Matrix q = {{0, 0.57, channel.detente_to_confrontation, 0},
              {0.89, 0, channel.talks_to_confrontation, 0.0005},
              {0.13, 2.19, 0, 0.005},
              {0, 0, 0, 0}};
  for (std::size_t i = 0; i < 4; ++i) {
    double leaving = 0;
    for (const double rate : q[i]) leaving += rate;
    q[i][i] = 0 - leaving;
  }
  return q;
}

// The regime R is a Markov chain in continuous time with rates q_ij = q0_ij exp(b_ij . x) (regime_chain.h), constant
// within a step; a row of its transition matrix by uniformisation, one uniform a step.
//
//   incidents    Hawkes process with baseline mu_R: l = mu_R + x, dx = -beta x dt + alpha dN, exact; severity 1 to 3
//   flip         an incident in détente or talks makes it confrontation with p_flip of its severity, then and there
//   premium      rp* = max(0, rp_R + b_i max(l - mu_R, 0) - b_ch channel),   rp' = rp + (1 - e^{-kappa dt})(rp* - rp)
//                kappa = kappa_0 (1 + b_talk [R <= 1])
//   recovery     1 + b_talk [R <= 1]: factor on the speed at which others forget
//   posture      posture' = posture + (1 - e^{-12 dt})(p_R - posture)
//   crisis       k_i = k0_i exp(c (z_i + zx_i)) per year; probability 1 - e^{-k dt} of one in a step
//                rescued in time with probability 1 - e^{-rho T_w}, rho by the channel; else zx_i rises by 1 and decays
//
// The draws of incident n are its own, so incidents and flips fall at the same times however time is cut into steps,
// as long as no rate of the chain interferes.
class Diplomacy final : public Model {
  // Regimes
  const std::size_t start_regime =
      static_cast<std::size_t>(choice("start_regime", "talks", regime_names(), "Regime at the start"));
  const IncidentChannel channel_defaults = incident_channel(
      choice("incident_channel", "flip", channel_names, "How incidents make the regime worse: sets the defaults"));
  const Matrix rates_given =
      matrix("generator", generator(channel_defaults), "1/year",
             "Rates from regime (row) to regime at rest; rows sum to 0, conflict is for good",
             calibrated("events of 2017–2025 coded by judgement: 20 changes of regime, standard errors 35 to 100 %"));
  const double escalation_tension =
      param("escalation_tension", channel_defaults.tension_effect, "", between(0, 2),
            "Effect of incidents above their mean on the rates to confrontation", illustrative());
  const double escalation_strain = param("escalation_strain", 0.1, "", between(-2, 2),
                                         "Effect of US stress on the rates to confrontation", illustrative());
  const double talks_us =
      param("talks_us_strain", 0.4, "", between(-2, 2), "Effect of US stress on the way back to talks", illustrative());
  const double talks_cn = param("talks_cn_strain", 0.4, "", between(-2, 2),
                                "Effect of Chinese stress on the way back to talks", illustrative());
  const double talks_call = param("talks_call", 0.5, "", between(-5, 5),
                                  "Effect of a dated talk on the way from détente to talks", illustrative());
  const double hold_call = param("hold_call", -0.3, "", between(-5, 5),
                                 "Effect of a dated talk on the way from talks to confrontation", illustrative());
  const double conflict_tension = param("conflict_tension", 0.5, "", between(0, 2),
                                        "Effect of incidents above their mean on the rate of conflict", illustrative());
  const double conflict_strain = param("conflict_strain", 0.5, "", between(-2, 2),
                                       "Effect of US stress on the rate of conflict", illustrative("cornered side"));
  const double conflict_channel = param("conflict_channel", -0.7, "", between(-5, 5),
                                        "Effect of an open channel on the rate of conflict", illustrative());
  const double hardening =
      param("hardening", 0, "1/year", between(0, 5),
            "Fall of the rate back to talks with the age of confrontation; hypothesis: 0.3", illustrative());
  const double call_success = param("call_success", 0, "", between(0, 1),
                                    "Probability that a dated talk ends confrontation at once", illustrative());

  // Incidents
  const std::vector<double> baseline = numbers(
      "incident_rates", {0.9, 1.8, 4.0, 4.0}, "1/year", between(0, 1000), "Incidents that no other explains, by regime",
      calibrated("39 coded incidents; that of confrontation lowered from 8.3, as one that opens a regime is "
                 "coded inside the new one"));
  const double excitation =
      param("excitation", 1.8, "1/year", nonnegative(), "Rise of the intensity by an incident",
            calibrated("branching 0.28 in the coded incidents; a likelihood ratio of 1.05 against "
                       "no clustering establishes none"));
  const double decay = param("decay", 6, "1/year", positive(), "Decay of that rise", illustrative("two months"));
  const std::vector<double> severities =
      numbers("severity", {0.41, 0.33, 0.26}, "", between(0, 1), "Shares of incidents of severity 1, 2, 3",
              calibrated("16, 13 and 10 of 39 coded incidents"));
  const std::vector<double> flips =
      numbers("flip", channel_defaults.flips, "", between(0, 1),
              "Probability that an incident of severity 1, 2, 3 makes it confrontation", illustrative());
  const double intensity_start =
      param("intensity_start", stationary_intensity(start_regime), "1/year", nonnegative(),
            "Intensity of incidents at the start; the mean of the regime unless given", illustrative("mean"));

  // Premium, posture, recovery
  const std::vector<double> premiums = numbers("regime_premium", {0, 0.3, 1.2, 5}, "%", nonnegative(),
                                               "Premium on equities by regime, a year", illustrative());
  const double premium_incidents = param("premium_incidents", 0.05, "%*year", nonnegative(),
                                         "Rise of the premium per incident a year above the baseline", illustrative());
  const double premium_channel =
      param("premium_channel", 0.2, "%", nonnegative(), "Fall of the premium with an open channel", illustrative());
  const double premium_speed =
      param("premium_speed", 4, "1/year", nonnegative(), "Speed of the premium in confrontation", illustrative());
  const double talk_speed =
      param("talk_speed", 0.75, "", nonnegative(), "By how much talks speed up premium and recovery", illustrative());
  const std::vector<double> postures =
      numbers("regime_posture", {1, 0.75, 0, 0}, "", between(0, 1), "Posture by regime", illustrative());
  const double posture_speed = param("posture_speed", 12, "1/year", nonnegative(), "Speed of posture", illustrative());
  const double horizon = param("deal_horizon", 0.25, "year", nonnegative(),
                               "Time ahead of the probability that relations are good", illustrative());

  // Crises
  const std::vector<double> crisis_rates =
      numbers("crisis_rate", {0.06, 0.06}, "1/year", between(0, 100), "Crises of the US and China", illustrative());
  const double crisis_strain =
      param("crisis_strain", 0.8, "", between(0, 3), "Effect of stress on the rate of crises", illustrative());
  const double rescue_open = param("rescue_speed_open", 12, "1/year", nonnegative(),
                                   "Rate of agreement on a rescue with an open channel", illustrative());
  const double rescue_closed =
      param("rescue_speed_closed", 2, "1/year", nonnegative(), "The same without", illustrative());
  const double window = param("rescue_window", 0.1, "year", nonnegative(), "Time for a rescue", illustrative());
  const double crisis_loss =
      param("crisis_loss", 0.5, "%", nonnegative(), "Loss of GDP in a crisis, % of a year's", illustrative());
  const double missed_loss = param("missed_rescue", 1, "", nonnegative(),
                                   "Loss added when no rescue comes in time, in crisis_loss", illustrative());
  const double strain_decay = param("strain_decay", 2, "1/year", nonnegative(),
                                    "Decay of the stress that a missed rescue leaves", illustrative());

  // Inputs
  const Input us_stress = lagged_input("us.stress", 0, "z", "Stress of the USA");
  const Input cn_stress = lagged_input("cn.stress", 0, "z", "Stress of China");
  const Input attrition = lagged_input("uscn.attrition_status", 0, "index", "War of attrition; 4: conflict");
  const Input channel_lever = input("policy.channel", -1, "index", "Channel: 1 open, 0 closed, -1 by the regime");
  const Input call = input("policy.call", 0, "index", "1 in a step with a dated talk");
  const Input concession = input("cn.concession", 0, "index", "1 while China concedes: as a talk and an open channel");
  const Input escalation = input("uscn.escalation_scale", 1, "ratio", "Factor on the rates to confrontation");
  const Input incident_scale = input("uscn.incident_scale", 1, "ratio", "Factor on the incidents of each regime");

  // Outputs
  const Output regime = output("regime", "index", "0 détente, 1 talks, 2 confrontation, 3 conflict");
  const Output incidents = output("incidents", "count", "Incidents in the step");
  const Output severe = output("severe_incidents", "count", "Incidents of severity 2 and 3 in the step");
  const Output intensity = output("intensity", "1/year", "Intensity of incidents");
  const Output premium = output("risk_premium", "%", "Premium on equities for the relations, a year");
  const Output posture = output("posture", "ratio", "1 détente, 0 confrontation, following the regime");
  const Output channel = output("channel", "index", "Channel between the two: 1 open, 0 closed");
  const Output recovery = output("recovery_speed", "ratio", "Speed at which stress is forgotten, 1 = normal");
  const Output deal = output("deal_probability", "ratio", "Probability of détente or talks at the horizon");
  const Outputs loss = outputs("crisis_loss", "side", {"US", "CN"}, "%/step", "Loss of GDP in a crisis");
  const Outputs crisis_rate = outputs("crisis_hazard", "side", {"US", "CN"}, "1/year", "Rate of crises");
  const Outputs strain = outputs("strain", "side", {"US", "CN"}, "z", "Stress, with what missed rescues left");

  const State excess = state("excess", "Intensity that incidents excite, 1/year");
  const State threshold = state("threshold", "What is left of the threshold to the next incident");
  const State stuck = state("confrontation_years", "Years since the regime became confrontation");
  const States missed = states("missed_rescue", sides, "Stress that missed rescues left, by side");

  const EventShock incident = event_shock("incident", "Wait to the next incident, severity, flip");
  const Shock turn = uniform_shock("regime", "Change of regime");
  const Shock answer = uniform_shock("call", "Success of a dated talk");
  const Shocks crisis = uniform_shocks("crisis", sides, "Crises of the US and China");
  const Shocks rescue = uniform_shocks("rescue", sides, "Whether a rescue comes in time");

  const double dt = time().dt();
  const HawkesClock clock{decay, excitation};
  const double branching = excitation / decay;
  const double posture_share = -expm1(-posture_speed * dt);
  const double strain_kept = exp(-strain_decay * dt);
  const double rescue_chance_open = -expm1(-rescue_open * window);
  const double rescue_chance_closed = -expm1(-rescue_closed * window);
  const RegimeChain chain{.at_rest = given_rates(),
                          .escalation_tension = escalation_tension,
                          .escalation_strain = escalation_strain,
                          .talks_us_strain = talks_us,
                          .talks_cn_strain = talks_cn,
                          .talks_call = talks_call,
                          .hold_call = hold_call,
                          .conflict_tension = conflict_tension,
                          .conflict_strain = conflict_strain,
                          .conflict_channel = conflict_channel,
                          .hardening = hardening};

 public:
  explicit Diplomacy(Declarations& declarations) : Model(declarations) {
    if (check_params()) describe();
  }

  void start(Start& s) const override {
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

  void step(Step& s) const override {
    measure_strain(s);
    for (Eigen::Index path = 0; path < s.lanes(); ++path) move(s, path);
    measure(s);
    const auto speed = premium_speed * s[recovery];
    s[premium] = s.last(premium) - expm1(-dt * speed) * (premium_target(s) - s.last(premium));
    s[posture] = s.last(posture) + posture_share * (by_index(s[regime], postures) - s.last(posture));
    for (int side = 0; side < 2; ++side) draw_crisis(s, side);
  }

 private:
  static double of_regime(const std::vector<double>& list, std::size_t regime) {
    return regime < list.size() ? list[regime] : 0;
  }

  double stationary_intensity(std::size_t at) const {
    return excitation < decay ? of_regime(baseline, at) / (1 - excitation / decay) : 0;
  }

  // Of any matrix: a wrong one is refused before it is used.
  StateRates<4> given_rates() const {
    StateRates<4> q{};
    for (std::size_t i = 0; i < std::min<std::size_t>(4, rates_given.size()); ++i)
      for (std::size_t j = 0; j < std::min<std::size_t>(4, rates_given[i].size()); ++j) q[i][j] = rates_given[i][j];
    return q;
  }

  void measure_strain(Step& s) const {
    const Input stress[] = {us_stress, cn_stress};
    for (int side = 0; side < 2; ++side) {
      s[strain[side]] = s[stress[side]] + s.last(missed[side]);
      s[crisis_rate[side]] = crisis_rates[static_cast<std::size_t>(side)] * exp(crisis_strain * s[strain[side]]);
    }
  }

  // What the beginning of the step says about one path.
  RegimeConditions conditions(const Step& s, Eigen::Index path, std::size_t from) const {
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
  void move(Step& s, Eigen::Index path) const {
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

  std::size_t draw_incidents(Step& s, Eigen::Index path, std::size_t now) const {
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

  // Rates with the flips that incidents at their mean intensity add.
  StateRates<4> with_flips(StateRates<4> rates, double scale) const {
    double flip = 0;
    for (std::size_t i = 0; i < 3; ++i) flip += severities[i] * flips[i];
    for (const std::size_t from : {detente, talking})
      rates[from][confrontation] += scale * stationary_intensity(from) * flip;
    return rates;
  }

  double good_after_horizon(const StateRates<4>& rates, const View& s, Eigen::Index path) const {
    StateLaw<4> law{};
    law[static_cast<std::size_t>(s[regime](path))] = 1;
    const StateLaw<4> then = law_after(with_flips(rates, s[incident_scale](path)), law, horizon);
    return then[detente] + then[talking];
  }

  void measure(View& s) const {
    s[intensity] = by_index(s[regime], baseline) * s[incident_scale] + s[excess];
    const auto talks = (s[regime] <= double(talking)).cast<double>();
    s[channel] = (s[channel_lever] < 0.0).select(talks, (s[channel_lever] > 0.5).cast<double>());
    s[recovery] = 1 + talk_speed * talks;
  }

  ScratchColumn premium_target(const View& s) const {
    const auto level = by_index(s[regime], premiums);
    return named((level + premium_incidents * s[excess] - premium_channel * s[channel]).max(0.0));
  }

  void draw_crisis(Step& s, int side) const {
    const auto comes = named((s[crisis[side]] < 0 - expm1(-dt * s[crisis_rate[side]])).cast<double>());
    const auto chance =
        (s[channel] > 0.5).select(rescue_chance_open, Eigen::ArrayXd::Constant(s.lanes(), rescue_chance_closed));
    const auto late = named(comes * (s[rescue[side]] >= chance).cast<double>());
    s[loss[side]] = crisis_loss * (comes + missed_loss * late);
    s[missed[side]] = strain_kept * s.last(missed[side]) + late;
  }

  bool check_params() {
    const ExactMatrix square = exact_matrix(same_length(rates_given));
    const auto fault = generator_fault(square);
    check(!fault, "the generator of regimes: " + fault.value_or(""), {"generator"});
    const bool sized = square.rows() == 4 && square.cols() == 4;
    check(sized, "the generator needs a row and a column for each of 4 regimes", {"generator"});
    if (!fault && sized) check(rates_given[3][3] == 0, "the generator of regimes leaves conflict", {"generator"});
    check(branching < 1, "the branching ratio is " + to_text(branching) + "; from 1 on incidents never end",
          {"excitation", "decay"});
    const auto four = [&](const std::vector<double>& list, const std::string& name) {
      check(list.size() == 4, name + " has " + to_text(double(list.size())) + " numbers for 4 regimes", {name});
      return list.size() == 4;
    };
    bool whole = four(baseline, "incident_rates");
    whole = four(premiums, "regime_premium") && whole;
    whole = four(postures, "regime_posture") && whole;
    const bool graded = severities.size() == 3 && flips.size() == 3;
    check(graded, "one number for each of 3 severities", {"severity", "flip"});
    if (graded)
      check(std::abs(severities[0] + severities[1] + severities[2] - 1) < 1e-9, "shares of severities do not sum to 1",
            {"severity"});
    check(crisis_rates.size() == sides, "one rate for each of 2 sides", {"crisis_rate"});
    return !fault && sized && whole && graded && branching < 1;
  }

  // A matrix of rows of the same length; empty when they are not.
  static Matrix same_length(const Matrix& rows) {
    for (const auto& row : rows)
      if (row.size() != rows.front().size()) return {};
    return rows;
  }

  // What the rates mean, for `moniac plan`.
  void describe() {
    const StateRates<4> q = with_flips(chain.rates({}), 1);
    StateLaw<4> law{};
    law[start_regime] = 1;
    const StateLaw<4> ten = law_after(q, law, 10);
    const double peace = ten[0] + ten[1] + ten[2];
    const auto percent = [](double share) { return to_text(std::round(1000 * share) / 10) + " %"; };
    if (peace > 0)
      note("at rest, flips included: détente " + percent(ten[0] / peace) + ", talks " + percent(ten[1] / peace) +
           ", confrontation " + percent(ten[2] / peace) + " of the time after ten years; conflict within ten years " +
           percent(ten[3]));
    if (q[1][3] > 0 && q[2][3] > 0 && start_regime != conflict)
      note("years to conflict on average: " + to_text(std::round(mean_years_to_conflict(q))));
  }

  double mean_years_to_conflict(const StateRates<4>& q) const {
    ExactMatrix between = ExactMatrix::Zero(3, 3);
    for (Eigen::Index i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 4; ++j) {
        const auto from = static_cast<std::size_t>(i);
        if (j == from) continue;
        between(i, i) -= q[from][j];
        if (j < 3) between(i, static_cast<Eigen::Index>(j)) += q[from][j];
      }
    const ExactMatrix years = years_before_absorption(between);
    double mean = 0;
    for (Eigen::Index i = 0; i < 3; ++i) mean += years(static_cast<Eigen::Index>(start_regime), i).value;
    return mean;
  }
};

}  // namespace

ModelType diplomacy() {
  return model_type<Diplomacy>("diplomacy", "diplomacy", "uscn",
                               "Relations between the USA and China: regimes, incidents, talks, premium, crises");
}

}  // namespace moniac
