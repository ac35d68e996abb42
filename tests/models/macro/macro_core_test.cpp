#include "models/macro/macro_core.h"

#include <cmath>

#include "models/macro/macro_system.h"
#include "models/rates/policy_rate.h"
#include "sim/math/lyapunov.h"
#include "sim/math/van_loan.h"
#include "tests/models/macro/calibrations.h"
#include "tests/support/catch.h"
#include "tests/support/harness.h"

using namespace moniac;
using moniac::testing::Harness;
using moniac::testing::Params;
using moniac::testing::shipped_system;

namespace {

Calendar grid(StepUnit unit, int steps) {
  return {.start = Date{std::chrono::January / 1 / 2026}, .unit = unit, .every = 1, .steps = steps};
}

std::string of(int c, const std::string& name) {
  return economies()[static_cast<std::size_t>(c)] + "." + name;
}

// Every economy at its long-run values, without news, with rates from a rule inside (linear) or from outside (policy).
Params at_rest(const std::string& mode) {
  Params params = {{"mode", mode}, {"noise", 0.0}};
  const Five target = {2, 1, 2, 2, 4}, neutral = {2.8, 1.6, 1.75, 2, 6};
  for (std::size_t c = 0; c < 5; ++c) {
    const std::string economy = economies()[c];
    params[economy + "_gap"] = 0.0;
    params[economy + "_inflation"] = target[c];
    params[economy + "_rate"] = neutral[c];
  }
  return params;
}

Params with(Params params, const Params& others) {
  for (const auto& [name, value] : others) params[name] = value;
  return params;
}

// In mode policy the harness supplies what policy_rate would: neutral rates.
void supply_neutral_rates(Harness& run) {
  const Five target = {2, 1, 2, 2, 4}, neutral = {2.8, 1.6, 1.75, 2, 6};
  for (int c = 0; c < 5; ++c) {
    const auto i = static_cast<std::size_t>(c);
    run.set(of(c, "policy_rate"), neutral[i]);
    run.set(of(c, "neutral_rate"), neutral[i]);
    run.set(of(c, "inflation_target"), target[i]);
  }
}

// At rest in mode policy, except for what is changed.
struct Resting : Harness {
  explicit Resting(const Params& changes = {}, const Calendar& time = grid(StepUnit::month, 120))
      : Harness(macro_core(), time, with(at_rest("policy"), changes)) {
    supply_neutral_rates(*this);
  }
};

// Columns of X = (y, pi, i) in deviations.
std::vector<Eigen::ArrayXd> deviations(const Harness& run) {
  const Five target = {2, 1, 2, 2, 4}, neutral = {2.8, 1.6, 1.75, 2, 6};
  std::vector<Eigen::ArrayXd> x;
  for (int c = 0; c < 5; ++c) x.emplace_back(run[of(c, "output_gap")]);
  for (int c = 0; c < 5; ++c) x.emplace_back(run[of(c, "core_inflation")] - target[static_cast<std::size_t>(c)]);
  for (int c = 0; c < 5; ++c) x.emplace_back(run[of(c, "policy_rate")] - neutral[static_cast<std::size_t>(c)]);
  return x;
}

double covariance(const Eigen::ArrayXd& x, const Eigen::ArrayXd& y) {
  return ((x - x.mean()) * (y - y.mean())).sum() / double(x.size() - 1);
}

}  // namespace

TEST_CASE("at rest, without news, nothing ever moves, to the last bit") {
  for (const bool linear : {true, false}) {
    Harness run(macro_core(), grid(StepUnit::month, 120), at_rest(linear ? "linear" : "policy"));
    if (!linear) supply_neutral_rates(run);
    run.start();
    run.run(120);
    const Five target = {2, 1, 2, 2, 4}, neutral = {2.8, 1.6, 1.75, 2, 6};
    for (int c = 0; c < 5; ++c) {
      const auto i = static_cast<std::size_t>(c);
      CHECK(run.at(of(c, "output_gap")) == 0);
      CHECK(run.at(of(c, "inflation")) == target[i]);
      CHECK(run.at(of(c, "core_inflation")) == target[i]);
      CHECK(run.at(of(c, "fx_inflation")) == 0);
      CHECK(run.at(of(c, "real_rate")) == Approx(neutral[i] - target[i]).epsilon(1e-14));
      if (linear) CHECK(run.at(of(c, "policy_rate")) == neutral[i]);
    }
  }
}

