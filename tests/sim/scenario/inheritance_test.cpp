// extends, --set and CSV files.
#include <filesystem>

#include "sim/scenario/scenario.h"
#include "tests/sim/scenario/source_text.h"

using namespace moniac;

namespace {

const std::filesystem::path folder = std::filesystem::path{MONIAC_SOURCE_DIR} / "tests/sim/scenario/valid";

Scenario read(const std::string& file, const std::vector<Override>& overrides = {}) {
  std::filesystem::current_path(folder);
  try {
    return read_scenario(file, overrides);
  } catch (const ScenarioError& error) {
    FAIL(error.what());
    throw;
  }
}

std::string complaint_of(const std::string& option) {
  std::filesystem::current_path(folder);
  try {
    read_scenario("base.yaml", {{option}});
  } catch (const ScenarioError& error) {
    const Problem& first = error.problems().front();
    return first.place.text() + ": " + first.message + "; " + first.remedy;
  }
  return "no problem";
}

const Instance& instance(const Scenario& scenario, const std::string& key) {
  const auto found =
      std::find_if(scenario.models.begin(), scenario.models.end(), [&](const Instance& i) { return i.key() == key; });
  REQUIRE(found != scenario.models.end());
  return *found;
}

}  // namespace

TEST_CASE("a scenario takes over what it extends, and changes what it names") {
  const Scenario scenario = read("child.yaml");
  CHECK(scenario.title == "Child");
  CHECK(scenario.paths == 50);
  CHECK(scenario.seed == 7);
  CHECK(scenario.models.size() == 3);
  CHECK(instance(scenario, "us.policy_rate").params.find("phi_pi")->text == "2");
  CHECK(instance(scenario, "us.policy_rate").params.find("mode")->text == "meetings");
  CHECK(instance(scenario, "us.curve").model == "curve");
}

TEST_CASE("a null takes an inherited model, parameter or input out") {
  const Scenario scenario = read("child.yaml");
  for (const Instance& model : scenario.models) CHECK(model.key() != "us.shops");
  CHECK(instance(scenario, "us.rule_2").inputs.size() == 1);
  CHECK(instance(scenario, "us.rule_2").inputs[0].second.text == "us.inflation");
  CHECK(scenario.resolved.find("extends") == nullptr);
}

TEST_CASE("lists, schedules and outcomes are replaced as a whole") {
  const Scenario scenario = read("child.yaml");
  REQUIRE(scenario.levers.size() == 1);
  CHECK(scenario.levers[0].points.size() == 1);
  CHECK(scenario.outcomes[0].kind == OutcomeSpec::Kind::any);
  CHECK_FALSE(scenario.outcomes[0].within);
  CHECK(scenario.record.quantiles == std::vector<double>{10, 90});
  CHECK(scenario.record.variables[0].text == "us.y10");
}

TEST_CASE("a null among steps and horizon takes only itself out") {
  CHECK(read("base.yaml", {{"time.steps=null"}}).time.steps == 24);
  CHECK(read("base.yaml", {{"time.horizon=null"}, {"time.steps=15"}}).time.steps == 15);
}

TEST_CASE("every key of the record can be set by an option") {
  CHECK(read("base.yaml", {{"record.path_precision=float32"}}).record.precision == RecordSpec::Precision::float32);
  CHECK(read("base.yaml", {{"record.paths=all"}}).record.paths == RecordSpec::every_path);
}

TEST_CASE("steps replace an inherited horizon") {
  CHECK(read("child.yaml").time.steps == 12);
  CHECK(read("child.yaml", {{"time.horizon=6 months"}}).time.steps == 6);
}

TEST_CASE("a value keeps its place in the file where it stands") {
  const Scenario scenario = read("grandchild.yaml");
  const Instance& rule = instance(scenario, "us.policy_rate");
  CHECK(rule.params.find("mode")->place.text() == "base.yaml:7:26");
  CHECK(rule.params.find("phi_pi")->place.text() == "child.yaml:8:28");
  CHECK(rule.params.find("phi_y")->place.text() == "grandchild.yaml:3:36");
  CHECK(scenario.source->name == "grandchild.yaml");
}

TEST_CASE("the option --set reaches sections, levers, parameters and inputs") {
  const Scenario scenario = read("base.yaml", {{"ensemble.paths=25"},
                                               {"us.policy_rate.phi_pi=1.8"},
                                               {"us.policy_rate.preset=us"},
                                               {"us.rule_2.inputs.inflation=2 %/year"},
                                               {"levers.us.fed_purchases=60 USD bn/month"},
                                               {"impose.us.y10=4 %/year"},
                                               {"record.variables=[us.y2, 'us.holdings[japan]']"},
                                               {"title='Other: one'"}});
  CHECK(scenario.paths == 25);
  CHECK(instance(scenario, "us.policy_rate").params.find("phi_pi")->text == "1.8");
  CHECK(instance(scenario, "us.policy_rate").params.find("preset")->text == "us");
  CHECK(instance(scenario, "us.rule_2").inputs[0].second.text == "2 %/year");
  CHECK(scenario.levers[1].variable.text == "us.fed_purchases");
  CHECK(scenario.impose[0].points[0].value.number == 4);
  CHECK(scenario.record.variables.size() == 2);
}

