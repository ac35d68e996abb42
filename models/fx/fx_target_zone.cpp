#include "models/fx/fx_target_zone.h"

#include <algorithm>
#include <cmath>

#include "models/fx/pairs.h"
#include "models/fx/target_zone.h"
#include "sim/math/columns.h"
#include "sim/math/ornstein_uhlenbeck.h"

namespace moniac {

namespace {

// A target zone: the rate is parity plus s(f) (target_zone.h), the fundamental f a Brownian motion that unsterilised
// interventions reflect at the edges. With y the free step from f and u uniform, the most that f would have reached,
//   M = (f + y + sqrt((y - f)² - 2 σ² dt ln u))/2,
// is exact for one edge; what lies beyond it is the regulator dU (dL below). Dollars sold:
//   Q = (MB/S) (dU - dL + ρ f dt)/multiplier.
// When the reserves cannot deliver Q, `collapse` happens, or too many dollars have been bought (a hazard), the band is
// given up and s = f + α μ from then on. The error of treating both edges one after the other is exp(-2 b²/(σ² dt)), b
// the width; steps are cut where σ sqrt(dt) >= b/3.
class FxTargetZone final : public Model {
  const PairPreset pair =
      pair_preset(choice("preset", preset_pair(scope()), pair_names(), "Pair whose numbers are the defaults"));
  const std::vector<double> band = numbers("band", {130, 150}, "", positive(), "Edges, local currency per US dollar",
                                           illustrative("the band that is asked for the yen"));
  const double initial =
      param("initial", 142, "", positive(), "Rate at the start, local currency per US dollar", illustrative());
  const double alpha = param("alpha", 1, "year", positive(), "α: semi-elasticity of money demand",
                             calibrated("0.1–3 years, Flood, Rose and Mathieson 1991"));
  const double sigma = param("sigma", 10, "%", positive(), "σ of the fundamental per root year", illustrative()) / 100;
  const double mu = param("drift", 0, "%/year", between(-50, 50), "μ: drift of the fundamental", illustrative()) / 100;
  const double rho =
      param("leaning", 0, "1/year", nonnegative(),
            "ρ: speed at which interventions inside the band pull the fundamental back", illustrative("none"));
  const double credibility =
      param("credibility", 0.9, "", between(0, 1), "q: probability that the band is held when touched; 1 is Krugman's",
            illustrative("the exchange rates of the EMS reject 1"));
  const double money = param("monetary_base", 660000, "bn", positive(), "Monetary base in local currency",
                             calibrated("Bank of Japan, December 2024, rounded"));
  const double multiplier =
      param("money_multiplier", 1, "", positive(), "Money per unit of base that an intervention moves", illustrative());

  const double exit_hazard = param("exit_hazard", 0, "1/year", nonnegative(),
                                   "Hazard of giving the band up once dollars worth a year's GDP have been bought",
                                   illustrative("none; the Swiss National Bank left with 80 % of GDP"));
  const double gdp = param("gdp", 4260, "USD bn/year", positive(), "GDP, for the exit hazard",
                           calibrated("Japan 2022, as remembered"));

  const Input deliverable = lagged_input(pair.country + ".fx_deliverable", 1e9, "USD bn",
                                         "Dollars that the reserves can deliver; by default without limit");
  const Input collapse = input("collapse", 0, "%/step", "Change of the log rate by attacks on the band");

  const Output rate = output("rate", "", "Exchange rate, local currency per US dollar");
  const Output volatility = output("volatility", "%", "Volatility of the rate per root year, σ s'(f)");
  const Output regime = output("regime", "index", "0 float, 1 zone, 2 peg, 3 collapsed");
  const Output fundamental = output("fundamental", "", "f: log of money and velocity less parity");
  const Output sold = output(pair.country + ".intervention_flow", "USD bn/step", "Dollars sold, positive = sold");
  const Output weak_side = output("weak_side_defence", "%/step", "dU: fall of log money that holds the weak edge");
  const Output strong_side =
      output("strong_side_defence", "%/step", "dL: rise of log money that holds the strong edge");
  const Output base = output(pair.country + ".monetary_base", "local bn", "Monetary base");
  const Output residual = identity("base_identity_residual", 1e-9, "ratio",
                                   "Change of base plus local value of dollars sold, relative to the base");
  const State bought = state("bought", "Dollars bought since the start, USD bn");
  const State shift = state("shift", "Change of the log rate when the band was given up");

  const double dt = time().dt();
  const double parity = band.size() == 2 ? std::sqrt(band[0] * band[1]) : initial;
  const ZoneCurve curve = make_curve();
  const double width = curve.f_high() - curve.f_low();
  const int parts = std::max(1, static_cast<int>(std::ceil(9.000001 * sigma * sigma * dt / (width * width))));
  const OrnsteinUhlenbeck pull = ornstein_uhlenbeck(rho, dt / parts);
  const Shocks z = normal_shocks("news", parts, "News about the fundamental");
  const Shocks u_high = uniform_shocks("weak_edge", parts, "Highest point of the step");
  const Shock u_exit = uniform_shock("exit", "Whether a band that costs too much is given up");
  const Shocks u_low = uniform_shocks("strong_edge", parts, "Lowest point of the step");

