// The canonical workloads through the real engine and writer: moniac_bench w1 | w1s | w2s | w3 | w4a | w4b | w5 | w6 |
// w7
// [--threads N]
// [--paths N].
//
// Prints one line, RESULT <workload> <variant> t=<seconds> mem=<peak MB> <check values>; the time is from parameters in
// memory to results in memory. Check values and their tolerances: docs/performance.md.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>

#include "bench/output_bench.h"
#include "bench/passage_bench.h"
#include "bench/sweep_bench.h"
#include "bench/trade_bench.h"
#include "bench/var_bench.h"
#include "bench/views_bench.h"
#include "models/catalogue.h"
#include "sim/engine/ensemble.h"
#include "sim/engine/plan.h"
#include "sim/scenario/scenario.h"

namespace {

using namespace moniac;

// w1: Vasicek short rate, exact discretisation: kappa 0.5, theta 4 %, sigma 1.5 %, r0 2 %, 120 months. Quantiles from
// the kept values (w1) or from a sketch (w1s).
std::string vasicek_scenario(std::int64_t paths, const char* quantiles) {
  return R"(
moniac: 1
title: Vasicek short rate
time: {start: 2025-01-01, step: 1 month, steps: 120}
ensemble: {paths: )" +
         std::to_string(paths) + R"(, seed: 42}
models:
  us.short_rate: {r0: 2 %/year, speed: 0.5 1/year, mean: 4 %/year, volatility: 150 bp/year^0.5}
record: {variables: [us.short_rate], quantiles: [1, 5, 25, 50, 75, 95, 99], quantile_method: )" +
         quantiles + "}\n";
}

double peak_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::atof(line.c_str() + 6) / 1024;
  }
  return 0;
}

int run_workload(const std::string& name, std::int64_t paths, int days, int threads) {
  if (name == "w5") {
    run_output_bench(threads);
    return 0;
  }
  if (name == "w4a" || name == "w4b") {
    if (name == "w4a") run_trade_bench_large(peak_megabytes);
    if (name == "w4b") run_trade_bench_draws(threads > 0 ? threads : 2, peak_megabytes);
    return 0;
  }
  if (name == "w7") {
    run_views_bench(paths, peak_megabytes);
    return 0;
  }
  const Kernels* kernels = &best_kernels();
  if (const char* level = std::getenv("MONIAC_ISA")) kernels = find_kernels(level);
  if (kernels == nullptr) return 64;
  if (name == "w6") {
    run_sweep_bench(*kernels, threads, peak_megabytes);
    return 0;
  }
  if (name == "w2s") {
    run_var_bench(*kernels, paths, threads, peak_megabytes);
    return 0;
  }
  if (name == "w3") {
    run_passage_bench(*kernels, paths, days, threads, peak_megabytes);
    return 0;
  }
  const bool exact = name == "w1";
  if (!exact && name != "w1s") return 0;  // a workload this program does not know prints nothing
  auto source = std::make_shared<SourceText>(
      SourceText{.name = name + ".yaml", .text = vasicek_scenario(paths, exact ? "exact" : "sketch")});
  const Scenario scenario = read_scenario(source);
  const auto begin = std::chrono::steady_clock::now();
  const Plan plan = Plan::make(scenario, Catalogue(model_types()));
  const RunOutcome outcome = run(plan, {.kernels = kernels, .threads = threads});
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;

  const RecordedVariable& rate = outcome.results.variables.front();
  const double states = static_cast<double>(paths) * plan.time.steps;
  std::printf("RESULT %s moniac%s t=%.4f mem=%.0f mean=%.7f sd=%.7f q05=%.7f ns_per_state_path=%.3f\n",
              exact ? "W1" : "W1s", threads == 1 ? "_1t" : "", seconds.count(), peak_megabytes(),
              rate.mean.back() / 100, rate.sd.back() / 100, rate.quantiles[rate.quantiles.size() - 6] / 100,
              seconds.count() * 1e9 / states);
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::fprintf(stderr, "usage: moniac_bench w1|w1s|w2s|w3|w4a|w4b|w5|w6|w7 [--threads N] [--paths N] [--days N]\n");
    return 64;
  }
  std::int64_t paths = 100000;
  int days = 750, threads = 0;
  for (int i = 2; i + 1 < count; i += 2) {
    const std::string option = words[i];
    if (option == "--threads") threads = std::atoi(words[i + 1]);
    if (option == "--paths") paths = std::atoll(words[i + 1]);
    if (option == "--days") days = std::atoi(words[i + 1]);
  }
  return run_workload(words[1], paths, days, threads);
}
