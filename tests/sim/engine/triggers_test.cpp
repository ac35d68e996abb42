// Triggers: every option on a path whose condition is known by hand, their frequencies, and the bits of the paths.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "sim/engine/block.h"
#include "tests/sim/engine/test_models.h"
#include "tests/support/allocations.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;
using Catch::Matchers::Contains;

namespace {

std::string events(const std::vector<std::string>& items) {
  std::string text = "events:\n";
  for (const std::string& item : items) text += "  - {" + item + "}\n";
  return text;
}

Results run_scripted(const std::string& values, const std::vector<std::string>& items) {
  return run(plan_of(scripted(values) + events(items))).results;
}

// The steps at whose end a trigger fires.
std::vector<int> firings(const std::string& values, const std::string& when) {
  const Results results = run_scripted(values, {"name: t, when: {" + when + "}, set: {cn.source: 1 %}"});
  std::vector<int> steps;
  for (const TriggerFiring& firing : results.trigger_log) steps.push_back(firing.step);
  CHECK(results.triggers[0].firings == 256 * static_cast<std::int64_t>(steps.size()));
  CHECK(results.triggers[0].fired == (steps.empty() ? 0 : 256));
  return steps;
}

// The lever cn.source by step.
std::vector<double> lever(const std::string& values, const std::vector<std::string>& items) {
  return variable(run_scripted(values, items), "cn.copy").mean;
}

// `before` up to the step before `from`, then these values, the last of which stays.
std::vector<double> steps_from(int from, std::vector<double> values, double before = 7) {
  std::vector<double> all(13, before);
  for (auto k = static_cast<std::size_t>(from); k < all.size(); ++k) {
    all[k] = values[std::min(k - static_cast<std::size_t>(from), values.size() - 1)];
  }
  return all;
}

using Steps = std::vector<int>;

}  // namespace

TEST_CASE("above and below are strict, and the state at the start counts") {
  CHECK(firings("4 5 5 6", "us.copy: {above: 5 %}") == Steps{3});
  CHECK(firings("6 5 5 4", "us.copy: {below: 5 %}") == Steps{3});
  CHECK(firings("6", "us.copy: {above: 5 %}") == Steps{0});
  CHECK(firings("5", "us.copy: {above: 5 %}") == Steps{});
}

TEST_CASE("crosses_up is last <= c < now and crosses_down its mirror image, never at the start") {
  CHECK(firings("6 6 5 6 4 6", "us.copy: {crosses_up: 5 %}") == Steps{3, 5});
  CHECK(firings("4 4 5 4 6 4", "us.copy: {crosses_down: 5 %}") == Steps{3, 5});
  CHECK(firings("6", "us.copy: {crosses_up: 5 %}") == Steps{});
}

TEST_CASE("all conditions of a trigger must hold in the same step") {
  CHECK(firings("0 6 9 6 0", "us.copy: {above: 5 %, below: 8 %}") == Steps{1, 3});
  CHECK(firings("0 6 0 6 0", "us.copy: {above: 5 %}, us.steps: {above: 2 count}") == Steps{3});
}

TEST_CASE("a condition with `for` must hold in consecutive steps, the length rounded up to steps") {
  CHECK(firings("0 6 0 6 6 6 0", "us.copy: {above: 5 %}, for: 2 months") == Steps{4});
  CHECK(firings("0 6 0 6 6 6 0", "us.copy: {above: 5 %}, for: 45 days") == Steps{4});
  CHECK(firings("6 6 0", "us.copy: {above: 5 %}, for: 2 months") == Steps{1});
  CHECK(firings("0 6 6 0 6 6 0", "us.copy: {above: 5 %}, for: 3 months") == Steps{});
}

TEST_CASE("a trigger fires again only after its condition has been false") {
  CHECK(firings("0 6 6 6 0 6 6", "us.copy: {above: 5 %}") == Steps{1, 5});
  CHECK(firings("6", "us.copy: {above: 5 %}, cooldown: 1 month") == Steps{0});
}

