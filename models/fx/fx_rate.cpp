#include "models/fx/fx_rate.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/fx/heston.h"
#include "models/fx/jumps.h"
#include "models/fx/pairs.h"
#include "sim/math/box_muller.h"
#include "sim/math/columns.h"
#include "sim/math/exponential_integrals.h"
#include "sim/math/ornstein_uhlenbeck.h"

namespace moniac {

namespace {

// The log x of local currency per US dollar: a lasting part and the transient effect w of interventions.
//
//   x' = x̂ + (x - x̂) E + a G + √V (σ_t z + b ε) + J + γ Δ(y5_us - y5) + 2 Δπ + lasting effect of interventions
//   a  = β (i - i_us) - π + χ m - (σ_t² + b²)/2 - Λ E[e^J - 1]
//   E = e^{-κ dt},  G = (1 - E)/κ,  V = (1 - E²)/(2κ)      exact for constant coefficients; jumps at the step's end
//   σ_t = σ e^{y - Var y},  y an Ornstein–Uhlenbeck process; or Heston's variance; or σ
//   m' = e^{-dt/τ} m + (1 - e^{-dt/τ}) (x' - x)/dt
//
// ε is the shock to world risk that all pairs share. Measure `martingale`: β = 1 and nothing else moves the mean, so
// E[S] grows at i - i_us and options have their textbook prices. With β = 0 the rate is a random walk that forgets
// the interest differential (Meese and Rogoff 1983; Fama 1984). A peg holds until `collapse` moves it, then it floats.
class FxRate final : public Model {
  enum Volatility { log_sigma, heston, constant };
  enum Jumps { merton, kou, none };

  // Numbers of the pair
  const PairPreset pair = pair_preset(
      choice("preset", preset_pair(scope()), pair_names(), "Pair whose numbers are the defaults of all others"));
  const bool jumps_for_all =
      choice("calibration", "stochastic_volatility", {"stochastic_volatility", "jumps_only"},
             "Whether volatility changes, or frequent jumps stand for that; the latter for steps of a week or less") ==
      1;
  const bool martingale = choice("measure", "physical", {"physical", "martingale"}, "Measure; martingale for pricing");
  const JumpNumbers sizes = jumps_for_all ? pair.all_jumps : pair.rare_jumps;
  const bool inverted = flag("inverted", pair.inverted, "Whether the rate is US dollars per unit of local currency");
  const double initial = param("initial", pair.rate, "", positive(), "Rate at the start, as quoted",
                               illustrative("about that of December 2025"));

  // Drift
  const double beta = param("beta", 0, "", between(-2, 1), "Share of the interest differential in the drift",
                            published("Meese and Rogoff 1983: a random walk; Fama 1984: below 0"));
  const double kappa = param("anchor_speed", pair.anchor_speed, "1/year", nonnegative(), "κ: speed to the anchor",
                             calibrated("half-life of deviations from parity 3–5 years, Rogoff 1996"));
  const double chi = param("momentum", 0, "", Range{.low = 0, .high = 1, .high_open = true},
                           "χ: share of recent changes that goes on; 0.2 for herding", illustrative());
  const double momentum_time = param("momentum_time", 0.25, "year", positive(), "Memory of momentum", illustrative());
  const double gamma = param("yield_loading", pair.yield_loading, "", any_number(),
                             "γ: effect of the difference of five-year yields, log per 1.00",
                             illustrative("100 bp were about 6 % for the yen, 2022–24"));
  const double premium_loading = param("premium_loading", 2, "year", any_number(),
                                       "Fall of the rate today per unit of its risk premium a year", illustrative());

  // Volatility
  const double sigma_given =
      param("sigma", jumps_for_all ? pair.diffusive_sigma : pair.total_sigma, "%", nonnegative(),
            "Volatility per root year, in all or (preserve_sigma off) without jumps", pair.sigma_source) /
      100;
  const bool preserve = flag("preserve_sigma", !jumps_for_all, "Whether sigma contains jumps");
  const double risk =
      param("risk_loading", pair.risk_loading, "", any_number(), "b: loading on shocks to world risk, per root year",
            calibrated("weekly correlation with changes of the VIX"));
  const int law = choice("volatility", jumps_for_all ? "constant" : "log_sigma", {"log_sigma", "heston", "constant"},
                         "Law of volatility");
  const double y_speed = param("log_sigma_speed", pair.log_sigma_speed, "1/year", positive(), "Speed of log volatility",
                               calibrated("monthly realised volatility, less its noise"));
  const double y_volatility =
      param("log_sigma_volatility", pair.log_sigma_volatility, "", nonnegative(),
            "Volatility of log volatility per root year", calibrated("monthly realised volatility, less its noise"));
  const double rho = param("volatility_correlation", 0, "", between(-1, 1),
                           "Correlation of changes of the rate and its volatility", illustrative());
  const double v0 = param("heston_start", 0.01, "", nonnegative(), "Heston: variance at the start", illustrative());
  const SquareRootVariance variance = {
      param("heston_speed", 3, "1/year", positive(), "Heston: speed of variance", illustrative()),
      param("heston_mean", 0.01, "", positive(), "Heston: mean variance", illustrative()),
      param("heston_volatility", 0.2, "", positive(), "Heston: ξ", illustrative())};