TEST_CASE("the order of --set options does not matter, and a null restores the default") {
  const std::vector<Override> one = {{"ensemble.paths=25"}, {"us.policy_rate.phi_pi=null"}};
  const std::vector<Override> other = {one[1], one[0]};
  CHECK(write_document(read("base.yaml", one).resolved) == write_document(read("base.yaml", other).resolved));
  CHECK(instance(read("base.yaml", one), "us.policy_rate").params.find("phi_pi") == nullptr);
}

TEST_CASE("a wrong --set is answered with the option and what to write") {
  CHECK(complaint_of("us.policy_rte.phi_pi=1") ==
        "--set us.policy_rte.phi_pi=1:1:1: the scenario has no model 'us.policy_rte'; did you mean 'us.policy_rate'?");
  CHECK(complaint_of("us.policy_rate=1") ==
        "--set us.policy_rate=1:1:1: unknown address 'us.policy_rate'; add the parameter: "
        "us.policy_rate.<parameter>=value");
  CHECK(complaint_of("ensemble.path=1") ==
        "--set ensemble.path=1:1:1: unknown address 'ensemble.path'; did you mean 'paths'?");
  CHECK(complaint_of("tme.steps=1") == "--set tme.steps=1:1:1: unknown address 'tme.steps'; did you mean 'time'?");
  CHECK(
      complaint_of("levers.posture=1") ==
      "--set levers.posture=1:1:1: 'levers.posture' names no variable; write levers.us.fed_purchases=60 USD bn/month");
  CHECK(complaint_of("ensemble.paths") ==
        "--set ensemble.paths:1:1: no '=' in this option; write address=value: us.policy_rate.phi_pi=1.8");
  CHECK(complaint_of("ensemble.paths=010") ==
        "--set ensemble.paths=010:1:16: paths = '010' starts with a zero, which some programs read as octal; write 10");
  CHECK(complaint_of("record.quantiles=[5, 5") ==
        "--set record.quantiles=[5, 5:1:18: this bracket is not closed; close it, and put a comma between two entries");
  CHECK_THAT(complaint_of("outcomes.x=1"),
             Catch::StartsWith("--set outcomes.x=1:1:1: 'outcomes.x' cannot be set here; addresses: time.…"));
}

TEST_CASE("an option of odd bytes is answered, not obeyed") {
  CHECK_THAT(complaint_of("\xEF\xBB\xBF="), Catch::Contains("unknown address"));
  CHECK_THAT(complaint_of("ensemble.paths=\xff"), Catch::Contains("a byte that is not UTF-8"));
  CHECK_THAT(complaint_of("title=\x1b[31m\n"),
             Catch::StartsWith("--set title=\\x1b[31m\\x0a:1:7: a control character"));
  CHECK_THAT(complaint_of(""), Catch::Contains("no '=' in this option"));
  CHECK_THAT(complaint_of("="), Catch::Contains("unknown address ''"));
}

TEST_CASE("setting one address twice is a conflict") {
  std::filesystem::current_path(folder);
  try {
    read_scenario("base.yaml", {{"ensemble.paths=1"}, {"ensemble.paths=2"}});
    FAIL("nothing thrown");
  } catch (const ScenarioError& error) {
    CHECK(error.problems()[0].message == "'ensemble.paths' is set twice");
    CHECK(error.problems()[0].second->source->name == "--set ensemble.paths=1");
  }
}

TEST_CASE("a CSV column becomes a schedule with places in the CSV file") {
  const Scenario scenario = read("from_csv.yaml");
  REQUIRE(scenario.levers.size() == 2);
  const Schedule& rate = scenario.levers[1];
  CHECK(rate.linear);
  REQUIRE(rate.points.size() == 3);
  CHECK(iso(rate.points[0].date) == "2023-05-01");
  CHECK(rate.points[1].value.number == 5.25);
  CHECK(rate.points[1].value.unit == "%/year");
  CHECK(rate.points[1].value.place.text() == "data/rates.csv:5:19");
  const Node* series = instance(scenario, "us.policy_rate").params.find("path");
  CHECK(series->find("values")->find("2023-06-15")->text == "a, b");
}

TEST_CASE("CSV series stand inline in the resolved tree, which reads without the files") {
  const Scenario scenario = read("from_csv.yaml");
  const std::string resolved = write_document(scenario.resolved);
  CHECK(resolved.find("csv") == std::string::npos);
  const Scenario again = read_scenario(source_text(resolved, "elsewhere/resolved.yaml"));
  CHECK(again.levers[1].points[1].value.number == 5.25);
  CHECK(again.levers[1].linear);
}

TEST_CASE("the lines of a CSV file become a list of texts, header first, which reads without the file") {
  const Scenario scenario = read("base.yaml", {{"us.policy_rate.words={rows: data/rates.csv}"}});
  const Node* words = instance(scenario, "us.policy_rate").params.find("words");
  REQUIRE(words->kind == Node::Kind::sequence);
  REQUIRE(words->items.size() == 4);
  CHECK(words->items[0].text.rfind("date,", 0) == 0);
  CHECK(words->items[1].place.text().rfind("data/rates.csv:", 0) == 0);
  const Scenario again = read_scenario(source_text(write_document(scenario.resolved), "elsewhere/resolved.yaml"));
  CHECK(instance(again, "us.policy_rate").params.find("words")->items[2].text == words->items[2].text);
}

TEST_CASE("a CSV file of a --set option is found beside the scenario") {
  const Scenario scenario = read("base.yaml", {{"levers.us.x={csv: data/rates.csv, column: rate, unit: '%/year'}"}});
  CHECK(scenario.levers[1].points.size() == 3);
}
