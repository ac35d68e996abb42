// Outcomes: truth tables, sequences by hand, first passages against closed forms.
#include <algorithm>
#include <cmath>

#include "sim/engine/comparison.h"
#include "sim/results/first_passage.h"
#include "tests/sim/engine/asked_outcomes.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;

namespace {

// Whether what is asked happens on the one path that there is.
bool happens(const std::string& us, const std::string& cn, const std::string& asked) {
  return ask(us, cn, "  asked: " + asked + "\n").outcomes[0].probability == 1;
}

// Two conditions that hold, or not, in every step.
bool holds(bool p, bool q, const std::string& conditions) {
  return happens(p ? "6" : "0", q ? "6" : "0", "{any: {" + conditions + "}}");
}

const std::string P = "us.copy: {above: 5 %}", Q = "cn.copy: {above: 5 %}";

// The step in which a sequence is complete on a path; -1 when it is not.
int complete_in(const std::string& us, const std::string& cn, const std::string& options) {
  const Results results = ask(us, cn,
                              "  a: {first: {us.copy: {above: 5 %}}}\n  b: {any: {cn.copy: {above: 5 %}}}\n"
                              "  asked: {sequence: [a, b]" +
                                  options + "}\n");
  const std::vector<std::int64_t>& passage = outcome(results, "asked").first_passage;
  const auto found = std::find(passage.begin(), passage.end(), 64);
  return found == passage.end() ? -1 : static_cast<int>(found - passage.begin());
}

double binomial(int n, int k) {
  double value = 1;
  for (int i = 1; i <= k; ++i) value = value * (n - k + i) / i;
  return value;
}

// P(S_n = s) of the simple random walk.
double coin(int n, int s) {
  return (n + s) % 2 == 0 && std::abs(s) <= n ? binomial(n, (n + s) / 2) / std::pow(2, n) : 0;
}

}  // namespace

// --- conditions of a step ---------------------------------------------------------------------------------------

TEST_CASE("and, or and not of conditions have their truth tables") {
  for (const bool p : {false, true}) {
    for (const bool q : {false, true}) {
      INFO(p << q);
      CHECK(holds(p, q, P + ", " + Q) == (p && q));
      CHECK(holds(p, q, "and: [{" + P + "}, {" + Q + "}]") == (p && q));
      CHECK(holds(p, q, "or: [{" + P + "}, {" + Q + "}]") == (p || q));
      CHECK(holds(p, q, "not: {" + P + "}") == !p);
      CHECK(holds(p, q, "not: {" + P + ", " + Q + "}") == !(p && q));
      CHECK(holds(p, q, "not: {not: {" + P + "}}") == p);
      CHECK(holds(p, q, P + ", not: {" + Q + "}") == (p && !q));
      CHECK(holds(p, q, "or: [{" + P + ", not: {" + Q + "}}, {not: {" + P + "}, " + Q + "}]") == (p != q));
      CHECK(holds(p, q, "or: [{and: [{" + P + "}, {" + Q + "}]}, {not: {or: [{" + P + "}, {" + Q + "}]}}]") ==
            (p == q));
    }
  }
}

TEST_CASE("three conditions are joined as two are") {
  const std::string three = "[{us.copy: {above: 1 %}}, {us.copy: {above: 3 %}}, {us.copy: {above: 5 %}}]";
  CHECK_FALSE(happens("4", "0", "{any: {and: " + three + "}}"));
  CHECK(happens("6", "0", "{any: {and: " + three + "}}"));
  CHECK(happens("2", "0", "{any: {or: " + three + "}}"));
  CHECK_FALSE(happens("0", "0", "{any: {or: " + three + "}}"));
}

TEST_CASE("conditions hold together in one step or not at all") {
  CHECK_FALSE(happens("0 6 0 6 0", "0 0 6 0 6", "{any: {" + P + ", " + Q + "}}"));
  CHECK(happens("0 6 0 6 0", "0 0 6 0 6", "{all: {or: [{" + P + "}, {" + Q + "}]}, within: 4 months}"));
  CHECK_FALSE(happens("0 6 0 6 0", "0 0 6 0 6 0", "{all: {or: [{" + P + "}, {" + Q + "}]}}"));
}

