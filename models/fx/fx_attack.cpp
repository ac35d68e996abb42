#include "models/fx/fx_attack.h"

#include <algorithm>
#include <cmath>

#include "models/fx/attack_theory.h"
#include "models/fx/capital_controls.h"
#include "models/fx/pairs.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"

namespace moniac {

namespace {

// A peg under attack, in one of two ways.
//
//   first_generation  credit that the peg cannot carry: d' = d + g dt + σ_d sqrt(dt) z, the peg falls when the shadow
//                     rate d + η g reaches it (watched between steps by a Brownian bridge), what is left of reserves
//                     goes, and the rate is the shadow rate from then on. Reserves below a floor, and dollars owed
//                     forward, cannot be used.
//   global_game       opportunities at a hazard, tripled while world risk > 1.5; then θ = usable reserves/Ψ + resolve
//                     meets θ*(c) (attack_theory.h), c = [(i - i_us + defence) h + controls + t]/Δ. θ < θ*: all
//                     usable reserves are lost and the rate falls by Δ U(0.7, 1.5). Else the attack takes Ψ A(θ), of
//                     which 0.8 flows back within a month. An interest defence raises c at a cost ω i² dt and is
//                     given up, with reserves left, when ω i² h exceeds its political value V (Obstfeld 1994).
class FxAttack final : public Model {
  enum Mode { first_generation, global_game };

  const PairPreset figures =
      pair_preset(choice("preset", preset_pair(scope()), pair_names(), "Pair whose numbers are the defaults"));
  const Names pair = names("pair", {preset_pair(scope())}, "The pegged pair, one name");
  const std::string scope_of_pair = pair.size() == 1 ? pair[0] : preset_pair(scope());
  const int mode = choice("mode", "global_game", {"first_generation", "global_game"}, "Kind of attack");

  // First generation
  const double money = param("money", 100, "USD bn", positive(), "M: money at the peg", illustrative());
  const double stock = param("reserves", 40, "USD bn", nonnegative(),
                             "Reserves at the start; in global_game only without a ledger", illustrative());
  const double floor = param("reserve_floor", 0, "USD bn", nonnegative(), "Reserves that are not used", illustrative());
  const double owed = param("owed_forward", 0, "USD bn", nonnegative(), "Dollars sold forward", illustrative("none"));
  const double growth =
      param("credit_growth", 10, "%/year", any_number(), "g: growth of domestic credit", illustrative()) / 100;
  const double credit_sigma =
      param("credit_volatility", 10, "%", nonnegative(), "σ_d per root year", illustrative()) / 100;
  const double eta =
      param("money_elasticity", 0.5, "year", nonnegative(), "η: semi-elasticity of money demand", illustrative());

  // Global game
  const double hot_money = param("hot_money", 100, "USD bn", positive(), "Ψ: what can attack, without controls",
                                 calibrated("0.3 of M2 with an open capital account"));
  const double hazard =
      param("opportunities", 0.5, "1/year", nonnegative(), "Hazard of an opportunity", illustrative());
  const double resolve = param("resolve", 0, "", any_number(), "Shift of θ", illustrative());
  const bool count_forwards = flag("count_forwards", true, "Whether dollars owed forward count against reserves");
  const double noise = param("private_noise", 0.1, "", positive(), "s: noise of private signals", illustrative());
  const double public_noise =
      param("public_noise", 0, "", nonnegative(), "Noise of a public signal of θ; 0: none", illustrative("none"));
  const double horizon =
      param("defence_time", 0.08, "year", positive(), "h: expected length of a defence", illustrative());
  const double transaction =
      param("transaction_cost", 0.2, "%", nonnegative(), "t: cost of attacking", illustrative()) / 100;
  const double standing = param("standing_controls", 0, "", between(0, 1), "Controls that do not leak", illustrative());
  const double omega =
      param("defence_cost", 25, "year", nonnegative(), "ω: cost of a rate 100 pp above normal", illustrative());
  const double value = param("political_value", 0.004, "", positive(), "V: value of the peg",
                             calibrated("5 pp for a month were too much for the United Kingdom in 1992"));

  const Input rate_home = input(figures.country + ".policy_rate", figures.policy_rate, "%/year", "Policy rate");
  const Input rate_us = input("us.policy_rate", 3.75, "%/year", "Policy rate of the anchor currency");
  const Input defence = input("interest_defence", 0, "pp", "Policy rate above normal, to defend the peg");
  const Input expected = input("expected_devaluation", 15, "%", "Δ: log devaluation that attackers expect");
  const Input controls = input("capital_controls", standing, "ratio", "Capital controls asked for, 0 … 1");
  const Input risk = input("world.risk", 0, "index", "Level of world risk");
  const Input gross = lagged_input("fx_deliverable", stock, "USD bn", "Dollars that can be sold at once");
  const Input net = lagged_input("fx_net_usable", std::max(0.0, stock - owed), "USD bn", "The same less dollars owed");

  const Output status = output("peg_status", "index", "0 quiet, 1 an attack was repelled, 2 collapsed");
  const Output flow = output("intervention_flow", "USD bn/step", "Dollars sold, positive = sold");
  const Output collapse = output(scope_of_pair + ".collapse", "%/step", "Change of the log rate by attacks");
  const Output strength = output("peg_strength", "ratio", "θ, or the log of the peg over the shadow rate");
  const Output threshold = output("peg_threshold", "ratio", "θ* below which an attack succeeds; 0 in first_generation");
  const Output cost = output("defence_loss", "ratio", "Cost of the interest defence in the step");

