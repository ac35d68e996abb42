// Variables of several dimensions through a run: wires, levers, impositions, records, comparisons.
#include "sim/engine/comparison.h"
#include "tests/sim/engine/test_models.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;
using Catch::Matchers::Contains;

namespace {

const std::string traders = "models: {trade.traders: {}, trade.customs: {}}\n";

// The means of a variable at step 3.
std::vector<double> at_three(const Results& results, const std::string& name) {
  const RecordedVariable& found = variable(results, name);
  const auto first = found.mean.begin() + static_cast<std::ptrdiff_t>(3 * found.width());
  return {first, first + static_cast<std::ptrdiff_t>(found.width())};
}

}  // namespace

TEST_CASE("values of several dimensions lie in row-major order and are read by their labels") {
  const Results results = run(plan_of(traders)).results;
  const Dimensions all{{"importer", {"USA", "EU27"}}, {"exporter", {"USA", "EU27", "CHN"}}};
  CHECK(variable(results, "trade.flow").dimensions == all);
  CHECK(variable(results, "trade.flow").name_of(5) == "trade.flow[EU27,CHN]");
  CHECK(at_three(results, "trade.flow") == std::vector<double>{0, 1, 2, 10, 11, 12});
  CHECK(at_three(results, "trade.seen") == std::vector<double>{12, 10});
}

TEST_CASE("a lever of several dimensions moves where its labels say, and the later of two names rules") {
  const Results results = run(plan_of(traders + "levers:\n"
                                                "  trade.tariff[USA,*]: 10 pp\n"
                                                "  trade.tariff[USA,CHN]: 60 pp\n"
                                                "events: [{at: 2025-03-01, add: {'trade.tariff[*,CHN]': 5 pp}}]\n"))
                              .results;
  CHECK(at_three(results, "trade.paid") == std::vector<double>{10, 10, 65, 0, 0, 5});
  CHECK(variable(results, "trade.late").mean[3] == 5);
  CHECK(variable(results, "trade.late").mean[2] == 0);
}

TEST_CASE("some values of several dimensions are imposed") {
  const Results results = run(plan_of(traders + "impose: {'trade.flow[*,CHN]': {2025-02-15: 7 USD bn}}\n")).results;
  CHECK(at_three(results, "trade.flow") == std::vector<double>{0, 1, 7, 10, 11, 7});
  CHECK(at_three(results, "trade.seen") == std::vector<double>{7, 10});
}

TEST_CASE("two paths imposed on one value may follow each other and must not overlap") {
  const std::string from_march = "trade.flow: {2025-03-15: 3 USD bn}}\n";
  CHECK_THAT(refusal_of(traders + "impose: {'trade.flow[*,CHN]': {2025-02-15: 7 USD bn}, " + from_march),
             Contains("'trade.flow' overlaps with 'trade.flow[*,CHN]' on 2025-03-31") && Contains("the other place: "));
  const Results results =
      run(plan_of(traders + "impose: {'trade.flow[*,CHN]': {values: {2025-01-15: 7 USD bn}, until: 2025-02-28}, " +
                  from_march))
          .results;
  CHECK(at_three(results, "trade.flow") == std::vector<double>{3, 3, 3, 3, 3, 3});
}

TEST_CASE("a record of some values is the block of their labels, so that it keeps its dimensions") {
  const Results results =
      run(plan_of(traders +
                  "record: {variables: ['trade.flow[EU27,CHN]', 'trade.flow[USA,USA]', 'trade.paid[USA,*]']}\n"))
          .results;
  CHECK(variable(results, "trade.flow").dimensions ==
        Dimensions{{"importer", {"EU27", "USA"}}, {"exporter", {"CHN", "USA"}}});
  CHECK(at_three(results, "trade.flow") == std::vector<double>{12, 10, 2, 0});
  CHECK(variable(results, "trade.paid").dimensions ==
        Dimensions{{"importer", {"USA"}}, {"exporter", {"USA", "EU27", "CHN"}}});
}

TEST_CASE("one value of several dimensions feeds a single number and a condition") {
  const Results results = run(plan_of("models:\n"
                                      "  trade.traders: {}\n"
                                      "  us.vault: {inputs: {deposit: 'trade.flow[EU27,CHN]'}}\n"
                                      "outcomes: {some: {any: {'trade.flow[EU27,EU27]': {above: 10 USD bn}}}}\n"))
                              .results;
  CHECK(variable(results, "us.kept").mean[3] == 12);
  CHECK(results.outcomes[0].probability == 1);
}

TEST_CASE("a comparison pairs the labels that both runs record in every dimension") {
  const Plan a = plan_of(traders + "record: {variables: ['trade.flow[EU27,*]']}\n");
  const Plan b = plan_of(traders + "record: {variables: ['trade.flow[*,CHN]', 'trade.flow[*,USA]']}\n");
  const Comparison comparison = compare(a, b);
  REQUIRE(comparison.differences.variables.size() == 1);
  CHECK(comparison.differences.variables[0].dimensions ==
        Dimensions{{"importer", {"EU27"}}, {"exporter", {"USA", "CHN"}}});
  CHECK(comparison.variables[0].mean_b[1] == 12);
}

TEST_CASE("labels that a variable does not have are refused, each with the way to write it") {
  const auto refusal = [](const std::string& name) {
    return refusal_of(traders + "record: {variables: ['" + name + "']}\n");
  };
  CHECK_THAT(refusal("trade.flow[USA,CHM]"), Contains("'trade.flow' has no label 'CHM'") && Contains("'CHN'"));
  CHECK_THAT(refusal("trade.flow[CHN,USA]"), Contains("'trade.flow' has no label 'CHN'"));
  CHECK_THAT(refusal("trade.flow[USA]"),
             Contains("'trade.flow' has no label 'USA'") &&
                 Contains("write trade.flow[importer,exporter], with a label or * for each"));
  CHECK_THAT(refusal("trade.late[USA,CHN]"), Contains("'trade.late' is a single number: write it without [ ]"));
  CHECK_THAT(refusal_of("models: {trade.traders: {}, us.vault: {inputs: {deposit: 'trade.flow[USA,*]'}}}\n"),
             Contains("is a single number, but 'trade.flow' has one value per importer,exporter") &&
                 Contains("for example trade.flow[USA,USA]"));
}

TEST_CASE("the plan tells values that move alike in one line") {
  const std::string text = plan_of(traders + "levers: {'trade.tariff[USA,CHN]': 60 pp}\n").text();
  CHECK_THAT(text, Contains("trade.tariff[USA,USA] and 4 more (pp): 0 from 2025-01-31\n"));
  CHECK_THAT(text, Contains("trade.tariff[USA,CHN] (pp): 60 from 2025-01-31\n"));
  CHECK_THAT(text, Contains("trade.flow [importer,exporter x 6]"));
}
