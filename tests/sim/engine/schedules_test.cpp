#include "tests/sim/engine/test_models.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;
using Catch::Matchers::Contains;

namespace {

// What a lever of us.purse was in each of the 12 months; step k ends at the end of month k after January 2025.
std::vector<double> spent(const std::string& sections) {
  return variable(run(plan_of("models: {us.purse: {}}\n" + sections)).results, "us.spent").mean;
}

std::vector<double> copied(const std::string& sections) {
  return variable(run(plan_of("models: {us.copier: {}}\n" + sections)).results, "us.copy").mean;
}

}  // namespace

TEST_CASE("a stepped lever holds from its date on, in the step whose interval holds the date") {
  const auto copy = copied("levers: {us.source: {2025-01-31: 1 %, 2025-04-15: 2 %, 2025-05-31: 3 %}}\n");
  CHECK(copy[0] == 1);
  CHECK(copy[2] == 1);  // 31 March
  CHECK(copy[3] == 2);  // 30 April: 15 April lies in (31 March, 30 April]
  CHECK(copy[4] == 3);  // 31 May holds 31 May
}

TEST_CASE("a linear lever runs between its dates by days and is flat outside") {
  const auto copy =
      copied("levers: {us.source: {interpolate: linear, values: {2025-02-28: 1 %, 2025-04-30: 7.1 %}}}\n");
  CHECK(copy[0] == 1);
  CHECK(copy[2] == Approx(1 + 6.1 * 31 / 61));  // 31 March is 31 of 61 days on
  CHECK(copy[12] == Approx(7.1));
}

TEST_CASE("before the first date of a stepped lever its readers' default holds") {
  const auto copy = copied("levers: {us.source: {2025-06-30: 1 %}}\n");
  CHECK(copy[4] == 7);
  CHECK(copy[5] == 1);
}

TEST_CASE("an event without duration lasts to the end") {
  const auto copy = copied("events:\n  - {at: 2025-03-31, set: {us.source: 1 %}}\n");
  CHECK(copy[1] == 7);
  CHECK(copy[2] == 1);
  CHECK(copy[12] == 1);
}

TEST_CASE("an event at the start date acts in step 1") {
  const auto copy = copied("events:\n  - {at: 2025-01-31, set: {us.source: 1 %}}\n");
  CHECK(copy[0] == 7);
  CHECK(copy[1] == 1);
}

TEST_CASE("when an event ends the lever is rebuilt without it") {
  const auto copy = copied(
      "events:\n"
      "  - {at: 2025-02-28, add: {us.source: 1 %}}\n"
      "  - {at: 2025-03-31, set: {us.source: 2 %}, for: 2 months}\n"
      "  - {at: 2025-04-30, multiply: {us.source: 10}, for: 1 month}\n");
  CHECK(copy[1] == 8);
  CHECK(copy[2] == 2);   // set replaces what was active before
  CHECK(copy[3] == 20);  // multiply acts on the value so far
  CHECK(copy[4] == 8);   // set and multiply are over
}

TEST_CASE("a flow given as an amount is this step's amount, once") {
  const auto amount = spent("events:\n  - {at: 2025-03-31, set: {us.spending: 22 USD bn}}\n");
  CHECK(amount[1] == 0);
  CHECK(amount[2] == 22);
  CHECK(amount[3] == 0);
}

TEST_CASE("a flow given per time is spread over the steps and lasts") {
  const auto amount = spent("events:\n  - {at: 2025-03-31, set: {us.spending: 120 USD bn/year}}\n");
  CHECK(amount[2] == Approx(10));
  CHECK(amount[12] == Approx(10));
}

TEST_CASE("an amount with a duration is paid in each step of it") {
  const auto amount = spent("events:\n  - {at: 2025-03-31, add: {us.spending: 5 USD bn}, for: 3 months}\n");
  CHECK(amount[2] == 5);
  CHECK(amount[4] == 5);
  CHECK(amount[5] == 0);
}

TEST_CASE("an imposed variable is what consumers see in the same step and as last value, while states go on") {
  const auto results =
      run(plan_of("models:\n"
                  "  us.copier: {}\n"
                  "  cn.copier: {inputs: {source: us.steps_seen}}\n"
                  "  cn.lagger: {inputs: {source: us.copy}}\n"
                  "levers: {us.steps_seen: 0 %}\n"
                  "impose: {us.copy: {values: {2025-03-31: 1 %, 2025-04-30: 2 %}, until: 2025-05-31},\n"
                  "         us.steps: {2025-03-15: 100 count}}\n"))
          .results;
  const auto& copy = variable(results, "us.copy").mean;
  CHECK(copy[1] == 7);
  CHECK(copy[2] == 1);
  CHECK(copy[3] == 2);
  CHECK(copy[4] == 2);  // the step that holds `until`
  CHECK(copy[5] == 7);
  const auto& late = variable(results, "cn.late").mean;
  CHECK(late[3] == Approx(100));  // last month's imposed 1 %
  CHECK(late[6] == Approx(700));
  // The counter adds one to last step's imposed value.
  CHECK(variable(results, "us.steps").mean[2] == 100);
}

TEST_CASE("imposing what nothing produces is refused") {
  CHECK_THAT(refusal_of("models: {us.copier: {}}\nimpose: {us.cop: {2025-03-31: 1 %}}\n"),
             Contains("no variable 'us.cop'"));
  CHECK_THAT(refusal_of("models: {us.copier: {}}\nlevers: {us.source: 1 %}\nimpose: {us.source: {2025-03-31: 1 %}}\n"),
             Contains("move it under `levers:`"));
}
