// moniac compare and run --check-effects.
#include "sim/app/exit_code.h"
#include "tests/cli/command_line.h"
#include "tests/support/catch.h"

namespace moniac::test {

namespace {

// From 1 by 0.5 and by 1 a month, without randomness.
struct TwoScenarios {
  Folder folder;
  std::string outcome = "outcomes: {high: {any: {us.x: {above: 3 %}}}}\n";
  std::string a = folder.write("a.yaml", scenario_with("  us.drift: {}\n", outcome));
  std::string b = folder.write("b.yaml", scenario_with("  us.drift: {drift: 1 %}\n", outcome));

  Ended compare(const std::vector<std::string>& more = {}) const { return moniac({"compare", a, b}, more); }
};

}  // namespace

TEST_CASE("a comparison prints what differs going in and coming out, and writes nothing") {
  const TwoScenarios two;
  const Ended compared = two.compare();
  INFO(compared.err);
  CHECK(compared.code == exit_ok);
  // 1 + 3 · 0.5 and 1 + 3 · 1. Bonett & Price, 100 paths, all of them only in B: centre 100 / 102, standard error
  // sqrt((102 / 102 - (100 / 102)²) / 102) = 0.01942, cut at 1.
  CHECK(compared.out ==
        "b.yaml (B) less a.yaml (A)\n"
        "100 paths from 2025-01-01 to 2025-04-01, 3 steps of 1 month\n"
        "\n"
        "inputs that differ  A      B\n"
        "us.drift.drift      0.5 %  1 %\n"
        "\n"
        "outcome    in A    in B     B − A ± s.e.  95 % interval\n"
        "high     0.0000  1.0000  1.0000 ± 0.0000  0.9422 … 1.0000  us.x above 3 %, at any step\n"
        "\n"
        "at 2025-04-01     mean A  mean B     B − A ± s.e.  95 % interval    variance reduction\n"
        "us.x           %  2.5000  4.0000  1.5000 ± 0.0000  1.5000 … 1.5000                   –\n"
        "\n"
        "paths that count in both: 100 of 100\n");
  CHECK(holds(compared.err, "100 paths of both in "));
  CHECK(two.folder.names().size() == 2);
  CHECK(two.compare({"-q"}).out.empty());
}

TEST_CASE("scenarios that do not share steps, seed and number of paths are not compared") {
  const Folder folder;
  const std::string a = folder.write("a.yaml", scenario_with("  us.drift: {}\n"));
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string text = scenario_with("  us.drift: {}\n");
    text.replace(text.find(from), from.size(), to);
    return folder.write("b.yaml", text);
  };
  const std::string both = "moniac: " + a + " and " + folder.file("b.yaml") + " do not have ";
  const Ended seed = moniac({"compare", a, changed("seed: 1", "seed: 2")});
  CHECK(seed.code == exit_bad_data);
  CHECK(seed.err == both + "the same seed: 1, 2\n   give both the same with --seed 1\n");
  CHECK(moniac({"compare", a, folder.file("b.yaml"), "--seed", "3"}).code == exit_ok);
  const Ended paths = moniac({"compare", a, changed("paths: 100", "paths: 2000")});
  CHECK(paths.code == exit_bad_data);
  CHECK(paths.err == both + "as many paths: 100, 2,000\n   give both as many with --paths 100\n");
  const Ended time = moniac({"compare", a, changed("horizon: 3 months", "horizon: 4 months")});
  CHECK(time.code == exit_bad_data);
  CHECK(time.err == both +
                        "the same steps: 3 steps of 1 month from 2025-01-01, 4 steps of 1 month from 2025-01-01\n"
                        "   give both the same with --set time.start=…, --set time.step=… or --set time.horizon=…\n");
}

TEST_CASE("scenarios without a common variable are not compared") {
  const Folder folder;
  const std::string a = folder.write("a.yaml", scenario_with("  us.drift: {}\n"));
  const std::string b = folder.write("b.yaml", scenario_with("  us.fragile: {share: 0}\n"));
  const Ended compared = moniac({"compare", a, b});
  CHECK(compared.code == exit_bad_data);
  CHECK(compared.err == "moniac: " + a + " and " + b + " have no recorded variable and no outcome in common\n");
}

TEST_CASE("a result is compared by the scenario in it") {
  const TwoScenarios two;
  const std::string result = two.folder.file("a.h5");
  REQUIRE(moniac({"run", two.a, "-q", "-o", result}).code == exit_ok);
  const Ended compared = moniac({"compare", result, two.b});
  CHECK(compared.code == exit_ok);
  CHECK(holds(compared.out, "us.drift.drift      0.5 %  1 %\n"));
  const Ended other = moniac({"compare", result, two.b, "--paths", "50"});
  CHECK(other.code == exit_ok);
  CHECK(holds(other.err, result + ": its scenario with other settings; what the file holds is not compared\n"));
}

TEST_CASE("a result whose statistics are not reproduced bit for bit is refused with the first that differs") {
  const TwoScenarios two;
  const std::string result = two.folder.file("a.h5"), output = two.folder.file("c.h5");
  REQUIRE(moniac({"run", two.a, "-q", "-o", result}).code == exit_ok);
  Results tampered = read_results(result);
  tampered.version = "moniac 0.0.1 (elsewhere)";
  tampered.variables[0].sd[2] = 0x1p-52;
  write_results(result, tampered);
  const Ended compared = moniac({"compare", result, two.b, "-o", output});
  CHECK(compared.code == exit_bad_data);
  CHECK(compared.out.empty());
  CHECK(holds(compared.err, "moniac: " + result +
                                " is not what its scenario gives, so nothing is compared\n"
                                "   standard deviation of us.x on 2025-03-01: 2.220446049250313e-16, run again 0\n"
                                "   written by moniac 0.0.1 (elsewhere); this is moniac "));
  CHECK_FALSE(two.folder.has("c.h5"));
}

