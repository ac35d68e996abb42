#include "models/fx/fx_defence.h"

#include <algorithm>
#include <cmath>

#include "models/fx/pairs.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/moving_window.h"

namespace moniac {

namespace {

// Sterilised sales of dollars Q (negative: purchases) and what they do to the log rate x of last step.
//
//   rule   z = max(0, x - ln S_trig),  h = max(0, (x - x_month ago)/(σ √month) - h̄),  I = a_z z/0.01 + a_h h
//          I >= 1 and the cooldown over:  Q = min(q0 + q1 z/0.01, q_max, q_day 261 dt, budget left, 0.6 R)
//          with a band the strong edge is defended by the mirrored rule; without one reserves are rebuilt, q_r (R_0 -
//          R) a year, while x is 10 % below the anchor
//   list   a level S_k that is armed sells its q_k once when x >= ln S_k, disarms itself and all below it, and is armed
//          again 5 % below
//   effect Q̃ = Q coord (1 + ξ c),  lasting -φ η Q̃,  transient w' = w e^{-dt/τ} - (1 - φ) η Q̃
//   c' = c + a (1 - c) if x fell in the month after an announced sale, else c (1 - b)
//
// (Ito and Yabu 2007 for the index with friction; Adler, Lisack and Mano 2019 for φη.) No draws.
class FxDefence final : public Model {
  enum Mode { rule, list };
  enum Effect { two_part, none };

  const PairPreset figures =
      pair_preset(choice("preset", preset_pair(scope()), pair_names(), "Pair whose numbers are the defaults"));
  const Names pair = names("pair", {preset_pair(scope())}, "The pair that is defended, one name");
  const std::string scope_of_pair = pair.size() == 1 ? pair[0] : preset_pair(scope());

  // When and how much
  const int mode = choice("mode", "rule", {"rule", "list"}, "Rule with an index, or a list of levels");
  const std::vector<double> band =
      numbers("band", {}, "", positive(), "[strong edge, weak edge] in local currency per US dollar; none: [ ]",
              illustrative("none"));
  const double margin =
      param("edge_margin", 0, "%", between(0, 50), "Distance from an edge where selling begins", illustrative()) / 100;
  const double trigger_given =
      param("trigger", 152, "", positive(), "S_trig: weak-side trigger, where there is no band",
            calibrated("the yen was defended at 145.9, 151.9, 160.2 and 161.8 in 2022–24"));
  const std::vector<double> levels = numbers("levels", {145.9, 151.9, 160.2, 161.7}, "", positive(),
                                             "list: levels, in rising order", published("MoF Japan 2022–24"));
  const std::vector<double> level_sales = numbers("level_sales", {19.7, 37.5, 62, 35}, "USD bn", nonnegative(),
                                                  "list: sale at each level", published("MoF Japan 2022–24"));
  const double a_z =
      param("level_weight", 0.25, "", nonnegative(), "a_z: index per 1 % beyond the trigger", illustrative());
  const double a_h =
      param("speed_weight", 0.5, "", nonnegative(), "a_h: index per standard deviation of speed", illustrative());
  const double h_bar = param("speed_threshold", 1.5, "", nonnegative(),
                             "h̄: month's change in standard deviations from which speed counts", illustrative());
  const double sigma = param("sigma", figures.total_sigma, "%", positive(), "Volatility that speed is measured by",
                             figures.sigma_source) /
                       100;
  const double q0 = param("sale", 20, "USD bn", nonnegative(), "q0: size of an operation", illustrative());
  const double q1 =
      param("sale_per_percent", 8, "USD bn", nonnegative(), "q1: more per 1 % beyond the trigger", illustrative());
  const double most = param("largest_operation", 60, "USD bn", nonnegative(), "Largest operation",
                            calibrated("the record month is 62 USD bn"));
  const double per_day = param("most_per_day", 40, "USD bn", nonnegative(), "Largest sale per trading day",
                               calibrated("37.5 USD bn on 2022-10-21"));
  const double budget = param("budget", mode == rule ? 200 : 0, "USD bn", nonnegative(),
                              "Sales within 12 months, and purchases likewise; rule only", illustrative());
  const double usable =
      param("usable_share", 0.6, "", between(0, 1), "Share of reserves that one operation may take", illustrative());
  const double cooldown =
      param("cooldown", 2, "", nonnegative(), "Trading days between operations", illustrative()) / 261;
  const double rebuilding = param("rebuilding", 1, "1/year", nonnegative(),
                                  "q_r: speed at which lost reserves are bought back", illustrative());

