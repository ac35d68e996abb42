#include "sim/engine/comparison.h"

#include <cmath>
#include <limits>

#include "tests/sim/engine/test_models.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;

namespace {

// Two autoregressions, of which us.x is compared and cn.x lends its news.
std::string processes(const std::string& us) {
  return "models:\n  us.autoregression: {" + us + "}\n  cn.autoregression: {persistence: 0.3}\n";
}

/// The autoregression's counterpart in basis points: 100 bp at every step.
class Flat final : public Model {
  const Output x = output("x", "bp", "A constant");

 public:
  explicit Flat(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[x] = 100; }
  void step(Step& s) const override { s[x] = 100; }
};

// Makes the news of us.x c times those of cn.x and sqrt(1 - c^2) times its own.
const std::string correlated =
    "correlations: [{shocks: [cn.autoregression/news, us.autoregression/news], matrix: [[1, 0.6], [0.6, 1]]}]\n";

Plan plan_at_end(const std::string& us, std::uint64_t seed, int paths) {
  const std::string text =
      "moniac: 1\ntime: {start: 2025-01-31, step: 1 month, steps: 4}\nensemble: {paths: " + std::to_string(paths) +
      ", seed: " + std::to_string(seed) + "}\nmodels: {us.autoregression: {" + us +
      "}}\nrecord: {dates: end, quantiles: [50]}\n";
  return Plan::make(read_scenario(std::make_shared<SourceText>(SourceText{"seeds.yaml", text})), test_catalogue());
}

bool all_zero(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double x) { return x == 0; });
}

// NaN equals NaN.
bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

bool same(const RecordedVariable& a, const RecordedVariable& b) {
  return same(a.mean, b.mean) && same(a.sd, b.sd) && same(a.se, b.se) && same(a.minimum, b.minimum) &&
         same(a.maximum, b.maximum) && same(a.quantiles, b.quantiles) && same(a.quantile_error, b.quantile_error);
}

bool same(const Comparison& a, const Comparison& b) {
  for (std::size_t v = 0; v < a.variables.size(); ++v) {
    const ComparedVariable &x = a.variables[v], &y = b.variables[v];
    if (!same(x.mean_a, y.mean_a) || !same(x.mean_b, y.mean_b)) return false;
    if (!same(x.variance_reduction, y.variance_reduction)) return false;
    if (!same(a.differences.variables[v], b.differences.variables[v])) return false;
  }
  for (std::size_t o = 0; o < a.outcomes.size(); ++o) {
    if (a.outcomes[o].counts != b.outcomes[o].counts) return false;
  }
  return a.differences.failures == b.differences.failures;
}

const ComparedVariable& compared(const Comparison& comparison, const std::string& name) {
  for (const ComparedVariable& variable : comparison.variables) {
    if (variable.name == name) return variable;
  }
  throw std::runtime_error("not compared: " + name);
}

}  // namespace

TEST_CASE("the 95 % paired interval covers a known difference in 93 to 97 % of 2,000 seeds") {
  // Two autoregressions from 1 and from 0 with persistence 0.5 and 0.8: E(B - A) = 0.5^4 after four steps.
  constexpr double known = 0.0625, z = 1.959963984540054;
  constexpr int repeats = 2000;
  int covered = 0;
  for (int seed = 1; seed <= repeats; ++seed) {
    const Plan a = plan_at_end("persistence: 0.8", static_cast<std::uint64_t>(seed), 128);
    const Plan b = plan_at_end("persistence: 0.5, initial: 1 %", static_cast<std::uint64_t>(seed), 128);
    const Comparison comparison = compare(a, b, {.threads = 1, .block = 128});
    const RecordedVariable& difference = comparison.differences.variables.front();
    covered += std::abs(difference.mean.front() - known) < z * difference.se.front() ? 1 : 0;
  }
  CHECK(covered > 0.93 * repeats);
  CHECK(covered < 0.97 * repeats);
}