TEST_CASE("100 bp on the US rate lower the US gap by 0.32 % after 1.5 years and inflation by 0.12 pp after two") {
  Harness run(macro_core(), grid(StepUnit::month, 60), with(at_rest("linear"), {{"us_rate", 3.8}}));
  run.start();
  run.run(18);
  CHECK(run.at("us.output_gap") == Approx(-0.32).epsilon(0).margin(0.02));
  run.run(6);
  CHECK(run.at("us.core_inflation") - 2 == Approx(-0.12).epsilon(0).margin(0.02));
}

TEST_CASE("twelve months, four quarters and one year give the same numbers in the linear system") {
  const auto after_two_years = [](StepUnit unit, int steps) {
    Harness run(macro_core(), grid(unit, steps),
                with(at_rest("linear"), {{"us_rate", 4.8}, {"cn_gap", -3.0}, {"em_inflation", 7.0}}));
    run.set("us.demand", 1.0);
    run.set("jp.energy_inflation", 2.0);
    run.set("uscn.risk_premium", 1.45);
    run.set("ea.financial_stress", 0.1);
    run.set("cn.price_shift", -0.5);
    run.start();
    run.run(steps);
    return deviations(run);
  };
  const auto months = after_two_years(StepUnit::month, 24);
  const auto quarters = after_two_years(StepUnit::quarter, 8);
  const auto years = after_two_years(StepUnit::year, 2);
  for (std::size_t i = 0; i < 15; ++i) {
    CHECK(months[i](0) == Approx(years[i](0)).epsilon(0).margin(1e-12));
    CHECK(quarters[i](0) == Approx(years[i](0)).epsilon(0).margin(1e-12));
  }
}

TEST_CASE("day, week, month and quarter give the same law after a year") {
  const struct {
    StepUnit unit;
    int steps;
  } grids[] = {{StepUnit::day, 365}, {StepUnit::week, 52}, {StepUnit::month, 12}, {StepUnit::quarter, 4}};
  const MacroSystem system = shipped_system();
  for (const auto& g : grids) {
    const Calendar time = grid(g.unit, g.steps);
    Harness run(macro_core(), time, with(at_rest("linear"), {{"noise", 1.0}, {"us_rate", 4.8}}), {}, 8192);
    run.seed(11);
    run.start();
    run.run(g.steps);
    const LinearStep exact = linear_step(system.drift(), system.covariance_rate(), g.steps * time.dt());
    const auto x = deviations(run);
    for (Eigen::Index i : {0, 1, 4, 5, 6, 10, 11, 14}) {
      const auto k = static_cast<std::size_t>(i);
      const double variance = exact.covariance(i, i).value;
      INFO("steps " << g.steps << ", variable " << i);
      CHECK(std::abs(x[k].mean() - 2 * exact.transition(i, 10).value) < 4 * std::sqrt(variance / 8192));
      CHECK(std::abs(covariance(x[k], x[k]) - variance) < 4 * variance * std::sqrt(2.0 / 8192));
    }
  }
}

TEST_CASE("the covariance of 100,000 paths after 20 years is the stationary one") {
  const int paths = 100032;
  Harness run(macro_core(), grid(StepUnit::quarter, 80), with(at_rest("linear"), {{"noise", 1.0}}), {}, paths);
  run.seed(12);
  run.start();
  run.run(80);
  const MacroSystem system = shipped_system();
  const LinearStep quarter = linear_step(system.drift(), system.covariance_rate(), 0.25);
  const auto law = stationary_law(quarter.transition, exact_vector(std::vector<double>(15, 0.0)), quarter.covariance);
  const auto x = deviations(run);
  for (Eigen::Index i = 0; i < 15; ++i)
    for (Eigen::Index j = 0; j <= i; ++j) {
      const auto sigma = [&](Eigen::Index a, Eigen::Index b) { return law->covariance(a, b).value; };
      const double se = std::sqrt((sigma(i, i) * sigma(j, j) + sigma(i, j) * sigma(i, j)) / paths);
      INFO(i << ", " << j);
      CHECK(std::abs(covariance(x[static_cast<std::size_t>(i)], x[static_cast<std::size_t>(j)]) - sigma(i, j)) <
            4 * se);
    }
}