  // What it does
  const int effect = choice("effect", "two_part", {"two_part", "none"}, "Whether sterilised sales move the rate");
  const double eta = param("effect_per_bn", 8.8e-4, "", nonnegative(), "η: fall of the log rate per USD bn on impact",
                           calibrated("five Japanese operations 2022–24: 17 % for 154 USD bn, with ξ c = 0.25"));
  const double phi = param("lasting_share", 0.4, "", between(0, 1), "φ: lasting part",
                           calibrated("Adler, Lisack and Mano 2019: 1.85 % per 1 % of GDP"));
  const double tau = param("fading_time", 0.12, "year", positive(), "τ: time in which the rest fades",
                           calibrated("September 2022: gone within weeks"));
  const double xi = param("announcement", 0.5, "", nonnegative(), "ξ: more effect when announced and believed",
                          calibrated("sign from Fratzscher et al. 2019"));
  const double coordination =
      param("coordination", 1, "", nonnegative(), "Factor of joint operations: 2 with a shift of the anchor, 3 without",
            calibrated("the Plaza weeks of 1985"));
  const bool announced = flag("announced", true, "Whether operations are announced");
  const double c0 = param("credibility", 0.5, "", between(0, 1), "c at the start", illustrative());
  const double c_gain = param("credibility_gain", 0.3, "", between(0, 1), "a: gain after a success", illustrative());
  const double c_loss = param("credibility_loss", 0.4, "", between(0, 1), "b: loss after a failure", illustrative());
  const double yield_effect =
      param("yield_effect", 0.05, "bp", nonnegative(), "Rise of the US five-year yield per USD bn of reserves sold",
            calibrated("what the Treasury models of this program answer to 100 USD bn in a month"));
  const double yield_loading = param("yield_loading", figures.yield_loading, "", any_number(),
                                     "γ of the rate, for the gain of the loop", illustrative());
  const bool own_yields = flag("own_yield_effect", false, "Whether to add that rise; only without the Treasury models");

  const Input rate = lagged_input(scope_of_pair + ".rate", figures.rate, "", "Exchange rate, as quoted");
  const Input anchor = input(scope_of_pair + ".anchor", 0, "", "Rate that deviations return to; 0: that of the start");
  const Input reserves = lagged_input("fx_reserves_total", 1e4, "USD bn", "Reserves; by default without limit");
  const Input deliverable = lagged_input("fx_deliverable", 1e4, "USD bn", "Dollars that can be sold at once");
  const Input order = input("intervention_order", 0, "USD bn/step", "Scripted sale beside the rule");

  const Output flow = output("intervention_flow", "USD bn/step", "Dollars sold, positive = sold");
  const Output lasting = output(scope_of_pair + ".intervention_lasting", "%/step", "Lasting effect on the log rate");
  const Output transient = output(scope_of_pair + ".intervention_transient", "%", "Effect on the log rate that fades");
  const Output credibility = output("credibility", "ratio", "c: what announcements are believed");
  const Output index_out = output("intervention_index", "index", "I: it intervenes from 1 on");
  const Output left = output("intervention_budget", "USD bn", "What of the budget is left for sales");
  const Output gain = output("loop_gain", "ratio",
                             "Part of the lasting effect that higher US yields undo: γ dy5/dQ over φ η (1 + ξ c)");

  const int month = steps_in(1.0 / 12, time().dt());
  const MovingWindow history{states("rate_history", month + 1, "Log rates of the last month, newest first")};
  const MovingWindow operations{states("operations", steps_in(1, time().dt()), "Sales by step of a year, USD bn")};
  const States armed = states("armed", std::max<int>(1, static_cast<int>(levels.size())), "Whether a level is armed");
  const State since = state("since_operation", "Time since the last operation, years");
  const State start_rate = state("start_rate", "Log rate at the start");
  const State start_reserves = state("start_reserves", "Reserves at the start, USD bn");

