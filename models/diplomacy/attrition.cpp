#include "models/diplomacy/attrition.h"

#include <algorithm>
#include <cmath>

#include "models/diplomacy/linear_hazards.h"
#include "models/diplomacy/reputation.h"
#include "sim/math/columns.h"

namespace moniac {

namespace {

constexpr double tiny = 1e-300;
constexpr double off = 0, running = 1, us_conceded = 2, cn_conceded = 3, at_conflict = 4, settled = 5;

// Two sides bear costs until one concedes.
//
//   costs        c_i = c0_i (1 + g_i t) exp(s z_i) a year, t years into the war;  V_i: what being conceded to is worth
//                over conceding
//   equilibrium  h_i = c_j/V_j: each side's hazard makes the other indifferent (Hendricks, Weiss, Wilson 1988)
//   reputation   reputation.h: each side may be stubborn; one may concede at once; nobody concedes after T0
//   behavioural  h_i = h0 (c_i/V_i)^gamma: strain raises one's own hazard
//   scripted     an outcome at a date
//   crisis       phi k_i is added to h_i, k_i the rate of crises of diplomacy; a concession that a crisis forces is
//                conflict instead with probability p_esc
//
// Stress and crises are constant within a step: over it the war ends with probability 1 - e^{-H}, H = H_US + H_CN the
// integrals of the hazards, by i with probability H_i/H, exactly where costs do not rise.
class Attrition final : public Model {
  enum Mode { equilibrium, reputation, behavioural, scripted };

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

  const Output status = output("attrition_status", "index",
                               "0 off, 1 running, 2 US conceded, 3 China conceded, 4 conflict, 5 both conceded");
  const Output us_first = output("p_us_first", "ratio", "Probability that the US is the first to give way");

  const Shock opening = uniform_shock("opening", "Whether a side concedes at once");
  const Shock ending = uniform_shock("ending", "Whether the war ends in the step");
  const Shock who = uniform_shock("who", "Who ends it");
  const Shock escalation = uniform_shock("escalation", "Whether a crisis ends in conflict");

  const double dt = time().dt();
  const int first_step = begins_on.empty() ? 0 : time().step_of_only(begins_on);
  const int last_step = time().step_of_only(ends_on);
  const bool sound = check_params();
  const bool costs_rise = sound && (cost_growth[0] > 0 || cost_growth[1] > 0);
  const Reputation theory{sound ? ReputationSides{side(demand), side(discount), side(stubborn)}
                                : ReputationSides{{0.6, 0.6}, {1, 1}, {0.5, 0.5}}};

 public:
  explicit Attrition(Declarations& declarations) : Model(declarations) {
    if (sound) describe();
  }

  void start(Start& s) const override {
    s[status] = first_step == 0 ? running : off;
    foresee(s);
  }

  void step(Step& s) const override {
    s[status] = s.last(status);
    if (s.index() == std::max(first_step, 1)) begin(s);
    if (mode == scripted) follow_script(s);
    if (mode != scripted && s.index() >= first_step) fight(s);
    s[status] = (s[status] == running && s[regime] == 3.0).select(at_conflict, s[status]);
    foresee(s);
  }

 private:
  static BySide side(const std::vector<double>& list) { return {list[0], list[1]}; }

  // Years that the war has lasted at the end of a step.
  double age(int step) const { return step < first_step ? 0 : (step - std::max(first_step, 1) + 1) * dt; }
  // Years of a step in which sides concede without a crisis: in mode reputation until T0.
  double own_years(int step) const {
    return mode == reputation ? std::clamp(theory.horizon - (age(step) - dt), 0.0, dt) : dt;
  }

  // The war opens: in mode reputation a side may concede at once.
  void begin(Step& s) const {
    s[status] = running;
    if (mode != reputation) return;
    const double none = 1 - theory.atom[0] - theory.atom[1];  // one of the two is 0
    const double outcome = theory.atom[0] > 0 ? us_conceded : cn_conceded;
    s[status] = (s[opening] >= none).select(outcome, s[status]);
  }

  // The side whose cost and prize set the hazard of side i.
  std::size_t setter(int i) const { return static_cast<std::size_t>(mode == equilibrium ? 1 - i : i); }

  // h_i a year, `years` into the war, with the stress of now.
  ScratchColumn hazard(const View& s, int i, double years) const {
    const std::size_t at = setter(i);
    if (mode == reputation) return named(Eigen::ArrayXd::Constant(s.lanes(), theory.rate[at]));
    const double risen = 1 + cost_growth[at] * years;
    const auto ratio = named(cost[at] / prize[at] * risen * exp(cost_strain * s[strain[static_cast<int>(at)]]));
    if (mode == equilibrium) return ratio;
    return named(base_hazard * pow(ratio, exponent));
  }