  // Jumps of x
  const int jumps = choice("jumps", "merton", {"merton", "kou", "none"}, "Law of jumps");
  const double jump_rate = param("jump_rate", sizes.rate, "1/year", nonnegative(), "Λ: jumps a year",
                                 calibrated("changes beyond 2.5 % in a day, or maximum likelihood (jumps_only)"));
  const MertonJumps normal = {
      param("jump_mean", sizes.mean, "", any_number(), "Merton: mean size", calibrated("as jump_rate")),
      param("jump_deviation", sizes.deviation, "", nonnegative(), "Merton: deviation", calibrated("as jump_rate"))};
  const KouJumps exponential = {
      param("jump_up", 0.35, "", between(0, 1), "Kou: probability of a jump up", illustrative()),
      param("jump_up_decay", 80, "", Range{.low = 1, .low_open = true}, "Kou: η1, 1/mean size up", illustrative()),
      param("jump_down_decay", 50, "", positive(), "Kou: η2, 1/mean size down", illustrative())};

  // What is watched, and a peg
  const double upper = param("upper_barrier", 0, "", nonnegative(), "Rate above the start that is watched; 0: none",
                             illustrative("none"));
  const double lower = param("lower_barrier", 0, "", nonnegative(), "Rate below the start that is watched; 0: none",
                             illustrative("none"));
  const bool bridge =
      choice("monitoring", "continuous", {"continuous", "at_steps"}, "When the barriers are watched") == 0;
  const bool pegged = flag("pegged", false, "Whether the rate is fixed until `collapse` moves it");

  const Input i = input(pair.country + ".policy_rate", pair.policy_rate, "%/year", "Policy rate of the country");
  const Input i_us = input("us.policy_rate", 3.75, "%/year", "Policy rate of the United States");
  const Input y5 = input(pair.country + ".y5", pair.five_year, "%/year", "Five-year yield of the country");
  const Input y5_us = input("us.y5", 3.7, "%/year", "Five-year yield of the United States");
  const Input epsilon = input("world.risk_shock", 0, "index", "Shock to risk appetite, N(0, 1)");
  const Input premium = input("premium", 0, "%/year", "Expected gain of the local currency beyond interest");
  const Input anchor = input("anchor", 0, "", "Rate that deviations return to, as quoted; 0: the rate at the start");
  const Input lasting = input("intervention_lasting", 0, "%/step", "Lasting effect of interventions on x");
  const Input transient = input("intervention_transient", 0, "%", "Effect of interventions on x that fades");
  const Input collapse = pegged ? input("collapse", 0, "%/step", "Change of x by attacks on the peg") : Input{};

  const Output rate = output("rate", "", "Exchange rate, as quoted");
  const Output sigma_out = output("volatility", "%", "Volatility of the step per root year, without jumps");
  const Output regime = output("regime", "index", "0 float, 1 zone, 2 peg, 3 collapsed");
  const Output touched_up = upper > 0 ? output("touched_upper", "index", "1 from the first touch on") : Output{};
  const Output touched_down = lower > 0 ? output("touched_lower", "index", "1 from the first touch on") : Output{};

  const State core = state("core", "Lasting part of x");
  const State m = state("momentum_state", "Smoothed change of x a year");
  const State y = law == constant ? State{} : state("volatility_state", "Log volatility, or Heston's variance");
  const State premium_before = state("premium_before", "Last premium, %/year");
  const State spread_before = state("spread_before", "Last difference of five-year yields, %");

