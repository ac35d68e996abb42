#include <cmath>

#include "models/macro/five_economies.h"
#include "models/macro/macro_core.h"
#include "sim/math/rational_expectations.h"

namespace moniac {

namespace {

constexpr int n = 5;

std::size_t at(int c) {
  return static_cast<std::size_t>(c);
}

// The five economies with expectations that look ahead, by quarter, in deviations from the long run:
//
//   y_c  = b_lag y_c,-1 + b_lead E y_c,+1 - b_r (i_c - E pi_c,+1) + (1 - b_lag - b_lead) (m sum_d x_cd y_d + demand) +
//   e_y pi_c = lambda E pi_c,+1 + (1 - lambda) pi_c,-1 + k y_c + 0.3 (tariff + energy inflation) + e_pi i_c  = rho
//   i_c,-1 + (1 - rho) [(1 - omega)(phi_pi pi_c + phi_y y_c) + omega i_us] + e_i
//
// a hybrid New Keynesian model in the form of the quarterly projection models of central banks (Berg, Karam and Laxton
// 2006). Nobody foresees demand, tariffs, energy prices and news. The law X = P X_-1 + Q e is solved at set-up; a
// system without exactly one stable law is refused. The lower bound on rates is not part of it.
class MacroCoreRE final : public FiveEconomies {
  const double noise = param("noise", 1, "", nonnegative(), "Scale of all news; 0 shows responses", illustrative());
  const Range share = between(0, 1);
  const Five gap_lag = each_param("gap_lag", {.68, .68, .68, .68, .62}, "", share, "b_lag: weight of the last gap",
                                  illustrative("quarterly projection models"));
  const Five gap_lead =
      each_param("gap_lead", {.15, .15, .15, .15, .15}, "", share, "b_lead: weight of the gap expected next",
                 illustrative("quarterly projection models"));
  const Five rate_effect = each_param("rate_effect", {.15, .10, .10, .14, .10}, "", nonnegative(),
                                      "b_r: fall of the gap per pp of the real rate", illustrative());
  const Five inflation_lead = each_param("inflation_lead", {.58, .58, .58, .58, .58}, "", share,
                                         "lambda: weight of inflation expected next", illustrative());
  const Five gap_effect = each_param("gap_effect", {.10, .10, .06, .10, .13}, "", nonnegative(),
                                     "k: rise of inflation per % of the gap", illustrative());
  const Five gap_volatility = each_param("gap_volatility", {.8, .8, .9, .85, .9}, "pp/year^0.5", nonnegative(),
                                         "Volatility of the gap", illustrative());
  const Five inflation_volatility = each_param("inflation_volatility", {.65, 1.0, .6, .65, 1.25}, "pp/year^0.5",
                                               nonnegative(), "Volatility of inflation", illustrative());
  const double second_round = param("second_round", 0.3, "", share,
                                    "Share of tariff and energy inflation that enters price setting", illustrative());

  const Five natural_rate = each_by_preset("natural_rate", &PolicyPreset::natural_rate, "%/year", between(-10, 20),
                                           "Real rate at which inflation is stable");
  const Five target = each_by_preset("inflation_target", &PolicyPreset::inflation_target, "%/year", between(-5, 50),
                                     "Target of inflation");
  const Five phi_pi =
      each_param("phi_pi", {1.5, 1.3, 1.5, 1.5, 2.0}, "", any_number(),
                 "Response of the rule to the inflation gap; times 1 - follow_us it must exceed about 1",
                 illustrative("Taylor 1993; em: 1.6 would leave 0.96 of its own response"));
  const Five phi_y =
      each_by_preset("phi_y", &PolicyPreset::phi_y, "", any_number(), "Response of the rule to the output gap");
  const Five smoothing =
      each_by_preset("smoothing", &PolicyPreset::smoothing, "", {.low = 0, .high = 1, .high_open = true},
                     "Share of last quarter's rate in this quarter's");
  const Five follow_us = each_by_preset("follow_us", &PolicyPreset::follow_us, "", between(0, 1),
                                        "Weight of the US policy rate in the rule");
  const Five rate_volatility = each_by_preset("rate_volatility", &PolicyPreset::volatility, "pp/year^0.5",
                                              nonnegative(), "Volatility of the policy rate");
  const Five rate0 = each_by_preset("rate", &PolicyPreset::i0, "%/year", between(-10, 100), "Policy rate at the start");

  const Each<Input> demand = each_input("demand", {}, "%", "Demand nobody foresaw, % of potential");
  const Each<Input> tariffs = each_input("tariff_inflation", {}, "pp/year", "Part of inflation due to tariffs");
  const Each<Input> energy = each_input("energy_inflation", {}, "pp/year", "Part of inflation due to energy");

  const Each<Output> rate = each_output("policy_rate", "%/year", "Policy rate");
  const Each<Output> neutral_rate = each_output("neutral_rate", "%/year", "Natural rate plus announced target");
  const Each<Output> announced = each_output("inflation_target", "%/year", "Announced target of inflation");

  const Each<Shock> gap_news = each_news("gap_news", "News about output");
  const Each<Shock> inflation_news = each_news("inflation_news", "News about inflation");
  const Each<Shock> rate_news = each_news("rate_news", "News about the policy rate");

