// What conditions make of a variable, step by step on a path that is known by hand.
#include <cmath>
#include <limits>

#include "sim/engine/block.h"
#include "sim/engine/outcome_watch.h"
#include "tests/sim/engine/test_models.h"
#include "tests/support/allocations.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;
using Catch::Matchers::Contains;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

// Two scripted variables, us.copy and cn.copy, and one outcome that tests something of the first.
std::string two_scripts(const std::string& us, const std::string& cn, const std::string& test) {
  return "models: {us.copier: {}, cn.copier: {}, us.lagger: {inputs: {source: us.copy}}, us.holders: {}}\n"
         "levers: {us.source: {" +
         schedule_of(us) + "}, cn.source: {" + schedule_of(cn) + "}}\noutcomes: {asked: {any: {us.copy: {" + test +
         "}}}}\n";
}

// The measure of us.copy at steps 0, 1, …, as long as `us` is.
std::vector<double> measured(const std::string& us, const std::string& measure, const std::string& cn = "1") {
  const Plan plan = plan_of(two_scripts(us, cn, measure + ", above: 0"));
  Block block(plan, best_kernels(), 64, true);
  block.begin(0, 64);
  std::vector<double> values;
  std::istringstream words(us);
  for (std::string word; words >> word;) {
    if (values.empty()) block.start();
    if (!values.empty()) block.step();
    values.push_back(block.now(plan.measures.back().to)[17]);
  }
  return values;
}

// Whether two lists are the same, where NaN is equal to NaN.
bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

}  // namespace

TEST_CASE(
    "a change is the value less that a window before, or less that at the start where the window begins earlier") {
  CHECK(same(measured("4 5 3 6 1 2", "change: 2 months"), {0, 1, -1, 1, -2, -4}));
  CHECK(same(measured("4 5 3 6 1 2", "change: 1 month"), {0, 1, -2, 3, -5, 1}));
  CHECK(same(measured("4 5 3 6 1 2", "change: 10 years"), {0, 1, -1, 2, -3, -2}));
  // 45 days are two steps: lengths are rounded up.
  CHECK(same(measured("4 5 3 6 1 2", "change: 45 days"), {0, 1, -1, 1, -2, -4}));
}

TEST_CASE("a mean is over the steps of its window, of which there are fewer at the start") {
  CHECK(same(measured("4 6 2 4 6 8", "mean: 3 months"), {4, 5, 4, 4, 4, 6}));
  CHECK(same(measured("4 6 2 4 6 8", "mean: 1 month"), {4, 6, 2, 4, 6, 8}));
}

TEST_CASE("a drawdown is from the largest value so far, in the unit or as a share of it") {
  CHECK(same(measured("4 8 6 10 5 10", "drawdown: absolute"), {0, 0, 2, 0, 5, 0}));
  CHECK(same(measured("4 8 6 10 5 10", "drawdown: relative"), {0, 0, 0.25, 0, 0.5, 0}));
  CHECK(same(measured("-4 -8 2 1", "drawdown: relative"), {unknown, unknown, 0, 0.5}));
}

TEST_CASE("a ratio is to another variable, to the own value at the start or a date, or to that a window before") {
  CHECK(same(measured("4 6 2 9", "ratio: cn.copy", "2 3 4 0"), {2, 2, 0.5, unknown}));
  CHECK(same(measured("4 6 2 9", "ratio: start"), {1, 1.5, 0.5, 2.25}));
  CHECK(same(measured("4 6 2 9", "ratio: 2025-03-31"), {unknown, unknown, 1, 4.5}));
  CHECK(same(measured("4 6 2 9", "ratio: 2 months"), {1, 1.5, 0.5, 1.5}));
  CHECK(same(measured("0 6 2 9", "ratio: 1 month"), {unknown, unknown, 2.0 / 6, 4.5}));
}

TEST_CASE("the other variable of a ratio and of a difference is taken in the unit of the first") {
  // us.late is in bp, and one step late: -1 bp, 400 bp, 600 bp.
  CHECK(same(measured("4 6 2", "ratio: us.late"), {-400, 1.5, 2.0 / 6}));
  CHECK(same(measured("4 6 2", "diff_from: us.late"), {4.01, 2, -4}));
}

TEST_CASE("a difference is from another variable, or from the own value at the start or a date") {
  CHECK(same(measured("4 6 2 9", "diff_from: cn.copy", "2 3 4 0"), {2, 3, -2, 9}));
  CHECK(same(measured("4 6 2 9", "diff_from: start"), {0, 2, -2, 5}));
  CHECK(same(measured("4 6 2 9", "diff_from: 2025-02-28"), {unknown, 0, -4, 3}));
}

