#include "tests/sim/engine/test_models.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;
using Catch::Matchers::Contains;

namespace {

std::vector<std::string> order_of(const Plan& plan) {
  std::vector<std::string> keys;
  for (const Placed& placed : plan.placed) keys.push_back(placed.key);
  return keys;
}

std::vector<double> means(const Results& results, const std::string& name) {
  return variable(results, name).mean;
}

}  // namespace

TEST_CASE("models run after what they read, and otherwise in the scenario's order") {
  const Plan plan = plan_of(
      "models:\n"
      "  us.copier: {inputs: {source: us.x}}\n"
      "  us.purse: {}\n"
      "  us.autoregression: {}\n");
  CHECK(order_of(plan) == std::vector<std::string>{"us.purse", "us.autoregression", "us.copier"});
}

TEST_CASE("a lagged input makes no edge and reads the value of the step before, converted") {
  const Plan plan = plan_of(
      "models:\n"
      "  us.lagger: {inputs: {source: us.steps_in_percent}}\n"
      "  cn.copier: {}\n"
      "levers: {us.steps_in_percent: {interpolate: linear, values: {2025-01-31: 0 bp, 2025-05-31: 400 bp}}}\n");
  const auto late = means(run(plan).results, "us.late");
  CHECK(late[0] == -1);                       // its own start
  CHECK(late[1] == Approx(0).margin(1e-12));  // step 1 reads the start
  CHECK(late[5] == Approx(400));              // flat after the last date, a step late
  CHECK(late[12] == Approx(400));
}

TEST_CASE("an input takes the given wire, then a producer, then a lever, then its default") {
  CHECK(means(run(plan_of("models: {us.copier: {}}\n")).results, "us.copy")[3] == 7);
  CHECK(means(run(plan_of("models: {us.copier: {}}\nlevers: {us.source: 5 %}\n")).results, "us.copy")[3] == 5);
  CHECK(means(run(plan_of("models: {us.copier: {inputs: {source: 300 bp}}}\n")).results, "us.copy")[3] == 3);
  const auto produced = run(plan_of("models: {us.copier: {inputs: {source: cn.copy}}, cn.copier: {}}\n")).results;
  CHECK(means(produced, "us.copy")[3] == 7);
}

TEST_CASE("the defaults in force are listed") {
  const Plan plan = plan_of("models: {us.copier: {}}\n");
  REQUIRE(plan.defaults_used.size() == 1);
  CHECK(plan.defaults_used[0] == "us.source = 7 %, read by us.copier");
}

TEST_CASE("a vector is read by label, not by position") {
  const auto results = run(plan_of("models: {us.holders: {}, us.watcher: {}}\n")).results;
  CHECK(means(results, "us.seen")[2] == 758);
  CHECK(variable(results, "us.holdings").dimensions == Dimensions{{"holder", {"japan", "china"}}});
  CHECK(means(results, "us.holdings")[2 * 2] == 1102);
}

TEST_CASE("one label of a vector can be wired to a single number") {
  const auto results =
      run(plan_of("models: {us.holders: {}, us.vault: {inputs: {deposit: \"us.holdings[japan]\"}}}\n")).results;
  CHECK(means(results, "us.kept")[1] == 1101);
}

TEST_CASE("contributions are summed in the order of their instances' names") {
  const Plan plan = plan_of(
      "models:\n"
      "  b.second: {model: contributor, amount: 1e16 USD bn}\n"
      "  c.third: {model: contributor, amount: -1e16 USD bn}\n"
      "  a.first: {model: contributor, amount: 1 USD bn}\n");
  // (1 + 1e16) - 1e16 rounds to 0, any other order to 1.
  CHECK(means(run(plan).results, "world.total")[1] == 0);
}

TEST_CASE("a loop of inputs of the same step is refused with the loop and the inputs in it") {
  const std::string report = refusal_of(
      "models:\n"
      "  us.follower: {inputs: {leader: cn.position}}\n"
      "  cn.follower: {inputs: {leader: us.position}}\n");
  CHECK_THAT(report, Contains("test.yaml:6:3: error: these models wait for each other in the same step: "
                              "us.follower reads cn.position of cn.follower reads us.position of us.follower"));
  CHECK_THAT(report, Contains("read with a lag"));
}

