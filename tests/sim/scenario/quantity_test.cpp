#include "sim/scenario/quantity.h"

#include "tests/sim/scenario/source_text.h"

using namespace moniac;

namespace {

Quantity quantity(const std::string& text) {
  Problems problems;
  const auto found = read_quantity(tree_of(text), problems);
  INFO(first_problem(problems));
  REQUIRE(found);
  return *found;
}

// The converted number, or the complaint.
std::string converted(const std::string& text, const std::string& unit, double dt = 1.0 / 12) {
  Problems problems;
  const auto found = convert(quantity(text), unit, dt, "phi", problems);
  if (found) return to_text(*found);
  const Problem& problem = problems.list().front();
  return problem.message + "; " + problem.remedy;
}

std::string steps(const std::string& text, const Calendar& time) {
  Problems problems;
  const auto found = read_steps(quantity(text), time, problems);
  return found ? std::to_string(*found) : first_problem(problems);
}

}  // namespace

TEST_CASE("a quantity is a number with the unit as written") {
  CHECK(quantity("25bp").number == 25);
  CHECK(quantity("25bp").unit == "bp");
  CHECK(quantity("25 bp").unit == "bp");
  CHECK(quantity("5.50 %/year").number == 5.5);
  CHECK(quantity("5.50%/year").unit == "%/year");
  CHECK(quantity("1.2 tn USD").unit == "tn USD");
  CHECK(quantity("-3").unit.empty());
  CHECK(quantity("+0.5 %").number == 0.5);
  CHECK(quantity(".5").number == 0.5);
  CHECK(quantity("1e3 USD").number == 1000);
  CHECK(quantity("1.5E-3").number == 0.0015);
  CHECK(quantity("0").number == 0);
  CHECK(quantity("0.1").number == 0.1);
  CHECK(quantity("6 months").place.length == 8);
}

TEST_CASE("quantities convert to the declared unit") {
  CHECK(converted("25 bp", "%/year") == "0.25");
  CHECK(converted("5.50 %/year", "%/year") == "5.5");
  CHECK(converted("5 %", "%/year") == "5");
  CHECK(converted("1.2 tn USD", "USD bn") == "1200");
  CHECK(converted("22 USD bn", "USD bn/step") == "22");
  CHECK(converted("60 USD bn/month", "USD bn/step", 0.25) == "180");
  CHECK(converted("2 years", "years") == "2");
  CHECK(converted("140 %", "ratio") == "1.4");
  CHECK(converted("1.5", "") == "1.5");
  CHECK(converted("33 bp", "%/year") == "0.33");
  CHECK(converted("60 USD bn/year", "USD bn/step") == "5");
  CHECK(converted("0.3", "index") == "0.3");
  CHECK(converted("0", "%/year") == "0");
}

TEST_CASE("a missing or wrong unit is answered with what to write") {
  CHECK(converted("5", "%/year") == "phi = 5 has no unit; write 5 %/year");
  CHECK(converted("-0.25", "bp") == "phi = -0.25 has no unit; write -0.25 bp");
  CHECK(converted("5 years", "%/year") == "phi = 5 years cannot be converted to %/year; give it in %/year");
  CHECK(converted("5 USD bn", "CNY bn") == "phi = 5 USD bn cannot be converted to CNY bn; give it in CNY bn");
  CHECK(converted("5 months", "") == "phi = 5 months must be a pure number; write 5");
  CHECK(converted("1e300 tn USD", "USD") == "phi = 1e+300 tn USD is too large for a number; ");
}

TEST_CASE("a length of time is rounded up to whole steps") {
  const Calendar months{.unit = StepUnit::month}, weeks{.unit = StepUnit::week};
  CHECK(steps("6 months", months) == "6");
  CHECK(steps("2 years", months) == "24");
  CHECK(steps("10 days", months) == "1");
  CHECK(steps("31 days", months) == "2");
  CHECK(steps("1 month", weeks) == "5");
  CHECK(steps("21 days", weeks) == "3");
  CHECK(steps("3 steps", weeks) == "3");
  for (int n = 1; n <= 1200; ++n) {
    INFO(n);
    REQUIRE(steps(std::to_string(n) + " months", months) == std::to_string(n));
  }
  CHECK(steps("3", months) == "test.yaml:1:1: the duration = 3 is not a length of time");
  CHECK(steps("-3 months", months) == "test.yaml:1:1: the duration = -3 months must be longer than nothing");
  CHECK(steps("1e300 years", months) == "test.yaml:1:1: the duration = 1e+300 years is more than 100000 steps");
}