  const State credit = state("credit", "Log of credit, floor and forwards in units of money");
  const State returning = state("returning", "What still flows back after an attack, USD bn");
  const State per_month = state("returning_at_first", "What flowed out in it, USD bn");
  const CapitalControls wedge{state("controls_asked", "Controls asked for in the last step"),
                              state("controls_binding", "Tightening that still binds"), time().dt()};
  const Shock z = normal_shock("credit_news", "News about credit");
  const Shock u = uniform_shock("opportunity", "Whether there is an attack");
  const Shock u_size = uniform_shock("devaluation", "How far the rate falls");

  const double dt = time().dt();
  const double unusable = floor + owed;
  const double log_credit = log(std::max(1e-12, (money - stock + unusable) / money));
  const double barrier = -eta * growth;
  const GlobalGame game{noise, public_noise};

 public:
  explicit FxAttack(Declarations& declarations) : Model(declarations) {
    check(pair.size() == 1, "one pair", {"pair"});
    if (mode == first_generation) {
      check(stock < money + unusable, "reserves exceed the money they could buy", {"reserves", "money"});
      check(log_credit < barrier, "the shadow rate is above the peg at the start: the attack has already come",
            {"money", "reserves"});
    }
    check(game.unique(), "the public signal is so precise that more than one threshold exists",
          {"public_noise", "private_noise"});
  }

  void start(Start& s) const override {
    for (const Output zero : {status, flow, collapse, cost, threshold}) s[zero] = 0;
    s[strength] = mode == first_generation ? barrier - log_credit : (count_forwards ? stock - owed : stock) / hot_money;
    s[credit] = log_credit;
    s[returning] = 0;
    s[per_month] = 0;
    wedge.start(s, s[controls]);
  }

  void step(Step& s) const override {
    const auto held = wedge.effective(s, standing, s[controls]);
    s[cost] = omega * dt / 1e4 * s[defence].square();
    if (mode == first_generation)
      let_credit_grow(s);
    else
      play(s, held);
  }

 private:
  // In USD bn; money is 1.
  ScratchColumn reserves_at(const ScratchColumn& credit_level) const { return named(money * (1 - credit_level)); }

  void let_credit_grow(Step& s) const {
    s[credit] = s.last(credit) + growth * dt + credit_sigma * std::sqrt(dt) * s[z];
    s[strength] = barrier - s[credit];
    s[threshold] = 0;
    s[returning] = 0;
    s[per_month] = 0;
    const auto gap_before = named((barrier - s.last(credit)).max(0.0)), gap = named((barrier - s[credit]).max(0.0));
    const double variance = std::max(1e-300, credit_sigma * credit_sigma * dt);
    const auto touched = exp(-2 / variance * gap_before * gap);
    const auto before = s.last(status) == 2.0;
    const auto falls = named((before || s[credit] >= barrier || s[u] < touched).cast<double>());
    s[status] = 2 * falls;
    const auto last_level = exp(s.last(credit)), level = exp(s[credit]);
    const auto spent = named(reserves_at(last_level) - (falls > 0).select(0.0, reserves_at(level)));
    s[flow] = before.select(0.0, spent);
    const auto above = named(s[credit] - barrier);
    s[collapse] = (falls > 0).select(100 * (before.select(s[credit] - s.last(credit), above)), 0.0);
  }

  void play(Step& s, const ScratchColumn& held) const {
    s[credit] = log_credit;
    const auto usable = named((count_forwards ? s[net] : s[gross]).max(0.0));
    const auto psi = named(hot_money * (1 - held).max(1e-6));
    s[strength] = usable / psi + resolve;
    const auto gain = (s[expected] / 100).max(1e-6);
    const auto carry = (s[rate_home] - s[rate_us] + s[defence]) / 100 * horizon;
    const auto c = named(((carry + 0.02 * held + transaction) / gain).max(0.001).min(0.999));
    for (Eigen::Index path = 0; path < s.lanes(); ++path)
      s[threshold](path) = game.threshold(c(path), s[strength](path));
    give_back(s);
    s[collapse] = 0;
    const auto chance = named(-expm1(-dt * hazard * (1 + 2 * (s[risk] > 1.5).cast<double>())));
    for (Eigen::Index path = 0; path < s.lanes(); ++path)
      decide(s, path, usable(path), psi(path), c(path), chance(path));
  }

  // One month after an attack 0.8 of it has come back.
  void give_back(Step& s) const {
    const auto back = named((12 * dt * s.last(per_month)).min(s.last(returning)));
    s[flow] = 0 - back;
    s[returning] = s.last(returning) - back;
    s[per_month] = s.last(per_month);
    s[status] = (s.last(status) == 2.0).select(2.0, Eigen::ArrayXd::Zero(s.lanes()));
  }

  void decide(Step& s, Eigen::Index path, double usable, double psi, double c, double chance) const {
    if (s[status](path) == 2.0) {
      s[flow](path) = 0;
      return;
    }
    const double devaluation = s[expected](path), defended = s[defence](path) / 100;
    if (omega * defended * defended * horizon > value) {
      s[status](path) = 2;
      s[collapse](path) = devaluation;
      return;
    }
    const bool attacked = s[u](path) < chance && s.last(returning)(path) <= 0;
    if (!attacked) return;
    if (s[strength](path) < s[threshold](path)) {
      s[status](path) = 2;
      s[flow](path) = usable;
      s[collapse](path) = devaluation * (0.7 + 0.8 * s[u_size](path));
      return;
    }
    const double mass = game.attack(s[strength](path), game.signal_threshold(c, s[strength](path)));
    s[status](path) = 1;
    s[flow](path) = std::min(psi * mass, usable);
    s[returning](path) = 0.8 * s[flow](path);
    s[per_month](path) = s[returning](path);
  }
};

}  // namespace

ModelType fx_attack() {
  return model_type<FxAttack>("fx_attack", "fx", "em",
                              "Attacks on a peg: credit that runs ahead, or speculators who must act together");
}

}  // namespace moniac