  const double dt = time().dt();
  const double kept = exp(-dt / tau);
  const double size = effect == none ? 0 : eta * coordination;
  const double weak = log(band.size() == 2 ? band[1] : trigger_given) - margin;
  const double strong = band.size() == 2 ? log(band[0]) + margin : 0;

 public:
  explicit FxDefence(Declarations& declarations) : Model(declarations) {
    check(pair.size() == 1, "one pair", {"pair"});
    check(band.empty() || band.size() == 2, "a band has two edges: [strong, weak]", {"band"});
    if (band.size() == 2)
      check(band[0] < band[1],
            "the band is upside down: the strong edge " + to_text(band[0]) + " is not below the weak edge " +
                to_text(band[1]),
            {"band"});
    check(mode == rule || budget == 0, "a budget belongs to the rule; a list sells what its levels say",
          {"budget", "mode"});
    check(mode == rule || band.empty(), "a band belongs to the rule; a list has its levels", {"band", "mode"});
    check(levels.size() == level_sales.size(), "there is one sale for each level", {"levels", "level_sales"});
    check(std::is_sorted(levels.begin(), levels.end()), "levels are in rising order", {"levels"});
    check(mode == list || a_z > 0 || a_h > 0, "an index without weights never intervenes; use mode list",
          {"level_weight", "speed_weight"});
    if (size > 0 && phi > 0)
      note("loop gain " + to_text(std::round(1000 * loop_gain(c0)) / 1000) +
           ": the part of the lasting effect that higher US yields undo");
  }

  void start(Start& s) const override {
    for (const Output zero : {flow, lasting, transient, index_out}) s[zero] = 0;
    s[credibility] = c0;
    s[left] = budget;
    s[gain] = loop_gain(c0);
    history.fill(s, Eigen::ArrayXd::Zero(s.lanes()));
    operations.fill(s, Eigen::ArrayXd::Zero(s.lanes()));
    for (int k = 0; k < armed.size; ++k) s[armed[k]] = 1;
    s[since] = 1000;
    s[start_rate] = 0;
    s[start_reserves] = 0;
  }

  void step(Step& s) const override {
    for (int k = 0; k < armed.size; ++k) s[armed[k]] = s.last(armed[k]);
    remember(s);
    learn(s);
    if (mode == list)
      sell_at_levels(s);
    else
      follow_rule(s);
    s[flow] += s[order].min(s[deliverable].max(0.0));
    s[flow] = s[flow].min(s[deliverable].max(0.0));
    s[since] = (s[flow] != 0.0).select(0.0, s.last(since) + dt);
    operations.push(s, s[flow]);
    act(s);
  }

 private:
  double loop_gain(double c) const {
    const double lasting_effect = phi * size * (announced ? 1 + xi * c : 1);
    return lasting_effect > 0 ? yield_loading * yield_effect / 1e4 / lasting_effect : 0;
  }

  void remember(Step& s) const {
    const auto quoted = log(s[rate]);
    const auto x = figures.inverted ? named(-quoted) : quoted;
    if (s.index() == 1) {
      for (int i = 0; i < history.size(); ++i) s[history.value(i)] = x;
      s[start_rate] = x;
      s[start_reserves] = s[reserves];
    } else {
      history.push(s, x);
      s[start_rate] = s.last(start_rate);
      s[start_reserves] = s.last(start_reserves);
    }
  }

  // The operation of a month ago has succeeded when it moved the rate where it should.
  void learn(Step& s) const {
    const auto change = named(s[history.value(0)] - s[history.value(month)]);
    const auto done = s.last(operations.value(month - 1));
    const auto success = change * done < 0.0;
    const auto c = s.last(credibility);
    const auto up = named(c + c_gain * (1 - c)), down = named(c * (1 - c_loss));
    s[credibility] = c;
    if (announced) s[credibility] = (done != 0.0).select(success.select(up, down), c);
  }

  template <class Select>
  ScratchColumn past_sales(const Step& s, const Select& part) const {
    auto sum = scratch_column();
    sum = 0;
    for (int i = 0; i + 1 < operations.size(); ++i) sum += part(s.last(operations.value(i)));
    return {sum.data(), sum.size()};
  }

