#include "sim/study/mixed_scenario.h"

#include "tests/support/catch.h"

using namespace moniac;

namespace {

Scenario scenario(const std::string& rest) {
  const std::string text =
      "moniac: 1\ntime: {start: 2025-01-01, step: 1 month, steps: 4}\nensemble: {paths: 64, seed: 1}\n" + rest;
  return read_scenario(std::make_shared<SourceText>(SourceText{"mixed.yaml", text}));
}

const Scenario a = scenario(
    "models: {us.curve: {level: 4 %, inputs: {us.y2: 3 %}}, us.banks: {}}\n"
    "levers: {us.tga: 5 USD bn}\n"
    "events:\n"
    "  - {name: hike, at: 2025-02-01, add: {us.x: 1}}\n"
    "  - {at: 2025-03-01, multiply: {us.x: 2}}\n");
const Scenario b = scenario(
    "models: {us.curve: {slope: 1 %}, cn.banks: {}}\n"
    "impose: {us.y10: {2025-02-01: 4 %}}\n"
    "events:\n"
    "  - {at: 2025-03-01, multiply: {us.x: 3}}\n"
    "  - {name: cut, at: 2025-02-01, add: {us.x: 4}}\n"
    "  - {name: hike, at: 2025-02-01, add: {us.x: 9}}\n");

std::string section(const std::vector<std::string>& from_b, const std::string& name) {
  Problems problems;
  const Scenario scenario = mixed(a, b, from_b, problems);
  CHECK(problems.empty());
  const Node* node = scenario.resolved.find(name);
  return node == nullptr ? "none" : flow_text(*node);
}

}  // namespace

TEST_CASE("parameters, inputs, models, levers and impositions are taken one by one, defaults too") {
  CHECK(section({}, "models") == "{us.curve: {level: 4 %, inputs: {us.y2: 3 %}}, us.banks: {}}");
  CHECK(section({"us.curve.level"}, "models") == "{us.curve: {inputs: {us.y2: 3 %}}, us.banks: {}}");
  CHECK(section({"us.curve.slope"}, "models") ==
        "{us.curve: {level: 4 %, inputs: {us.y2: 3 %}, slope: 1 %}, us.banks: {}}");
  CHECK(section({"us.curve.inputs.us.y2"}, "models") == "{us.curve: {level: 4 %, inputs: {}}, us.banks: {}}");
  CHECK(section({"models.us.banks", "models.cn.banks"}, "models") ==
        "{us.curve: {level: 4 %, inputs: {us.y2: 3 %}}, cn.banks: {}}");
  CHECK(section({"levers.us.tga"}, "levers") == "{}");
  CHECK(section({"impose.us.y10"}, "impose") == "{us.y10: {2025-02-01: 4 %}}");
}

TEST_CASE("events are taken by name, those without one together, and all of them in the order that they have in B") {
  const std::string plain_a = "{at: 2025-03-01, multiply: {us.x: 2}}",
                    plain_b = "{at: 2025-03-01, multiply: {us.x: 3}}";
  const std::string hike_a = "{name: hike, at: 2025-02-01, add: {us.x: 1}}";
  const std::string hike_b = "{name: hike, at: 2025-02-01, add: {us.x: 9}}";
  const std::string cut = "{name: cut, at: 2025-02-01, add: {us.x: 4}}";
  CHECK(section({}, "events") == "[" + hike_a + ", " + plain_a + "]");
  CHECK(section({"events.hike"}, "events") == "[" + hike_b + ", " + plain_a + "]");
  CHECK(section({"events"}, "events") == "[" + hike_a + ", " + plain_b + "]");
  CHECK(section({"events.cut"}, "events") == "[" + hike_a + ", " + plain_a + ", " + cut + "]");
  CHECK(section({"events.cut", "events", "events.hike"}, "events") == "[" + plain_b + ", " + cut + ", " + hike_b + "]");
}

TEST_CASE("inputs are the same when both scenarios say the same of them") {
  CHECK_FALSE(same_input(a, b, "us.curve.level"));
  CHECK_FALSE(same_input(a, b, "events.cut"));
  CHECK_FALSE(same_input(a, b, "events"));
  CHECK(same_input(a, b, "us.curve.other"));
  CHECK(same_input(a, a, "events"));
  CHECK(same_input(a, b, "correlations"));
}
