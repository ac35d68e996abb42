#include "models/macro/macro_core.h"

#include "models/macro/macro_calibration.h"
#include "sim/math/ornstein_uhlenbeck.h"
#include "sim/model/moving_window.h"

namespace moniac {

namespace {

std::size_t at(int c) {
  return static_cast<std::size_t>(c);
}

constexpr double confrontation = 2;  // of uscn.regime

// Gaps, inflation and rates of five economies as one linear system, in deviations from the long run (macro_system.h):
//
//   dy_c  = [-kappa y + sum_d S_cd y_d - sigma (i - (1 - theta) pi) + u_c] dt + s_y dW
//   dpi_c = [-mu pi + gamma y + v_c] dt + s_pi dW
//
// In mode `policy` the rates come from `policy_rate`, whose last value is held over the step; (y, pi) is then stepped
// exactly. In mode `linear` a smooth rule is part of the system and (y, pi, i) is stepped exactly: any dt gives the
// same law. u and v, constant over a step, collect what the rest of the world does, in pp a year:
//
//   u = -sigma w_tp (tp10 - tp10_0) - k_f stress + kappa [m_f fiscal_impulse + mu_x (export_demand_gap - g) + demand]
//       + kappa mu_fx (q - q_slow) - k_r (risk_premium - 0.45) + what is special to an economy
//   v = 0.3 mu (tariff_inflation + fx_inflation + energy_inflation) + what is special to an economy
//
// g follows export_demand_gap and q_slow the real exchange rate q at 0.25 a year, so that permanent shocks open
// temporary gaps; potential output keeps mu_x g. Every term is zero at the start and where nothing produces it.
class MacroCore final : public MacroCalibration {
  const Each<Input> policy_rate = read_from_banks("policy_rate", neutral_rates(), "Policy rate");
  const Each<Input> neutral =
      read_from_banks("neutral_rate", neutral_rates(), "Natural rate plus announced target of inflation");
  const Each<Input> target_read = read_from_banks("inflation_target", target, "Announced target of inflation");
  const Each<Input> premium = each_lagged_input("term_premium_10y", {}, "bp", "Term premium at 10 years");
  const Each<Input> stress = each_lagged_input("financial_stress", {}, "ratio", "Financial stress, 0 … 1");
  const Each<Input> fiscal = each_input("fiscal_impulse", {}, "%", "Fiscal impulse in % of GDP, relative to the start");
  const Each<Input> exports =
      each_input("export_demand_gap", {}, "%", "Export demand in % of GDP, relative to the start");
  const Each<Input> demand = each_input("demand", {}, "%", "Other demand, % of potential");
  const Each<Input> tariffs = each_input("tariff_inflation", {}, "pp/year", "Part of inflation due to tariffs");
  const Each<Input> energy = each_input("energy_inflation", {}, "pp/year", "Part of inflation due to energy");
  const Input perceived =
      lagged_input("us.perceived_target", target[us], "%/year", "Target of US inflation that the public perceives");
  const std::array<Input, 4> pairs = {exchange_rate("usdcny", "CNY per USD"), exchange_rate("usdjpy", "JPY per USD"),
                                      exchange_rate("eurusd", "USD per EUR"), exchange_rate("usdem", "local per USD")};
  const Input risk_premium = input("uscn.risk_premium", 0.45, "%", "Risk premium of US–China relations");
  const Input regime =
      input("uscn.regime", -1, "index", "Regime between the USA and China, 2: confrontation; -1: none");
  const Inputs crisis = inputs("uscn.crisis_loss", "side", {"US", "CN"}, 0, "%/step", "Loss of GDP in a crisis");
  const Input demand_shift = input("cn.demand_shift", 0, "pp/year", "Shift of demand by Chinese households");
  const Input price_shift = input("cn.price_shift", 0, "pp/year", "Shift of prices by Chinese wages");
  const Input investment =
      input("cn.investment_gap", 0, "%", "Local public investment, % of GDP relative to the start");
  const Input property = input("cn.property_investment_gap", 0, "%", "Construction, % of GDP relative to the start");
  const Input sudden_stop = lagged_input("em.sudden_stop", 0, "ratio", "Sudden stop of capital, 0 … 1");
  const Input compression = lagged_input("em.compression", 0, "USD bn/step", "Imports cut for lack of reserves");