TEST_CASE("mistakes in names are refused with the closest name") {
  CHECK_THAT(refusal_of("models: {us.copyer: {}}\n"), Contains("unknown model 'copyer'"));
  CHECK_THAT(refusal_of("models: {us.copyer: {}}\n"), Contains("did you mean 'copier'"));
  CHECK_THAT(refusal_of("models: {us.copier: {inputs: {sauce: 3 %}}}\n"), Contains("no input 'sauce'"));
  CHECK_THAT(refusal_of("models: {us.copier: {inputs: {source: us.y}}}\n"), Contains("no variable 'us.y'"));
  CHECK_THAT(refusal_of("models: {us.copier: {}}\nrecord: {variables: [us.copi]}\n"),
             Contains("did you mean 'us.copy'"));
  CHECK_THAT(refusal_of("models: {us.holders: {}}\nrecord: {variables: [\"us.holdings[jpan]\"]}\n"),
             Contains("has no label 'jpan'"));
  CHECK_THAT(refusal_of("models: {us.copier: {}}\nlevers: {us.sorce: 3 %}\n"),
             Contains("no model of this scenario reads"));
}

TEST_CASE("an input without default, producer or lever is refused with candidates of its unit") {
  const std::string report = refusal_of("models: {us.needy: {}, us.copier: {}, us.purse: {}}\n");
  CHECK_THAT(report, Contains("nothing produces 'us.food', which us.needy needs"));
  CHECK_THAT(report, Contains("in the same unit: us.copy"));
}

TEST_CASE("units that do not match are refused") {
  CHECK_THAT(refusal_of("models: {us.purse: {inputs: {spending: us.x}}, us.autoregression: {}}\n"),
             Contains("is in USD bn/step, but 'us.x' is in %"));
}

TEST_CASE("a stock does not feed a flow, although a quantity in its unit would be this step's amount") {
  CHECK_THAT(refusal_of("models: {us.vault: {}, us.purse: {inputs: {spending: us.kept}}}\n"),
             Contains("is in USD bn/step, but 'us.kept' is in USD bn"));
  CHECK(refusal_of("models: {us.purse: {inputs: {spending: 3 USD bn}}}\n").empty());
}

TEST_CASE("a lever on a produced variable is refused with the way to impose it") {
  CHECK_THAT(refusal_of("models: {us.copier: {}}\nlevers: {us.copy: 3 %}\n"),
             Contains("'us.copy' is produced by us.copier, so it is not a lever"));
}

TEST_CASE("a model does not read its own output of the same step") {
  CHECK_THAT(refusal_of("models: {us.copier: {inputs: {source: us.copy}}}\n"),
             Contains("which the instance itself produces"));
}

TEST_CASE("two producers of one variable are refused at both places") {
  const std::string report = refusal_of("models:\n  us.copier: {}\n  us.other: {model: copier}\n");
  CHECK_THAT(report, Contains("test.yaml:7:3: error: 'us.copy' is produced twice: by us.other and by us.copier"));
}

TEST_CASE("every problem of a scenario is reported at once") {
  const std::string report = refusal_of(
      "models:\n"
      "  us.autoregression: {persistance: 0.3, initial: 3 USD}\n"
      "  us.copyer: {}\n");
  CHECK_THAT(report, Contains("unknown parameter 'persistance'"));
  CHECK_THAT(report, Contains("initial"));
  CHECK_THAT(report, Contains("unknown model 'copyer'"));
  CHECK_THAT(report, Contains("3 problems"));
}

TEST_CASE("mistakes found while reading are reported together with those found while planning") {
  Problems problems;
  const auto source = std::make_shared<SourceText>(
      SourceText{.name = "both.yaml",
                 .text = "moniac: 1\ntime: {start: 2025-01-31, step: 1 month, steps: 12}\n"
                         "ensemble: {paths: many, seed: 7}\nmodels: {us.copier: {inputs: {sauce: 3 %}}}\n"});
  const Scenario scenario = read_scenario(source, {}, problems);
  try {
    Plan::make(scenario, test_catalogue(), problems);
    FAIL("accepted");
  } catch (const ScenarioError& error) {
    CHECK(error.problems().size() == 2);
    CHECK_THAT(error.what(), Contains("both.yaml:3:19: error:") &&
                                 Contains("both.yaml:4:31: error: model copier has no input 'sauce'"));
  }
}

TEST_CASE("a correlation matrix that is not positive semidefinite is refused with its eigenvalue") {
  // Three pairs at 0.9 with one sign turned: the eigenvalues are 1.9, 1.9 and 1 - 2 x 0.9.
  CHECK_THAT(refusal_of("models: {us.autoregression: {}, cn.autoregression: {}, jp.autoregression: {}}\n"
                        "correlations:\n"
                        "  - shocks: [us.autoregression/news, cn.autoregression/news, jp.autoregression/news]\n"
                        "    matrix: [[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]]\n"),
             Contains("smallest eigenvalue is -0.8"));
}

TEST_CASE("the text of a plan tells what models found out at set-up") {
  CHECK_THAT(plan_of("models: {us.capped: {cap: 3 %}}\n").text(), Contains("us.capped\n      copies at most 3\n"));
}
