// A path by itself: its numbers are those of the run, and its draws are the ones its models read.
#include "sim/engine/trace.h"

#include "tests/sim/engine/test_models.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;

namespace {

using Kind = TraceColumn::Kind;

std::size_t column(const Trace& trace, Kind kind, const std::string& name, const std::string& label = "") {
  for (std::size_t c = 0; c < trace.columns.size(); ++c) {
    const TraceColumn& here = trace.columns[c];
    if (here.kind == kind && here.name == name && here.label == label) return c;
  }
  FAIL("no " << to_string(kind) << " " << name);
  return 0;
}

}  // namespace

TEST_CASE("a trace shows the shocks that its models read, which explain every step") {
  const Plan plan = plan_of("models: {us.autoregression: {persistence: 0.8, initial: 2 %}}\n", 5000);
  for (const std::int64_t path : {0, 63, 64, 2047, 2048, 4999}) {
    const Trace seen = trace(plan, path, best_kernels());
    const std::size_t x = column(seen, Kind::variable, "us.x");
    const std::size_t news = column(seen, Kind::shock, "us.autoregression/news");
    REQUIRE(seen.values.size() == static_cast<std::size_t>(plan.time.steps) + 1);
    CHECK(seen.values[0][x] == 2);
    CHECK(std::isnan(seen.values[0][news]));
    for (std::size_t k = 1; k < seen.values.size(); ++k) {
      CHECK(seen.values[k][x] == 0.8 * seen.values[k - 1][x] + seen.values[k][news]);
    }
  }
}

TEST_CASE("the mean over all traces is the mean of the run") {
  const Plan plan = plan_of("models: {us.autoregression: {}}\n", 64);
  double sum = 0;
  for (std::int64_t path = 0; path < 64; ++path) {
    const Trace seen = trace(plan, path, best_kernels());
    sum += seen.values.back()[column(seen, Kind::variable, "us.x")];
  }
  CHECK(sum / 64 == Approx(run(plan).results.variables.front().mean.back()).epsilon(1e-13));
}

TEST_CASE("correlated shocks are told with the independent draws behind them") {
  const Plan plan = plan_of(
      "models: {us.autoregression: {}, cn.autoregression: {}}\n"
      "correlations:\n  - {shocks: [us.autoregression/news, cn.autoregression/news],"
      " matrix: [[1, 0.6], [0.6, 1]]}\n");
  const Trace seen = trace(plan, 7, best_kernels());
  const std::size_t first = column(seen, Kind::draw, "us.autoregression/news");
  const std::size_t second = column(seen, Kind::draw, "cn.autoregression/news");
  for (std::size_t k = 1; k < seen.values.size(); ++k) {
    const std::vector<double>& row = seen.values[k];
    CHECK(row[column(seen, Kind::shock, "us.autoregression/news")] == row[first]);
    CHECK(row[column(seen, Kind::shock, "cn.autoregression/news")] ==
          Approx(0.6 * row[first] + 0.8 * row[second]).margin(1e-15));
  }
}

TEST_CASE("a trigger's draw decides on its firing, and the outcome of a path is told") {
  const std::string text =
      "models: {us.copier: {}}\n"
      "events:\n  - {name: coin, when: {us.copy: {above: 0 %}, probability: 0.5, at_most: 1},"
      " set: {us.source: 9 %}, for: 1 month}\n"
      "levers: {us.source: 1 %}\n"
      "outcomes: {reached: {any: {us.copy: {above: 8 %}}}}\n";
  Plan plan = plan_of(text, 200);
  plan.logged_paths = plan.paths;
  for (std::int64_t path = 0; path < plan.paths; ++path) {
    const Trace seen = trace(plan, path, best_kernels());
    const std::size_t draw = column(seen, Kind::draw, "trigger/coin");
    for (const TriggerFiring& firing : seen.firings)
      CHECK(seen.values[static_cast<std::size_t>(firing.step)][draw] < 0.5);
    const int first = seen.firings.empty() ? plan.time.steps + 1 : seen.firings.front().step;
    for (int k = 0; k < std::min(first, plan.time.steps + 1); ++k)
      CHECK(seen.values[static_cast<std::size_t>(k)][draw] >= 0.5);
    const bool acted = !seen.firings.empty() && seen.firings.front().step < plan.time.steps;
    CHECK(seen.outcomes == std::vector<bool>{acted});
  }
}