TEST_CASE("the variance-reduction factor is that of the correlation between the two runs") {
  // Only the news differ: those of B are 0.6 of another stream and 0.8 of A's, so that the values of both runs have
  // equal variances and correlation 0.8 at every date. (V + V) / (2 V (1 - 0.8)) = 5. With n paths, U = A + B and
  // D = B - A are independent normals, and (1 + var U / var D) / 2 has standard error (1 + 0.8) / (1 - 0.8) / sqrt n.
  constexpr int paths = 20000;
  const std::string us = processes("persistence: 0.8");
  const Comparison comparison = compare(plan_of(us, paths), plan_of(us + correlated, paths));
  const ComparedVariable& x = compared(comparison, "us.x");
  for (const std::size_t k : {1U, 6U, 12U}) {
    CHECK(std::abs(x.variance_reduction[k] - 5) < 4 * 9 / std::sqrt(paths));
    // The paired standard error is that of a difference with variance 2 V (1 - 0.8), V = sum of 0.64^j, j < k.
    const double variance = 0.4 * (1 - std::pow(0.64, k)) / 0.36;
    const double se = std::sqrt(variance / paths);
    CHECK(std::abs(comparison.differences.variables[0].se[k] - se) < 4 * se / std::sqrt(2.0 * paths));
    CHECK(std::abs(comparison.differences.variables[0].mean[k]) < 4 * se);
  }
}

TEST_CASE("a run against itself differs by exactly nothing") {
  const std::string sections = processes("persistence: 0.8") +
                               "outcomes:\n  high: {any: {us.x: {above: 1 %}}}\n  low: {all: {us.x: {below: 9 %}}}\n";
  for (const char* method : {"exact", "sketch"}) {
    const std::string record = std::string("record: {quantile_method: ") + method + "}\n";
    const Comparison comparison = compare(plan_of(sections + record, 3000), plan_of(sections + record, 3000));
    REQUIRE(comparison.differences.variables.size() == 2);
    for (const RecordedVariable& difference : comparison.differences.variables) {
      CHECK(all_zero(difference.mean));
      CHECK(all_zero(difference.sd));
      CHECK(all_zero(difference.se));
      CHECK(all_zero(difference.minimum));
      CHECK(all_zero(difference.maximum));
      CHECK(all_zero(difference.quantiles));
    }
    const ComparedVariable& x = compared(comparison, "us.x");
    CHECK(x.mean_a == x.mean_b);
    CHECK(std::isnan(x.variance_reduction.front()));  // nothing varies at the start
    CHECK(x.variance_reduction.back() == std::numeric_limits<double>::infinity());
    for (const OutcomeDifference& outcome : comparison.outcomes) {
      CHECK(outcome.counts.only_a == 0);
      CHECK(outcome.counts.only_b == 0);
      CHECK(outcome.counts.paths() == 3000);
      CHECK(outcome.difference.difference == 0);
      CHECK(outcome.difference.se == 0);
    }
  }
}

TEST_CASE("each side of a comparison is the run by itself, bit for bit") {
  const Plan a = plan_of(processes("persistence: 0.8"), 3000), b = plan_of(processes("persistence: 0.7"), 3000);
  const Comparison comparison = compare(a, b);
  CHECK(comparison.a == run(a).results);
  CHECK(comparison.b == run(b).results);
  CHECK(same(compared(comparison, "us.x").mean_b, variable(comparison.b, "us.x").mean));
}

TEST_CASE("comparisons are the same bits for any number of threads and any block size") {
  const std::string rest =
      "  us.fragile: {floor: -5}\noutcomes: {high: {first: {us.x: {above: 1 %}}}}\nrecord: {quantile_method: ";
  for (const char* method : {"exact}\n", "sketch}\n"}) {
    const Plan a = plan_of(processes("persistence: 0.8") + rest + method, 5000);
    const Plan b = plan_of(processes("persistence: 0.7") + rest + method, 5000);
    const Comparison reference = compare(a, b, {.threads = 1, .block = 512});
    CHECK(same(reference, compare(a, b, {.threads = 2})));
    CHECK(same(reference, compare(a, b, {.threads = 3, .block = 64})));
    CHECK(same(reference, compare(a, b, {.threads = 2, .block = 2048})));
  }
}