TEST_CASE("what has no value is neither true nor false, as Kleene has it") {
  // Priest (2008), An Introduction to Non-Classical Logic, 7.3: tables of K3, as numbers 0, 1, 2 for f, i, t.
  const int both[3][3] = {{0, 0, 0}, {0, 1, 1}, {0, 1, 2}};
  const int either[3][3] = {{0, 1, 2}, {1, 1, 2}, {2, 2, 2}};
  const auto truth = [](const std::string& condition) {
    // cn.copy is 0, so that a ratio to it has no value.
    const auto asked = [&](const std::string& conditions) { return happens("4", "0", "{any: {" + conditions + "}}"); };
    return asked(condition) ? 2 : asked("not: {" + condition + "}") ? 0 : 1;
  };
  const auto term = [](int value) {
    return value == 1 ? std::string("us.copy: {ratio: cn.copy, above: 1}")
                      : "us.copy: {above: " + std::string(value == 2 ? "0 %}" : "9 %}");
  };
  for (int p = 0; p < 3; ++p) {
    CHECK(truth(term(p)) == p);
    for (int q = 0; q < 3; ++q) {
      INFO(p << q);
      CHECK(truth("and: [{" + term(p) + "}, {" + term(q) + "}]") == both[p][q]);
      CHECK(truth("or: [{" + term(p) + "}, {" + term(q) + "}]") == either[p][q]);
    }
  }
}

TEST_CASE("a value at a date is above nothing before that date, and not below or equal either") {
  const auto first_step = [](const std::string& condition) {
    const Results results = ask("4", "0", "  asked: {first: {" + condition + "}}\n");
    const auto& passage = results.outcomes[0].first_passage;
    return std::find(passage.begin(), passage.end(), 64) - passage.begin();
  };
  CHECK(first_step("us.copy: {at: 2025-04-30, above: 3 %}") == 3);
  CHECK(first_step("not: {us.copy: {at: 2025-04-30, above: 5 %}}") == 3);
}

// --- outcomes of outcomes ---------------------------------------------------------------------------------------

TEST_CASE("and, or and not of outcomes have their truth tables on what happens on the path") {
  for (const bool p : {false, true}) {
    for (const bool q : {false, true}) {
      INFO(p << q);
      // In different steps, so that no step has both.
      const Results results = ask(p ? "0 6 0" : "0", q ? "0 0 6 0" : "0",
                                  "  xor: {or: [{and: [p, {not: q}]}, {and: [{not: p}, q]}]}\n"
                                  "  both: {and: [p, q]}\n  either: {or: [p, q]}\n  no: {not: p}\n"
                                  "  neither: {not: either}\n  p: {any: {" +
                                      P + "}}\n  q: {first: {" + Q + "}}\n  place: {or: [p, {any: {" + Q + "}}]}\n");
      CHECK(outcome(results, "both").hits == (p && q ? 64 : 0));
      CHECK(outcome(results, "either").hits == (p || q ? 64 : 0));
      CHECK(outcome(results, "no").hits == (p ? 0 : 64));
      CHECK(outcome(results, "neither").hits == (!p && !q ? 64 : 0));
      CHECK(outcome(results, "xor").hits == (p != q ? 64 : 0));
      CHECK(outcome(results, "place").hits == (p || q ? 64 : 0));
    }
  }
}

TEST_CASE("a part of an outcome may be a run, an all with a window, or a bucket") {
  const std::string outcomes =
      "  calm: {all: {us.copy: {below: 5 %}}, within: 3 months}\n  long: {run: {cn.copy: {above: 5 %}}, for: 2 "
      "months}\n"
      "  end: {buckets: {us.copy: {edges: [3 %, 5 %], labels: [low, middle, high]}}}\n"
      "  all_three: {and: [calm, long, \"end[high]\"]}\n  not_low: {not: \"end[low]\"}\n";
  const Results yes = ask("0 4 4 4 8", "0 0 0 6 6 0", outcomes);
  CHECK(outcome(yes, "all_three").hits == 64);
  CHECK(outcome(yes, "not_low").hits == 64);
  CHECK(outcome(ask("0 4 4 6 8", "0 0 0 6 6 0", outcomes), "all_three").hits == 0);
  CHECK(outcome(ask("0 4 4 4 8", "0 0 0 6 0 6 0", outcomes), "all_three").hits == 0);
  CHECK(outcome(ask("0 4 4 4 4", "0 0 0 6 6 0", outcomes), "all_three").hits == 0);
  CHECK(outcome(ask("0", "0", outcomes), "not_low").hits == 0);
}

