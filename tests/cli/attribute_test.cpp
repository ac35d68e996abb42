// moniac attribute.
#include "sim/app/exit_code.h"
#include "tests/cli/command_line.h"
#include "tests/support/catch.h"

namespace moniac::test {

namespace {

// x = 1 + 3 (± drift + push) at the end, without randomness.
struct ThreeChanges {
  Folder folder;
  std::string outcome = "outcomes: {high: {any: {us.x: {above: 4.1 %}}}}\n";
  std::string a = folder.write("a.yaml", scenario_with("  us.drift: {}\n", outcome));
  std::string b =
      folder.write("b.yaml", scenario_with("  us.drift: {drift: 1 %, mode: down, inputs: {push: 1 %}}\n", outcome));

  Ended attribute(const std::vector<std::string>& more = {}) const { return moniac({"attribute", a, b}, more); }
};

}  // namespace

TEST_CASE("a linear input gets its effect, an interaction is shared equally, and the shares sum to the difference") {
  const ThreeChanges three;
  const Ended ended = three.attribute();
  INFO(ended.err);
  CHECK(ended.code == exit_ok);
  // Without the push x ends at 2.5 in A, at 4 with the drift of B, at -0.5 with its mode, at -2 with both: the drift
  // gets ((4 - 2.5) + (-2 + 0.5)) / 2 = 0, the mode ((-0.5 - 2.5) + (-2 - 4)) / 2 = -4.5, the push 3.
  // Above 4.1 x comes with the push as long as the mode is up: 1/2 to the push, -1/2 to the mode.
  CHECK(ended.out ==
        "b.yaml (B) less a.yaml (A)\n"
        "100 paths from 2025-01-01 to 2025-04-01, 3 steps of 1 month\n"
        "\n"
        "inputs that differ    A      B\n"
        "us.drift.inputs.push  –      1 %\n"
        "us.drift.drift        0.5 %  1 %\n"
        "us.drift.mode         up     down\n"
        "\n"
        "outcome                      in A     in B        B − A ± s.e.  share\n"
        "high                      0.00000  0.00000   0.00000 ± 0.00000\n"
        "  us.drift.inputs.push                       0.50000 ± 0.00000\n"
        "  us.drift.drift                             0.00000 ± 0.00000\n"
        "  us.drift.mode                             -0.50000 ± 0.00000\n"
        "\n"
        "at 2025-04-01                in A    in B      B − A ± s.e.   share\n"
        "us.x                    %  2.5000  1.0000  -1.5000 ± 0.0000\n"
        "  us.drift.inputs.push                      3.0000 ± 0.0000  -200 %\n"
        "  us.drift.drift                            0.0000 ± 0.0000     0 %\n"
        "  us.drift.mode                            -4.5000 ± 0.0000   300 %\n"
        "\n"
        "paths that count in all 8 mixtures: 100 of 100\n");
  CHECK(holds(ended.err, "800 paths in "));
}

TEST_CASE("the shares at every date go into a file of -o, and add up") {
  const ThreeChanges three;
  const std::string output = three.folder.file("shares.csv");
  CHECK(three.attribute({"-q", "-o", output}).out.empty());
  const std::string csv = three.folder.read("shares.csv");
  for (const char* row : {"name,unit,date,input,value,se\n", "us.x,%,2025-02-01,A,1.5,0\n", "us.x,%,2025-02-01,B,1,0\n",
                          "us.x,%,2025-02-01,B - A,-0.5,0\n", "high,,,us.drift.mode,-0.5,0\n"}) {
    CHECK(holds(csv, row));
  }
  double sum = 0;
  for (const std::string input : {"inputs.push", "drift", "mode"}) {
    const std::string begin = "us.x,%,2025-02-01,us.drift." + input + ",";
    REQUIRE(holds(csv, begin));
    sum += std::stod(csv.substr(csv.find(begin) + begin.size()));
  }
  CHECK(sum == Approx(-0.5).margin(1e-12));
  CHECK(three.attribute({"-o", output}).code == exit_refused);
  CHECK(three.attribute({"--force", "-o", three.b}).code == exit_usage);
}

TEST_CASE("inputs are joined by the beginning of their names") {
  const ThreeChanges three;
  const Ended ended = three.attribute({"--group", "rule=us.drift.drift,us.drift.mode"});
  CHECK(holds(ended.out, "rule\n  us.drift.drift      0.5 %  1 %\n  us.drift.mode       up     down\n"));
  // Alone the two take x from 2.5 to -2, and no less with the push.
  CHECK(holds(ended.out, " -4.5000 ± 0.0000   300 %\n"));
  CHECK(holds(ended.out, "in all 4 mixtures"));
  CHECK(holds(three.attribute({"--group", "all=us.drift"}).out, "in all 2 mixtures"));
}

TEST_CASE("what cannot be told apart is refused with the remedy") {
  const ThreeChanges three;
  CHECK(three.attribute({"--group", "rule"}).code == exit_usage);
  const Ended none = three.attribute({"--group", "rule=us.drif"});
  CHECK(none.code == exit_bad_data);
  CHECK(holds(none.err,
              "no input that differs, and is in no group yet, begins with 'us.drif'\n"
              "   there are us.drift.inputs.push, us.drift.drift, us.drift.mode\n"));
  const Ended same = moniac({"attribute", three.a, three.a});
  CHECK(same.code == exit_bad_data);
  CHECK(holds(same.err, "no input of " + three.a + " differs from " + three.a));
  std::string few = "  us.drift: {}\n", many = few;
  for (int i = 0; i < 11; ++i) {
    const std::string instance = "  x" + std::to_string(i) + ".drift: {";
    few += instance + "}\n", many += instance + "drift: 2 %}\n";
  }
  const Ended eleven = moniac({"attribute", three.folder.write("few.yaml", scenario_with(few)),
                               three.folder.write("many.yaml", scenario_with(many))});
  CHECK(eleven.code == exit_bad_data);
  CHECK(holds(eleven.err, "11 inputs differ, and each doubles the work: at most 10 can be told apart\n   join some"));
}

TEST_CASE("a mixture that is no scenario is named, so that its inputs can be joined") {
  const Folder folder;
  const std::string a = folder.write("a.yaml", scenario_with("  us.drift: {}\n"));
  const std::string b = folder.write(
      "b.yaml", scenario_with("  us.drift: {drift: 1 %}\n  cn.drift: {}\n  us.engine: {inputs: {fuel: cn.x}}\n"));
  const Ended ended = moniac({"attribute", a, b});
  CHECK(ended.code == exit_bad_data);
  CHECK(holds(ended.err, "A with models.us.engine of B is no scenario\n   join inputs that need each other: --group"));
  CHECK(holds(ended.err, "b.yaml:"));
  CHECK(moniac({"attribute", a, b, "--group", "engine=models.us.engine,models.cn.drift"}).code == exit_ok);
}

}  // namespace moniac::test