TEST_CASE("a threshold crossed twice within the cooldown fires once") {
  CHECK(firings("0 6 0 6 0 0 6 0", "us.copy: {crosses_up: 5 %}, cooldown: 3 months") == Steps{1, 6});
  CHECK(firings("0 6 0 6 0", "us.copy: {crosses_up: 5 %}, cooldown: 3 months") == Steps{1});
}

TEST_CASE("a condition that is true when the cooldown ends, and was false before, fires then") {
  CHECK(firings("0 6 0 6 6 6 6", "us.copy: {above: 5 %}, cooldown: 4 months") == Steps{1, 5});
  CHECK(firings("0 6 6 6 6 6 6", "us.copy: {above: 5 %}, cooldown: 4 months") == Steps{1});
}

TEST_CASE("a trigger fires on a path at most so many times") {
  CHECK(firings("0 6 0 6 0 6 0 6", "us.copy: {above: 5 %}, at_most: 2") == Steps{1, 3});
  CHECK(firings("0 6 0 6 0 6 0 6", "us.copy: {above: 5 %}, at_most: 1") == Steps{1});
}

TEST_CASE("with `off` a trigger is ready again only once that level was reached") {
  CHECK(firings("0 6 4 6 2 6 4 6", "us.copy: {above: 5 %}") == Steps{1, 3, 5, 7});
  CHECK(firings("0 6 4 6 2 6 4 6", "us.copy: {above: 5 %}, off: {us.copy: {below: 3 %}}") == Steps{1, 5});
  // The first firing needs no reaching of it.
  CHECK(firings("6 4 6 0", "us.copy: {above: 5 %}, off: {us.copy: {below: 3 %}}") == Steps{0});
}

TEST_CASE("a firing at the end of the last step counts and changes nothing") {
  const std::string late = "0 0 0 0 0 0 0 0 0 0 0 0 6";
  CHECK(firings(late, "us.copy: {above: 5 %}") == Steps{12});
  CHECK(lever(late, {"name: t, when: {us.copy: {above: 5 %}}, set: {cn.source: 1 %}"}) == steps_from(0, {7}));
}

TEST_CASE("the action of a firing in step k begins in step k + 1 and lasts to the end") {
  CHECK(lever("0 6 0", {"name: t, when: {us.copy: {above: 5 %}}, set: {cn.source: 1 %}"}) == steps_from(2, {1}));
  CHECK(lever("6", {"name: t, when: {us.copy: {above: 5 %}}, set: {cn.source: 1 %}"}) == steps_from(1, {1}));
}

TEST_CASE("a delay puts the action off, a length ends it") {
  const std::string fires_in_1 = "name: t, when: {us.copy: {above: 5 %}}, set: {cn.source: 1 %}";
  CHECK(lever("0 6 0", {fires_in_1 + ", delay: 2 months"}) == steps_from(4, {1}));
  CHECK(lever("0 6 0", {fires_in_1 + ", for: 3 months"}) == steps_from(2, {1, 1, 1, 7}));
  CHECK(lever("0 6 0", {fires_in_1 + ", delay: 1 month, for: 1 month"}) == steps_from(3, {1, 7}));
  CHECK(lever("0 6 0", {fires_in_1 + ", delay: 2 years"}) == steps_from(0, {7}));
}

TEST_CASE("each firing is one action, and actions add up while they last") {
  CHECK(lever("0 6 0 6 0", {"name: t, when: {us.copy: {above: 5 %}}, add: {cn.source: 1 %}"}) ==
        steps_from(2, {8, 8, 9}));
  CHECK(lever("0 6 0 6 0", {"name: t, when: {us.copy: {above: 5 %}}, add: {cn.source: 1 %}, for: 3 months"}) ==
        steps_from(2, {8, 8, 9, 8, 8, 7}));
}