 public:
  explicit FxTargetZone(Declarations& declarations) : Model(declarations) {
    check(band.size() == 2 && band[0] < band[1], "the band is [strong edge, weak edge], the smaller rate first",
          {"band"});
    if (band.size() == 2)
      check(band[0] < initial && initial < band[1],
            "the rate at the start, " + to_text(initial) + ", is not inside the band " + to_text(band[0]) + " … " +
                to_text(band[1]),
            {"initial", "band"});
    check(mu == 0 || rho == 0, "a drift and leaning inside the band cannot be solved together", {"drift", "leaning"});
    check(credibility == 1 || (mu == 0 && rho == 0),
          "a band that is not fully credible needs drift 0 and leaning 0; set credibility to 1",
          {"credibility", "drift", "leaning"});
    check(parts <= 64, "the band is too narrow for the step: " + to_text(parts) + " parts would be needed",
          {"band", "sigma"});
  }

  void start(Start& s) const override {
    s[fundamental] = curve.inverse(log(initial / parity));
    for (const Output zero : {sold, weak_side, strong_side, residual}) s[zero] = 0;
    s[regime] = 1;
    s[base] = money;
    s[bought] = 0;
    s[shift] = 0;
    publish(s);
    s[rate] = initial;
  }

  void step(Step& s) const override {
    const auto free = reflect(s);
    const auto leaned = rho > 0 ? named(rho * dt * s.last(fundamental)) : named(0 * s.last(fundamental));
    const auto wanted =
        named(s.last(base) / multiplier / s.last(rate) * ((s[weak_side] - s[strong_side]) / 100 + leaned));
    const auto tired = named(-expm1(-dt * exit_hazard / gdp * s.last(bought).max(0.0)));
    const auto lost = named(
        (s.last(regime) == 3.0 || wanted > s[deliverable] || s[collapse] != 0.0 || s[u_exit] < tired).cast<double>());
    s[regime] = (lost > 0).select(3.0, s.last(regime));
    s[sold] = (s.last(regime) == 3.0).select(0.0, wanted.min(s[deliverable].max(0.0)));
    s[sold] = (lost > 0 && s[sold] < 0.0).select(0.0, s[sold]);
    s[fundamental] = (lost > 0).select(free, s[fundamental]);
    for (const Output held : {weak_side, strong_side}) s[held] = (lost > 0).select(0.0, s[held]);
    s[bought] = s.last(bought) - s[sold];
    s[shift] = s.last(shift) + s[collapse] / 100;
    s[base] = s.last(base) - multiplier * s.last(rate) * s[sold];
    s[residual] = (s[base] / s.last(base) - 1 + multiplier * s.last(rate) * s[sold] / s.last(base)).abs();
    publish(s);
  }

 private:
  ZoneCurve make_curve() const {
    const bool sound = band.size() == 2 && band[0] < band[1];
    const double half = sound ? log(band[1] / band[0]) / 2 : 0.05;
    if (rho > 0) return ZoneCurve::intramarginal_band(alpha, rho, sigma, half);
    if (mu != 0) return ZoneCurve::drifting(alpha, mu, sigma, -half, half);
    return ZoneCurve::symmetric(alpha, sigma, half, credibility);
  }

  // Moves f within the band, counts what each edge took, and returns where f would be without the edges.
  ScratchColumn reflect(Step& s) const {
    const double variance = rho > 0 ? sigma * sigma * pull.innovation * pull.innovation : sigma * sigma * dt / parts;
    auto f = s[fundamental];
    auto free = scratch_column();
    f = s.last(fundamental);
    free = s.last(fundamental);
    s[weak_side] = 0;
    s[strong_side] = 0;
    auto y = scratch_column(), high = scratch_column(), low = scratch_column();
    auto over = scratch_column(), under = scratch_column();
    for (int part = 0; part < parts; ++part) {
      const auto move = std::sqrt(variance) * s[z[part]] + mu * dt / parts;
      y = pull.decay * f + move;
      free = pull.decay * free + move;
      logarithm(s[u_high[part]], high);
      logarithm(s[u_low[part]], low);
      over = ((f + y + ((y - f).square() - 2 * variance * high).sqrt()) / 2 - curve.f_high()).max(0.0);
      under = (curve.f_low() - (f + y - ((y - f).square() - 2 * variance * low).sqrt()) / 2).max(0.0);
      f = y - over + under;
      over += (f - curve.f_high()).max(0.0);
      under += (curve.f_low() - f).max(0.0);
      f = f.min(curve.f_high()).max(curve.f_low());
      s[weak_side] += 100 * over;
      s[strong_side] += 100 * under;
    }
    return {free.data(), free.size()};
  }

  // Into a column that every part uses again.
  static void logarithm(const ConstColumn& u, Column out) {
    out = u;
    Scratch::current().kernels().log(out.data(), out.data(), static_cast<std::size_t>(out.size()));
  }

  void publish(View& s) const {
    const auto inside = named(s[fundamental].max(curve.f_low()).min(curve.f_high()));
    const auto kept = curve.value(inside), slope = curve.slope(inside);
    const auto floating = named(s[fundamental] + alpha * mu + s[shift]);
    s[rate] = parity * exp((s[regime] == 3.0).select(floating, kept));
    s[volatility] = 100 * sigma * (s[regime] == 3.0).select(1.0, slope);
  }
};

}  // namespace

ModelType fx_target_zone() {
  return model_type<FxTargetZone>("fx_target_zone", "fx", "usdjpy",
                                  "Exchange rate in a target zone, with the interventions that keep it there");
}

}  // namespace moniac