TEST_CASE("with rates from policy_rate in mode smooth the economies follow the matrix of core and rule") {
  const Calendar time = grid(StepUnit::month, 24);
  Harness macro(macro_core(), time, with(at_rest("policy"), {{"us_gap", 2.0}, {"cn_inflation", -1.0}}));
  std::vector<std::unique_ptr<Harness>> banks;
  const Five neutral = {2.8, 1.6, 1.75, 2, 6};
  for (int c = 0; c < 5; ++c)
    banks.push_back(std::make_unique<Harness>(
        policy_rate(), time,
        Params{{"mode", std::string("smooth")}, {"elb", -10.0}, {"i0", neutral[static_cast<std::size_t>(c)]}},
        economies()[static_cast<std::size_t>(c)]));
  supply_neutral_rates(macro);
  ExactMatrix x = ExactMatrix::Zero(15, 1);
  x(0, 0) = 2;
  x(6, 0) = -2;
  const ExactMatrix step = shipped_system().core_and_rule_step(1.0 / 12);
  macro.start();
  for (auto& bank : banks) bank->start();
  for (int k = 0; k < 24; ++k) {
    macro.step();
    for (int c = 0; c < 5; ++c) {
      Harness& bank = *banks[static_cast<std::size_t>(c)];
      bank.set("inflation", macro.at(of(c, "inflation")));
      bank.set("output_gap", macro.at(of(c, "output_gap")));
      if (c > 0) bank.set("us.policy_rate", banks[0]->at("policy_rate"));
      bank.step();
      macro.set(of(c, "policy_rate"), bank.at("policy_rate"));
    }
    x = ExactMatrix(step * x);
  }
  for (int c = 0; c < 5; ++c) {
    CHECK(macro.at(of(c, "output_gap")) == Approx(x(c, 0).value).margin(1e-12));
    CHECK(banks[static_cast<std::size_t>(c)]->at("policy_rate") - neutral[static_cast<std::size_t>(c)] ==
          Approx(x(10 + c, 0).value).margin(1e-12));
  }
}

TEST_CASE("where rates do not matter and nobody trades, a gap closes at kappa = -4 ln b_y") {
  Resting run({{"trade_elasticity", 0.0}, {"us_rate_effect", 0.0}, {"us_gap", -2.0}});
  run.start();
  run.run(24);
  CHECK(run.at("us.output_gap") == Approx(-2 * std::pow(0.85, 8)).epsilon(1e-12));
  CHECK(run.at("cn.output_gap") == 0);
}

TEST_CASE("each force moves the gap by its effect: demand, fiscal impulse, stress, term premium, risk, rates") {
  const double dt = 1.0 / 12, kappa = -4 * std::log(0.82), sigma = 0.10 * kappa / 0.18;
  const double months = -std::expm1(-kappa * dt) / kappa;  // of a constant pull over a month
  const Params closed = {{"trade_elasticity", 0.0}, {"cn_anchoring", 1.0}};
  const auto gap_after_a_month = [&](const std::string& input, double value, const Params& changes = {}) {
    Resting run(with(closed, changes));
    run.start();
    run.step();  // what stands at the start is no deviation
    run.set(input, value);
    run.step();
    return run.at("cn.output_gap");
  };
  CHECK(gap_after_a_month("cn.demand", 1) == Approx(kappa * months));
  CHECK(gap_after_a_month("cn.fiscal_impulse", 1) == Approx(0.8 * kappa * months));
  CHECK(gap_after_a_month("cn.export_demand_gap", 1) == Approx(0.5 * kappa * months));
  CHECK(gap_after_a_month("cn.financial_stress", 0.1) == Approx(-0.6 * months));
  CHECK(gap_after_a_month("cn.term_premium_10y", 100) == Approx(-0.3 * sigma * months));
  CHECK(gap_after_a_month("cn.policy_rate", 2.6) == Approx(-sigma * months));
  CHECK(gap_after_a_month("uscn.risk_premium", 1.45) == Approx(-0.3 * months));
  CHECK(gap_after_a_month("cn.demand_shift", 2) == Approx(2 * months));
  CHECK(gap_after_a_month("cn.investment_gap", 1) == Approx(0.4 * kappa * months));
  CHECK(gap_after_a_month("cn.property_investment_gap", 1) == Approx(kappa * months));
  CHECK(gap_after_a_month("uscn.crisis_loss", 1) == Approx(-12 * months));
}