TEST_CASE("release ends the actions that are active, from the next step on") {
  const std::string released =
      "name: t, when: {us.copy: {above: 5 %}}, set: {cn.source: 1 %}, release: {us.copy: {below: 3 %}}";
  CHECK(lever("0 6 6 6 2 4", {released}) == steps_from(2, {1, 1, 1, 7}));
  // The action that is still to come in step 4 stays.
  CHECK(lever("4 6 4 4 4 4", {released + ", delay: 4 months"}) == steps_from(6, {1}));
  CHECK(lever("4 6 4 2 4 4", {released + ", delay: 4 months"}) == steps_from(6, {1}));
}

TEST_CASE("release is judged before the firing of the same step") {
  CHECK(lever("0 6 0 6 0", {"name: t, when: {us.copy: {crosses_up: 5 %}}, add: {cn.source: 1 %}, "
                            "release: {us.copy: {above: 5 %}}"}) == steps_from(2, {8}));
}

TEST_CASE("release ends no action of another trigger") {
  CHECK(lever("0 6 0", {"name: a, when: {us.copy: {above: 5 %}}, add: {cn.source: 1 %}",
                        "name: b, when: {us.copy: {above: 5 %}}, add: {cn.source: 10 %}, "
                        "release: {us.copy: {below: 5 %}}"}) == steps_from(2, {18, 8}));
}

TEST_CASE("a lever is its base, then dated and triggered actions in order of activation") {
  CHECK(lever("0 0 6 0", {"at: 2025-03-31, add: {cn.source: 1 %}",
                          "name: t, when: {us.copy: {above: 5 %}}, set: {cn.source: 2 %}, for: 3 months",
                          "at: 2025-05-31, multiply: {cn.source: 10}, for: 1 month"}) ==
        steps_from(2, {8, 2, 20, 2, 8}));
  CHECK(lever("0 0 6 0", {"name: t, when: {us.copy: {above: 5 %}}, multiply: {cn.source: 2}",
                          "at: 2025-03-31, set: {cn.source: 3 %}, for: 3 months"}) == steps_from(2, {3, 6, 6, 14}));
}

TEST_CASE("of actions that begin in the same step, the later in the file acts later") {
  const std::string dated = "at: 2025-04-30, add: {cn.source: 1 %}";
  const std::string triggered = "name: t, when: {us.copy: {above: 5 %}}, set: {cn.source: 2 %}";
  CHECK(lever("0 0 6 0", {dated, triggered}) == steps_from(3, {2}));
  CHECK(lever("0 0 6 0", {triggered, dated}) == steps_from(3, {3}));
  const std::string other = "name: u, when: {us.copy: {above: 5 %}}, set: {cn.source: 4 %}";
  CHECK(lever("0 0 6 0", {triggered, other}) == steps_from(3, {4}));
  CHECK(lever("0 0 6 0", {other, triggered}) == steps_from(3, {2}));
}

TEST_CASE("of two triggers that set a lever, the later activation rules") {
  const std::string first = "name: a, when: {us.copy: {above: 5 %}}, set: {cn.source: 1 %}";
  const std::string second = "name: b, when: {us.copy: {above: 8 %}}, set: {cn.source: 2 %}, for: 2 months";
  for (const auto& both : {std::vector{first, second}, std::vector{second, first}}) {
    CHECK(lever("0 6 6 9 0", both) == steps_from(2, {1, 1, 2, 2, 1}));
  }
  // A delay can put the earlier firing behind the later one.
  CHECK(lever("0 6 6 9 0", {first + ", delay: 4 months", second}) == steps_from(4, {2, 2, 1}));
}

TEST_CASE("a flow given as an amount is that of one step, and one per time or with a length is paid in each") {
  const auto spent = [](const std::string& trigger) {
    return variable(run_scripted("0 6 0", {"name: t, when: {us.copy: {above: 5 %}}, " + trigger}), "us.spent").mean;
  };
  CHECK(spent("add: {us.spending: 22 USD bn}") == steps_from(2, {22, 0}, 0));
  CHECK(spent("add: {us.spending: 5 USD bn/month}") == steps_from(2, {5}, 0));
  CHECK(spent("add: {us.spending: 5 USD bn}, for: 2 months") == steps_from(2, {5, 5, 0}, 0));
}