  const Shock z = normal_shock("news", "News about the rate");
  const Shock z_y = law == constant ? Shock{} : normal_shock("volatility_news", "News about volatility");
  const Shock u_v = law == heston ? uniform_shock("variance_tail", "Place in the tail near zero") : Shock{};
  const EventShock y_start =
      law == log_sigma ? event_shock("volatility_start", "Log volatility at the start") : EventShock{};
  const Shock n = jumps == none ? Shock{} : uniform_shock("jump_count", "Number of jumps");
  const Shock z_jump = jumps == merton ? normal_shock("jump_size", "Size of jumps") : Shock{};
  const Shocks u_jump = jumps == kou ? uniform_shocks("jump_sizes", KouJumps::most, "Sizes of jumps") : Shocks{};
  const Shock u_up = upper > 0 && bridge ? uniform_shock("touch_upper", "Whether the path touched between") : Shock{};
  const Shock u_down = lower > 0 && bridge ? uniform_shock("touch_lower", "Whether the path touched between") : Shock{};

  // Of a step
  const double dt = time().dt();
  const double jump_variance =
      jumps == none ? 0 : jump_rate * (jumps == merton ? normal.second_moment() : exponential.second_moment());
  const double jump_drift =
      jumps == none ? 0 : jump_rate * (jumps == merton ? normal.mean_factor() : exponential.mean_factor());
  const double sigma =
      std::sqrt(std::max(sigma_given * sigma_given - risk * risk - (preserve ? jump_variance : 0), 0.0));
  const double kappa_used = martingale ? 0 : kappa;
  const double decay = exp(-kappa_used * dt);
  const double drift_time = decay_integral(kappa_used, dt);
  const double root_variance = std::sqrt(decay_integral(2 * kappa_used, dt));
  const OrnsteinUhlenbeck log_volatility = ornstein_uhlenbeck(y_speed, dt);
  const double y_variance = y_volatility * y_volatility / (2 * y_speed);
  const double momentum_kept = exp(-dt / momentum_time);
  const PoissonCount count{jumps == none ? 0 : jump_rate * dt};
  const HestonStep variance_step{variance, rho, dt};
  const double x0 = log_of(initial);
  const double above = upper > 0 ? log_of(upper) : 0;
  const double below = lower > 0 ? log_of(lower) : 0;

 public:
  explicit FxRate(Declarations& declarations) : Model(declarations) {
    check(upper == 0 || upper > initial, "the upper barrier is not above the rate at the start",
          {"upper_barrier", "initial"});
    check(lower == 0 || lower < initial, "the lower barrier is not below the rate at the start",
          {"lower_barrier", "initial"});
    check(jumps != kou || jump_rate * dt <= 1,
          "Kou's jumps are drawn for at most one expected in a step; here " + to_text(jump_rate * dt),
          {"jump_rate", "jumps"});
  }

  void start(Start& s) const override {
    s[core] = x0 - s[transient] / 100;
    s[m] = 0;
    if (law == log_sigma) s[y] = y_variance;
    if (law == heston) s[y] = v0;
    s[premium_before] = s[premium];
    s[spread_before] = s[y5_us] - s[y5];
    s[rate] = initial;
    s[sigma_out] = 100 * std::sqrt((law == heston ? v0 : sigma * sigma) + risk * risk);
    s[regime] = pegged ? 2 : 0;
    if (upper > 0) s[touched_up] = 0;
    if (lower > 0) s[touched_down] = 0;
  }

  void step(Step& s) const override {
    if (law == log_sigma && s.index() == 1) draw_volatility_at_start(s);
    const auto before = named(x_of(s.last(rate)));
    const auto v = variance_of_step(s);
    move(s, v);
    const auto diffused = named(s[core] + s[transient] / 100);
    if (jumps != none) s[core] += sum_of_jumps(s);
    if (pegged) hold_peg(s);
    const auto x = named(s[core] + s[transient] / 100);
    publish(s, x, v);
    s[m] = momentum_kept * s.last(m) + (1 - momentum_kept) / dt * (x - before);
    if (upper > 0) watch(s, touched_up, u_up, inverted ? -1 : 1, above, before, diffused, x, v);
    if (lower > 0) watch(s, touched_down, u_down, inverted ? 1 : -1, below, before, diffused, x, v);
  }

 private:
  double log_of(double quoted) const { return inverted ? -log(quoted) : log(quoted); }
  template <class E>
  ScratchColumn x_of(const E& quoted) const {
    const auto l = log(quoted);
    return inverted ? named(-l) : l;
  }

  // σ_t² + b², with σ_t of the step's beginning.
  ScratchColumn variance_of_step(Step& s) const {
    if (law == heston) return named(s.last(y) + risk * risk);
    if (law == constant) return named(Eigen::ArrayXd::Constant(s.lanes(), sigma * sigma + risk * risk));
    const auto factor = exp(2 * (log_volatility_before(s) - y_variance));
    return named(sigma * sigma * factor + risk * risk);
  }

