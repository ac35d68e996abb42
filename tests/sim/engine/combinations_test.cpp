#include "sim/engine/combinations.h"

#include <cmath>

#include "sim/engine/comparison.h"
#include "tests/sim/engine/test_models.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;

namespace {

Plan autoregression(double initial, double persistence, int paths) {
  std::ostringstream text;
  text << "moniac: 1\ntime: {start: 2025-01-31, step: 1 month, steps: 4}\nensemble: {paths: " << paths
       << ", seed: 7}\nmodels: {us.autoregression: {initial: " << initial << " %, persistence: " << persistence
       << "}}\noutcomes: {high: {any: {us.x: {above: 1 %}}}}\nrecord: {dates: [2025-02-28, 2025-05-31]}\n";
  return Plan::make(read_scenario(std::make_shared<SourceText>(SourceText{"family.yaml", text.str()})),
                    test_catalogue());
}

PlanFamily family(int paths) {
  return {.count = 2, .paths = paths, .plan = [paths](std::size_t index) {
            return index == 0 ? autoregression(0, 0.5, paths) : autoregression(1, 0.8, paths);
          }};
}

}  // namespace

TEST_CASE(
    "the difference of two plans has the moments, standard errors and probabilities of a comparison, bit for bit") {
  const int paths = 5000;  // three units of work, the last not full
  const Combinations combined = combine(family(paths), {{-1, 1}, {1, 0}}, {});
  const Comparison compared = compare(family(paths).plan(0), family(paths).plan(1));
  const RecordedVariable& difference = compared.differences.variables.at(0);
  REQUIRE(combined.moments.at(0).size() == 3);
  for (std::size_t date = 0; date < 2; ++date) {
    CHECK(combined.moments[0][date].mean == difference.mean[date]);
    CHECK(combined.moments[0][date].standard_error() == difference.se[date]);
    CHECK(combined.moments[1][date].mean == compared.variables[0].mean_a[date]);
  }
  CHECK(combined.moments[0][2].mean == Approx(compared.outcomes[0].difference.difference).epsilon(1e-12));
  // The paired formula divides by n, the moments by n - 1.
  CHECK(combined.moments[0][2].standard_error() ==
        Approx(compared.outcomes[0].difference.se * std::sqrt(paths / (paths - 1.0))).epsilon(1e-9));
  CHECK(combined.paths_used == paths);
}

TEST_CASE("combinations have the same bits for any number of threads and any block") {
  const Weights weights = {{0.25, 0.75}};
  const Combinations one = combine(family(3000), weights, {.threads = 1});
  const Combinations other = combine(family(3000), weights, {.threads = 3, .block = 64});
  CHECK(one.moments == other.moments);
}

TEST_CASE("a path that fails in one plan counts in no combination, and the verdict names the plan") {
  const auto plan = [](std::size_t index) {
    const std::string floor = index == 0 ? "-100" : "-4";
    return plan_of("models: {us.fragile: {floor: " + floor + "}}\nrecord: {dates: end}\n", 4096);
  };
  const Combinations combined = combine({.count = 2, .paths = 4096, .plan = plan}, {{1, 0}}, {});
  const RunOutcome fragile = run(plan(1));
  REQUIRE(fragile.results.failed > 41);
  CHECK(combined.paths_used == fragile.results.paths_used);
  CHECK(combined.moments[0][0].count == fragile.results.paths_used);
  CHECK(combined.verdicts == std::vector{Verdict::ok, Verdict::too_many_failed});
}

TEST_CASE("an identity that does not hold shows in the verdict of its plan") {
  const auto plan = [](std::size_t index) {
    return plan_of(index == 0 ? "models: {us.ledger: {}}\n" : "models: {us.ledger: {leak: 1 USD bn}}\n");
  };
  const Combinations combined = combine({.count = 2, .paths = 256, .plan = plan}, {{1, 1}}, {});
  CHECK(combined.verdicts == std::vector{Verdict::ok, Verdict::identity_breach});
}