TEST_CASE("one trigger moves several levers, each in its own way") {
  const Results results = run_scripted(
      "0 6 0", {"name: t, when: {us.copy: {above: 5 %}}, set: {cn.source: 1 %}, add: {us.spending: 5 USD bn}"});
  CHECK(variable(results, "cn.copy").mean == steps_from(2, {1}));
  CHECK(variable(results, "us.spent").mean == steps_from(2, {5, 0}, 0));
}

TEST_CASE("a trigger may read what its own action moves") {
  // 7 % at first; cut to 3 % for two months whenever it stands above 5 %.
  CHECK(lever("0", {"name: t, when: {cn.copy: {above: 5 %}}, add: {cn.source: -4 %}, for: 2 months"}) ==
        std::vector<double>{7, 3, 3, 7, 3, 3, 7, 3, 3, 7, 3, 3, 7});
}

TEST_CASE("first firings of a random trigger follow the geometric law: a failed draw does not disarm") {
  const double p = 0.2, paths = 20000;
  const Results results =
      run(plan_of(scripted("6") + events({"name: t, when: {us.copy: {above: 5 %}, probability: 0.2, "
                                          "at_most: 1}, set: {cn.source: 1 %}"}),
                  20000))
          .results;
  const TriggerResult& trigger = results.triggers[0];
  for (std::size_t k = 0; k <= 12; ++k) {
    const double expected = p * std::pow(1 - p, static_cast<double>(k));
    const double se = std::sqrt(expected * (1 - expected) / paths);
    CHECK(std::abs(static_cast<double>(trigger.first_firing[k]) / paths - expected) < 4 * se);
  }
  CHECK(std::abs(trigger.share - (1 - std::pow(1 - p, 13))) < 4 * trigger.se);
  CHECK(trigger.firings == trigger.fired);
  // The lever's mean is the share of the paths on which the action has begun.
  CHECK(variable(results, "cn.copy").mean[1] ==
        Approx(7 - 6 * static_cast<double>(trigger.first_firing[0]) / paths).epsilon(1e-12));
}

TEST_CASE("a trigger that may fire in every second step fires in a binomial number of them") {
  const double p = 0.3, paths = 20000, chances = 6;
  const Results results =
      run(plan_of(scripted("0 6 0 6 0 6 0 6 0 6 0 6 0") +
                      events({"name: t, when: {us.copy: {above: 5 %}, probability: 30 %}, set: {cn.source: 1 %}"}),
                  20000))
          .results;
  const double se = std::sqrt(chances * p * (1 - p) / paths);
  CHECK(std::abs(static_cast<double>(results.triggers[0].firings) / paths - chances * p) < 4 * se);
}

TEST_CASE("probability 0 never fires, and two triggers draw on their own") {
  const Results results =
      run(plan_of(scripted("6") + events({"name: a, when: {us.copy: {above: 5 %}, probability: 0}, "
                                          "set: {cn.source: 1 %}",
                                          "name: b, when: {us.copy: {above: 5 %}, probability: 0.5, "
                                          "at_most: 1}, set: {cn.source: 1 %}",
                                          "name: c, when: {us.copy: {above: 5 %}, probability: 0.5, "
                                          "at_most: 1}, set: {cn.source: 1 %}"}),
                  20000))
          .results;
  CHECK(results.triggers[0].fired == 0);
  CHECK(results.triggers[1].first_firing != results.triggers[2].first_firing);
}