  // In step 1 that of the start, which has no draws of its own.
  ConstColumn log_volatility_before(const Step& s) const {
    return s.index() == 1 ? ConstColumn(s[y].data(), s.lanes()) : s.last(y);
  }

  // A path's own draw of the long-run law of log volatility, by Box and Muller.
  void draw_volatility_at_start(Step& s) const {
    for (Eigen::Index path = 0; path < s.lanes(); ++path) {
      const EventDraws u = s.next_event(y_start, path);
      s[y](path) = box_muller(u[0], u[1], y_variance)[0];
    }
  }

  void move(Step& s, const ScratchColumn& v) const {
    const auto x_hat = anchor_of(s);
    const auto spread = named(s[y5_us] - s[y5]);
    const auto interest = named((martingale ? 1 : beta) / 100 * (s[i] - s[i_us]));
    const auto half_variance =
        law == heston ? named(Eigen::ArrayXd::Constant(s.lanes(), risk * risk / 2)) : named(v / 2);
    s[core] = x_hat + decay * (s.last(core) - x_hat) + drift_time * (interest - half_variance - jump_drift) +
              root_variance * risk * s[epsilon] + s[lasting] / 100;
    if (!martingale)
      s[core] += drift_time * (chi * s.last(m) - s[premium] / 100) +
                 premium_loading / 100 * (s[premium] - s.last(premium_before)) +
                 gamma / 100 * (spread - s.last(spread_before));
    s[premium_before] = s[premium];
    s[spread_before] = spread;
    diffuse(s, v);
  }

  void diffuse(Step& s, const ScratchColumn& v) const {
    if (law == heston) {
      s[core] += variance_step.advance(s.last(y), s[z], s[z_y], s[u_v], s[y]);
      return;
    }
    s[core] += root_variance * (v - risk * risk).max(0.0).sqrt() * s[z];
    if (law == constant) return;
    const auto last = named(log_volatility_before(s));
    s[y] = log_volatility.decay * last +
           y_volatility * log_volatility.innovation * (rho * s[z] + std::sqrt(1 - rho * rho) * s[z_y]);
  }

  ScratchColumn anchor_of(const Step& s) const {
    if (!(s[anchor] > 0).any()) return named(Eigen::ArrayXd::Constant(s.lanes(), x0));
    const auto given = x_of(s[anchor].max(1e-300));
    return named((s[anchor] > 0).select(given, x0));
  }

  ScratchColumn sum_of_jumps(const Step& s) const {
    const auto happened = count.of(s[n]);
    return jumps == merton ? normal.sum(happened, s[z_jump]) : exponential.sum(s, happened, u_jump);
  }

  // A peg moves by nothing but a collapse.
  void hold_peg(Step& s) const {
    s[regime] = (s[collapse] != 0).select(3.0, s.last(regime));
    const auto moved = named((s.last(regime) == 2.0).select(s.last(core), s[core]) + s[collapse] / 100);
    s[core] = moved;
  }

  void publish(Step& s, const ScratchColumn& x, const ScratchColumn& v) const {
    s[rate] = exp(inverted ? named(-x) : x);
    s[sigma_out] = 100 * v.sqrt();
    if (pegged)
      s[sigma_out] *= (s[regime] == 2.0).select(0.0, Eigen::ArrayXd::Ones(s.lanes()));
    else
      s[regime] = 0;
  }

  // Whether x went beyond b: at the end of the step, or in between with the probability of a Brownian bridge of the
  // diffusive move, exp(-2 (b - x)(b - x')/(v dt)). Exact without a pull to the anchor.
  void watch(Step& s, Output touched, Shock u, int side, double b, const ScratchColumn& before,
             const ScratchColumn& diffused, const ScratchColumn& after, const ScratchColumn& v) const {
    auto now = s[touched];
    now = ((after - b) * side >= 0).select(1.0, s.last(touched));
    if (!bridge) return;
    const auto gap = named(((b - before) * side).max(0.0) * ((b - diffused) * side).max(0.0));
    const auto chance = exp(-2 * gap / (dt * v).max(1e-300));
    now = (s[u] < chance).select(1.0, now);
  }
};

}  // namespace

ModelType fx_rate() {
  return model_type<FxRate>("fx_rate", "fx", "usdjpy",
                            "Exchange rate: anchor, interest, stochastic volatility, jumps, shared risk");
}

}  // namespace moniac
