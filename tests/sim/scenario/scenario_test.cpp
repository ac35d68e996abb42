#include "sim/scenario/scenario.h"

#include "tests/sim/scenario/source_text.h"

using namespace moniac;

namespace {

const std::string head =
    "moniac: 1\ntime: {start: 2023-06-01, step: 1 month, horizon: 24 months}\n"
    "ensemble: {paths: 20000, seed: 20230605}\nmodels: {us.policy_rate: {}}\n";

Scenario read(const std::string& text) {
  return read_scenario(source_text(text));
}

Date day(const char* text) {
  return parse_date(text).value();
}

Calendar time_of(const std::string& time) {
  return read("moniac: 1\nensemble: {paths: 1, seed: 1}\nmodels: {us.a: {}}\ntime: " + time + "\n").time;
}

}  // namespace

TEST_CASE("a complete scenario is read as it stands") {
  const Scenario scenario = read(R"(# yaml-language-server: $schema=moniac.schema.json
moniac: 1
title: Post-ceiling Treasury wave without the foreign bid
time: {start: 2023-06-01, step: 1 month, horizon: 24 months}
ensemble: {paths: 20000, seed: 18446744073709551615, max_failed: 2 %}
models:
  us.policy_rate: {mode: meetings, phi_pi: 1.5}
  us.rule_2: {model: policy_rate, inputs: {inflation: 2.4 %/year, us.output_gap: cn.output_gap}}
correlations:
  - {shocks: [us.policy_rate/news, us.rule_2/news], matrix: [[1, -0.3], [-0.3, 1]]}
levers:
  uscn.posture: {2023-06-01: 0.5, 2023-11-01: 0.8}
  us.fed_purchases: 60 USD bn/month
  jp.demand: {interpolate: linear, values: {2022-01-01: 0 %, 2024-01-01: 1 %}}
events:
  - {at: 2023-07-01, set: {cn.treasury_sales: 22 USD bn}}
  - name: relief
    at: 2023-09-01
    add: {us.demand: 50 bp, jp.demand: -0.1 %}
    multiply: {uscn.escalation_scale: 110 %}
    for: 6 months
impose: {us.policy_rate: {values: {2023-07-27: 5.50 %/year}, until: 2023-12-31}}
outcomes:
  bank_failure: {any: {us.bank_failures: {above: 0}}}
  ten_year_5: {first: {us.y10: {crosses_up: 5 %/year}}, within: 12 months}
  calm: {run: {us.y10: {below: 5 %/year, above: 3 %/year}, "us.holdings[japan]": {above: 900 USD bn}}, for: 3 months}
record: {variables: [us.y10, "us.holdings[japan]"], dates: every 3 months, quantiles: [5, 50, 97.5],
         quantile_method: exact, paths: 1000, path_precision: float32}
)");
  CHECK(scenario.title == "Post-ceiling Treasury wave without the foreign bid");
  CHECK(scenario.time == Calendar{day("2023-06-01"), StepUnit::month, 1, 24});
  CHECK(scenario.paths == 20000);
  CHECK(scenario.seed == 18446744073709551615ULL);
  CHECK(scenario.max_failed == 0.02);

  REQUIRE(scenario.models.size() == 2);
  CHECK(scenario.models[0].key() == "us.policy_rate");
  CHECK(scenario.models[0].model == "policy_rate");
  CHECK(scenario.models[0].params.find("phi_pi")->text == "1.5");
  CHECK(scenario.models[1].name == "rule_2");
  CHECK(scenario.models[1].model == "policy_rate");
  CHECK(scenario.models[1].params.entries.empty());
  REQUIRE(scenario.models[1].inputs.size() == 2);
  CHECK(scenario.models[1].inputs[1].first.text == "us.output_gap");
  CHECK(scenario.models[1].inputs[1].second.text == "cn.output_gap");

  CHECK(scenario.correlations[0].shocks[1].text == "us.rule_2/news");
  CHECK(scenario.correlations[0].matrix == Matrix{{1, -0.3}, {-0.3, 1}});

  REQUIRE(scenario.levers.size() == 3);
  CHECK(scenario.levers[0].points[1].date == day("2023-11-01"));
  CHECK(scenario.levers[0].points[1].value.number == 0.8);
  CHECK(scenario.levers[1].points[0].date == day("2023-06-01"));
  CHECK(scenario.levers[1].points[0].value.unit == "USD bn/month");
  CHECK(scenario.levers[2].linear);

  REQUIRE(scenario.events.size() == 2);
  CHECK(scenario.events[0].at == day("2023-07-01"));
  CHECK_FALSE(scenario.events[0].duration);
  CHECK(scenario.events[1].name == "relief");
  CHECK(scenario.events[1].duration->number == 6);
  REQUIRE(scenario.events[1].changes.size() == 3);
  CHECK(scenario.events[1].changes[1].lever.text == "jp.demand");
  CHECK(scenario.events[1].changes[1].value.number == -0.1);
  CHECK(scenario.events[1].changes[2].action == Event::Action::multiply);
  CHECK(scenario.events[1].changes[2].value.number == Approx(1.1));
  CHECK(scenario.events[1].changes[2].value.unit.empty());

  CHECK(scenario.impose[0].until == day("2023-12-31"));
  REQUIRE(scenario.outcomes.size() == 3);
  CHECK(scenario.outcomes[1].kind == OutcomeSpec::Kind::first);
  CHECK(scenario.outcomes[1].condition->predicate.test == Predicate::Test::crosses_up);
  CHECK(scenario.outcomes[1].within->number == 12);
  CHECK(scenario.outcomes[2].condition->parts.size() == 3);
  CHECK(scenario.outcomes[2].duration->unit == "months");

  CHECK(scenario.record.variables[1].text == "us.holdings[japan]");
  CHECK(scenario.record.dates == RecordSpec::Dates::every);
  CHECK(scenario.record.every->number == 3);
  CHECK(scenario.record.quantiles == std::vector<double>{5, 50, 97.5});
  CHECK(scenario.record.method == RecordSpec::Quantiles::exact);
  CHECK(scenario.record.paths == 1000);
  CHECK(scenario.record.precision == RecordSpec::Precision::float32);
}