namespace {

const std::string noisy_models =
    "models: {us.autoregression: {persistence: 0.8}, us.fragile: {}, us.copier: {}, cn.copier: {}}\n"
    "outcomes: {high: {first: {us.x: {above: 1 %}}}}\n";
const std::string noisy_triggers =
    "events:\n"
    "  - {at: 2025-05-31, add: {us.source: 0.3 %}}\n"
    "  - {name: a, when: {us.x: {above: 2 %}, probability: 0.5, cooldown: 2 months}, multiply: {us.source: 1.1},"
    " for: 3 months, release: {us.x: {below: -1 %}}}\n"
    "  - {name: b, when: {us.copy: {crosses_up: 7.5 %}}, add: {cn.source: 0.1 %}, delay: 1 month}\n";

Plan noisy(const std::string& sections, int paths) {
  const std::string head =
      "moniac: 1\ntitle: test\ntime: {start: 2025-01-31, step: 1 month, steps: 12}\n"
      "ensemble: {seed: 7, max_failed: 99 %, paths: " +
      std::to_string(paths) + "}\n";
  auto source = std::make_shared<SourceText>(SourceText{.name = "test.yaml", .text = head + noisy_models + sections});
  return Plan::make(read_scenario(source), test_catalogue());
}

}  // namespace

TEST_CASE("runs with triggers are the same bits for any number of threads and any block size") {
  for (const char* method : {"exact", "sketch"}) {
    const Plan plan = noisy(noisy_triggers + "record: {trigger_log: all, quantile_method: " + method + "}\n", 5000);
    const Results reference = run(plan, {.threads = 1, .block = 512}).results;
    CHECK(reference.failed > 0);
    CHECK(reference.triggers[0].firings > 200);
    CHECK(reference.triggers[1].firings > 200);
    CHECK(reference.trigger_log.size() ==
          static_cast<std::size_t>(reference.triggers[0].firings + reference.triggers[1].firings));
    CHECK(run(plan, {.threads = 2, .block = 64}).results == reference);
    CHECK(run(plan, {.threads = 3, .block = 2048}).results == reference);
  }
}

TEST_CASE("the log lists the first paths only, in order of path, step and trigger") {
  const auto log_of = [](const std::string& paths) {
    return run(noisy(noisy_triggers + "record: {trigger_log: " + paths + "}\n", 5000)).results.trigger_log;
  };
  const std::vector<TriggerFiring> all = log_of("all"), some = log_of("3000");
  CHECK(log_of("none").empty());
  CHECK(std::is_sorted(all.begin(), all.end(), [](const TriggerFiring& a, const TriggerFiring& b) {
    return std::tuple(a.path, a.step, a.trigger) < std::tuple(b.path, b.step, b.trigger);
  }));
  const auto end = std::find_if(all.begin(), all.end(), [](const TriggerFiring& f) { return f.path >= 3000; });
  CHECK(some == std::vector<TriggerFiring>(all.begin(), end));
}

TEST_CASE("failed paths are in no count and not in the log") {
  const Results results =
      run(noisy("events:\n  - {name: t, when: {us.steps: {above: -1 count}}, set: {us.source: 1 %}}\n"
                "record: {trigger_log: all}\n",
                1000))
          .results;
  REQUIRE(results.failed > 0);
  const TriggerResult& trigger = results.triggers[0];
  CHECK(trigger.paths == 1000 - results.failed);
  CHECK(trigger.fired == trigger.paths);
  CHECK(trigger.share == 1);
  CHECK(trigger.firings == trigger.paths);
  for (const TriggerFiring& firing : results.trigger_log) {
    REQUIRE(std::none_of(results.failures.begin(), results.failures.end(),
                         [&](const Failure& failure) { return failure.path == firing.path; }));
  }
}

TEST_CASE("an action changes a path only from its activation on, and no path on which nothing fires") {
  const std::string record =
      "record: {variables: [us.x, us.copy, cn.copy], paths: all, trigger_log: all, quantile_method: sketch}\n";
  const Plan with = noisy(noisy_triggers + record, 512);
  const Plan without = noisy("events:\n  - {at: 2025-05-31, add: {us.source: 0.3 %}}\n" + record, 512);
  const Results results = run(with).results;
  int untouched = 0, changed = 0;
  for (std::int64_t path = 0; path < 512; ++path) {
    const auto acted = replay(with, path, best_kernels()), base = replay(without, path, best_kernels());
    if (std::isnan(base[0][0])) continue;
    REQUIRE(acted[0] == base[0]);
    const auto first = std::find_if(results.trigger_log.begin(), results.trigger_log.end(),
                                    [&](const TriggerFiring& firing) { return firing.path == path; });
    if (first == results.trigger_log.end()) {
      ++untouched;
      REQUIRE(acted == base);
      continue;
    }
    const auto until = static_cast<std::ptrdiff_t>(first->step) + 1;
    REQUIRE(std::equal(acted[1].begin(), acted[1].begin() + until, base[1].begin()));
    if (first->trigger == 0 && first->step < 12) {
      ++changed;
      REQUIRE(acted[1][static_cast<std::size_t>(until)] != base[1][static_cast<std::size_t>(until)]);
    }
  }
  CHECK(untouched > 10);
  CHECK(changed > 10);
}