TEST_CASE("outcomes may be named before they are told") {
  CHECK(outcome(ask("6", "0", "  a: {not: b}\n  b: {not: c}\n  c: {any: {" + P + "}}\n"), "a").hits == 64);
}

// --- sequences --------------------------------------------------------------------------------------------------

TEST_CASE("a sequence is complete in the first step of the second part behind the first of the first") {
  CHECK(complete_in("0 0 6 0 0 0", "0 0 0 0 6 6", "") == 4);
  CHECK(complete_in("0 0 6 0 0 0", "0 0 0 6 0 0", "") == 3);
  // In the same step is not behind it; a second part before the first does not count.
  CHECK(complete_in("0 0 6 0 0 0", "0 0 6 0 0 0", "") == -1);
  CHECK(complete_in("0 0 6 0 0 0", "0 6 0 0 0 0", "") == -1);
  CHECK(complete_in("0 0 6 0 0 0", "0 6 6 0 6 0", "") == 4);
  // The last step can complete it; the start is in no window.
  CHECK(complete_in("0 0 6 0 0 0 0 0 0 0 0 0 0", "0 0 0 0 0 0 0 0 0 0 0 0 6", "") == 12);
  CHECK(complete_in("6 0 0 0 0 0", "0 6 0 0 0 0", "") == -1);
}

TEST_CASE("the gap of a sequence holds both of its ends") {
  const std::string us = "0 6 0 0 0 0 0 0";
  CHECK(complete_in(us, "0 0 0 0 6 0 0 0", ", gap: 3 months") == 4);
  CHECK(complete_in(us, "0 0 0 0 0 6 0 0", ", gap: 3 months") == -1);
  CHECK(complete_in(us, "0 0 0 0 6 0 0 0", ", gap: {at_least: 3 months}") == 4);
  CHECK(complete_in(us, "0 0 0 6 0 0 0 0", ", gap: {at_least: 3 months}") == -1);
  // Too early, and again in time.
  CHECK(complete_in(us, "0 0 6 0 0 6 0 0", ", gap: {at_least: 3 months, at_most: 5 months}") == 5);
  CHECK(complete_in(us, "0 0 6 0 0 0 0 6", ", gap: {at_least: 3 months, at_most: 5 months}") == -1);
  // Lengths are rounded up to steps: 45 days are two months.
  CHECK(complete_in(us, "0 0 0 6 0 0 0 0", ", gap: 45 days") == 3);
}

TEST_CASE("the gap runs from the first time of the first part, not from a later one") {
  CHECK(complete_in("0 6 0 0 0 6 0 0", "0 0 0 0 0 0 6 0", ", gap: 3 months") == -1);
  CHECK(complete_in("0 6 6 6 6 6 0 0", "0 0 0 6 0 0 6 0", ", gap: 3 months") == 3);
}

TEST_CASE("a sequence with a window must be complete in it") {
  CHECK(complete_in("0 0 6 0 0 0", "0 0 0 0 6 0", ", within: 4 months") == 4);
  CHECK(complete_in("0 0 6 0 0 0", "0 0 0 0 0 6", ", within: 4 months") == -1);
}

TEST_CASE("a sequence of three parts has its gap between each and the next") {
  const auto three = [](const std::string& us) {
    return happens(us, "0",
                   "{sequence: [{any: {us.copy: {above: 5 %}}}, {any: {us.copy: {below: 2 %}}}, {first: {us.copy: "
                   "{above: 8 %}}}], gap: 2 months}");
  };
  CHECK(three("4 6 4 0 4 9 4"));
  CHECK_FALSE(three("4 6 4 0 4 4 9"));
  CHECK_FALSE(three("4 6 4 4 0 9 4"));
  CHECK_FALSE(three("4 9 4 0 4 4 4"));
}