TEST_CASE("a trigger is read with its conditions and options") {
  const Scenario scenario = read(head + R"(events:
  - name: fed_steps_in
    when: {us.y10: {above: 5 %/year, below: 9 %/year}, us.y2: {crosses_up: 4 %/year}, for: 2 months, cooldown: 6 months,
           probability: 50 %, at_most: 1, off: {us.y10: {below: 4.5 %/year}}}
    delay: 1 month
    set: {us.fed_purchases: 60 USD bn/month}
    for: 6 months
    release: {us.y10: {below: 4 %/year}}
  - {name: bare, when: {us.y10: {above: 5 %/year}}, add: {us.x: 1}}
)");
  REQUIRE(scenario.events.size() == 2);
  const Event& event = scenario.events[0];
  REQUIRE(event.trigger);
  const Trigger& trigger = *event.trigger;
  REQUIRE(trigger.when.parts.size() == 3);
  CHECK(trigger.when.parts[1].predicate.measure.variable.text == "us.y10");
  CHECK(trigger.when.parts[1].predicate.test == Predicate::Test::below);
  CHECK(trigger.when.parts[2].predicate.test == Predicate::Test::crosses_up);
  CHECK(trigger.hold->number == 2);
  CHECK(trigger.cooldown->number == 6);
  CHECK(trigger.probability == 0.5);
  CHECK(trigger.at_most == 1);
  CHECK(trigger.off->predicate.measure.variable.text == "us.y10");
  CHECK(trigger.delay->number == 1);
  CHECK(trigger.release->predicate.level.number == 4);
  CHECK(event.name == "fed_steps_in");
  CHECK(event.duration->number == 6);
  CHECK(event.changes[0].lever.text == "us.fed_purchases");
  const Trigger& bare = *scenario.events[1].trigger;
  CHECK(bare.probability == 1);
  CHECK(bare.at_most == std::numeric_limits<int>::max());
  CHECK((!bare.hold && !bare.cooldown && !bare.delay && !bare.off && !bare.release));
}

TEST_CASE("what is not given has the defaults of the documentation") {
  const Scenario scenario = read(head);
  CHECK(scenario.max_failed == 0.01);
  CHECK(scenario.record.variables.empty());
  CHECK(scenario.record.quantiles == std::vector<double>{1, 5, 25, 50, 75, 95, 99});
  CHECK(scenario.record.dates == RecordSpec::Dates::all);
}

