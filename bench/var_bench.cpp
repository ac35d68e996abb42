#include "bench/var_bench.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>

#include "sim/engine/ensemble.h"
#include "sim/math/cholesky.h"
#include "sim/math/columns.h"
#include "sim/model/model.h"
#include "sim/scenario/scenario.h"

namespace moniac {

namespace {

constexpr int n = 10;

// A has 0.85 on the diagonal and 0.05 cos(i + 2 j) elsewhere.
ExactMatrix transition() {
  ExactMatrix a(n, n);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) a(i, j) = i == j ? 0.85 : 0.05 * std::cos(i + 2 * j);
  return a;
}

// Covariances 1e-4 · 0.5^|i-j| of the shocks.
ExactMatrix covariance() {
  ExactMatrix s(n, n);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) s(i, j) = 1e-4 * std::pow(0.5, std::abs(i - j));
  return s;
}

Names labels() {
  Names names;
  for (int i = 0; i < n; ++i) names.push_back(std::to_string(i));
  return names;
}

class Autoregression final : public Model {
  const Outputs x = outputs("x", "state", labels(), "", "State");
  const Shocks z = normal_shocks("news", n, "News");
  const std::vector<double> map = a_and_b();

 public:
  explicit Autoregression(Declarations& d) : Model(d) {}

  void start(Start& s) const override {
    for (int i = 0; i < n; ++i) s[x[i]] = 0.01 * (i + 1);
  }

  void step(Step& s) const override {
    std::array<const double*, 2 * n> in;
    std::array<double*, n> out;
    for (int i = 0; i < n; ++i) {
      const auto k = static_cast<std::size_t>(i);
      in[k] = s.last(x[i]).data();
      in[k + n] = s[z[i]].data();
      out[k] = s[x[i]].data();
    }
    Scratch::current().kernels().linear_map(map.data(), n, 2 * n, in.data(), out.data(),
                                            static_cast<std::size_t>(s.lanes()));
  }

 private:
  static std::vector<double> a_and_b() {
    ExactMatrix both(n, 2 * n);
    both << transition(), std::get<ExactMatrix>(cholesky(covariance()));
    return row_major(both);
  }
};

std::string scenario_of(std::int64_t paths) {
  return R"(
moniac: 1
title: A vector autoregression of ten states
time: {start: 2025-01-01, step: 1 month, steps: 120}
ensemble: {paths: )" +
         std::to_string(paths) + R"(, seed: 42}
models: {us.var: {}}
record: {variables: [us.x], dates: end, quantiles: []}
)";
}

double exact_trace(int steps) {
  ExactMatrix sum = ExactMatrix::Zero(n, n);
  const ExactMatrix a = transition(), s = covariance();
  for (int k = 0; k < steps; ++k) sum = ExactMatrix(a * sum * a.transpose() + s);
  return sum.trace().value;
}

}  // namespace

void run_var_bench(const Kernels& kernels, std::int64_t paths, int threads, double (*peak_megabytes)()) {
  Catalogue catalogue;
  catalogue.add(model_type<Autoregression>("var", "bench", "us", "Ten states"));
  const Scenario scenario =
      read_scenario(std::make_shared<SourceText>(SourceText{.name = "w2.yaml", .text = scenario_of(paths)}));
  const auto begin = std::chrono::steady_clock::now();
  const Plan plan = Plan::make(scenario, catalogue);
  const Results results = run(plan, {.kernels = &kernels, .threads = threads}).results;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  double trace = 0;
  for (const double sd : results.variables.front().sd) trace += sd * sd;
  std::printf("RESULT W2s moniac%s t=%.4f mem=%.0f tr=%.7f trexact=%.7f m0=%.3e\n", threads == 1 ? "_1t" : "",
              seconds.count(), peak_megabytes(), trace, exact_trace(plan.time.steps),
              results.variables.front().mean.front());
}

}  // namespace moniac