  void fight(Step& s) const {
    const double own = own_years(s.index());
    const auto us_forced = named(forced * dt * s[crisis[0]]), cn_forced = named(forced * dt * s[crisis[1]]);
    const double middle = age(s.index()) - dt / 2;
    const auto us = named(own * hazard(s, 0, middle) + us_forced), cn = named(own * hazard(s, 1, middle) + cn_forced);
    const auto ends = s[status] == running && s[ending] < 0 - expm1(0 - (us + cn));
    const auto us_ends = s[who] * (us + cn) < us;
    const auto by_crisis = us_ends.select(us_forced / us, cn_forced / cn);
    const auto risk = (s[channel] > 0.5).select(conflict_open * by_crisis, conflict_closed * by_crisis);
    const auto conceded = us_ends.select(Eigen::ArrayXd::Constant(s.lanes(), us_conceded), cn_conceded);
    s[status] = ends.select((s[escalation] < risk).select(at_conflict, conceded), s[status]);
  }

  void follow_script(Step& s) const {
    const double outcomes[] = {us_conceded, cn_conceded, at_conflict, settled};
    if (s.index() == last_step) s[status] = (s[status] == running).select(outcomes[script], s[status]);
  }

  // The probability that the US gives way first, with the stress of now; what happened once it is over.
  void foresee(View& s) const {
    if (mode == scripted) s[us_first] = script == 0 ? 1 : 0;
    if (mode == reputation) foresee_reputation(s);
    if (mode == equilibrium || mode == behavioural) foresee_hazards(s);
    const auto over = (s[status] == us_conceded).cast<double>();
    s[us_first] = (s[status] <= running).select(s[us_first], over);
  }

  // H_US/H, or where costs rise that of linear hazards.
  void foresee_hazards(View& s) const {
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
  void foresee_reputation(View& s) const {
    const double now = age(s.index());
    const auto us_forced = named(forced * s[crisis[0]]), cn_forced = named(forced * s[crisis[1]]);
    const auto us = named(hazard(s, 0, now) + us_forced), cn = named(hazard(s, 1, now) + cn_forced);
    const auto late = named(exp(0 - (us + cn) * std::max(0.0, theory.horizon - now)));
    s[us_first] = us / (us + cn).max(tiny);
    s[us_first] = (1 - late) * s[us_first] + late * us_forced / (us_forced + cn_forced).max(tiny);
    if (now == 0) s[us_first] = theory.atom[0] + (1 - theory.atom[0] - theory.atom[1]) * s[us_first];
  }

  // How fast h_i rises, 1/year², given what it is now.
  double rise(double hazard, int i, double now) const {
    const double growth = cost_growth[setter(i)];
    return hazard * growth / (1 + growth * now);
  }

  bool check_params() {
    bool whole = true;
    const auto two = [&](const std::vector<double>& list, const std::string& name) {
      check(list.size() == 2, name + " has " + to_text(double(list.size())) + " numbers for 2 sides", {name});
      whole = whole && list.size() == 2;
    };
    two(cost, "cost");
    two(prize, "prize");
    two(cost_growth, "cost_growth");
    two(demand, "demand");
    two(discount, "discount");
    two(stubborn, "stubborn");
    check(begins_on.size() <= 1 && ends_on.size() <= 1, "one date each", {"begin", "scripted_end"});
    if (mode == scripted)
      check(ends_on.size() == 1, "mode scripted needs the date of its end", {"mode", "scripted_end"});
    if (!whole) return false;
    if (cost_growth[0] > 0 || cost_growth[1] > 0) {
      check(mode == equilibrium || mode == behavioural,
            "costs that rise move hazards in equilibrium or behavioural only", {"mode", "cost_growth"});
      check(mode != behavioural || exponent == 1, "costs that rise need an exponent of 1, not " + to_text(exponent),
            {"exponent", "cost_growth"});
    }
    const double sum = demand[0] + demand[1];
    check(sum > 1, "the sides demand " + to_text(sum) + " of the cake together; up to 1 there is nothing to fight for",
          {"demand"});
    return sum > 1;
  }

  // What the figures mean without stress and crises, for `moniac plan`.
  void describe() {
    if (mode == scripted) return;
    const auto rounded = [](double x) { return to_text(std::round(1000 * x) / 1000); };
    if (mode == reputation) {
      note("without crises: the US concedes first with probability " + rounded(theory.first(0)) + ", China " +
           rounded(theory.first(1)) + ", deadlock " + rounded(theory.deadlock()) + "; at once " +
           rounded(theory.atom[0]) + " and " + rounded(theory.atom[1]) + ", else after " +
           rounded(theory.mean_years()) + " years on average");
      return;
    }
    BySide h{}, rises{};
    for (int i = 0; i < 2; ++i) {
      const auto side = static_cast<std::size_t>(i);
      const double ratio = cost[setter(i)] / prize[setter(i)];
      h[side] = mode == equilibrium ? ratio : base_hazard * pow(ratio, exponent);
      rises[side] = rise(h[side], i, 0);
    }
    if (h[0] + h[1] == 0) return;
    const LinearHazards hazards(h, rises);
    note("without stress and crises: the US concedes first with probability " + rounded(hazards.first(0)) + ", after " +
         rounded(hazards.mean_years()) + " years on average");
  }
};

}  // namespace

ModelType attrition() {
  return model_type<Attrition>("attrition", "diplomacy", "uscn", "War of attrition: who cannot hold on first");
}

}  // namespace moniac
