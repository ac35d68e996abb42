// Buckets: their edges by hand, their shares and means against the normal law.
#include <cmath>

#include "tests/sim/engine/asked_outcomes.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;
using Catch::Matchers::Contains;

TEST_CASE("an edge belongs to the bucket above it") {
  const auto bucket = [](const std::string& end) {
    const Results results = ask("0 " + end, "0", "  end: {buckets: {us.copy: {edges: [-1 %, 3 %, 500 bp]}}}\n");
    std::string found;
    for (const OutcomeResult& answer : results.outcomes) {
      if (answer.hits == 64) found += answer.label;
    }
    return found;
  };
  CHECK(bucket("-2") == "below -1 %");
  CHECK(bucket("-1") == "-1 to 3 %");
  CHECK(bucket("2.999") == "-1 to 3 %");
  CHECK(bucket("3") == "3 % to 500 bp");
  CHECK(bucket("4.999") == "3 % to 500 bp");
  CHECK(bucket("5") == "500 bp and above");
}

TEST_CASE("buckets are at the end, or at a date, of a variable or of what is made of it") {
  const auto high = [](const std::string& options) {
    return outcome(ask("1 2 9 3 4", "0", "  b: {buckets: {us.copy: {" + options + ", labels: [low, high]}}}\n"),
                   "b[high]")
               .hits == 64;
  };
  CHECK_FALSE(high("edges: [5 %]"));
  CHECK(high("edges: [4 %]"));
  CHECK(high("edges: [9 %], at: 2025-03-31"));
  CHECK(high("edges: [6 %], change: 1 month, at: 2025-03-15"));
  CHECK_FALSE(high("edges: [7.5 %], change: 1 month, at: 2025-03-15"));
  CHECK(high("edges: [5 %], drawdown: absolute"));
  CHECK(high("edges: [1 %], at: 2025-01-31"));
}

TEST_CASE("buckets of a normal variable have the shares of the normal law and hold every path once") {
  const int paths = 20000;
  const Results results = run(plan_of("models: {us.autoregression: {persistence: 0}, us.fragile: {floor: -4}}\n"
                                      "outcomes: {end: {buckets: {us.x: {edges: [-100 bp, 0 %, 2 %]}}}}\n",
                                      paths))
                              .results;
  const double cumulative[] = {0, 0.15865525393145705, 0.5, 0.9772498680518208, 1};               // Phi at -1, 0, 2
  const double density[] = {0, 0.24197072451914337, 0.3989422804014327, 0.05399096651318806, 0};  // phi at the same
  std::int64_t sum = 0;
  double weighted = 0;
  REQUIRE(results.failed > 0);
  REQUIRE(results.outcomes.size() == 4);
  for (std::size_t b = 0; b < 4; ++b) {
    const OutcomeResult& bucket = results.outcomes[b];
    const double expected = cumulative[b + 1] - cumulative[b];
    CHECK(std::abs(bucket.probability - expected) < 4 * se_of(expected, static_cast<double>(bucket.paths)));
    CHECK(bucket.se == Approx(se_of(bucket.probability, static_cast<double>(bucket.paths))));
    CHECK((bucket.low < bucket.probability && bucket.probability < bucket.high));
    CHECK((bucket.kind == "bucket" && bucket.bucket_of == "end"));
    REQUIRE((bucket.mean && bucket.mean_se));
    CHECK(std::abs(*bucket.mean - (density[b] - density[b + 1]) / expected) < 4 * *bucket.mean_se);
    CHECK(bucket.unit == "%");
    sum += bucket.hits;
    weighted += *bucket.mean * static_cast<double>(bucket.hits);
  }
  CHECK(sum == results.paths_used);
  CHECK(weighted / static_cast<double>(sum) == Approx(results.variables[0].mean.back()).margin(1e-12));
  CHECK(results.outcomes[1].name == "end[-100 bp to 0 %]");
  CHECK(results.outcomes[1].text == "us.x on 2026-01-31 from -100 bp to below 0 %");
}

TEST_CASE("beside the mean within a bucket stands what is stated of it, in the unit of the variable") {
  const Results results =
      ask("0 4", "0", "  b: {buckets: {us.copy: {edges: [3 %], labels: [low, high], stated: [100 bp, 5 %]}}}\n");
  const OutcomeResult &low = outcome(results, "b[low]"), &high = outcome(results, "b[high]");
  CHECK((!low.mean && !low.mean_se && low.stated == 1.0));
  CHECK((high.mean == 4.0 && high.mean_se == 0.0 && high.stated == 5.0));
}

TEST_CASE("a path on which a ratio has no value is in no bucket, and counted apart") {
  const Results results = ask("4", "1 0 1 0",
                              "  end: {buckets: {us.copy: {ratio: cn.copy, edges: [1]}}}\n"
                              "  once: {any: {us.copy: {ratio: cn.copy, above: 1}}}\n"
                              "  early: {any: {us.copy: {ratio: cn.copy, above: 1}}, within: 1 day}\n"
                              "  sure: {any: {us.copy: {above: 1 %}}}\n  either: {or: [sure, once]}\n");
  CHECK(outcome(results, "end[below 1]").hits == 0);
  CHECK(outcome(results, "end[1 and above]").hits == 0);
  CHECK(outcome(results, "end[1 and above]").undefined == 64);
  CHECK(outcome(results, "once").hits == 64);
  CHECK(outcome(results, "once").undefined == 64);
  CHECK(outcome(results, "early").undefined == 64);
  CHECK(outcome(results, "sure").undefined == 0);
  CHECK(outcome(results, "either").undefined == 64);
}

TEST_CASE("edges must increase in one unit, and be of the unit of the variable") {
  const auto refusal = [](const std::string& edges) {
    return refusal_of("models: {us.copier: {}}\noutcomes: {b: {buckets: {us.copy: {edges: [" + edges + "]}}}}\n");
  };
  CHECK(refusal("1 %, 200 bp").empty());
  CHECK_THAT(refusal("2 %, 100 bp"), Contains("edges must increase: 100 bp does not") && Contains(":6:49:"));
  CHECK_THAT(refusal("2 %, 2 %"), Contains("edges must increase: 2 % does not"));
  CHECK_THAT(refusal("1 USD"), Contains("cannot be converted to %"));
  CHECK_THAT(refusal("1"), Contains("has no unit"));
}
