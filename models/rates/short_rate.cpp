#include "models/rates/short_rate.h"

#include <algorithm>
#include <array>
#include <functional>

#include "models/rates/cir.h"
#include "models/rates/yield_curve_fit.h"
#include "sim/math/cholesky.h"
#include "sim/math/ornstein_uhlenbeck.h"
#include "sim/math/quadratic_exponential.h"

namespace moniac {

namespace {

constexpr std::array<double, 3> tenors = {2, 5, 10};

// The short rate r, alone.
//   vasicek     dr = k (m - r) dt + sigma dW                             exact step
//   hull_white  r = phi(t) + x,      dx = k (m - x) dt + sigma dW        exact step; phi reprices the start curve
//   g2pp        r = phi(t) + x + y,  dy = -k2 y dt + sigma2 dW2          exact step
//   cir         dr = k (m - r) dt + sigma sqrt(r) dW                     exact first two moments
// (Vasicek 1977; Hull and White 1990; Brigo and Mercurio 2006, ch. 4; Cox, Ingersoll and Ross 1985). Under P m is
// `mean`, for x `mean` less `mean_q`; under Q it is `mean_q`, for x 0. Zero yields are priced under Q.
class ShortRate final : public Model {
  enum Process { vasicek_rate, hull_white, g2pp, cir };

  const int process = choice("process", "vasicek", {"vasicek", "hull_white", "g2pp", "cir"}, "Law of the short rate");
  const int measure = choice("measure", "P", {"P", "Q"}, "Measure of the simulation; Q for pricing");
  const bool fitted_curve = process == hull_white || process == g2pp;

  const double r0 = param("r0", 3.75, "%/year", between(-10, 100), "Short rate at the start; vasicek and cir",
                          published("FOMC, upper bound of the range from 2025-12-11"));
  const double speed = param("speed", 0.25, "1/year", positive(), "Speed of return to the mean", illustrative());
  const double mean = param("mean", 3.2, "%/year", between(-10, 100), "Mean under P", illustrative());
  const double mean_q =
      param("mean_q", 4.5, "%/year", between(-10, 100), "Mean under Q: the mean plus a term premium", illustrative());
  const double volatility =
      param("volatility", 110, "bp/year^0.5", nonnegative(), "Volatility; vasicek, hull_white, g2pp", illustrative());
  const double cir_volatility = param("cir_volatility", 0.09, "", positive(),
                                      "Volatility of cir per root year, for a rate in decimals", illustrative());
  const double speed_2 =
      param("speed_2", 0.06, "1/year", positive(), "Speed of the second factor; g2pp", illustrative());
  const double volatility_2 =
      param("volatility_2", 98, "bp/year^0.5", nonnegative(), "Volatility of the second factor; g2pp", illustrative());
  const double correlation =
      param("correlation", -0.72, "", between(-1, 1), "Correlation of the factors; g2pp", illustrative());
  const std::vector<double> beta = numbers("curve_beta", {4.95, -1.25, -1.90}, "%/year", any_number(),
                                           "Nelson–Siegel level, slope and hump of the start curve", illustrative());
  const double lambda =
      param("curve_lambda", 1.9, "year", positive(), "Nelson–Siegel time of the hump", illustrative());
  const std::vector<double> pillar_maturities =
      numbers("pillar_maturities", {}, "year", positive(), "Maturities of the start curve, instead of Nelson–Siegel",
              illustrative("none"));
  const std::vector<double> pillar_rates = numbers("pillar_rates", {}, "%/year", between(-10, 100),
                                                   "Continuous zero rates at these maturities", illustrative("none"));
  const bool with_yields = flag("yields", false, "Whether to publish zero yields of 2, 5 and 10 years");

  const double dt = time().dt();
  const double pull = (measure == 0 ? mean : mean_q) - (fitted_curve ? mean_q : 0);
  const OrnsteinUhlenbeck ou = ornstein_uhlenbeck(speed, dt);
  const double drift = (1 - ou.decay) * pull;
  const double noise = volatility / 100 * ou.innovation;
  const QuadraticExponential moments_step{speed, pull / 100, cir_volatility, dt, 100};
  const FittedAffine fitted{factors(), start_curve()};
  const FactorStep joint = fitted.model.step(dt);
  const std::array<double, 3> root = factor_root();
  const std::vector<double> level = levels();
  const std::vector<std::array<BondLoadings, 3>> bonds = yield_loadings();

  const Output rate = output("short_rate", "%/year", "Short-term interest rate");
  const std::array<Output, 3> zero_yields = {with_yields ? output("y2", "%/year", "2-year zero yield") : Output{},
                                             with_yields ? output("y5", "%/year", "5-year zero yield") : Output{},
                                             with_yields ? output("y10", "%/year", "10-year zero yield") : Output{}};
  const State x = fitted_curve ? state("x", "First factor, percent") : State{};
  const State y = process == g2pp ? state("y", "Second factor, percent") : State{};
  const Shock news = normal_shock("news", "News about the short rate");
  const Shock news_2 = process == g2pp ? normal_shock("news_2", "News about the second factor") : Shock{};
  const Shock tail = process == cir ? uniform_shock("tail", "Place in the tail near zero") : Shock{};