  const RationalExpectations law = solved();
  const std::vector<double> map = law_by_rows();
  const double per_step = noise * std::sqrt(time().dt());

 public:
  explicit MacroCoreRE(Declarations& declarations) : FiveEconomies(declarations) {
    const Calendar::Ratio dt = time().dt_ratio();
    check(dt.numerator * 4 == dt.denominator,
          "macro_core_re steps by quarters: step: 1 quarter, not " + time().step_text() + "; macro_core takes any step",
          {});
    judge();
  }

  void start(Start& s) const override {
    for (std::size_t c = 0; c < n; ++c) {
      s[gap[c]] = gap0[c];
      s[core[c]] = inflation0[c];
      s[rate[c]] = rate0[c];
      publish(s, c);
    }
    start_accounts(s);
  }

  void step(Step& s) const override {
    std::array<const double*, 6 * n> in{};
    std::array<double*, 3 * n> out{};
    for (std::size_t c = 0; c < n; ++c) {
      in[c] = s.last(gap[c]).data();
      in[c + n] = named(s.last(core[c]) - target[c]).data();
      in[c + 2 * n] = named(s.last(rate[c]) - neutral(c)).data();
      in[c + 3 * n] = named(own_demand(c) * s[demand[c]] + per_step * gap_volatility[c] * s[gap_news[c]]).data();
      in[c + 4 * n] = named(second_round * (s[tariffs[c]] + s[energy[c]]) +
                            per_step * inflation_volatility[c] * s[inflation_news[c]])
                          .data();
      in[c + 5 * n] = named(per_step * rate_volatility[c] * s[rate_news[c]]).data();
      out[c] = s[gap[c]].data();
      out[c + n] = s[core[c]].data();
      out[c + 2 * n] = s[rate[c]].data();
    }
    Scratch::current().kernels().linear_map(map.data(), out.size(), in.size(), in.data(), out.data(),
                                            static_cast<std::size_t>(s.lanes()));
    for (int i = 0; i < n; ++i) {
      const std::size_t c = at(i);
      s[core[c]] += target[c];
      s[rate[c]] += neutral(c);
      publish(s, c);
      s[potential[c]] = s.last(potential[c]) + growth[c] * s.dt();
      step_accounts(s, i);
    }
  }

 private:
  double neutral(std::size_t c) const { return natural_rate[c] + target[c]; }
  double own_demand(std::size_t c) const { return 1 - gap_lag[c] - gap_lead[c]; }

  void publish(const View& s, std::size_t c) const {
    s[inflation[c]] = s[core[c]] + s[tariffs[c]] + s[energy[c]];
    s[neutral_rate[c]] = neutral(c);
    s[announced[c]] = target[c];
  }

  // A E X₊₁ + B X + C X₋₁ + e = 0 of the class comment.
  RationalExpectations solved() const {
    const ExactMatrix exports = exports_over_gdp();
    ExactMatrix a = ExactMatrix::Zero(3 * n, 3 * n), b = -ExactMatrix::Identity(3 * n, 3 * n), c = a;
    for (int k = 0; k < n; ++k) {
      const int y = k, pi = k + n, i = k + 2 * n;
      const double followed = k == us ? 0 : follow_us[at(k)];
      const double own = (1 - smoothing[at(k)]) * (1 - followed);
      a(y, y) = gap_lead[at(k)];
      a(y, pi) = rate_effect[at(k)];
      b(y, i) = -rate_effect[at(k)];
      for (int d = 0; d < n; ++d) b(y, d) += own_demand(at(k)) * trade_elasticity * exports(k, d).value;
      c(y, y) = gap_lag[at(k)];
      a(pi, pi) = inflation_lead[at(k)];
      b(pi, y) = gap_effect[at(k)];
      c(pi, pi) = 1 - inflation_lead[at(k)];
      b(i, y) = own * phi_y[at(k)];
      b(i, pi) = own * phi_pi[at(k)];
      b(i, 2 * n + us) += (1 - smoothing[at(k)]) * followed;
      c(i, i) = smoothing[at(k)];
    }
    return rational_expectations(a, b, c);
  }

  std::vector<double> law_by_rows() const {
    ExactMatrix both(3 * n, 6 * n);
    both << law.transition, law.impact;
    return row_major(both);
  }

  void judge() {
    const std::string roots = "spectral radius of the law " + rounded(law.backward_radius) + ", of its forward part " +
                              rounded(law.forward_radius) + "; determinate below 1";
    std::string fault;
    if (!law.converged) fault = "no law was found: ";
    if (law.forward_radius >= 1) fault = "indeterminate, more than one stable law exists: ";
    if (law.backward_radius >= 1) fault = "no stable law exists: ";
    check(law.determinate(), fault + roots,
          names_of({"gap_lag", "gap_lead", "rate_effect", "inflation_lead", "gap_effect", "phi_pi", "phi_y",
                    "smoothing", "follow_us"}));
    note(roots);
  }
};

}  // namespace

ModelType macro_core_re() {
  return model_type<MacroCoreRE>("macro_core_re", "macro", "world",
                                 "The five economies with rational expectations, by quarter");
}

}  // namespace moniac
