#include "sim/app/sensitivity_table.h"

#include <limits>

#include "tests/support/catch.h"

namespace moniac::test {

namespace {

// A variable at two dates and an outcome, by two axes: responses x at the first date, x at the last, high.
Results sweep_with(std::vector<SensitivityMeasure> measures, const std::string& second_axis = "us.rule.mean") {
  Results sweep;
  sweep.dates.resize(2);
  sweep.variables.resize(1);
  sweep.variables[0].name = "us.x";
  sweep.outcomes.resize(4);
  for (OutcomeResult& outcome : sweep.outcomes) outcome.name = "high";
  Cases& cases = sweep.cases.emplace();
  cases.count = 4;
  cases.axes = {{"us.rule.speed", "", {}, {}}, {second_axis, "", {}, {}}};
  cases.sensitivity = std::move(measures);
  return sweep;
}

SensitivityMeasure measure(const std::string& name, std::vector<double> values) {
  return {name, "", true, false, std::move(values)};
}

constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("a Sobol design prints percentages of the last date and of outcomes, alone and with others") {
  const Results sweep = sweep_with({measure("sobol_first", {0.5, 0.871, none, 0.5, -0.004, none}),
                                    measure("sobol_first_se", {0.9, 0.081, none, 0.9, 0.02, none}),
                                    measure("sobol_total", {0.5, 0.9, none, 0.5, 0.129, none})});
  CHECK(sensitivity_table(sweep) ==
        "\n"
        "% of the variance between cases that each explains alone (and together with others)\n"
        "        speed    mean  ± s.e.\n"
        "us.x  87 (90)  0 (13)       8\n"
        "high    – (–)   – (–)       0\n");
}

TEST_CASE("a Morris design prints sizes of effects, and axes that end alike have their whole names") {
  const Results sweep = sweep_with({measure("morris_mu_star", {9, 1.25, 0.02, 9, 0.5, 0.01}),
                                    measure("morris_mu_star_se", {9, 0.125, 0.001, 9, 0.25, 0.002})},
                                   "cn.rule.speed");
  CHECK(sensitivity_table(sweep) ==
        "\n"
        "mean size of the effect when each moves by half its range, in the unit of the row\n"
        "      us.rule.speed  cn.rule.speed  ± s.e.\n"
        "us.x           1.25           0.50    0.25\n"
        "high         0.0200         0.0100  0.0020\n");
}

TEST_CASE("other designs have no table of sensitivity") {
  CHECK(sensitivity_table(sweep_with({})).empty());
}

}  // namespace moniac::test