TEST_CASE("an empty section counts as absent") {
  const Scenario scenario = read(head + "events:\n#  - {at: 2023-07-01}\nrecord:\ndescription:\n");
  CHECK(scenario.events.empty());
  CHECK(scenario.description.empty());
}

TEST_CASE("the length of a run is a number of steps or a horizon in any unit of time") {
  CHECK(time_of("{start: 2025-01-01, step: 1 month, horizon: 2 years}").steps == 24);
  CHECK(time_of("{start: 2025-01-01, step: 2 weeks, horizon: 28 days}").steps == 2);
  CHECK(time_of("{start: 2025-01-01, step: 1 quarter, steps: 5}").steps == 5);
  CHECK(time_of("{start: 2025-01-01, step: 1 weekday, horizon: 1 year}").steps == 261);
  CHECK(time_of("{start: 2025-01-01, step: 3 months, horizon: 1.5 years}") ==
        Calendar{day("2025-01-01"), StepUnit::month, 3, 6});
  CHECK(time_of("{start: 2025-01-01, step: 1 day, steps: 1}").unit == StepUnit::day);
}

TEST_CASE("every problem of a scenario is reported at once, in the order of the text") {
  try {
    read(
        "moniac: 1\ntime: {start: 2023-06-01, step: 1 month}\nensemble: {paths: 1e3, seed: 1}\n"
        "models: {policy_rate: {}}\nlever: {us.a: 1}\noutcomes: {x: {run: {us.a: {above: half}}}}\n");
    FAIL("nothing thrown");
  } catch (const ScenarioError& error) {
    std::vector<int> lines;
    for (const Problem& problem : error.problems()) lines.push_back(problem.place.line);
    CHECK(lines == std::vector<int>{2, 3, 4, 5, 6, 6});
    CHECK_THAT(error.what(), Catch::EndsWith("6 problems in test.yaml; nothing was run."));
  }
}

TEST_CASE("sets that follow each other are no conflict") {
  const std::string first = head + "events:\n  - {at: 2023-07-01, set: {us.x: 1}, for: 2 months}\n";
  CHECK(scenario_complaint(first + "  - {at: 2023-09-01, set: {us.x: 2}, for: 2 months}\n") == "no problem");
  CHECK(scenario_complaint(first + "  - {at: 2023-07-01, set: {us.y: 2}, for: 2 months}\n") == "no problem");
  CHECK(scenario_complaint(first + "  - {at: 2023-07-01, add: {us.x: 2}, for: 2 months}\n") == "no problem");
  const std::string lasting = head + "events:\n  - {at: 2023-07-01, set: {us.x: 1}}\n";
  CHECK(scenario_complaint(lasting + "  - {at: 2023-09-01, set: {us.x: 2}}\n") == "no problem");
  CHECK(scenario_complaint(lasting + "  - {at: 2023-09-01, set: {us.x: 2}, for: 1 month}\n") == "no problem");
}

TEST_CASE("the start belongs to the run, and so does its last day") {
  for (const char* date : {"2023-06-01", "2025-06-01"}) {
    CHECK(scenario_complaint(head + "events: [{at: " + date + ", set: {us.x: 1}}]\n") == "no problem");
  }
  for (const char* date : {"2023-05-31", "2025-06-02"}) {
    CHECK_THAT(scenario_complaint(head + "events: [{at: " + date + ", set: {us.x: 1}}]\n"),
               Catch::Contains("is outside the run, 2023-06-01 … 2025-06-01"));
  }
}

TEST_CASE("the resolved tree reads again to the same scenario") {
  const Scenario scenario =
      read(head + "levers: {us.x: {2023-07-01: 25bp}}\nevents:\n  - {at: 2023-07-01, set: {us.y: 1}}\n");
  const std::string resolved = write_document(scenario.resolved);
  const Scenario again = read(resolved);
  CHECK(write_document(again.resolved) == resolved);
  CHECK(again.time == scenario.time);
  CHECK(again.levers[0].points[0].value.unit == "bp");
  CHECK(again.events[0].at == scenario.events[0].at);
}