TEST_CASE("a comparison is written where -o says, and never over what is there or over an input") {
  const TwoScenarios two;
  const std::string output = two.folder.file("c.h5");
  CHECK(two.compare({"-q", "-o", output}).code == exit_ok);
  const Results differences = read_results(output);
  REQUIRE(differences.variables.size() == 1);
  CHECK(differences.variables[0].name == "us.x.difference");
  CHECK(differences.variables[0].mean == std::vector<double>{0, 0.5, 1, 1.5});
  CHECK(differences.command == "moniac compare a.yaml b.yaml --paths 100 --seed 1");
  CHECK(two.compare({"-q", "-o", output}).code == exit_refused);
  CHECK(two.compare({"-q", "--force", "-o", output}).code == exit_ok);
  CHECK(two.compare({"-q", "--force", "-o", two.b}).code == exit_usage);
}

TEST_CASE("a side with too many failed paths ends with 65 and keeps the differences apart") {
  const Folder folder;
  const std::string a = folder.write("a.yaml", scenario_with("  us.fragile: {share: 0}\n"));
  const std::string b = folder.write("b.yaml", scenario_with("  us.fragile: {share: 0.2}\n"));
  const Ended compared = moniac({"compare", a, b, "-o", folder.file("c.h5")});
  CHECK(compared.code == exit_bad_data);
  CHECK(holds(compared.err, "moniac: " + b + ": "));
  CHECK(holds(compared.err, " of 100 paths failed, more than ensemble.max_failed = 1 % allows\n"));
  CHECK_FALSE(folder.has("c.h5"));
  CHECK(folder.has("c.invalid.h5"));
}

TEST_CASE("inputs that differ are named, whatever they are") {
  const Folder folder;
  const std::string a =
      folder.write("a.yaml", scenario_with("  us.drift: {mode: down}\n  us.books: {}\n",
                                           "levers: {us.push: {2025-02-01: 1 %}}\n"
                                           "events:\n  - {name: shove, at: 2025-03-01, add: {us.push: 1 %}}\n"));
  const std::string b =
      folder.write("b.yaml", scenario_with("  us.drift: {}\n  us.fragile: {share: 0}\n",
                                           "events:\n  - {name: shove, at: 2025-03-01, add: {us.push: 2 %}}\n"
                                           "  - {at: 2025-02-01, add: {us.push: 3 %}}\n"
                                           "record: {quantiles: [50]}\n"));
  const Ended compared = moniac({"compare", a, b});
  INFO(compared.err);
  CHECK(holds(compared.out, "models.us.books     books"));
  CHECK(holds(compared.out, "models.us.fragile   –"));
  CHECK(holds(compared.out, "us.drift.mode       down"));
  CHECK(holds(compared.out, "levers.us.push      {2025-02-01: 1 %}"));
  CHECK(holds(compared.out, "events.shove        {name: shove, at: 2025-03-01, add: {us.push: 1 …  {name: shove"));
  CHECK(holds(compared.out, "events              –"));
  CHECK(holds(compared.out, "record.quantiles    –"));
  CHECK_FALSE(holds(compared.out, "us.fragile.share"));
  CHECK(holds(compared.err, "not compared: us.y: only in B\n"));
}

TEST_CASE("settings that change no output are told before the run, which goes on") {
  const Folder folder;
  const std::string scenario =
      folder.write("a.yaml", scenario_with("  us.drift: {mode: up, drift: 0.7 %}\n  us.books: {error: 0 %}\n"));
  const Ended run = moniac({"run", scenario, "--check-effects", "-o", folder.file("a.h5"), "--set",
                            "us.drift.drift=0.7 %", "--set", "us.drift.inputs.push=0.1 %", "--paths", "70"});
  INFO(run.err);
  CHECK(run.code == exit_ok);
  CHECK(folder.has("a.h5"));
  CHECK(holds(run.err,
              "--set us.drift.drift=0.7 % changes no output\n"
              "us.drift.mode = up (" +
                  scenario + ":6) changes no output\n"));
  CHECK(holds(run.err, "us.books.error = 0 % (" + scenario + ":7) changes no output\n"));
  CHECK(holds(run.err, "effects: 4 settings tried on 70 paths\n"));
  CHECK_FALSE(holds(run.err, "us.drift.drift = "));
  CHECK_FALSE(holds(run.err, "inputs.push=0.1 % changes"));
}

TEST_CASE("an event that adds nothing changes no output, one that adds something does") {
  const Folder folder;
  const std::string scenario =
      folder.write("a.yaml", scenario_with("  us.drift: {drift: 0.7 %}\n",
                                           "levers: {us.push: 0 %}\n"
                                           "events:\n  - {at: 2025-02-01, add: {us.push: 0 %}}\n"
                                           "  - {name: shove, at: 2025-02-01, add: {us.push: 1 %}}\n"));
  const Ended run = moniac({"run", scenario, "--check-effects", "-q", "-o", folder.file("a.h5")});
  INFO(run.err);
  CHECK(run.err == "levers.us.push = 0 % (" + scenario + ":7) changes no output\n" +
                       "event = {at: 2025-02-01, add: {us.push: 0 %}} (" + scenario +
                       ":9) changes no output\n"
                       "effects: 4 settings tried on 100 paths\n");
}

}  // namespace moniac::test
