// The model of diplomacy.h: what it declares. Its steps are in diplomacy.cpp, how it is set up in diplomacy_setup.cpp.
#pragma once

#include "models/diplomacy/incident_channel.h"
#include "models/diplomacy/regime_chain.h"
#include "sim/math/columns.h"
#include "sim/math/hawkes.h"
#include "sim/model/model.h"

namespace moniac {

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
  static constexpr std::size_t sides = 2;  // US, CN

  // Regimes
  const std::size_t start_regime =
      static_cast<std::size_t>(choice("start_regime", "talks", regime_names(), "Regime at the start"));
  const IncidentChannel channel_defaults = incident_channel(choice(
      "incident_channel", "flip", incident_channel_names(), "How incidents make the regime worse: sets the defaults"));
  const Matrix rates_given =
      matrix("generator", regime_generator(channel_defaults), "1/year",
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
  explicit Diplomacy(Declarations& declarations);
  void start(Start& s) const override;
  void step(Step& s) const override;

 private:
  // diplomacy.cpp
  void measure_strain(Step& s) const;
  RegimeConditions conditions(const Step& s, Eigen::Index path, std::size_t from) const;
  void move(Step& s, Eigen::Index path) const;
  std::size_t draw_incidents(Step& s, Eigen::Index path, std::size_t now) const;
  void measure(View& s) const;
  ScratchColumn premium_target(const View& s) const;
  void draw_crisis(Step& s, int side) const;
  double good_after_horizon(const StateRates<4>& rates, const View& s, Eigen::Index path) const;
  StateRates<4> with_flips(StateRates<4> rates, double scale) const;

  // diplomacy_setup.cpp
  static double of_regime(const std::vector<double>& list, std::size_t regime);
  double stationary_intensity(std::size_t at) const;
  StateRates<4> given_rates() const;
  bool check_params();
  static Matrix same_length(const Matrix& rows);
  void describe();
  double share_after_ten_years(const StateRates<4>& rates, std::size_t at) const;
  double mean_years_to_conflict(const StateRates<4>& q) const;
};

}  // namespace moniac