TEST_CASE("in a sequence a run happens when it is long enough, an all at the end of its window, a not at the end") {
  const std::string parts = "  run: {run: {" + P + "}, for: 2 months}\n  calm: {all: {" + P +
                            "}, within: 3 months}\n  b: {any: {" + Q +
                            "}}\n  never: {not: {any: {cn.copy: {above: 9 %}}}}\n";
  const auto asked = [&](const std::string& us, const std::string& cn, const std::string& sequence) {
    return outcome(ask(us, cn, parts + "  asked: {sequence: [" + sequence + "]}\n"), "asked").hits == 64;
  };
  CHECK(asked("0 6 6 0", "0 0 0 6 0", "run, b"));
  CHECK_FALSE(asked("0 6 6 0", "0 0 6 0 0", "run, b"));
  CHECK(asked("0 6 6 6 0", "0 0 0 0 6 0", "calm, b"));
  CHECK_FALSE(asked("0 6 6 6 0", "0 0 0 6 0 0", "calm, b"));
  CHECK(asked("0 0 6 0", "0 0 0 6 0", "b, never"));
  CHECK_FALSE(asked("0 0 6 0", "0 0 0 6 0", "never, b"));
  CHECK_FALSE(asked("0 0 6 0", "0 0 0 6 10 0", "b, never"));
}

// --- first passages ---------------------------------------------------------------------------------------------

TEST_CASE("the maximum of a simple random walk has the law of the reflection principle") {
  // Feller (1968), An Introduction to Probability Theory 1, III.7: P(max S_k >= a, k <= n) = P(S_n >= a) + P(S_n > a).
  const int paths = 40000, level = 3;
  const Results results =
      run(plan_of("models: {us.coin: {}}\noutcomes: {up: {first: {us.walk: {above: 2 count}}}}\n", paths)).results;
  const OutcomeResult& up = results.outcomes[0];
  std::int64_t passed = 0;
  for (int n = 0; n <= 12; ++n) {
    passed += up.first_passage[static_cast<std::size_t>(n)];
    double expected = 0;
    for (int s = level; s <= n; ++s) expected += coin(n, s) + (s > level ? coin(n, s) : 0);
    INFO(n);
    CHECK(std::abs(static_cast<double>(passed) / paths - expected) <= 4 * se_of(expected, paths));
  }
  CHECK(passed == up.hits);
  CHECK(censored_share(up) == Approx(1 - up.probability).epsilon(1e-14));
}

TEST_CASE("a walk with symmetric steps stays at or below its start as Sparre Andersen says") {
  // Sparre Andersen (1954): P(S_1 <= 0, …, S_n <= 0) = C(2n, n) / 4^n for steps with any continuous symmetric law.
  const int paths = 40000;
  const Results results = run(plan_of("models: {us.autoregression: {persistence: 1}}\n"
                                      "outcomes: {up: {first: {us.x: {above: 0 %}}}}\n",
                                      paths))
                              .results;
  std::int64_t passed = 0;
  for (int n = 1; n <= 12; ++n) {
    passed += results.outcomes[0].first_passage[static_cast<std::size_t>(n)];
    const double expected = binomial(2 * n, n) / std::pow(4, n);
    INFO(n);
    CHECK(std::abs(1 - static_cast<double>(passed) / paths - expected) < 4 * se_of(expected, paths));
  }
}

// --- all of them ------------------------------------------------------------------------------------------------

namespace {

const std::string every_kind =
    "models: {us.autoregression: {persistence: 0.9}, us.fragile: {floor: -5}, cn.copier: {}}\n"
    "outcomes:\n"
    "  jump: {first: {us.x: {change: 3 months, above: 200 bp}}}\n"
    "  fall: {any: {us.x: {drawdown: absolute, above: 3 %}}}\n"
    "  calm: {all: {or: [{us.x: {below: 2 %}}, {us.x: {mean: 4 months, below: 1 %}}]}, within: 6 months}\n"
    "  after: {sequence: [jump, fall], gap: {at_least: 2 months, at_most: 6 months}}\n"
    "  mixed: {or: [{and: [jump, {not: fall}]}, after]}\n"
    "  odd: {any: {us.x: {ratio: us.level, above: 1}}}\n"
    "  end: {buckets: {us.x: {diff_from: 2025-06-30, edges: [-1 %, 0 %, 1 %]}}}\n"
    "events:\n"
    "  - {name: t, when: {or: [{us.x: {change: 2 months, above: 2 %}}, {us.x: {mean: 3 months, below: -1 %}}], not: "
    "{us.x: {above: 4 %}}}, add: {cn.source: 1 %}, for: 2 months, release: {us.x: {drawdown: absolute, above: 2 %}}}\n";

}  // namespace