  const double usual_return = equity_trend * time().dt() / 100;
  const Input equities = lagged_input("market.equity", usual_return, "ratio/step",
                                      "Log return of equities; where nothing makes it, their trend");

  const Each<Output> fx_inflation =
      each_output("fx_inflation", "pp/year", "Part of inflation due to the exchange rate");
  const Each<Output> real_rate =
      each_output("real_rate", "%/year", "Policy rate that acts in the step less expected inflation");
  const Each<Output> rate = if_linear("policy_rate", "Policy rate");
  const Each<Output> neutral_rate = if_linear("neutral_rate", "Natural rate plus announced target");
  const Each<Output> announced = if_linear("inflation_target", "Announced target of inflation");

  const Each<State> export_trend = each_state("export_trend", "Export demand that supply has adapted to, % of GDP");
  const Each<State> real_fx_trend = each_state("real_fx_trend", "Real depreciation supply has adapted to, percent");
  const Each<State> passed_through = each_state("passed_through", "Price rise from depreciation so far, percent");
  const Each<State> start_premium = each_state("start_premium", "Term premium at the start, bp");
  const MovingWindow unusual_returns{states("unusual_returns", equity_wealth > 0 ? steps_in(1, time().dt()) : 0,
                                            "Returns of equities beyond their trend, percent, newest first")};
  const States start_exchange_rate = states("start_exchange_rate", 4, "Exchange rates at the start; 0: no model of it");

  const Each<Shock> gap_news = each_news("gap_news", "News about output");
  const Each<Shock> inflation_news = each_news("inflation_news", "News about inflation");
  const Each<Shock> rate_news = linear ? each_news("rate_news", "News about the policy rate") : Each<Shock>{};

  const std::vector<double> map = step_map();
  const double adapted = 1 - ornstein_uhlenbeck(adjustment, time().dt()).decay;
  const double passing = 1 - exp(-2 * log(2.0) * time().dt());  // half in half a year

 public:
  explicit MacroCore(Declarations& declarations) : MacroCalibration(declarations) {}

  void start(Start& s) const override {
    for (int i = 0; i < 5; ++i) {
      const std::size_t c = at(i);
      s[gap[c]] = gap0[c];
      s[core[c]] = inflation0[c];
      s[fx_inflation[c]] = 0;
      s[real_rate[c]] = rate0[c] - target[c] - (1 - anchoring[c]) * (s[core[c]] - target[c]);
      s[export_trend[c]] = s[exports[c]];
      for (const Each<State>* zero : {&real_fx_trend, &passed_through, &start_premium}) s[(*zero)[c]] = 0;
      if (linear) s[rate[c]] = rate0[c];
      publish(s, c);
    }
    for (int p = 0; p < 4; ++p) s[start_exchange_rate[p]] = 0;
    unusual_returns.fill(s, 0.0);
    start_accounts(s);
  }

  void step(Step& s) const override {
    remember_start(s);
    remember_equities(s);
    const Each<ScratchColumn> depreciation = depreciations(s);
    const Each<ScratchColumn> fx_gap = real_depreciation_gaps(s, depreciation);
    for (int i = 0; i < 5; ++i) pass_through(s, at(i), depreciation[at(i)]);
    advance(s, fx_gap);
    for (int i = 0; i < 5; ++i) {
      const std::size_t c = at(i);
      s[export_trend[c]] = s.last(export_trend[c]) + adapted * (s[exports[c]] - s.last(export_trend[c]));
      publish(s, c);
      s[potential[c]] =
          s.last(potential[c]) + growth[c] * s.dt() + export_effect * (s[export_trend[c]] - s.last(export_trend[c]));
      step_accounts(s, i);
    }
  }

 private:
  Each<Input> read_from_banks(const std::string& name, const Five& fallback, const std::string& doc) {
    return linear ? Each<Input>{} : each_lagged_input(name, fallback, "%/year", doc);
  }
  Each<Output> if_linear(const std::string& name, const std::string& doc) {
    return linear ? each_output(name, "%/year", doc) : Each<Output>{};
  }
  Input exchange_rate(const std::string& pair, const std::string& quoted) {
    return lagged_input(pair + ".rate", 0, "", "Exchange rate, " + quoted + "; 0: none, and its effects are zero");
  }
  Five neutral_rates() const {
    Five rates;
    for (std::size_t c = 0; c < 5; ++c) rates[c] = natural_rate[c] + target[c];
    return rates;
  }

