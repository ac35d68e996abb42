#include <atomic>
#include <random>

#include "sim/engine/block.h"
#include "sim/math/hash.h"
#include "sim/results/moments.h"
#include "tests/sim/engine/test_models.h"
#include "tests/support/allocations.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;

namespace {

const std::string two_economies =
    "models:\n"
    "  us.autoregression: {persistence: 0.8}\n"
    "  cn.autoregression: {persistence: 0.3}\n";

bool same(const RecordedVariable& a, const RecordedVariable& b) {
  return a.mean == b.mean && a.sd == b.sd && a.se == b.se && a.minimum == b.minimum && a.maximum == b.maximum &&
         a.quantiles == b.quantiles;
}

bool same(const Results& a, const Results& b) {
  if (a.variables.size() != b.variables.size()) return false;
  for (std::size_t v = 0; v < a.variables.size(); ++v) {
    if (!same(a.variables[v], b.variables[v])) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a step of a block allocates nothing") {
  const Plan plan = plan_of(two_economies +
                            "correlations:\n  - {shocks: [us.autoregression/news, cn.autoregression/news],"
                            " matrix: [[1, 0.5], [0.5, 1]]}\n");
  Block block(plan, best_kernels(), 512, true);
  block.begin(0, 512);
  block.start();
  const long before = testing::allocations();
  block.step();
  block.step();
  CHECK(testing::allocations() == before);
}

TEST_CASE("results are the same bits for any number of threads and any block size") {
  for (const char* method : {"exact", "sketch"}) {
    const Plan plan = plan_of(two_economies + "record: {quantile_method: " + method + "}\n", 5000);
    const Results reference = run(plan, {.threads = 1, .block = 512}).results;
    CHECK(same(reference, run(plan, {.threads = 2}).results));
    CHECK(same(reference, run(plan, {.threads = 3, .block = 64}).results));
    CHECK(same(reference, run(plan, {.threads = 2, .block = 1024}).results));
    CHECK(same(reference, run(plan, {.threads = 2, .block = 2048}).results));
  }
}

TEST_CASE("results are the same bits with every kernel table this machine runs") {
  const Plan plan = plan_of(two_economies, 3000);
  const Results reference = run(plan).results;
  for (const char* level : {"portable", "avx2", "avx512"}) {
    if (const Kernels* kernels = find_kernels(level)) CHECK(same(reference, run(plan, {.kernels = kernels}).results));
  }
}

TEST_CASE("another model, another record or more paths leave the other numbers alone") {
  const Results alone = run(plan_of("models: {us.autoregression: {persistence: 0.8}}\n")).results;
  const Results joined =
      run(plan_of("models: {cn.autoregression: {}, us.autoregression: {persistence: 0.8}, us.holders: {}}\n")).results;
  CHECK(same(variable(alone, "us.x"), variable(joined, "us.x")));
  const Results narrow = run(plan_of(two_economies + "record: {variables: [us.x]}\n")).results;
  CHECK(same(variable(narrow, "us.x"), variable(joined, "us.x")));
}

TEST_CASE("moments agree with the closed form of the process") {
  const int paths = 20000;
  const Results results = run(plan_of(two_economies, paths)).results;
  const RecordedVariable& x = variable(results, "us.x");
  for (int k : {1, 6, 12}) {
    const double variance = (1 - std::pow(0.64, k)) / (1 - 0.64);  // sum of 0.8^(2j), j < k
    const double se = std::sqrt(variance / paths);
    const auto at = static_cast<std::size_t>(k);
    CHECK(std::abs(x.mean[at]) < 4 * se);
    CHECK(std::abs(x.sd[at] * x.sd[at] - variance) < 4 * variance * std::sqrt(2.0 / paths));
    CHECK(x.se[at] == Approx(x.sd[at] / std::sqrt(paths)));
  }
}

TEST_CASE("quantiles agree with the normal law: exactly found and from the sketch") {
  const int paths = 50000;
  const double sd = std::sqrt((1 - std::pow(0.64, 12)) / 0.36);
  for (const char* method : {"exact", "sketch"}) {
    const Results results =
        run(plan_of(two_economies + "record: {variables: [us.x], quantile_method: " + std::string(method) + "}\n",
                    paths))
            .results;
    CHECK(results.quantile_method == method);
    const RecordedVariable& x = variable(results, "us.x");
    const double levels[] = {1, 5, 25, 50, 75, 95, 99};
    const double normal[] = {-2.3263478740, -1.6448536270, -0.6744897502, 0, 0.6744897502, 1.6448536270, 2.3263478740};
    for (int q = 0; q < 7; ++q) {
      const double p = levels[q] / 100;
      const double density = std::exp(-normal[q] * normal[q] / 2) / std::sqrt(2 * M_PI);
      const double se = sd * std::sqrt(p * (1 - p) / paths) / density;
      const double bound = x.quantile_error.empty() ? 0 : x.quantile_error[12];
      CHECK(std::abs(x.quantiles[static_cast<std::size_t>(12 * 7 + q)] - sd * normal[q]) < 4 * se + bound);
      // The estimate of the standard error is a sum of 2 sqrt(n p (1 - p)) gaps, each about exponential.
      const double gaps = 2 * std::sqrt(paths * p * (1 - p));
      CHECK(std::abs(x.quantile_se[static_cast<std::size_t>(12 * 7 + q)] - se) < 4 * se / std::sqrt(gaps) + bound);
    }
  }
}

TEST_CASE("the sketch stays within its stated bound of the exact quantiles") {
  const Results exact = run(plan_of(two_economies + "record: {quantile_method: exact}\n", 4000)).results;
  const Results sketch = run(plan_of(two_economies + "record: {quantile_method: sketch}\n", 4000)).results;
  const RecordedVariable& a = variable(exact, "us.x");
  const RecordedVariable& b = variable(sketch, "us.x");
  REQUIRE(b.quantile_error.size() == b.mean.size());
  for (std::size_t i = 7; i < a.quantiles.size(); ++i) {  // date 0 is a constant
    CHECK(std::abs(a.quantiles[i] - b.quantiles[i]) <= 2 * b.quantile_error[i / 7]);
  }
}

TEST_CASE("correlated shocks have the stated correlation, and appending one changes no earlier") {
  const auto of = [](const std::string& correlations, int paths) {
    return run(plan_of(two_economies + correlations, paths)).results;
  };
  const int paths = 20000;
  const Results independent = of("", paths);
  const Results correlated = of(
      "correlations:\n  - {shocks: [us.autoregression/news, cn.autoregression/news], matrix: [[1, -0.6], [-0.6, 1]]}\n",
      paths);
  CHECK(same(variable(independent, "us.x"), variable(correlated, "us.x")));
  CHECK_FALSE(same(variable(independent, "cn.x"), variable(correlated, "cn.x")));
  // Corr(z_us, z_cn) through the first step, where x = z: P(both > 0) = 1/4 + asin(rho) / (2 pi).
  const Results both = of(
      "correlations:\n  - {shocks: [us.autoregression/news, cn.autoregression/news], matrix: [[1, -0.6], [-0.6, 1]]}\n"
      "outcomes:\n  both: {any: {us.x: {above: 0 %}, cn.x: {above: 0 %}}, within: 1 month}\n",
      paths);
  const double p = 0.25 + std::asin(-0.6) / (2 * M_PI);
  CHECK(std::abs(both.outcomes[0].probability - p) < 4 * std::sqrt(p * (1 - p) / paths));
}

TEST_CASE("the tree of moments has the same bits however a range of cells is split at units") {
  std::mt19937_64 random(11);
  std::vector<MomentTree::Node> cells(32 * 37 + 5);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const double mean = static_cast<double>(random() % 1000) / 7.0;
    cells[c] = {{64, mean, mean * 3, mean - 1, mean + 1}, 0, static_cast<std::int64_t>(c)};
  }
  MomentTree whole;
  for (const MomentTree::Node& cell : cells) whole.append(cell);
  const std::size_t units = (cells.size() + 31) / 32;
  for (int split = 0; split < 50; ++split) {
    MomentTree merged;
    std::size_t unit = 0;
    while (unit < units) {
      // A shard of a random number of units, which joins them before it is joined itself.
      const std::size_t end = std::min<std::size_t>(units, unit + 1 + random() % 7);
      MomentTree shard;
      for (; unit < end; ++unit) {
        MomentTree part;
        for (std::size_t c = unit * 32; c < std::min(cells.size(), unit * 32 + 32); ++c) part.append(cells[c]);
        shard.append(part);
      }
      merged.append(shard);
    }
    CHECK(merged == whole);
    CHECK(merged.total() == whole.total());
  }
  CHECK(whole.nodes().size() <= 17);
  CHECK(whole.total().count == static_cast<std::int64_t>(cells.size()) * 64);
}

TEST_CASE("a path that turns non-finite is listed and absent at every date, and the others keep their bits") {
  const std::string fragile = "models: {us.fragile: {}, us.autoregression: {}}\n";
  const RunOutcome broken = run(plan_of(fragile, 2000), {.block = 256});
  CHECK(broken.verdict == Verdict::too_many_failed);
  const Results& results = broken.results;
  REQUIRE(results.failed > 0);
  CHECK(results.paths_used == 2000 - results.failed);
  CHECK(results.failures.front().model == "us.fragile");
  CHECK(results.failures.front().cause == "us.level is not a number");
  // The survivors never fell below the floor, at any date.
  CHECK(variable(results, "us.level").minimum[1] >= -2);
  // What is left out does not depend on how the paths were run.
  CHECK(same(results, run(plan_of(fragile, 2000), {.threads = 1, .block = 1024}).results));
  // Tolerated when the scenario says so.
  const Plan tolerant = [&] {
    Plan plan = plan_of(fragile, 2000);
    plan.max_failed = 1;
    return plan;
  }();
  CHECK(run(tolerant).verdict == Verdict::ok);
}

TEST_CASE("event shocks make a Poisson process, whose bits depend on nothing but path and event") {
  constexpr int paths = 20000;
  const Plan plan = plan_of("models: {us.arrivals: {rate: 2}}\n", paths);
  const Results reference = run(plan, {.threads = 1, .block = 512}).results;
  const RecordedVariable& arrived = variable(reference, "us.arrived");
  for (const std::size_t k : {1U, 5U, 12U}) {
    // Mean and variance 2; the variance of the sample variance is (2 + 2 x 2^2) / n.
    CHECK(std::abs(arrived.mean[k] - 2) < 4 * std::sqrt(2.0 / paths));
    CHECK(std::abs(arrived.sd[k] * arrived.sd[k] - 2) < 4 * std::sqrt(10.0 / paths));
    CHECK(std::abs(variable(reference, "us.mark").mean[k] - 0.5) < 4 / std::sqrt(12.0 * paths));
  }
  CHECK(same(reference, run(plan, {.threads = 3, .block = 64}).results));
  CHECK(same(reference, run(plan, {.threads = 2, .block = 2048}).results));
  // Another model changes no draw.
  const Plan more = plan_of("models: {us.autoregression: {}, us.arrivals: {rate: 2}}\n", paths);
  CHECK(same(arrived, variable(run(more).results, "us.arrived")));
}

TEST_CASE("a bound is counted in the steps in which it holds, on the paths that count") {
  // From the date on the input is above the cap: in steps 8 … 12, the first of which ends on it.
  const Plan plan = plan_of(
      "models: {us.capped: {}, us.fragile: {}}\nlevers: {us.source: {2025-01-31: 1 %, 2025-09-30: 3 %}}\n", 5000);
  for (const int block : {64, 512, 2048}) {
    const Results results = run(plan, {.block = block}).results;
    REQUIRE(results.failed > 0);
    REQUIRE(results.clamps.size() == 1);
    CHECK(results.clamps[0].name == "us.capped.at_cap");
    CHECK(results.clamps[0].held == 5 * results.paths_used);
    CHECK(results.clamps[0].path_steps == 12 * results.paths_used);
  }
  // Not recorded unless asked for.
  CHECK(run(plan).results.variables.size() == 2);
}

TEST_CASE("an output nobody writes is found where columns are poisoned") {
  const RunOutcome outcome = run(plan_of("models: {us.lazy: {}}\n"), {.poison = true});
  CHECK(outcome.results.failed == 256);
  CHECK(outcome.results.failures.front().cause == "us.forgotten is not a number");
}

TEST_CASE("an identity that does not hold is a breach, with its largest residual and place") {
  const RunOutcome sound = run(plan_of("models: {us.ledger: {}}\n"));
  CHECK(sound.verdict == Verdict::ok);
  CHECK(sound.results.identities[0].maximum <= 1e-12);
  const RunOutcome leaking = run(plan_of("models: {us.ledger: {leak: 1e-6 USD bn}}\n"));
  CHECK(leaking.verdict == Verdict::identity_breach);
  CHECK(leaking.results.identities[0].name == "us.ledger.identity_residual");
  CHECK(leaking.results.identities[0].maximum == Approx(1e-6));
  CHECK(leaking.results.identities[0].path == 0);
  CHECK(leaking.results.identities[0].step >= 1);
  const RunOutcome imposed = run(plan_of("models: {us.ledger: {}}\nimpose: {us.stock: {2025-06-30: 50 USD bn}}\n"));
  CHECK(imposed.verdict == Verdict::ok);
  CHECK(imposed.results.identities[0].closed_by_impose);
}

TEST_CASE("outcomes answer what they ask, within their windows") {
  // us.steps counts 1, 2, …, 12, so every answer is known.
  const auto probability = [](const std::string& outcome) {
    return run(plan_of("models: {us.copier: {}}\noutcomes: {asked: " + outcome + "}\n", 64))
        .results.outcomes[0]
        .probability;
  };
  CHECK(probability("{any: {us.steps: {above: 11 count}}}") == 1);
  CHECK(probability("{any: {us.steps: {above: 12 count}}}") == 0);  // strict
  CHECK(probability("{any: {us.steps: {above: 11 count}}, within: 6 months}") == 0);
  CHECK(probability("{any: {us.steps: {above: 5 count}}, within: 6 months}") == 1);
  CHECK(probability("{all: {us.steps: {above: 0 count}}}") == 1);  // the start is not in the window
  CHECK(probability("{all: {us.steps: {above: 1 count}}}") == 0);
  CHECK(probability("{run: {us.steps: {above: 6 count}}, for: 6 months}") == 1);
  CHECK(probability("{run: {us.steps: {above: 7 count}}, for: 6 months}") == 0);
  CHECK(probability("{first: {us.steps: {crosses_up: 3 count}}}") == 1);
  CHECK(probability("{any: {us.steps: {crosses_down: 3 count}}}") == 0);
}

TEST_CASE("a first passage has a distribution over steps, with the censored mass apart") {
  const int paths = 20000;
  const Results results = run(plan_of("models: {us.autoregression: {persistence: 0}}\n"
                                      "outcomes: {high: {first: {us.x: {above: 1 %}}, within: 6 months}}\n",
                                      paths))
                              .results;
  const OutcomeResult& high = results.outcomes[0];
  const double p = 0.15865525393145707;  // P(z > 1), every step anew
  for (int k = 1; k <= 6; ++k) {
    const double expected = p * std::pow(1 - p, k - 1);
    const double share = static_cast<double>(high.first_passage[static_cast<std::size_t>(k)]) / paths;
    CHECK(std::abs(share - expected) < 4 * std::sqrt(expected * (1 - expected) / paths));
  }
  CHECK(high.first_passage[0] == 0);
  CHECK(high.first_passage.size() == 13);
  const double censored = std::pow(1 - p, 6);
  CHECK(std::abs(1 - high.probability - censored) < 4 * std::sqrt(censored * (1 - censored) / paths));
}

TEST_CASE("recorded dates are those asked for") {
  const auto steps = [](const std::string& dates) {
    return run(plan_of("models: {us.copier: {}}\nrecord: {dates: " + dates + "}\n", 64)).results.steps;
  };
  CHECK(steps("all").size() == 13);
  CHECK(steps("end") == std::vector<int>{12});
  CHECK(steps("every 6 months") == std::vector<int>{0, 6, 12});
  CHECK(steps("[2025-01-31, 2025-03-31, 2025-12-15]") == std::vector<int>{0, 2, 11});
}

TEST_CASE("a run can be stopped between units") {
  const std::atomic<bool> stop = true;
  const Plan plan = plan_of(two_economies, 10000);
  CHECK_THROWS_AS(run(plan, {.stop = &stop}), Interrupted);
}

TEST_CASE("progress counts every path") {
  std::int64_t last = 0;
  bool ordered = true;
  run(plan_of(two_economies, 5000), {.progress = [&](std::int64_t done) {
        ordered = ordered && done > last;
        last = done;
      }});
  CHECK(ordered);
  CHECK(last == 5000);
}