TEST_CASE("in confrontation alone Chinese stimulus loses the part `stimulus_safety` of its effect") {
  const auto gap_after_a_month = [](double regime, double safety, double impulse = 2) {
    Resting run({{"trade_elasticity", 0.0}, {"cn_anchoring", 1.0}, {"us_anchoring", 1.0}, {"stimulus_safety", safety}});
    if (regime >= 0) run.set("uscn.regime", regime);
    run.set("cn.fiscal_impulse", impulse);
    run.set("us.fiscal_impulse", 1.0);
    run.start();
    run.step();
    CHECK(run.at("us.output_gap") == Approx(0.8 * -std::expm1(4 * std::log(0.85) / 12)));
    return run.at("cn.output_gap");
  };
  const double pull = 0.8 * 2 * -std::expm1(4 * std::log(0.82) / 12);
  CHECK(gap_after_a_month(2, 0.3) == Approx(0.7 * pull));
  CHECK(gap_after_a_month(2, 0.3, -2) == Approx(-0.7 * pull));
  CHECK(gap_after_a_month(2, 1) == Approx(0).margin(1e-15));
  for (const double elsewhere : {-1, 0, 1, 3}) CHECK(gap_after_a_month(elsewhere, 0.3) == gap_after_a_month(2, 0));
}

TEST_CASE("US demand follows what equities returned over twelve months beyond their trend") {
  const double kept = std::pow(0.85, 4.0 / 12);  // of the US gap over a month
  for (const auto& [trend, fall] : {std::pair{6.0, -0.20}, {0.0, 0.10}}) {
    Resting run({{"trade_elasticity", 0.0}, {"us_rate_effect", 0.0}, {"equity_wealth", 0.02}, {"equity_trend", trend}});
    run.set("market.equity", 0.5);  // what stands at the start is the return of no step
    run.start();
    run.step();
    CHECK(run.at("us.output_gap") == 0);
    double gap = 0;
    for (int month = 1; month <= 15; ++month) {
      const double back = trend / 1200;
      run.set("market.equity", month == 1 ? fall : back);
      run.step();
      const double unusual = month <= 12 ? 100 * (fall - back) : 0;  // percent, of the last twelve months
      gap = kept * gap + 0.02 * unusual * (1 - kept);
      CHECK(run.at("us.output_gap") == Approx(gap).epsilon(0).margin(1e-13));
    }
    CHECK(run.at("cn.output_gap") == 0);
  }
}

TEST_CASE("the year of returns is one of time, whatever the step") {
  for (const StepUnit unit : {StepUnit::day, StepUnit::week, StepUnit::quarter}) {
    const Calendar time = grid(unit, 800);
    const int year = static_cast<int>(std::lround(1 / time.dt()));
    Resting run({{"us_rate_effect", 0.0}, {"equity_wealth", 0.02}, {"equity_trend", 0.0}}, time);
    run.start();
    run.step();
    run.set("market.equity", -0.1);
    run.step();
    run.set("market.equity", 0.0);
    run.run(year - 1);
    const double last = run.at("us.output_gap");
    CHECK(run.at("us.output_gap") < run.last("us.output_gap")(0));
    run.step();
    CHECK(run.at("us.output_gap") > last);  // from here on it only closes
  }
}

TEST_CASE("without equities, and with the options off, not a bit changes") {
  const auto gap = [](const Params& options, bool markets) {
    Resting run(with(options, {{"noise", 1.0}}), grid(StepUnit::month, 36));
    if (markets) run.set("market.equity", -0.05);
    if (markets) run.set("uscn.regime", 2);
    run.set("cn.fiscal_impulse", 1.0);
    run.seed(15);
    run.start();
    run.run(36);
    return Eigen::ArrayXd(run["us.output_gap"] + 100 * run["cn.output_gap"]);
  };
  const Eigen::ArrayXd plain = gap({}, false);
  CHECK((gap({}, true) == plain).all());
  CHECK((gap({{"equity_wealth", 0.02}, {"stimulus_safety", 0.3}}, false) == plain).all());
  CHECK(!(gap({{"equity_wealth", 0.02}, {"stimulus_safety", 0.3}}, true) == plain).all());
}

TEST_CASE("a lasting loss of exports opens a gap that closes, and lowers GDP for good by mu_x of it") {
  Resting run({{"trade_elasticity", 0.0}}, grid(StepUnit::month, 600));
  Resting calm({{"trade_elasticity", 0.0}}, grid(StepUnit::month, 600));
  run.start();
  calm.start();
  run.set("cn.export_demand_gap", -2.0);
  run.run(12);
  CHECK(run.at("cn.output_gap") < -0.3);
  run.run(588);
  calm.run(600);
  CHECK(run.at("cn.output_gap") == Approx(0).margin(1e-3));
  CHECK(std::log(run.at("cn.gdp_real") / calm.at("cn.gdp_real")) == Approx(-0.01).epsilon(1e-3));
}

