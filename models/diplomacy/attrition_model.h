// The model of attrition.h: what it declares. Its steps are in attrition.cpp, how it is set up in attrition_setup.cpp.
#pragma once

#include <algorithm>

#include "models/diplomacy/reputation.h"
#include "sim/math/columns.h"
#include "sim/model/model.h"

namespace moniac {

// Two sides bear costs until one concedes.
//
//   costs        c_i = c0_i (1 + g_i t) exp(s z_i) a year, t years into the war;  V_i: what being conceded to is worth
//                over conceding
//   equilibrium  h_i = c_j/V_j: each side's hazard makes the other indifferent (Hendricks, Weiss, Wilson 1988)
//   reputation   reputation.h: each side may be stubborn; one may concede at once; nobody concedes after T0
//   behavioural  h_i = h0 (c_i/V_i)^gamma: strain raises one's own hazard
//   scripted     an outcome at a date
//   payoff       the worth of the outcome less costs while the war lasts less losses in crises; moves nothing
//   crisis       phi k_i is added to h_i, k_i the rate of crises of diplomacy; a concession that a crisis forces is
//                conflict instead with probability p_esc
//
// Stress and crises are constant within a step: over it the war ends with probability 1 - e^{-H}, H = H_US + H_CN the
// integrals of the hazards, by i with probability H_i/H, exactly where costs do not rise.
class Attrition final : public Model {
  enum Mode { equilibrium, reputation, behavioural, scripted };
  static constexpr double off = 0, running = 1, us_conceded = 2, cn_conceded = 3, at_conflict = 4, settled = 5;

  const int mode = choice("mode", "equilibrium", {"equilibrium", "reputation", "behavioural", "scripted"},
                          "What makes a side concede");
  const std::vector<Date> begins_on =
      dates("begin", "One date: the war begins with the step that holds it; without it at the start");

  // Costs and prizes
  const std::vector<double> cost = numbers("cost", {0.6, 0.8}, "%/year", nonnegative(),
                                           "Cost of holding on to the US and China, % of GDP", illustrative());
  const std::vector<double> prize =
      numbers("prize", {3, 4}, "%", positive(), "Worth of being conceded to over conceding, % of GDP", illustrative());
  const double cost_strain =
      param("cost_strain", 0.5, "", between(0, 3), "Effect of stress on the cost", illustrative());
  const std::vector<double> cost_growth =
      numbers("cost_growth", {0, 0}, "1/year", nonnegative(),
              "Rise of the cost with each year of the war, as a share of its start", illustrative());
  const double base_hazard = param("base_hazard", 1, "1/year", nonnegative(), "h0 of mode behavioural", illustrative());
  const double exponent = param("exponent", 1, "", between(0, 10), "gamma of mode behavioural", illustrative());

  const std::vector<double> payoffs = numbers(
      "payoffs", {0.5, -0.5, 0.3, -10}, "%", any_number(),
      "What an outcome is worth to a side, % of GDP: the other concedes, it concedes, both do, conflict; a report",
      illustrative());

  // Reputation
  const Range inside{.low = 0, .high = 1, .low_open = true, .high_open = true};
  const std::vector<double> demand =
      numbers("demand", {0.6, 0.6}, "", inside, "Share that each side demands", illustrative());
  const std::vector<double> discount =
      numbers("discount", {0.5, 0.35}, "1/year", positive(), "Impatience of each side", illustrative());
  const std::vector<double> stubborn =
      numbers("stubborn", {0.05, 0.05}, "", inside, "Probability that a side never concedes", illustrative());

  // Crises
  const double forced =
      param("crisis_concession", 0.6, "", between(0, 1), "Share of crises that force a side", illustrative());
  const double conflict_open =
      param("conflict_open", 0.02, "", between(0, 1),
            "Probability of conflict instead of a forced concession, with a channel", illustrative());
  const double conflict_closed =
      param("conflict_closed", 0.08, "", between(0, 1), "The same without a channel", illustrative());

  // Script
  const int script = choice("scripted_outcome", "settlement",
                            {"us_concedes", "china_concedes", "conflict", "settlement"}, "Outcome of mode scripted");
  const std::vector<Date> ends_on =
      dates("scripted_end", "One date: the outcome of mode scripted comes in the step that holds it");

  const Inputs strain = inputs("uscn.strain", "side", {"US", "CN"}, 0, "z", "Stress of each side");
  const Inputs crisis = inputs("uscn.crisis_hazard", "side", {"US", "CN"}, 0.06, "1/year", "Rate of crises");
  const Input channel = input("uscn.channel", 1, "index", "Channel between the two: 1 open, 0 closed");
  const Input regime = input("uscn.regime", -1, "index", "Regime, 3: conflict; -1: none");

  const Inputs crisis_loss = inputs("uscn.crisis_loss", "side", {"US", "CN"}, 0, "%/step", "Loss of GDP in a crisis");

  const Output status = output("attrition_status", "index",
                               "0 off, 1 running, 2 US conceded, 3 China conceded, 4 conflict, 5 both conceded");
  const Output us_first = output("p_us_first", "ratio", "Probability that the US is the first to give way");

  const Outputs payoff = outputs("attrition_payoff", "side", {"US", "CN"}, "%",
                                 "Worth of the outcome less costs and crises of the war so far, % of GDP");

  const Shock opening = uniform_shock("opening", "Whether a side concedes at once");
  const Shock ending = uniform_shock("ending", "Whether the war ends in the step");
  const Shock who = uniform_shock("who", "Who ends it");
  const Shock escalation = uniform_shock("escalation", "Whether a crisis ends in conflict");

  const double dt = time().dt();
  const int first_step = begins_on.empty() ? 0 : time().step_of_only(begins_on);
  const int last_step = time().step_of_only(ends_on);
  const bool sound = check_params();
  const std::vector<double> worth[2] = {worth_by_status(0), worth_by_status(1)};
  const bool costs_rise = sound && (cost_growth[0] > 0 || cost_growth[1] > 0);
  const Reputation theory{sound ? ReputationSides{side(demand), side(discount), side(stubborn)}
                                : ReputationSides{{0.6, 0.6}, {1, 1}, {0.5, 0.5}}};

 public:
  explicit Attrition(Declarations& declarations);
  void start(Start& s) const override;
  void step(Step& s) const override;

 private:
  static BySide side(const std::vector<double>& list) { return {list[0], list[1]}; }
  // Years that the war has lasted at the end of a step.
  double age(int step) const { return step < first_step ? 0 : (step - std::max(first_step, 1) + 1) * dt; }
  // The side whose cost and prize set the hazard of side i.
  std::size_t setter(int i) const { return static_cast<std::size_t>(mode == equilibrium ? 1 - i : i); }

  // attrition.cpp
  double own_years(int step) const;
  void begin(Step& s) const;
  ScratchColumn cost_factor(const View& s, int side, double years) const;
  ScratchColumn hazard(const View& s, int i, double years) const;
  ScratchColumn fight(Step& s) const;
  void pay(Step& s, const ScratchColumn& lasted) const;
  ScratchColumn follow_script(Step& s) const;
  void foresee(View& s) const;
  void foresee_hazards(View& s) const;
  void foresee_reputation(View& s) const;

  // attrition_setup.cpp
  std::vector<double> worth_by_status(std::size_t side) const;
  double rise(double hazard, int i, double now) const;
  bool check_params();
  void describe();
};

}  // namespace moniac