TEST_CASE("a path that fails in either run counts in neither") {
  const std::string outcome = "outcomes: {up: {any: {us.level: {above: 2}}}}\n";
  const Plan a = plan_of("models: {us.fragile: {floor: -7}}\n" + outcome, 4096);
  const Plan b = plan_of("models: {us.fragile: {floor: -5}}\n" + outcome, 4096);
  const Comparison comparison = compare(a, b);
  CHECK(comparison.a.failed > 0);
  CHECK(comparison.b.failed > comparison.a.failed);
  // The walk is the same in both, and whoever falls below -7 has fallen below -5.
  CHECK(comparison.differences.failed == comparison.b.failed);
  CHECK(comparison.outcomes[0].counts.paths() == 4096 - comparison.b.failed);
  CHECK(comparison.outcomes[0].counts.only_a + comparison.outcomes[0].counts.only_b == 0);
  const ComparedVariable& level = compared(comparison, "us.level");
  CHECK(same(level.mean_a, level.mean_b));
  CHECK(same(level.mean_b, variable(comparison.b, "us.level").mean));
  CHECK(all_zero(comparison.differences.variables[0].mean));
}

TEST_CASE("a variable in another unit is converted to that of A") {
  Catalogue catalogue = test_catalogue();
  catalogue.add(model_type<Flat>("flat", "tests", "us", "A constant"));
  const auto text = [](const std::string& model) {
    return std::make_shared<SourceText>(SourceText{"units.yaml",
                                                   "moniac: 1\ntime: {start: 2025-01-31, step: 1 month, steps: 2}\n"
                                                   "ensemble: {paths: 100, seed: 1}\nmodels: {" +
                                                       model + "}\n"});
  };
  const Plan a = Plan::make(read_scenario(text("us.autoregression: {initial: 3 %}")), catalogue);
  const Plan b = Plan::make(read_scenario(text("us.flat: {}")), catalogue);
  const Comparison comparison = compare(a, b);
  REQUIRE(comparison.differences.variables.size() == 1);
  CHECK(comparison.differences.variables[0].unit == "%");
  CHECK(comparison.differences.variables[0].mean[0] == -2);  // 100 bp less 3 %
  CHECK(comparison.variables[0].mean_b == std::vector<double>{1, 1, 1});
}

TEST_CASE("what one run lacks is left out and named, and so are dates and labels") {
  const Plan a = plan_of(
      "models: {us.holdings_a: {model: holders}, us.ledger: {}}\n"
      "record: {variables: ['us.holdings[china]', us.stock], dates: every 3 months}\n");
  const Plan b = plan_of(
      "models: {us.holdings_a: {model: holders}, us.vault: {}}\n"
      "record: {variables: [us.holdings, us.kept], dates: every 2 months}\n"
      "outcomes: {kept: {any: {us.kept: {above: 1 USD bn}}}}\n");
  const Comparison comparison = compare(a, b);
  REQUIRE(comparison.differences.variables.size() == 1);
  const RecordedVariable& holdings = comparison.differences.variables[0];
  CHECK(holdings.name == "us.holdings.difference");
  CHECK(holdings.dimensions == Dimensions{{"holder", {"china"}}});
  CHECK(comparison.differences.steps == std::vector<int>{0, 6, 12});
  CHECK(all_zero(holdings.mean));
  CHECK(comparison.variables[0].mean_a == std::vector<double>{760, 754, 748});
  CHECK(comparison.left_out ==
        std::vector<std::string>{"us.stock: only in A", "us.kept: only in B", "outcome kept: only in B"});
}

TEST_CASE("a comparison ends between two units when it is told to") {
  const std::atomic<bool> stop = true;
  const Plan plan = plan_of(processes("persistence: 0.8"));
  CHECK_THROWS_AS(compare(plan, plan, {.stop = &stop}), Interrupted);
}