TEST_CASE("a step with actions under way allocates nothing") {
  const Plan plan = plan_of(scripted("0 6 0 6 0") +
                            events({"name: t, when: {us.copy: {above: 5 %}}, add: {cn.source: 1 %}, for: 2 months, "
                                    "release: {us.copy: {below: -1 %}}"}));
  Block block(plan, best_kernels(), 256, true);
  block.begin(64, 192);
  block.start();
  const long before = testing::allocations();
  for (int k = 0; k < 6; ++k) block.step();
  CHECK(testing::allocations() == before);
}

TEST_CASE("what a trigger names must be there, in the right unit") {
  const std::string models = "models: {us.copier: {}, cn.copier: {}}\n";
  CHECK_THAT(refusal_of(models + events({"name: t, when: {us.copi: {above: 5 %}}, set: {cn.source: 1 %}"})),
             Contains("no variable 'us.copi'") && Contains("us.copy"));
  CHECK_THAT(refusal_of(models + events({"name: t, when: {us.copy: {above: 5}}, set: {cn.source: 1 %}"})),
             Contains("has no unit"));
  CHECK_THAT(refusal_of(models + events({"name: t, when: {us.copy: {above: 5 %}, off: {cn.copi: {below: 1 %}}}, "
                                         "set: {cn.source: 1 %}"})),
             Contains("no variable 'cn.copi'"));
  CHECK_THAT(refusal_of(models + events({"name: t, when: {us.copy: {above: 5 %}}, set: {cn.source: 1 %}, "
                                         "release: {us.copy: {below: 1 USD}}"})),
             Contains("cannot be converted"));
  CHECK_THAT(refusal_of(models + events({"name: t, when: {us.copy: {above: 5 %}}, set: {cn.sauce: 1 %}"})),
             Contains("no model of this scenario reads 'cn.sauce'"));
  CHECK_THAT(refusal_of(models + events({"name: t, when: {us.copy: {above: 5 %}}, set: {us.copy: 1 %}"})),
             Contains("is produced by us.copier"));
}

TEST_CASE("the plan tells when a trigger fires and what it does") {
  const Plan plan = plan_of(scripted("0") + events({"name: t, when: {us.copy: {above: 5 %}, for: 2 months, cooldown: "
                                                    "6 months, probability: 0.5, at_most: 3, off: {us.copy: {below: 4 "
                                                    "%}}}, delay: 1 month, set: {cn.source: 1 %}, for: 6 months, "
                                                    "release: {us.copy: {below: 3 %}}"}));
  CHECK(plan.triggers[0].text ==
        "us.copy above 5 % for 2 months, with probability 0.5, 6 months apart, at most 3 times, again after us.copy "
        "below 4 %");
  CHECK(plan.triggers[0].action == "set cn.source to 1 % for 6 months, 1 month later, until us.copy below 3 %");
  CHECK_THAT(plan.text(), Contains(plan.triggers[0].text) && Contains(plan.triggers[0].action));
  const Plan two = plan_of(scripted("0") + events({"name: t, when: {us.copy: {above: 5 %}}, add: {us.spending: 5 USD "
                                                   "bn/month}, multiply: {cn.source: 1.1}"}));
  CHECK(two.triggers[0].action == "add 5 USD bn/month to us.spending, multiply cn.source by 1.1");
}
