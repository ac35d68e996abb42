#include "bench/passage_bench.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>

#include "sim/engine/ensemble.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/model.h"
#include "sim/scenario/scenario.h"

namespace moniac {

namespace {

// s' = s + (mu - sigma²/2) dt + sigma sqrt(dt) z, and a jump 0.02 + 0.04 z2 on a share p of the days; beyond the band
// ±log 1.10 reserves are sold or bought, at most 5 a day, at 0.002 log points each. The day of the next jump is drawn
// when one has happened: the gap is geometric, ceil(log u/log(1 - p)).
class Corridor final : public Model {
  const Output reserves = output("reserves", "", "Reserves");
  const State price = state("price", "Logarithm of the price");
  const State next_jump = state("next_jump", "Day of the next jump");
  const Shock news = normal_shock("news", "News about the price");
  const EventShock jump = event_shock("jump", "Size and gap of a jump");

  static constexpr double dt = 1 / 250.0, sigma = 0.1, cap = 5, phi = 0.002, edge_factor = 1.1;
  const double edge = moniac::log(edge_factor);
  const double drift = (0.02 - 0.5 * sigma * sigma) * dt;
  const double spread = sigma * std::sqrt(dt);
  const double inverse_phi = 1 / phi;
  const double log_no_jump = moniac::log1p(-2 * dt);

 public:
  explicit Corridor(Declarations& d) : Model(d) {}

  void start(Start& s) const override {
    s[price] = 0;
    s[reserves] = 30;
    s[next_jump] = 0;  // drawn in the first step
  }

  void step(Step& s) const override {
    const auto held = s.last(reserves);
    const Column x = s[price];
    x_from_news(s);
    jump_where_due(s);
    // A sale takes at most what is held, so nothing is left exactly; then nothing is bought either.
    const auto bought = named(((-edge - x) * inverse_phi).min(cap).min(1e15 * held).max(0.0) -
                              ((x - edge) * inverse_phi).min(cap).min(held).max(0.0));
    s[price] += phi * bought;
    s[reserves] = held + bought;
  }

 private:
  void x_from_news(Step& s) const { s[price] = s.last(price) + drift + spread * s[news]; }

  void jump_where_due(Step& s) const {
    const double day = s.index();
    s[next_jump] = s.last(next_jump);
    const Column due = s[next_jump];
    for (Eigen::Index first = 0; first < s.lanes(); first += 16) {
      if (due.segment<16>(first).minCoeff() > day) continue;
      for (Eigen::Index path = first; path < first + 16; ++path)
        if (due(path) <= day) draw(s, path, day);
    }
  }

  // The first event of a path only says when its first jump is.
  void draw(Step& s, Eigen::Index path, double day) const {
    if (s.last(reserves)(path) <= 0) {  // over: no more jumps
      s[next_jump](path) = 1e9;
      return;
    }
    const EventDraws u = s.next_event(jump, path);
    if (s[next_jump](path) > 0) {
      const double z = std::sqrt(-2 * moniac::log(u[0])) * moniac::cos(6.283185307179586 * u[1]);
      s[price](path) += 0.02 + 0.04 * z;
    }
    const double from = s[next_jump](path) > 0 ? day : day - 1;
    s[next_jump](path) = from + std::ceil(moniac::log(u[2]) / log_no_jump);
    if (from < day && s[next_jump](path) <= day) draw(s, path, day);
  }
};

std::string scenario_of(std::int64_t paths, int days) {
  return R"(
moniac: 1
title: A corridor that reserves hold
time: {start: 2025-01-01, step: 1 day, steps: )" +
         std::to_string(days) + R"(}
ensemble: {paths: )" +
         std::to_string(paths) + R"(, seed: 42}
models: {us.corridor: {}}
outcomes: {depleted: {first: {us.reserves: {below: 1e-12}}}}
record: {variables: [us.reserves], dates: end, quantiles: [], quantile_method: sketch}
)";
}

// The first day by which a share of the depleted paths is.
std::size_t day_of(const OutcomeResult& outcome, double share) {
  double sum = 0;
  for (std::size_t k = 0; k < outcome.first_passage.size(); ++k) {
    sum += static_cast<double>(outcome.first_passage[k]);
    if (sum >= share * static_cast<double>(outcome.hits)) return k;
  }
  return outcome.first_passage.size();
}

}  // namespace

void run_passage_bench(const Kernels& kernels, std::int64_t paths, int days, int threads, double (*peak_megabytes)()) {
  Catalogue catalogue;
  catalogue.add(model_type<Corridor>("corridor", "bench", "us", "A corridor that reserves hold"));
  const Scenario scenario =
      read_scenario(std::make_shared<SourceText>(SourceText{.name = "w3.yaml", .text = scenario_of(paths, days)}));
  const auto begin = std::chrono::steady_clock::now();
  const Plan plan = Plan::make(scenario, catalogue);
  const Results results = run(plan, {.kernels = &kernels, .threads = threads}).results;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  const OutcomeResult& outcome = results.outcomes.front();
  double mean = 0;
  for (std::size_t k = 0; k < outcome.first_passage.size(); ++k)
    mean += static_cast<double>(k) * static_cast<double>(outcome.first_passage[k]);
  std::printf("RESULT W3 moniac%s t=%.4f mem=%.0f P=%.5f meantau=%.2f q10=%zu q50=%zu q90=%zu\n",
              threads == 1 ? "_1t" : "", seconds.count(), peak_megabytes(),
              static_cast<double>(outcome.hits) / static_cast<double>(paths), mean / static_cast<double>(outcome.hits),
              day_of(outcome, 0.1), day_of(outcome, 0.5), day_of(outcome, 0.9));
}

}  // namespace moniac
