#include "sim/units/units.h"

#include <string>
#include <utility>
#include <vector>

#include "tests/support/catch.h"

using namespace moniac;

namespace {

constexpr double month = 1.0 / 12;

// Every unit on the bus between the models, each with another way to write a number of that kind.
const std::vector<std::pair<std::string, std::string>> bus = {
    {"z", "index"},
    {"%", "bp"},
    {"%/yr", "bp/month"},
    {"%/year", "%/quarter"},
    {"pp/yr", "%/year"},
    {"pp", "ratio"},
    {"bp", "%"},
    {"index", "ratio"},
    {"count", "1"},
    {"ratio", "percent"},
    {"share", "%"},
    {"probability", "%"},
    {"USD bn", "tn USD"},
    {"USD bn/yr", "USD bn/step"},
    {"USD bn/step", "USD mn/month"},
    {"USD bn/month", "bn USD/quarter"},
    {"CNY bn", "CNY tn"},
    {"CNY bn/yr", "CNY bn/step"},
    {"CNY bn/step", "CNY mn/week"},
    {"% GDP", "% of GDP"},
    {"% GDP/yr", "% GDP/step"},
    {"% GDP/step", "bp GDP/day"},
    {"% of potential", "%"},
    {"% of income", "%"},
    {"% cost equivalent", "%"},
    {"years", "months"},
    {"local per USD", "local/USD"},
    {"CNY per USD", "CNY/USD"},
    {"JPY per USD", "JPY bn/USD bn"},
    {"USD per EUR", "USD/EUR"},
    {"per year", "1/month"},
    {"log return", "%"},
    {"log return/step", "log return/year"},
    {"count/step", "count/year"},
    {"bp/year^0.5", "%/sqrt(year)"},
    {"%/year^1.5", "bp/month^1.5"},
};

double factor(const std::string& from, const std::string& to, double dt = month) {
  const auto found = conversion(from, to, dt);
  INFO(from << " -> " << to);
  REQUIRE(found);
  return *found;
}

}  // namespace

TEST_CASE("every unit of the bus is a unit, and converting there and back is exact to rounding") {
  for (const auto& [unit, other] : bus) {
    INFO(unit);
    REQUIRE(parse_unit(unit));
    CHECK(factor(unit, unit) == 1);
    CHECK(factor(unit, other) * factor(other, unit) == Approx(1).epsilon(4e-16));
  }
}

TEST_CASE("units written differently are equal") {
  CHECK(parse_unit("USD bn") == parse_unit("bn USD"));
  CHECK(parse_unit("USD bn/yr") == parse_unit("USD bn per year"));
  CHECK(parse_unit("USD*bn / year") == parse_unit("USD·bn/y"));
  CHECK(parse_unit("%/year^0.5") == parse_unit("%/sqrt(year)"));
  CHECK(parse_unit("year^-1") == parse_unit("1/year"));
  CHECK(parse_unit("") == parse_unit("ratio"));
  CHECK_FALSE(parse_unit("USD") == parse_unit("CNY"));
  CHECK_FALSE(parse_unit("%") == parse_unit("bp"));
}

TEST_CASE("what is not a unit is refused") {
  for (const char* text :
       {"yaer", "USDbn",     "%/",       "/year",    "2 years", "11/year", "year^", "year^0", "year^0.25",  "USD/bn",
        "bn^2", "sqrt(year", "sqrt(bn)", "%%year^x", "usd",     "$",       "5",     "per",    "%/per year", "…"}) {
    INFO(text);
    CHECK_FALSE(parse_unit(text));
  }
}

TEST_CASE("a unit is short and of a size that can be multiplied with") {
  CHECK(parse_unit("bn bn bn bn bn bn"));  // 1e54
  CHECK_FALSE(parse_unit("bn bn bn bn bn bn bn"));
  CHECK(parse_unit("year^9.5 year^9.5 year"));
  CHECK_FALSE(parse_unit("year^9.5 year^9.5 year year"));
  CHECK_FALSE(parse_unit("log log log log log log log log log log log log log log log log"));
}

TEST_CASE("percent, points and shares convert without rounding where the factor is exact") {
  CHECK(factor("%/year", "%/year") == 1);
  CHECK(25 * factor("bp", "%/year") == 0.25);
  CHECK(factor("pp", "%") == 1);
  CHECK(factor("tn USD", "USD bn") == 1000);
  CHECK(factor("%", "") == 0.01);
  CHECK(factor("%/quarter", "%/year") == 4);
  CHECK(factor("years", "months") == 12);
}

TEST_CASE("a flow per step is the rate per year times the step") {
  CHECK(factor("USD bn/month", "USD bn/step", month) == 1);
  CHECK(factor("USD bn/month", "USD bn/step", 0.25) == 3);
  CHECK(factor("USD bn/year", "USD bn/step", month) == month);
  CHECK(factor("USD bn/step", "USD bn/year", 0.25) == 4);
  CHECK(factor("USD bn/week", "USD bn/step", 7 / 365.25) == Approx(1).epsilon(4e-16));
}

TEST_CASE("an amount stands for a flow as this step's amount, whatever the step") {
  CHECK(factor("USD bn", "USD bn/step", month) == 1);
  CHECK(factor("USD tn", "USD bn/step", 0.25) == 1000);
  CHECK_FALSE(conversion("USD bn", "USD bn/year", month));
  CHECK_FALSE(conversion("USD bn/step", "USD bn", month));
}

TEST_CASE("a bare percentage stands for a rate or a volatility per year, and only that way round") {
  CHECK(factor("%", "%/year") == 1);
  CHECK(factor("bp", "1/year") == 1e-4);
  CHECK(factor("%", "%/year^0.5") == 1);
  CHECK(factor("bp", "%/year^1.5") == 0.01);
  CHECK_FALSE(conversion("%/year", "%", month));
  CHECK_FALSE(conversion("ratio", "%/year", month));
  CHECK_FALSE(conversion("%", "years", month));
}

TEST_CASE("a multiple of nothing is a count and no percentage") {
  CHECK(conversion("bn", "count", 1) == 1e9);
  for (const char* share : {"%", "pp", "bp"}) CHECK_FALSE(conversion("bn", share, 1));
}

TEST_CASE("different dimensions do not convert") {
  CHECK_FALSE(conversion("USD bn", "CNY bn", month));
  CHECK_FALSE(conversion("USD bn", "%", month));
  CHECK_FALSE(conversion("years", "%/year", month));
  CHECK_FALSE(conversion("JPY per USD", "CNY per USD", month));
  CHECK_FALSE(conversion("nonsense", "%", month));
}

TEST_CASE("a pure number needs no unit, everything else does") {
  for (const char* unit : {"", "1", "ratio", "index", "count", "z"}) CHECK_FALSE(needs_unit(unit));
  for (const char* unit : {"%", "bp", "%/year", "1/year", "USD bn", "% GDP", "years"}) CHECK(needs_unit(unit));
}

TEST_CASE("a flow is an amount per step") {
  CHECK(is_flow("USD bn/step"));
  CHECK(is_flow("count/step"));
  CHECK_FALSE(is_flow("USD bn/year"));
  CHECK_FALSE(is_flow("USD bn"));
  CHECK_FALSE(is_flow("step"));
}
