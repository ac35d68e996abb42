#include "bench/sweep_bench.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>

#include "sim/engine/cases.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/model.h"
#include "sim/model/step.h"
#include "sim/study/sweep_study.h"

namespace moniac {

namespace {

// dr = kappa (theta - r) dt + 0.015 dW1, exact; s moves with the rate, a correlated dW2 and jumps, and is sold back to
// the edge of the band log 1.10 with at most `cap` a month while reserves last. A path without reserves goes on
// without.
class Band final : public Model {
  const double kappa = param("kappa", 0.6, "1/year", positive(), "Speed of the rate", illustrative());
  const double theta = param("theta", 0.05, "", any_number(), "Mean of the rate", illustrative());
  const double sigma = param("sigma", 0.1, "", positive(), "Volatility of the price", illustrative());
  const double lambda = param("lambda", 2.0, "1/year", nonnegative(), "Jumps a year", illustrative());
  const double reserves_0 = param("reserves", 30.0, "", positive(), "Reserves at the start", illustrative());
  const double phi = param("phi", 0.002, "", positive(), "Effect of a purchase on the price", illustrative());
  const Output rate = output("rate", "", "Short rate");
  const Output price = output("price", "", "Logarithm of the price");
  const Output reserves = output("reserves", "", "Reserves");
  const Shock rate_news = normal_shock("rate_news", "News about the rate");
  const Shock price_news = normal_shock("price_news", "News about the price");
  const Shock size = normal_shock("size", "Size of a jump");
  const Shock chance = uniform_shock("chance", "Whether the price jumps");

  const double dt = time().dt();
  const double decay = moniac::exp(-kappa * dt);
  const double spread = 0.015 * std::sqrt((1 - decay * decay) / (2 * kappa));
  const double jump = 1 - moniac::exp(-lambda * dt);
  const double edge = moniac::log(1.1);
  const double inverse_phi = 1 / phi;

 public:
  explicit Band(Declarations& d) : Model(d) {}

  void start(Start& s) const override {
    s[rate] = 0.02;
    s[price] = 0.0;
    s[reserves] = reserves_0;
  }

  void step(Step& s) const override {
    constexpr double rho = -0.3, cap = 20;
    const auto last_rate = s.last(rate);
    const auto held = s.last(reserves);
    const Column x = s[price];
    s[rate] = theta * (1 - decay) + decay * last_rate + spread * s[rate_news];
    const auto size_of_jump = named(0.02 + 0.04 * s[size]);
    const auto jumps = named((s[chance] < jump).select(size_of_jump, 0.0));
    s[price] = s.last(price) + (0.01 - 0.5 * sigma * sigma) * dt - 0.5 * dt * (last_rate - 0.03) +
               sigma * std::sqrt(dt) * (rho * s[rate_news] + std::sqrt(1 - rho * rho) * s[price_news]) + jumps;
    const auto bought =
        named((inverse_phi * (-edge - x)).min(cap).max(0.0) - (inverse_phi * (x - edge)).min(cap).min(held).max(0.0));
    const auto net = named((held > 0).select(bought, 0.0));
    s[price] += phi * net;
    const auto left = named(held + net);
    s[reserves] = (left <= 1e-12).select(0.0, left);
  }
};

// The cases: Weyl sequences of the square roots of 2, 3, 5, 7, 11 and 13.
std::string sweep_scenario() {
  constexpr std::array<const char*, 6> names = {"kappa", "theta", "sigma", "lambda", "reserves", "phi"};
  constexpr std::array<const char*, 6> units = {"1/year", "", "", "1/year", "", ""};
  constexpr std::array<double, 6> low = {0.2, 0.02, 0.06, 0, 10, 0.001}, width = {0.8, 0.06, 0.1, 4, 40, 0.003};
  constexpr std::array<double, 6> primes = {2, 3, 5, 7, 11, 13};
  std::string text = R"(
moniac: 1
title: A band that reserves hold
time: {start: 2025-01-01, step: 1 month, steps: 60}
ensemble: {paths: 1000, seed: 42}
models: {us.band: {}}
outcomes: {depleted: {first: {us.reserves: {below: 1e-12}}}}
record: {variables: [us.rate, us.price], dates: end, quantiles: [5, 50, 95], quantile_method: exact}
sweep:
  design: list
  cases:
)";
  for (int d = 1; d <= 1000; ++d) {
    text += "    - {";
    for (std::size_t k = 0; k < names.size(); ++k) {
      const double turns = d * (std::sqrt(primes[k]) - std::floor(std::sqrt(primes[k])));
      text += std::string(k > 0 ? ", " : "") + "us.band." + names[k] + ": " +
              std::to_string(low[k] + width[k] * (turns - std::floor(turns))) + " " + units[k];
    }
    text += "}\n";
  }
  return text;
}

double mean_of(const std::vector<double>& values, std::size_t first, std::size_t step) {
  double sum = 0;
  for (std::size_t i = first; i < values.size(); i += step) sum += values[i];
  return sum * static_cast<double>(step) / static_cast<double>(values.size());
}

double mean_passage(const OutcomeResult& outcome) {
  double sum = 0;
  for (std::size_t k = 0; k < outcome.first_passage.size(); ++k) {
    sum += static_cast<double>(k) * static_cast<double>(outcome.first_passage[k]);
  }
  return sum / static_cast<double>(outcome.hits);
}

}  // namespace

void run_sweep_bench(const Kernels& kernels, int threads, double (*peak_megabytes)()) {
  Catalogue catalogue;
  catalogue.add(model_type<Band>("band", "bench", "us", "A price in a band"));
  const Scenario scenario =
      read_scenario(std::make_shared<SourceText>(SourceText{.name = "w6.yaml", .text = sweep_scenario()}));
  const double before = peak_megabytes();
  const auto begin = std::chrono::steady_clock::now();
  const SweepStudy study(scenario, catalogue);
  Results sweep = study.question();
  CaseList cases{.indices = {}, .paths = 1000, .halves = false, .plan = [&](std::int64_t c) { return study.plan(c); }};
  for (std::int64_t c = 0; c < study.table().count(); ++c) cases.indices.push_back(c);
  run_cases(cases, {.kernels = &kernels, .threads = threads},
            [&](CaseResult result) { append_case(sweep, std::move(result.results)); });
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();

  const RecordedVariable& rate = sweep.variables[0];
  const RecordedVariable& price = sweep.variables[1];
  double probability = 0, passage = 0, depleted = 0;
  for (const OutcomeResult& outcome : sweep.outcomes) {
    probability += outcome.probability / static_cast<double>(sweep.outcomes.size());
    if (outcome.hits == 0) continue;
    passage += mean_passage(outcome);
    ++depleted;
  }
  std::printf(
      "RESULT W6 moniac%s t=%.4f mem=%.0f more=%.0f avg: mr=%.6f sr=%.6f ms=%.5f ss=%.5f q05=%.5f q50=%.5f q95=%.5f "
      "P=%.5f tau=%.3f\n",
      threads == 1 ? "_1t" : "", seconds, peak_megabytes(), peak_megabytes() - before, mean_of(rate.mean, 0, 1),
      mean_of(rate.sd, 0, 1), mean_of(price.mean, 0, 1), mean_of(price.sd, 0, 1), mean_of(price.quantiles, 0, 3),
      mean_of(price.quantiles, 1, 3), mean_of(price.quantiles, 2, 3), probability, passage / depleted);
}

}  // namespace moniac