 public:
  explicit ShortRate(Declarations& declarations) : Model(declarations) {
    check(beta.size() == 3, "curve_beta has three entries: level, slope, hump", {"curve_beta"});
    check(pillars_hold(), "pillar_maturities increase, and there is one rate for each",
          {"pillar_maturities", "pillar_rates"});
    check(process != cir || (mean > 0 && mean_q > 0 && r0 >= 0), "cir needs a rate >= 0 and means > 0",
          {"process", "r0", "mean", "mean_q"});
  }

  void start(Start& s) const override {
    if (fitted_curve) s[x] = 0;
    if (process == g2pp) s[y] = 0;
    s[rate] = fitted_curve ? level.front() : r0;
    if (with_yields) write_yields(s);
  }

  void step(Step& s) const override {
    switch (process) {
      case vasicek_rate:
        s[rate] = drift + ou.decay * s.last(rate) + noise * s[news];
        break;
      case hull_white:
        s[x] = drift + ou.decay * s.last(x) + noise * s[news];
        s[rate] = level[index(s)] + s[x];
        break;
      case g2pp:
        s[x] = drift + joint.decay[0] * s.last(x) + root[0] * s[news];
        s[y] = joint.decay[1] * s.last(y) + root[1] * s[news] + root[2] * s[news_2];
        s[rate] = level[index(s)] + s[x] + s[y];
        break;
      default:
        moments_step.advance(s.last(rate), s[news], s[tail], s[rate]);
    }
    if (with_yields) write_yields(s);
  }

 private:
  static std::size_t index(const View& s) { return static_cast<std::size_t>(s.index()); }

  bool pillars_hold() const {
    return pillar_maturities.size() == pillar_rates.size() &&
           std::adjacent_find(pillar_maturities.begin(), pillar_maturities.end(), std::greater_equal<>{}) ==
               pillar_maturities.end();
  }

  // In decimals.
  GaussianAffine factors() const {
    if (process == g2pp) return two_factors(speed, speed_2, volatility / 1e4, volatility_2 / 1e4, correlation);
    return vasicek(speed, fitted_curve ? 0 : mean_q / 100, volatility / 1e4);
  }

  InitialCurve start_curve() const {
    if (pillar_maturities.empty() || !pillars_hold()) {
      const auto b = [&](std::size_t i) { return i < beta.size() ? beta[i] / 100 : 0; };
      return NelsonSiegel{.beta0 = b(0), .beta1 = b(1), .beta2 = b(2), .lambda = lambda};
    }
    std::vector<double> decimals;
    for (const double percent : pillar_rates) decimals.push_back(percent / 100);
    return PillarCurve(pillar_maturities, decimals);
  }

  // The lower triangle of the root of the factors' covariance over a step, in percent.
  std::array<double, 3> factor_root() const {
    if (process != g2pp) return {};
    const auto lower = std::get<ExactMatrix>(cholesky(joint.covariance));
    return {100 * lower(0, 0).value, 100 * lower(1, 0).value, 100 * lower(1, 1).value};
  }

  // phi at each step, in percent.
  std::vector<double> levels() const {
    std::vector<double> values;
    for (int k = 0; fitted_curve && k <= time().steps; ++k) values.push_back(100 * fitted.level(k * dt));
    return values;
  }

  // Of -ln P at each step, for models whose yields depend on the date; else once.
  std::vector<std::array<BondLoadings, 3>> yield_loadings() const {
    std::vector<std::array<BondLoadings, 3>> values;
    if (!with_yields || process == cir) return values;
    for (int k = 0; k <= (fitted_curve ? time().steps : 0); ++k) {
      values.emplace_back();
      for (std::size_t i = 0; i < tenors.size(); ++i)
        values.back()[i] = fitted_curve ? fitted.bond(k * dt, k * dt + tenors[i]) : fitted.model.bond(tenors[i]);
    }
    return values;
  }

  void write_yields(const View& s) const {
    for (std::size_t i = 0; i < tenors.size(); ++i) {
      auto out = s[zero_yields[i]];
      if (process == cir) {
        const Cir::Bond bond = Cir{speed, mean_q / 100, cir_volatility}.bond(tenors[i]);
        out = (bond.b * s[rate] - 100 * bond.log_a) / tenors[i];
        continue;
      }
      const BondLoadings& bond = bonds[fitted_curve ? index(s) : 0][i];
      if (process == vasicek_rate)
        out = (100 * bond.constant + bond.factors[0] * (s[rate] - mean_q)) / tenors[i];
      else if (process == hull_white)
        out = (100 * bond.constant + bond.factors[0] * s[x]) / tenors[i];
      else
        out = (100 * bond.constant + bond.factors[0] * s[x] + bond.factors[1] * s[y]) / tenors[i];
    }
  }
};

}  // namespace

ModelType short_rate() {
  return model_type<ShortRate>("short_rate", "rates", "us",
                               "Short rate alone: Vasicek, Hull–White, G2++ or Cox–Ingersoll–Ross");
}

}  // namespace moniac