TEST_CASE("outcomes and triggers of every kind are the same for any number of threads and any block size") {
  const Plan plan = plan_of(every_kind, 5000);
  const Results reference = run(plan, {.threads = 1, .block = 512}).results;
  for (const OutcomeResult& answer : reference.outcomes) {
    INFO(answer.name);
    CHECK(answer.hits > 20);
    CHECK(answer.hits < 4980);
  }
  CHECK(reference.triggers[0].fired > 100);
  CHECK(run(plan, {.threads = 2, .block = 64}).results == reference);
  CHECK(run(plan, {.threads = 3, .block = 2048}).results == reference);
}

TEST_CASE("compared with itself every outcome and bucket happens on the same paths") {
  const Plan plan = plan_of(every_kind, 2000);
  const Comparison comparison = compare(plan, plan, {.threads = 2});
  const Results alone = run(plan).results;
  REQUIRE(comparison.outcomes.size() == alone.outcomes.size());
  for (std::size_t o = 0; o < alone.outcomes.size(); ++o) {
    const OutcomeDifference& both = comparison.outcomes[o];
    CHECK(both.counts.only_a + both.counts.only_b == 0);
    CHECK(both.counts.both == alone.outcomes[o].hits);
    CHECK((both.bucket_of == alone.outcomes[o].bucket_of && both.label == alone.outcomes[o].label));
  }
}

TEST_CASE("a trigger fires on joints and on what is made of variables") {
  const auto steps = [](const std::string& us, const std::string& when) {
    const Results results =
        run(plan_of(scripted(us) + "events: [{name: t, when: {" + when + "}, set: {cn.source: 1 %}}]\n")).results;
    std::vector<int> fired;
    for (const TriggerFiring& firing : results.trigger_log) fired.push_back(firing.step);
    return fired;
  };
  using Steps = std::vector<int>;
  CHECK(steps("1 1 3 3 3 6 6", "us.copy: {change: 2 months, above: 1.5 %}") == Steps{2, 5});
  CHECK(steps("1 9 5 1 9", "or: [{us.copy: {above: 8 %}}, {us.copy: {below: 2 %}}]") == Steps{0, 3});
  CHECK(steps("1 9 5 1 9", "not: {us.copy: {above: 2 %}}, us.steps: {above: 0 count}") == Steps{3});
  CHECK(steps("1 9 5 6 1", "us.copy: {drawdown: absolute, crosses_up: 3 %}") == Steps{2, 4});
  CHECK(steps("1 9 5 6 1", "us.copy: {at: 2025-03-31, above: 4 %}") == Steps{2});
}

TEST_CASE("outcomes are told in words") {
  const Plan plan = plan_of(
      "models: {us.copier: {}, cn.copier: {}}\noutcomes:\n"
      "  a: {first: {us.copy: {change: 6 months, above: 100 bp}, or: [{cn.copy: {below: 1 %}}, "
      "{not: {us.copy: {mean: 3 months, below: 2 %}}}]}, within: 12 months}\n"
      "  b: {sequence: [a, {any: {us.copy: {ratio: cn.copy, above: 1.1}}}], gap: {at_least: 1 "
      "month, at_most: 6 months}, within: 10 months}\n"
      "  c: {or: [a, {not: b}]}\n"
      "  d: {any: {us.copy: {diff_from: start, at: 2025-06-30, above: 1 %}, not: {cn.copy: "
      "{drawdown: relative, above: 20 %}}}}\n"
      "  e: {buckets: {us.copy: {edges: [1 %, 2 %], labels: [low, middle, high]}}}\n"
      "  f: {sequence: [a, c], gap: 2 months}\n");
  const auto text = [&](std::size_t o) { return plan.outcomes[o].text; };
  CHECK(text(0) ==
        "change of us.copy over 6 months above 100 bp and (cn.copy below 1 % or not mean of us.copy over 3 "
        "months below 2 %), first passage within 12 months");
  CHECK(text(1) ==
        "a, then at least 1 month and at most 6 months later (ratio of us.copy to cn.copy above 1.1, at any "
        "step), all within 10 months");
  CHECK(text(2) == "a or (not b)");
  CHECK(text(3) ==
        "(us.copy less its value at the start) on 2025-06-30 above 1 % and not relative drawdown of cn.copy "
        "above 20 %, at any step");
  CHECK(text(4) == "us.copy on 2026-01-31 below 1 %");
  CHECK(text(5) == "us.copy on 2026-01-31 from 1 % to below 2 %");
  CHECK(text(6) == "us.copy on 2026-01-31 at 2 % or above");
  CHECK(text(7) == "a, then at most 2 months later c");
  CHECK(plan.outcomes[6].name == "e[high]");
}