TEST_CASE("tariffs, energy and the exchange rate raise prices, and core inflation takes up 0.3 of them") {
  Resting run({{"trade_elasticity", 0.0}, {"ea_gap_effect", 0.0}}, grid(StepUnit::month, 240));
  run.set("ea.energy_inflation", 2.0);
  run.start();
  CHECK(run.at("ea.inflation") == Approx(4.0));
  run.run(240);
  CHECK(run.at("ea.core_inflation") == Approx(2.6).epsilon(1e-9));
  CHECK(run.at("ea.inflation") == Approx(4.6).epsilon(1e-9));

  Resting inside({{"price_shocks", std::string("in_state")}, {"trade_elasticity", 0.0}, {"ea_gap_effect", 0.0}},
                 grid(StepUnit::month, 240));
  inside.set("ea.energy_inflation", 2.0);
  inside.start();
  inside.run(240);
  CHECK(inside.at("ea.inflation") == Approx(4.0).epsilon(1e-9));
}

TEST_CASE("a depreciation by 10 % raises prices by psi of it, half within six months") {
  Resting run({{"trade_elasticity", 0.0}});
  run.set("usdem.rate", 20.0);
  run.start();
  run.step();
  CHECK(run.at("em.fx_inflation") == 0);
  run.set("usdem.rate", 22.0);
  double prices = 0;
  for (int k = 1; k <= 119; ++k) {
    run.step();
    prices += run.at("em.fx_inflation") / 12;
    if (k == 6) CHECK(prices == Approx(0.20 * 100 * std::log(1.1) / 2).epsilon(1e-12));
  }
  CHECK(prices == Approx(0.20 * 100 * std::log(1.1)).epsilon(1e-5));
}

TEST_CASE("a weaker euro lifts demand in the euro area and lowers it in the US, by relative export weights") {
  Resting run({{"trade_elasticity", 0.0}});
  run.set("eurusd.rate", 1.2);
  run.start();
  run.step();
  run.set("eurusd.rate", 1.2 / 1.1);
  run.step();
  const double depreciation = 100 * std::log(1.1);
  const auto pull = [&](double b_y, double effect, double change) {
    const double kappa = -4 * std::log(b_y);
    return effect * change * -std::expm1(-kappa / 12);
  };
  CHECK(run.at("ea.output_gap") == Approx(pull(0.85, 0.10, depreciation)).epsilon(0.01));
  CHECK(run.at("us.output_gap") == Approx(pull(0.85, 0.05, -0.211 * depreciation)).epsilon(0.01));
}

TEST_CASE("a currency that nothing models has no effect, whatever the inflation at home") {
  Resting run({{"em_inflation", 30.0}, {"trade_elasticity", 0.0}, {"em_anchoring", 1.0}});
  run.start();
  run.run(60);
  CHECK(run.at("em.output_gap") == 0);
  CHECK(run.at("us.output_gap") == 0);
}

TEST_CASE("a higher perceived target raises US core inflation one for one in the long run when the Fed accommodates") {
  Resting run({{"us_rate_effect", 0.0}, {"trade_elasticity", 0.0}}, grid(StepUnit::month, 240));
  run.start();
  run.set("us.perceived_target", 3.0);
  run.run(240);
  CHECK(run.at("us.core_inflation") == Approx(3.0).epsilon(1e-9));
}

TEST_CASE("a kink in the Phillips curve bends the effect of positive gaps only") {
  const auto inflation_after = [](double gap, double kink) {
    Resting run({{"us_gap", gap}, {"phillips_kink", kink}});
    run.start();
    run.run(3);
    return run.at("us.core_inflation");
  };
  CHECK(inflation_after(-1, 1.5) == inflation_after(-1, 1));
  CHECK(inflation_after(1, 1.5) - 2 == Approx(1.5 * (inflation_after(1, 1) - 2)).epsilon(0.05));
}