TEST_CASE("a value at a date is not known before and stays, of a transform too") {
  CHECK(same(measured("4 6 2 9", "at: 2025-03-31"), {unknown, unknown, 2, 2}));
  // A date within a step belongs to that step.
  CHECK(same(measured("4 6 2 9", "at: 2025-03-01"), {unknown, unknown, 2, 2}));
  CHECK(same(measured("4 6 2 9", "at: 2025-01-31"), {4, 4, 4, 4}));
  CHECK(same(measured("4 6 2 9", "change: 1 month, at: 2025-03-31"), {unknown, unknown, -4, -4}));
}

TEST_CASE("a block that takes other paths has forgotten those before") {
  const Plan plan = plan_of(two_scripts("4 8 6 10 5", "1", "drawdown: absolute, above: 0"));
  Block block(plan, best_kernels(), 64, true);
  for (const std::int64_t first : {0, 64}) {
    block.begin(first, 64);
    block.start();
    CHECK(block.now(plan.measures[0].to)[0] == 0);
    block.step();
    block.step();
    CHECK(block.now(plan.measures[0].to)[0] == 2);
  }
}

TEST_CASE("who asks for the same is given the same column") {
  const Plan plan = plan_of(
      "models: {us.copier: {}}\noutcomes:\n"
      "  a: {any: {us.copy: {change: 2 months, above: 1 %, below: 3 %}}}\n"
      "  b: {buckets: {us.copy: {change: 60 days, edges: [0 %, 1 %]}}}\n"
      "  c: {any: {us.copy: {change: 3 months, above: 1 %}}}\n");
  CHECK(plan.measures.size() == 2);
}

TEST_CASE("a step that takes measures and watches outcomes allocates nothing") {
  const Plan plan = plan_of(
      "models: {us.autoregression: {}}\noutcomes:\n"
      "  a: {any: {us.x: {change: 2 months, above: 1 %}}}\n"
      "  b: {any: {or: [{us.x: {mean: 3 months, above: 1 %}}, {not: {us.x: {drawdown: absolute, "
      "above: 1 %}}}]}}\n"
      "  c: {any: {us.x: {ratio: start, at: 2025-06-30, above: 1}}}\n"
      "  d: {sequence: [a, {or: [b, {not: c}]}], gap: 6 months}\n"
      "  e: {buckets: {us.x: {edges: [0 %]}}}\n");
  Block block(plan, best_kernels(), 128, true);
  block.begin(0, 128);
  block.start();
  OutcomeWatch outcomes(plan, 128);
  outcomes.begin();
  const long before = testing::allocations();
  for (int k = 0; k < 12; ++k) {
    block.step();
    outcomes.observe(block);
  }
  CHECK(testing::allocations() == before);
}

TEST_CASE("memory of long windows is counted") {
  const auto bytes = [](const std::string& window) {
    return plan_of("models: {us.copier: {}}\noutcomes: {a: {any: {us.copy: {mean: " + window + ", above: 1 %}}}}\n")
        .block_bytes(512);
  };
  CHECK(bytes("12 months") == bytes("2 months") + 10 * 512 * sizeof(double));
}

TEST_CASE("levels are in the unit of the measure: that of the variable for a change, none for a ratio") {
  const auto refusal = [](const std::string& test) { return refusal_of(two_scripts("1", "1", test)); };
  CHECK(refusal("change: 2 months, above: 100 bp").empty());
  CHECK(refusal("ratio: start, above: 110 %").empty());
  CHECK_THAT(refusal("change: 2 months, above: 1"), Contains("change of us.copy over 2 months = 1 has no unit"));
  CHECK_THAT(refusal("change: 2 months, above: 1 USD"), Contains("cannot be converted to %"));
  CHECK_THAT(refusal("ratio: start, above: 1 %/year"),
             Contains("ratio of us.copy to its value at the start = 1 %/year must be a pure number"));
  CHECK_THAT(refusal("ratio: \"us.holdings[japan]\", above: 1"),
             Contains("us.copy in % cannot be compared with us.holdings[japan] in USD bn"));
  CHECK_THAT(refusal("diff_from: us.holdings, above: 1"), Contains("'us.holdings' has one value per holder"));
  CHECK_THAT(refusal("diff_from: us.copi, above: 1"), Contains("no variable 'us.copi'") && Contains("us.copy"));
}