  // Long-run values and rates in force at the start of the step.
  ConstColumn long_run_inflation(const Step& s, std::size_t c) const {
    return linear ? s.last(announced[c]) : s[target_read[c]];
  }
  ConstColumn long_run_rate(const Step& s, std::size_t c) const {
    return linear ? s.last(neutral_rate[c]) : s[neutral[c]];
  }
  ConstColumn rate_in_force(const Step& s, std::size_t c) const { return linear ? s.last(rate[c]) : s[policy_rate[c]]; }

  // Premia and exchange rates at the start are readable from step 1 on.
  void remember_start(Step& s) const {
    const bool first = s.index() == 1;
    for (std::size_t c = 0; c < 5; ++c) s[start_premium[c]] = first ? s[premium[c]] : s.last(start_premium[c]);
    for (int p = 0; p < 4; ++p) s[start_exchange_rate[p]] = first ? s[pairs[at(p)]] : s.last(start_exchange_rate[p]);
  }

  // What stands at the start is the return of no step.
  void remember_equities(Step& s) const {
    if (equity_wealth == 0) return;
    if (s.index() == 1) return unusual_returns.push(s, 0.0);
    unusual_returns.push(s, 100 * (s[equities] - usual_return));
  }

  // Percent by which each currency has lost against the others since the start; the dollar against a basket by shares
  // of US exports.
  Each<ScratchColumn> depreciations(const Step& s) const {
    const auto against_dollar = [&](int p, double sign) {
      const auto start = s[start_exchange_rate[p]];
      const auto change = log(s[pairs[at(p)]] / start);
      return named((start > 0).select(sign * 100 * change, 0.0));
    };
    const auto yuan = against_dollar(0, 1), yen = against_dollar(1, 1), euro = against_dollar(2, -1),
               emerging = against_dollar(3, 1);
    return {basket(yuan, yen, euro, emerging), yuan, yen, euro, emerging};
  }
  static ScratchColumn basket(ScratchColumn yuan, ScratchColumn yen, ScratchColumn euro, ScratchColumn emerging) {
    return named(-(.079 * yuan + .053 * yen + .211 * euro + .658 * emerging));
  }

  // q - q_slow in percent, q = ln S + ln P_us - ln P of economies with an exchange rate; moves q_slow.
  Each<ScratchColumn> real_depreciation_gaps(Step& s, const Each<ScratchColumn>& nominal) const {
    const auto real = [&](std::size_t c) {
      const auto known = s[start_exchange_rate[static_cast<int>(c) - 1]] > 0;
      return named(known.select(nominal[c] + s.last(prices[us]) - s.last(prices[c]), 0.0));
    };
    const auto yuan = real(cn), yen = real(jp), euro = real(ea), emerging = real(em);
    const auto gap_of = [&](std::size_t c, ScratchColumn q) {
      const auto trend = s.last(real_fx_trend[c]);
      s[real_fx_trend[c]] = trend + adapted * (q - trend);
      return named(q - trend);
    };
    return {gap_of(us, basket(yuan, yen, euro, emerging)), gap_of(cn, yuan), gap_of(jp, yen), gap_of(ea, euro),
            gap_of(em, emerging)};
  }

  void pass_through(Step& s, std::size_t c, ScratchColumn depreciation) const {
    const auto before = s.last(passed_through[c]);
    s[passed_through[c]] = before + passing * (fx_pass_through[c] * depreciation - before);
    s[fx_inflation[c]] = (s[passed_through[c]] - before) / s.dt();
  }