TEST_CASE("national accounts: growth over 12 months, Okun's law, nominal over real is the price level") {
  for (const StepUnit unit : {StepUnit::week, StepUnit::month, StepUnit::quarter}) {
    const Calendar time = grid(unit, 200);
    Resting run({{"us_gap", 1.0}, {"noise", 1.0}}, time);
    run.seed(13);
    run.start();
    std::vector<double> log_gdp = {std::log(31423.0)};
    double prices = 0;
    const int year = static_cast<int>(std::lround(1 / time.dt()));
    for (int k = 1; k <= 200; ++k) {
      run.step();
      log_gdp.push_back(std::log(run.at("us.gdp_real")));
      prices += run.at("us.inflation") * time.dt() / 100;
      const double expected = 2.1 * k * time.dt() + run.at("us.output_gap") - 1.0;
      CHECK(100 * (log_gdp.back() - log_gdp[0]) == Approx(expected).epsilon(0).margin(1e-10));
      CHECK(run.at("us.gdp_nominal") / run.at("us.gdp_real") == Approx(std::exp(prices)).epsilon(1e-12));
      CHECK(run.at("us.unemployment") == Approx(4.2 - 0.5 * (run.at("us.output_gap") - 1)).epsilon(1e-12));
      const double before =
          k >= year ? log_gdp[static_cast<std::size_t>(k - year)] : log_gdp[0] - 0.021 * (year - k) * time.dt();
      CHECK(run.at("us.gdp_growth") ==
            Approx(100 * (log_gdp.back() - before) / (year * time.dt())).epsilon(0).margin(1e-9));
    }
  }
}

TEST_CASE("with daily steps growth compares with a day at most four days from a year before") {
  const Calendar time = grid(StepUnit::day, 800);
  Resting run({}, time);
  run.start();
  run.set("us.demand", 3.0);
  std::vector<double> log_gdp = {100 * std::log(31423.0)};
  for (int k = 1; k <= 800; ++k) {
    run.step();
    log_gdp.push_back(100 * std::log(run.at("us.gdp_real")));
    if (k < 370) continue;
    const auto growth_since = [&](int days) {
      return (log_gdp.back() - log_gdp[static_cast<std::size_t>(k - days)]) / (days * time.dt());
    };
    const double low = std::min(growth_since(361), growth_since(369));
    const double high = std::max(growth_since(361), growth_since(369));
    CHECK(run.at("us.gdp_growth") >= low - 1e-9);
    CHECK(run.at("us.gdp_growth") <= high + 1e-9);
  }
}

TEST_CASE("accounts and the next step follow an imposed gap") {
  Resting run({{"trade_elasticity", 0.0}, {"us_rate_effect", 0.0}});
  run.impose("us.output_gap", -4.0);
  run.start();
  run.run(3);
  CHECK(run.at("us.unemployment") == Approx(4.2));  // -4 at the start as well
  run.release("us.output_gap");
  run.step();
  CHECK(run.at("us.output_gap") == Approx(-4 * std::pow(0.85, 1.0 / 3)).epsilon(1e-12));
}

TEST_CASE("the sum of news of the world has variance one per step, and its level variance one in the long run") {
  Harness run(world(), grid(StepUnit::month, 60), {}, {}, 65536);
  run.seed(14);
  run.start();
  run.run(60);
  CHECK(std::abs(run.variance("risk_shock") - 1) < 4 * std::sqrt(2.0 / 65536));
  CHECK(std::abs(run.variance("risk") - 1) < 4 * std::sqrt(2.0 / 65536));
  CHECK(covariance(run["risk"], run["risk_shock"]) ==
        Approx(std::sqrt(-std::expm1(-8.0 / 12))).epsilon(0).margin(4.0 / 256));
}

TEST_CASE("an unstable calibration is refused with its spectral radius, or only noted when that is wanted") {
  const Params unstable = {{"us_rate_effect", 0.6}, {"us_phi_pi", -2.0}, {"us_phi_y", -3.0}};
  CHECK_THROWS_WITH(Harness(macro_core(), grid(StepUnit::month, 12), unstable),
                    Catch::Contains("no stable long run: spectral radius of a step 1.1631"));
  const Harness warned(macro_core(), grid(StepUnit::month, 12), with(unstable, {{"stability", std::string("warn")}}));
  CHECK_THAT(warned.declared().notes().front(), Catch::StartsWith("unstable: spectral radius"));
}

TEST_CASE("a matrix of exports with missing entries or negative shares is refused with what was found") {
  const Matrix short_row = {{0, 0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}};
  CHECK_THROWS_WITH(Harness(macro_core(), grid(StepUnit::month, 12), {{"export_shares", short_row}}),
                    Catch::Contains("5 rows of 5 shares, us cn jp ea em; found 5 rows of 5 4 5 5 5"));
  Matrix negative(5, std::vector<double>(5, 0.0));
  negative[3][1] = -0.02;
  CHECK_THROWS_WITH(Harness(macro_core(), grid(StepUnit::month, 12), {{"export_shares", negative}}),
                    Catch::Contains("holds -0.02"));
}