  auto rested(const Step& s) const { return s.last(since) + dt >= cooldown * (1 - 1e-9); }

  void follow_rule(Step& s) const {
    const auto x = s[history.value(0)];
    const auto speed = named((x - s[history.value(month)]) / (sigma * std::sqrt(month * dt)));
    const auto sold = past_sales(s, [](const ConstColumn& q) { return q.max(0.0); });
    s[left] = (budget - sold).max(0.0);
    const auto beyond = named((x - weak).max(0.0));
    s[index_out] = a_z * beyond / 0.01 + a_h * (speed - h_bar).max(0.0);
    const auto wanted = named(operation(beyond).min(s[left]).min(usable * s[reserves]).min(s[deliverable]).max(0.0));
    s[flow] = (rested(s) && s[index_out] >= 1.0 - 1e-12).select(wanted, 0.0);
    if (band.size() == 2)
      defend_strong_edge(s, speed);
    else
      rebuild(s);
  }

  ScratchColumn operation(const ScratchColumn& beyond) const {
    return named((q0 + q1 * beyond / 0.01).min(std::min(most, per_day * 261 * dt)));
  }

  void defend_strong_edge(Step& s, const ScratchColumn& speed) const {
    const auto beyond = named((strong - s[history.value(0)]).max(0.0));
    const auto index = named(a_z * beyond / 0.01 + a_h * (-speed - h_bar).max(0.0));
    const auto bought = past_sales(s, [](const ConstColumn& q) { return (-q).max(0.0); });
    const auto wanted = named(operation(beyond).min((budget - bought).max(0.0)));
    s[flow] = (rested(s) && beyond > 0.0 && index >= 1.0 - 1e-12).select(-wanted, s[flow]);
  }

  void rebuild(Step& s) const {
    auto target = scratch_column();
    target = s[start_rate];
    if ((s[anchor] > 0).any()) {
      const auto given = log(s[anchor].max(1e-300));
      target = (s[anchor] > 0).select(figures.inverted ? -1.0 * given : 1.0 * given, s[start_rate]);
    }
    const auto bought = named(rebuilding * dt * (s[start_reserves] - s[reserves]).max(0.0));
    s[flow] = (s[history.value(0)] < target - 0.10).select(-bought, s[flow]);
  }

  void sell_at_levels(Step& s) const {
    const auto x = s[history.value(0)];
    s[flow] = 0;
    s[left] = 0;
    s[index_out] = 0;
    // From the highest: it fires, and disarms what is below.
    auto fired = scratch_column();
    fired = 0;
    for (int k = static_cast<int>(levels.size()) - 1; k >= 0; --k) {
      const auto at = static_cast<std::size_t>(k);
      const double level = log(levels[at]);
      const auto fires = named((s[armed[k]] > 0 && x >= level && fired == 0.0).cast<double>());
      const auto sale = named((0 * x + level_sales[at]).min(usable * s[reserves]).min(s[deliverable]).max(0.0));
      s[flow] = (fires > 0).select(sale, s[flow]);
      fired = fired.max(fires);
      s[armed[k]] = (fired > 0).select(0.0, s[armed[k]]);
      s[armed[k]] = (x < level - 0.05).select(1.0, s[armed[k]]);
    }
    s[index_out] = fired;
  }

  void act(Step& s) const {
    const auto felt = named(s[flow] * (announced ? 1 + xi * s.last(credibility) : 1 + 0 * s.last(credibility)));
    s[lasting] = -100 * phi * size * felt;
    s[transient] = kept * s.last(transient) - 100 * (1 - phi) * size * felt;
    if (own_yields) s[lasting] += yield_loading * yield_effect / 100 * s.last(flow);
    const auto lasting_effect = named(phi * size * (1 + (announced ? xi : 0.0) * s[credibility]));
    s[gain] = (lasting_effect > 0).select(yield_loading * yield_effect / 1e4 / lasting_effect.max(1e-300), 0.0);
  }
};

}  // namespace

ModelType fx_defence() {
  return model_type<FxDefence>("fx_defence", "fx", "jp",
                               "Interventions: when an authority sells dollars, how many, and what that does");
}

}  // namespace moniac
