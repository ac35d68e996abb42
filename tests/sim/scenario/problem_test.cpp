#include "sim/scenario/problem.h"

#include "tests/sim/scenario/source_text.h"

using namespace moniac;

namespace {

std::string report(const Problems& problems) {
  try {
    problems.raise();
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "";
}

std::string report(const Place& place, const std::string& remedy = {}, std::optional<Place> second = {}) {
  Problems problems;
  problems.add(place, "it is wrong", remedy, std::move(second));
  return report(problems);
}

}  // namespace

TEST_CASE("a report shows the line with a caret, its neighbours and the remedy") {
  const auto source = source_text("time: {}\nmodels:\n  - {mean: 4, spede: 0.3}\nrecord: {}\n", "higher.yaml");
  Problems problems;
  problems.add({source, 3, 15, 5}, "unknown parameter 'spede' of model short_rate",
               "did you mean 'speed' (Speed of return to the mean)?");
  CHECK(report(problems) == R"(higher.yaml:3:15: error: unknown parameter 'spede' of model short_rate
   2 | models:
 > 3 |   - {mean: 4, spede: 0.3}
     |               ^^^^^
   4 | record: {}
   did you mean 'speed' (Speed of return to the mean)?
1 problem in higher.yaml; nothing was run.)");
}

TEST_CASE("a conflict shows both places") {
  const auto source = source_text("a: 1\nb: 2\n\nc: 3\na: 4\n");
  CHECK(report({source, 5, 1, 1}, "keep one", Place{source, 1, 1, 1}) == R"(test.yaml:5:1: error: it is wrong
   4 | c: 3
 > 5 | a: 4
     | ^
   the other place: test.yaml:1:1
 > 1 | a: 1
     | ^
   keep one
1 problem in test.yaml; nothing was run.)");
}

TEST_CASE("a problem of a whole file has no line") {
  CHECK(report({source_text("a: 1\n"), 0, 0, 0}, "do better") ==
        "test.yaml: error: it is wrong\n   do better\n1 problem in test.yaml; nothing was run.");
  CHECK(report(Place{}) == "the scenario: error: it is wrong\n1 problem in the scenario; nothing was run.");
}

TEST_CASE("problems stand in the order of the text, file by file, and are told once") {
  const auto first = source_text("a\nb\n", "first.yaml"), second = source_text("a\n", "second.yaml");
  Problems problems;
  problems.add({first, 2, 1, 1}, "two");
  problems.add({second, 1, 1, 1}, "three");
  problems.add({first, 1, 1, 1}, "one");
  problems.add({first, 2, 1, 1}, "two");
  try {
    problems.raise();
    FAIL("nothing thrown");
  } catch (const ScenarioError& error) {
    REQUIRE(error.problems().size() == 3);
    CHECK(error.problems()[0].message == "one");
    CHECK(error.problems()[1].message == "two");
    CHECK(error.problems()[2].message == "three");
    CHECK_THAT(error.what(), Catch::EndsWith("3 problems in first.yaml, second.yaml; nothing was run."));
  }
}

TEST_CASE("carets stand under characters, not under bytes") {
  CHECK(report({source_text("größe: {ä: ü}\n"), 1, 12, 1}) == R"(test.yaml:1:12: error: it is wrong
 > 1 | größe: {ä: ü}
     |            ^
1 problem in test.yaml; nothing was run.)");
}

TEST_CASE("a long line is cut to a window around the caret") {
  const std::string filler(300, 'x');
  const std::string text = report({source_text(filler + "BAD" + filler), 1, 301, 3});
  CHECK(text == "test.yaml:1:301: error: it is wrong\n > 1 | …" + std::string(40, 'x') + "BAD" + std::string(57, 'x') +
                    "…\n     | " + std::string(41, ' ') + "^^^\n1 problem in test.yaml; nothing was run.");
}

TEST_CASE("what could command a terminal is escaped, with the caret still in place") {
  const std::string text = report({source_text("a\x1b[31m: \xff"
                                               "b\tc \xe2\x80\xae d\n"),
                                   1, 10, 1});
  CHECK(text == "test.yaml:1:10: error: it is wrong\n > 1 | a\\x1b[31m: \\xffb c \\u202e d\n     | " +
                    std::string(15, ' ') + "^\n1 problem in test.yaml; nothing was run.");
}

TEST_CASE("a place beyond the text still reports") {
  const auto source = source_text("a: 1\n");
  CHECK_THAT(report({source, 1, 99, 5}), Catch::Contains(" > 1 | a: 1\n     |     ^\n"));
  CHECK(report({source, 9, 1, 1}) == "test.yaml:9:1: error: it is wrong\n1 problem in test.yaml; nothing was run.");
}

TEST_CASE("at most 50 problems are shown, all are counted") {
  const auto source = source_text("a: 1\n");
  Problems problems;
  for (int i = 1; i <= 60; ++i) problems.add({source, 1, i, 1}, "wrong");
  const std::string text = report(problems);
  CHECK_THAT(text, Catch::Contains("test.yaml:1:50: error"));
  CHECK_THAT(text, !Catch::Contains("test.yaml:1:51: error"));
  CHECK_THAT(text, Catch::EndsWith("… and 10 more\n60 problems in test.yaml; nothing was run."));
}

TEST_CASE("no problems raise nothing") {
  CHECK_NOTHROW(Problems{}.raise());
}

TEST_CASE("a slip of the pen finds its word, another word does not") {
  const std::vector<std::string> known = {"speed", "mean", "volatility"};
  CHECK(closest("spede", known) == "speed");
  CHECK(closest("volatilty", known) == "volatility");
  CHECK(closest("maen", known) == "mean");
  CHECK_FALSE(closest("inflation", known));
  CHECK(closest("us.tariff_adds", {"us.y10", "trade.tariff_add"}) == "trade.tariff_add");
  CHECK(closest("us.y11", {"trade.y11", "us.y10"}) == "us.y10");
  CHECK_FALSE(closest("", known));
  CHECK(suggestion("spede", known) == "did you mean 'speed'?");
  CHECK(suggestion("inflation", known) == "known: speed, mean, volatility");
  CHECK(suggestion("x", {}) == "");
}

TEST_CASE("a quoted text is short and on one line") {
  CHECK(in_quotes("a\nb") == "'a\\x0ab'");
  CHECK(in_quotes(std::string(100, 'x')) == "'" + std::string(60, 'x') + "…'");
}

TEST_CASE("a name cannot put a control character into a message") {
  Problems problems;
  problems.add({}, "no shock 'a\x1b[2J\r\nb'", "ζ");
  CHECK(problems.list()[0].message == "no shock 'a\\x1b[2J\\x0d\\x0ab'");
  CHECK(problems.list()[0].remedy == "ζ");
}

TEST_CASE("what is said about a name of any length ends somewhere") {
  Problems problems;
  problems.add({}, std::string(1'000'000, 'a'), "é" + std::string(1'000'000, 'b'));
  CHECK(problems.list()[0].message == std::string(2000, 'a') + "…");
  CHECK(problems.list()[0].remedy == "é" + std::string(1998, 'b') + "…");
}