  // One matrix for all economies: X' = M (X, u, z).
  void advance(Step& s, const Each<ScratchColumn>& fx_gap) const {
    std::array<const double*, 40> in{};
    std::array<double*, 15> out{};
    const int n = size();
    for (int i = 0; i < 5; ++i) {
      const std::size_t c = at(i);
      const auto pi = named(s.last(core[c]) - long_run_inflation(s, c));
      const auto excess_rate = named(rate_in_force(s, c) - long_run_rate(s, c));
      in[c] = s.last(gap[c]).data();
      in[c + 5] = pi.data();
      in[at(n) + c] = demand_pull(s, c, excess_rate, fx_gap[c]).data();
      in[at(n) + c + 5] = price_push(s, c).data();
      in[at(n) + c + 10] = s[gap_news[c]].data();
      in[at(n) + c + 15] = s[inflation_news[c]].data();
      out[c] = s[gap[c]].data();
      out[c + 5] = s[core[c]].data();
      s[real_rate[c]] = rate_in_force(s, c) - long_run_inflation(s, c) - (1 - anchoring[c]) * pi;
      if (!linear) continue;
      in[c + 10] = excess_rate.data();
      in[at(n) + c + 20] = s[rate_news[c]].data();
      out[c + 10] = s[rate[c]].data();
    }
    Scratch::current().kernels().linear_map(map.data(), at(n), at(2 * n + 10), in.data(), out.data(),
                                            at(static_cast<int>(s.lanes())));
    for (std::size_t c = 0; c < 5; ++c) {
      s[core[c]] += long_run_inflation(s, c);
      if (linear) s[rate[c]] += long_run_rate(s, c);
    }
  }

  // u of the class comment, with the policy rate where it is held over the step.
  Column demand_pull(const Step& s, std::size_t c, ScratchColumn excess_rate, ScratchColumn fx_gap) const {
    const double kappa = system.kappa[c];
    const double sigma = system.sigma[c];
    const auto premium_rise = (s[premium[c]] - s[start_premium[c]]) / 100;
    const auto open_exports = s[exports[c]] - s.last(export_trend[c]);
    Column u = scratch_column();
    u = -sigma * premium_effect * premium_rise - stress_effect * s[stress[c]] +
        kappa * (fiscal_effect * s[fiscal[c]] + export_effect * open_exports + s[demand[c]]) +
        kappa * fx_gap_effect[c] * fx_gap - risk_effect[c] * (s[risk_premium] - 0.45);
    if (!linear) u -= sigma * excess_rate;
    if (c == us) u += sigma * (s[perceived] - long_run_inflation(s, us)) - s[crisis[0]] / s.dt();
    if (c == cn) u += s[demand_shift] + kappa * (0.4 * s[investment] + s[property]) - s[crisis[1]] / s.dt();
    if (c == us && equity_wealth > 0) u += kappa * equity_wealth * unusual_return(s);
    if (c == cn && stimulus_safety > 0)
      u -= kappa * stimulus_safety * fiscal_effect * (s[regime] == confrontation).cast<double>() * s[fiscal[cn]];
    if (c == em) u -= 4 * s[sudden_stop] + 50 / s.dt() * s[compression] / s.last(gdp_nominal[em]);
    return u;
  }

  // Of twelve months, in percent.
  Column unusual_return(const Step& s) const {
    Column sum = scratch_column();
    unusual_returns.sum(s, sum);
    return sum;
  }

  // v of the class comment.
  Column price_push(const Step& s, std::size_t c) const {
    const double passed_on = system.mu[c] * (in_state ? 1 : second_round);
    Column v = scratch_column();
    v = passed_on * (s[tariffs[c]] + s[fx_inflation[c]] + s[energy[c]]) +
        (kink - 1) * system.gamma[c] * s.last(gap[c]).max(0.0);
    if (c == us) v += system.mu[us] * (s[perceived] - long_run_inflation(s, us));
    if (c == cn) v += s[price_shift];
    return v;
  }

  void publish(const View& s, std::size_t c) const {
    if (in_state)
      s[inflation[c]] = s[core[c]];
    else
      s[inflation[c]] = s[core[c]] + s[tariffs[c]] + s[fx_inflation[c]] + s[energy[c]];
    if (!linear) return;
    s[neutral_rate[c]] = natural_rate[c] + target[c];
    s[announced[c]] = target[c];
  }
};

}  // namespace

ModelType macro_core() {
  return model_type<MacroCore>("macro_core", "macro", "world", "Output, inflation and GDP of five economies");
}

}  // namespace moniac
