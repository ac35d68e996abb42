#include <algorithm>

#include "sim/app/exit_code.h"
#include "tests/cli/command_line.h"
#include "tests/support/catch.h"

namespace moniac::test {

TEST_CASE("a run prints its answers on stdout and how it went on stderr") {
  const Folder folder;
  const std::string scenario =
      folder.write("drift.yaml", scenario_with("  us.drift: {}\n", "outcomes: {high: {any: {us.x: {above: 2 %}}}}\n"));
  const Ended run = moniac({"run", scenario, "-o", folder.file("a.h5")});
  INFO(run.err);
  CHECK(run.code == exit_ok);
  // 1 + 3 · 0.5 = 2.5 on every path. Wilson, 100 of 100: low = 100 / (100 + 1.96²) = 0.963.
  CHECK(run.out ==
        "Drift\n"
        "100 paths from 2025-01-01 to 2025-04-01, 3 steps of 1 month\n"
        "\n"
        "outcome  probability ± s.e.  95 % interval\n"
        "high     1.000 ± 0.000       0.963 … 1.000  us.x above 2 %, at any step\n"
        "\n"
        "at 2025-04-01 (± s.e.)                 5 %           median             95 %\n"
        "us.x                    %  2.5000 ± 0.0000  2.5000 ± 0.0000  2.5000 ± 0.0000\n"
        "\n"
        "failed paths: 0 of 100\n");
  CHECK(holds(run.err, "100 paths in "));
  CHECK(holds(run.err, folder.file("a.h5")));
  CHECK(holds(run.err, "1 input is at its default (moniac plan "));
}

TEST_CASE("a run tells what its triggers did, names those that never fired, and info shows them") {
  const Folder folder;
  const std::string scenario = folder.write(
      "drift.yaml", scenario_with("  us.drift: {}\n",
                                  "events:\n"
                                  "  - {name: nudge, when: {us.x: {above: 1.2 %}}, set: {us.push: 1 %}, for: 1 month}\n"
                                  "  - {name: rescue, when: {us.x: {below: 0 %}}, set: {us.push: 5 %}}\n"));
  const Ended run = moniac({"run", scenario, "-o", folder.file("a.h5")});
  INFO(run.out << run.err);
  CHECK(run.code == exit_ok);
  // 1, 1.5 (the trigger fires), 1.5 + 0.5 + 1, 3.5.
  CHECK(holds(run.out,
              "\n"
              "trigger  share of paths ± s.e.  firings per path  first, median\n"
              "nudge    1.000 ± 0.000          1                 2025-02-01     us.x above 1.2 %\n"
              "rescue   0.000 ± 0.000          0                 never          us.x below 0 %\n"
              "\n"));
  CHECK(holds(run.out, "us.x                    %  3.5000 ± 0.0000  3.5000 ± 0.0000  3.5000 ± 0.0000\n"));
  CHECK(holds(run.err, "trigger rescue never fired: us.x below 0 %\n"));
  CHECK_FALSE(holds(run.err, "trigger nudge"));
  const Ended info = moniac({"info", folder.file("a.h5")});
  CHECK(holds(info.out, "nudge   1.0000  when us.x above 1.2 %\n"));
  CHECK(holds(info.out, "set us.push to 1 % for 1 month\n"));
}

TEST_CASE("a run tells first passages and buckets, and info tells them again") {
  const Folder folder;
  const std::string outcomes =
      "outcomes:\n  late: {first: {us.x: {above: 1.8 %}}}\n  never: {first: {us.x: {change: 1 month, above: 1 %}}}\n"
      "  end: {buckets: {us.x: {edges: [2 %, 2.5 %]}}}\n  none: {any: {us.x: {ratio: us.push, above: 1}}}\n";
  const std::string scenario =
      folder.write("drift.yaml", scenario_with("  us.drift: {}\n", "levers: {us.push: 0 %}\n" + outcomes));
  const Ended run = moniac({"run", scenario, "-o", folder.file("a.h5")});
  INFO(run.out << run.err);
  CHECK(run.code == exit_ok);
  // 1, 1.5, 2, 2.5 on every path: above 1.8 at the end of the second month. Wilson, 0 of 100: high = 0.037.
  CHECK(holds(
      run.out,
      "outcome               probability ± s.e.  95 % interval\n"
      "late                  1.000 ± 0.000       0.963 … 1.000  us.x above 1.8 %, first passage\n"
      "never                 0.000 ± 0.000       0.000 … 0.037  change of us.x over 1 month above 1 %, first passage\n"
      "end[below 2 %]        0.000 ± 0.000       0.000 … 0.037  us.x on 2025-04-01 below 2 %\n"
      "end[2 to 2.5 %]       0.000 ± 0.000       0.000 … 0.037  us.x on 2025-04-01 from 2 % to below 2.5 %\n"
      "end[2.5 % and above]  1.000 ± 0.000       0.963 … 1.000  us.x on 2025-04-01 at 2.5 % or above\n"));
  const std::string passages =
      "\n"
      "first passage  never ± s.e.   5 %          median       95 %\n"
      "late           0.000 ± 0.000  2025-03-01   2025-03-01   2025-03-01\n"
      "never          1.000 ± 0.000  not reached  not reached  not reached\n";
  CHECK(holds(run.out, passages));
  CHECK(holds(run.err, "outcome none: on 100 of 100 paths a ratio that it tests had no value in some step\n"));
  const Ended info = moniac({"info", folder.file("a.h5")});
  CHECK(holds(info.out, "end[2.5 % and above]  1.0000  us.x on 2025-04-01 at 2.5 % or above\n"));
  CHECK(holds(info.out, passages));
}

TEST_CASE("quiet says nothing, verbose says the plan") {
  const Folder folder;
  const std::string scenario = folder.write("drift.yaml", scenario_with("  us.drift: {}\n"));
  const Ended quiet = moniac({"run", scenario, "-q", "-o", folder.file("a.h5")});
  CHECK(quiet.code == exit_ok);
  CHECK(quiet.out == "");
  CHECK(quiet.err == "");
  const Ended verbose = moniac({"run", scenario, "-v", "-o", folder.file("b.h5")});
  CHECK(verbose.code == exit_ok);
  CHECK(holds(verbose.err, "models, in the order of a step"));
  CHECK(holds(verbose.err, "kernels, blocks of 512 paths"));
}

TEST_CASE("nearest recorded quantiles stand in for the median and the band, and the heading says so") {
  const Folder folder;
  const std::string scenario =
      folder.write("drift.yaml", scenario_with("  us.drift: {}\n", "record: {quantiles: [10, 40]}\n"));
  const Ended run = moniac({"run", scenario, "-o", folder.file("a.h5")});
  CHECK(holds(run.out, "10 %             40 %"));
  CHECK_FALSE(holds(run.out, "median"));
}

TEST_CASE("a result that is there is left alone without --force") {
  const Folder folder;
  const std::string scenario = folder.write("drift.yaml", scenario_with("  us.drift: {}\n"));
  const std::string old = folder.write("a.h5", "precious");
  const Ended refused = moniac({"run", scenario, "-o", old});
  CHECK(refused.code == exit_refused);
  CHECK(refused.out == "");
  CHECK(refused.err == "moniac: " + old +
                           " is there already; nothing was run\n"
                           "   replace it with --force, or give another file with -o\n");
  CHECK(std::filesystem::file_size(old) == 8);
  CHECK(moniac({"run", scenario, "-q", "--force", "-o", old}).code == exit_ok);
  CHECK(std::filesystem::file_size(old) > 8);
}

TEST_CASE("a run never replaces its own scenario") {
  const Folder folder;
  const std::string scenario = folder.write("drift.yaml", scenario_with("  us.drift: {}\n"));
  const Ended run = moniac({"run", scenario, "--force", "-o", scenario});
  CHECK(run.code == exit_usage);
  CHECK(holds(run.err, "is the scenario"));
}

TEST_CASE("a folder that is not there is reported before anything runs") {
  const Folder folder;
  const std::string scenario = folder.write("drift.yaml", scenario_with("  us.drift: {}\n"));
  const Ended run = moniac({"run", scenario, "-o", folder.file("missing/a.h5")});
  CHECK(run.code == exit_io);
  CHECK(holds(run.err, "No such file or directory; nothing was run"));
}

TEST_CASE("an identity that does not hold ends with 70, names the place, and keeps the results apart") {
  const Folder folder;
  const std::string scenario = folder.write("books.yaml", scenario_with("  us.books: {error: 0.25 %}\n"));
  const Ended run = moniac({"run", scenario, "-o", folder.file("a.h5"), "--set", "us.books.error=0.5 %"});
  CHECK(run.code == exit_bug);
  CHECK(holds(run.err, "us.books.identity_residual = 0.5 %, of which 1e-09 is tolerated"));
  CHECK(holds(run.err, "model us.books (books), path 0, step 1 (2025-02-01)"));
  CHECK(holds(run.err, "moniac rerun " + folder.file("a.invalid.h5") + " --path 0 --trace\n"));
  CHECK(holds(moniac({"rerun", folder.file("a.invalid.h5"), "--path", "0", "--trace"}).out,
              "0,1,2025-02-01,variable,us.books.identity_residual,,%,0.5\n"));
  CHECK_FALSE(folder.has("a.h5"));
  CHECK(folder.has("a.invalid.h5"));
}

TEST_CASE("too many failed paths end with 65 and keep the results apart") {
  const Folder folder;
  const std::string scenario = folder.write("fragile.yaml", scenario_with("  us.fragile: {share: 0.2}\n"));
  const Ended run = moniac({"run", scenario, "-o", folder.file("a.h5")});
  CHECK(run.code == exit_bad_data);
  CHECK(holds(run.err, "of 100 paths failed, more than ensemble.max_failed = 1 % allows"));
  CHECK(holds(run.err, "us.fragile"));
  CHECK(holds(run.err, "moniac rerun " + folder.file("a.invalid.h5") + " --failed\n"));
  CHECK_FALSE(folder.has("a.h5"));
  CHECK(folder.has("a.invalid.h5"));
}

TEST_CASE("a dry run writes nothing and says what the run takes") {
  const Folder folder;
  const std::string scenario = folder.write("drift.yaml", scenario_with("  us.drift: {}\n"));
  const Ended run = moniac({"run", scenario, "--dry-run", "--paths", "1000000", "-j", "1"});
  CHECK(run.code == exit_ok);
  CHECK(holds(run.out, "paths   1,000,000 of 3 steps on 1 thread\n"));
  CHECK(holds(run.out, "as 2,048 paths took"));
  CHECK(holds(run.out, "nothing was written\n"));
  CHECK(folder.names() == std::vector<std::string>{"drift.yaml"});
}

TEST_CASE("a dry run says how many firings a log of triggers will list") {
  const Folder folder;
  const std::string scenario = folder.write(
      "drift.yaml", scenario_with("  us.drift: {}\n",
                                  "events: [{name: nudge, when: {us.x: {above: 1.2 %}}, set: {us.push: 1 %}}]\n"
                                  "record: {trigger_log: 500000}\n"));
  const Ended run = moniac({"run", scenario, "--dry-run", "--paths", "1000000", "-j", "1"});
  INFO(run.out << run.err);
  CHECK(holds(run.out, "firings listed  about 500,000, which take 8.0 MB more in the file"));
}

TEST_CASE("the file names the command that makes it again, without what changes no bit") {
  const Folder folder;
  const std::string scenario = folder.write("drift.yaml", scenario_with("  us.drift: {}\n"));
  const std::string file = folder.file("a.h5");
  REQUIRE(moniac({"run", scenario, "-q", "-j", "2", "--block", "64", "--seed", "3", "--set", "us.drift.drift=1 %", "-o",
                  file})
              .code == exit_ok);
  const Results results = read_results(file);
  CHECK(results.command == "moniac run drift.yaml --paths 100 --seed 3 --set 'us.drift.drift=1 %'");
  CHECK(results.version.substr(0, 7) == "moniac ");
  for (const ParameterRecord& parameter : results.parameters) {
    CHECK(parameter.set_by == (parameter.name == "us.drift.drift" ? "--set us.drift.drift=1 %" : "default"));
  }
}

TEST_CASE("overrides are checked like the file") {
  const Folder folder;
  const std::string scenario = folder.write("drift.yaml", scenario_with("  us.drift: {}\n"));
  for (const auto& words : {std::vector<std::string>{"--paths", "many"},
                            {"--paths", "0"},
                            {"--seed", "-1"},
                            {"--set", "us.drift.dirft=1 %"},
                            {"--set", "us.drift.drift=99 %"},
                            {"--set", "nonsense"}}) {
    std::vector<std::string> all = {"run", scenario, "-o", folder.file("a.h5")};
    all.insert(all.end(), words.begin(), words.end());
    const Ended run = moniac(all);
    INFO(words[1] + "\n" + run.err);
    CHECK(run.code == exit_bad_data);
    CHECK(run.out == "");
    CHECK(holds(run.err, "--set"));
    CHECK_FALSE(folder.has("a.h5"));
  }
}

TEST_CASE("an input that nobody supplies is an error with the candidates") {
  const Folder folder;
  const std::string scenario = folder.write("a.yaml", scenario_with("  us.drift: {}\n  us.engine: {}\n"));
  const Ended run = moniac({"run", scenario, "-o", folder.file("a.h5")});
  INFO(run.err);
  CHECK(run.code == exit_bad_data);
  CHECK(holds(run.err, "a.yaml:7:3: error: "));
  CHECK(holds(run.err, "fuel"));
  CHECK(holds(run.err, "us.x"));
  CHECK_FALSE(folder.has("a.h5"));
}

TEST_CASE("a loop is an error that names its members") {
  const Folder folder;
  const std::string scenario = folder.write("a.yaml", scenario_with("  us.engine: {inputs: {fuel: cn.power}}\n"
                                                                    "  cn.engine: {inputs: {fuel: us.power}}\n"));
  const Ended run = moniac({"run", scenario, "-o", folder.file("a.h5")});
  INFO(run.err);
  CHECK(run.code == exit_bad_data);
  CHECK(holds(run.err, "a.yaml:6:3: error: "));
  CHECK(holds(run.err, "us.engine"));
  CHECK(holds(run.err, "cn.engine"));
  CHECK_FALSE(folder.has("a.h5"));
}

TEST_CASE("validate reports every file and ends with the worst") {
  const Folder folder;
  const std::string good = folder.write("good.yaml", scenario_with("  us.drift: {}\n"));
  const std::string bad = folder.write("bad.yaml", scenario_with("  us.drift: {drfit: 1 %}\n"));
  const Ended all = moniac({"validate", bad, good});
  CHECK(all.code == exit_bad_data);
  CHECK(all.out == good + ": ok (1 model, 100 paths, 3 steps of 1 month)\n");
  CHECK(holds(all.err, bad + ":6:14: error: "));
  CHECK(holds(all.err, "did you mean 'drift'"));
  CHECK(moniac({"validate", good, bad, folder.file("none.yaml")}).code == exit_no_input);
  CHECK(moniac({"validate", "-q", good}).out == "");
}

TEST_CASE("validate checks the sweep of a scenario as well") {
  const Folder folder;
  const auto swept = [&](const std::string& axis) {
    return scenario_with("  us.drift: {}\n", "sweep: {design: grid, axes: {" + axis + "}}\n");
  };
  const std::string good = folder.write("good.yaml", swept("us.drift.drift: {values: [0 %, 1 %]}"));
  const std::string bad = folder.write("bad.yaml", swept("us.drift.drfit: {values: [0 %, 1 %]}"));
  const std::string outside = folder.write("outside.yaml", swept("us.drift.drift: {values: [0 %, 11 %]}"));
  CHECK(moniac({"validate", good}).out == good + ": ok (1 model, 100 paths, 3 steps of 1 month; a sweep of 2 cases)\n");
  CHECK(holds(moniac({"validate", bad}).err, "did you mean 'drift'"));
  CHECK(holds(moniac({"validate", outside}).err, "drift = 11 % is outside -10 … 10 %"));
}

TEST_CASE("a file to read that is missing ends with 66 and its name") {
  const Folder folder;
  const std::string none = folder.file("none");
  for (const std::string command : {"run", "plan", "validate", "info"}) {
    const Ended ended = moniac({command, none});
    CHECK(ended.code == exit_no_input);
    CHECK(ended.err == "moniac: cannot read " + none + ": No such file or directory\n");
  }
}

TEST_CASE("info says how a result was made and which parameters were changed") {
  const Folder folder;
  const std::string scenario =
      folder.write("drift.yaml", scenario_with("  us.drift: {mode: down}\n  us.fragile: {share: 0}\n",
                                               "outcomes: {low: {any: {us.x: {below: 0 %}}}}\n"));
  const std::string file = folder.file("a.h5");
  REQUIRE(moniac({"run", scenario, "-q", "-o", file}).code == exit_ok);
  const Ended info = moniac({"info", file});
  INFO(info.out);
  CHECK(info.code == exit_ok);
  CHECK(info.out.substr(0, 6) == "Drift\n");
  CHECK(holds(info.out, "paths      100 (0 failed), seed 1\n"));
  CHECK(holds(info.out, "command    moniac run drift.yaml --paths 100 --seed 1\n"));
  CHECK(holds(info.out, "us.drift.mode"));
  CHECK(holds(info.out, "drift.yaml:6"));
  CHECK_FALSE(holds(info.out, "us.drift.drift"));
  CHECK(holds(info.out, "us.x below 0 %"));
}

TEST_CASE("info refuses a file that is no result") {
  const Folder folder;
  const std::string file = folder.write("a.h5", "not a result");
  const Ended info = moniac({"info", file});
  CHECK(info.code == exit_bad_data);
  CHECK(holds(info.err, file));
}

}  // namespace moniac::test
