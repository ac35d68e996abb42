// moniac plan, and plan --drift.
#include "sim/app/exit_code.h"
#include "tests/cli/command_line.h"
#include "tests/support/catch.h"

using Catch::Matchers::Contains;

namespace moniac::test {

TEST_CASE("plan --drift prints what moves by itself, from where to where, and against the spread of shocks") {
  const Folder folder;
  const std::string scenario = folder.write("drift.yaml", scenario_with("  us.drift: {}\n"));
  const Ended plan = moniac({"plan", scenario, "--drift"});
  INFO(plan.err);
  CHECK(plan.code == exit_ok);
  CHECK(plan.out ==
        "without shocks and events from 2025-01-01 to 2025-04-01: 1 of 1 variable move more than 0.3 of their s.d.\n"
        "\n"
        "         start   end  moved  s.d. with shocks  ratio\n"
        "us.x  %   1.00  2.50   1.50                 0      -\n");
}

TEST_CASE("plan --drift prints no table of a world at rest") {
  const Folder folder;
  const std::string scenario = folder.write("still.yaml", scenario_with("  us.drift: {drift: 0 %}\n"));
  CHECK(moniac({"plan", scenario, "--drift"}).out ==
        "without shocks and events from 2025-01-01 to 2025-04-01: 0 of 1 variable move more than 0.3 of their s.d.\n");
}

TEST_CASE("plan --drift reports the mistakes of a scenario as plan does") {
  const Folder folder;
  const std::string scenario = folder.write("wrong.yaml", scenario_with("  us.drift: {drft: 0 %}\n"));
  const Ended plan = moniac({"plan", scenario, "--drift"});
  CHECK(plan.code == exit_bad_data);
  CHECK_THAT(plan.err, Contains("did you mean 'drift'"));
}

}  // namespace moniac::test
