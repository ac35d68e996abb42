// moniac hindcast.
#include "sim/app/hindcast.h"

#include "sim/app/exit_code.h"
#include "tests/cli/command_line.h"
#include "tests/support/catch.h"

namespace moniac::test {

namespace {

// x goes 1, 1.5, 2, 2.5 by the first of each month, without randomness.
struct Hindcasts {
  Folder folder;
  std::string scenario = folder.write("drift.txt", scenario_with("  us.drift: {}\n"));

  void add(const std::string& name, const std::string& rest) const {
    folder.write(name + ".yaml", "episode: A drift\nscenario: drift.txt\nsource: S1\nnote: It drifts.\n" + rest);
  }
  Ended run(const std::vector<std::string>& more = {}) const { return moniac({"hindcast", folder.file("")}, more); }
};

NumberScore number(const std::string& name, double observed, double low_90, double low_50, double high_50,
                   double high_90) {
  NumberScore score{.name = name, .unit = "%", .date = std::chrono::sys_days{std::chrono::year{2025} / 2 / 1}};
  score.observed = observed;
  score.median = (low_50 + high_50) / 2;
  score.low_90 = low_90, score.low_50 = low_50, score.high_50 = high_50, score.high_90 = high_90;
  score.crps = 1, score.benchmark = 2;
  return score;
}

}  // namespace

TEST_CASE("a hindcast is scored against no change or a random walk, and by what it asks") {
  const Hindcasts hindcasts;
  // |1.5 - 1.75| and |2 - 3| against |1 - 1.75| and |1 - 3|: 1.25 / 2.75. Of two facts that came one has probability 1.
  hindcasts.add("calm",
                "observed: {us.x: {2025-02-01: 175 bp, 2025-03-01: 3}, high: 1, low: 1}\n"
                "outcomes: {high: {any: {us.x: {above: 2.2 %}}}, low: {any: {us.x: {below: 1.2 %}}}}\n");
  // Twelve months of a unit step: after one month the standard deviation is 1 / sqrt(12); z = 0.75 sqrt(12) = 2.598.
  // sd (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)) = 0.588; 0.25 / 0.588 = 0.43.
  hindcasts.add("walk", "observed: {us.x: {2025-02-01: 1.75 %}}\nrandom_walk: {us.x: 100 bp}\n");
  // The drift is taken to -0.5.
  hindcasts.add("other", "set: {us.drift.mode: down}\nobserved: {us.x: {2025-03-01: 3}}\n");
  const Ended ended = hindcasts.run();
  INFO(ended.err);
  CHECK(ended.code == exit_ok);
  INFO(ended.out);
  for (const char* row :
       {"hindcast  observed        dates  inside 50 %  inside 90 %  CRPS ratio  against      hits  misses\n",
        "calm      us.x                2            –            –        0.45  no change\n",
        "calm      2 stated facts                                                               1       1\n",
        "walk      us.x                1            –            –        0.43  random walk\n",
        "other     us.x                1            –            –        1.50  no change\n",
        "3 hindcasts; 2 of 3 variables better than the benchmark; 1 of 2 stated facts hit\n"}) {
    INFO(row);
    CHECK(holds(ended.out, row));
  }
}

TEST_CASE("what lies in the bands is counted, and bands that are rounding alone are none") {
  Hindcast hindcast;
  hindcast.name = "one", hindcast.episode = "One", hindcast.scenario_file = "../scenarios/one.yaml";
  HindcastResult result;
  result.hindcast = &hindcast, result.paths_used = 100;
  result.scorecard.numbers = {number("us.x", 1, -4, -2, 2, 4), number("us.x", 3, -4, -2, 2, 4),
                              number("us.x", 5, -4, -2, 2, 4), number("us.x", -4, -4, -2, 2, 4),
                              number("us.y", 5, 1, 1, 1, 1 + 1e-13)};
  const std::string table = hindcast_table({result});
  INFO(table);
  CHECK(holds(table, "one       us.x          4         25 %         75 %        0.50  no change"));
  CHECK(holds(table, "one       us.y          1            –            –        0.50  no change"));
  CHECK(holds(table,
              "of 4 numbers 25 % inside the central 50 % of the paths and 75 % inside 90 %; 2 of 2 variables better"));
  const std::string page = hindcast_markdown({result});
  CHECK(holds(page, "| us.x | 2025-02-01 | 5.00 % | -4.00 to 4.00 |\n"));
  CHECK(!holds(page, "| us.x | 2025-02-01 | 3.00 %"));
  CHECK(holds(page, "100 paths of [its scenario](../scenarios/one.yaml)"));
  CHECK(holds(page, "![One](images/hindcasts/one.png)"));
}

TEST_CASE("one hindcast alone, as CSV and as a page, with observations from a file") {
  const Hindcasts hindcasts;
  hindcasts.folder.write("seen.csv", "name,date,value,unit,source\nus.x,2025-02-01,150,bp,S2\nhigh,,0,,S2\n");
  hindcasts.add("calm", "observed: seen.csv\noutcomes: {high: {any: {us.x: {above: 2.2 %}}}}\n");
  hindcasts.add("other", "observed: {us.x: {2025-03-01: 3}}\n");
  const std::string output = hindcasts.folder.file("scorecard.csv");
  const Ended one = hindcasts.run({"--only", "calm", "--markdown", "-o", output});
  INFO(one.err);
  CHECK(one.code == exit_ok);
  CHECK(hindcasts.folder.read("scorecard.csv") ==
        "hindcast,episode,name,unit,date,observed,start,median,q5,q25,q75,q95,crps,benchmark,benchmark_crps,fact,"
        "probability,hit\n"
        "calm,A drift,us.x,%,2025-02-01,1.5,1,1.5,1.5,1.5,1.5,1.5,0,no change,0.5,,,\n"
        "calm,A drift,high,,,0,,,,,,,,,,\"us.x above 2.2 %, at any step\",0,0\n");
  CHECK(holds(one.out, "| high | us.x above 2.2 %, at any step | no | 0.000 | miss |\n"));
  CHECK(holds(one.out, "\nIt drifts.\n"));
  CHECK(!holds(one.out, "| other |"));
  CHECK(hindcasts.run({"--only", "calm", "-o", output}).code == exit_refused);
  const Ended unknown = hindcasts.run({"--only", "clam"});
  CHECK(unknown.code == exit_bad_data);
  CHECK(holds(unknown.err, "moniac: there is no hindcast 'clam'\n   did you mean 'calm'?"));
  CHECK(hindcasts.run({"--paths", "1"}).code == exit_usage);
  CHECK(moniac({"hindcast", hindcasts.folder.file("none")}).code == exit_no_input);
}

TEST_CASE("mistakes in hindcasts are reported together, each at its line, and nothing runs") {
  const Hindcasts hindcasts;
  hindcasts.folder.write("imposed.txt", scenario_with("  us.drift: {}\n",
                                                      "impose: {us.x: {2025-02-01: 3 %}}\n"
                                                      "levers: {us.push: 1 %}\n"));
  const std::string head = "episode: A\nsource: S\nnote: N\nscenario: imposed.txt\n";
  hindcasts.add("a", "observed: {us.z: {2025-02-01: 1}}\n");
  hindcasts.add("b", "observed: {us.x: {2025-02-01: , 2025-02-15: 1, 2025-03-01: 1 USD}}\n");
  hindcasts.add("c", "observed: {us.x: {2025-01-01: 1, 2025-03-01: 1}}\nrandom_walk: {us.x: 0, us.y: 1}\n");
  hindcasts.add("d", "observed: nowhere.csv\nwith: 1\n");
  hindcasts.folder.write("e.yaml", head + "observed: {us.x: {2025-02-01: 1}, us.push: {2025-03-01: 1}}\n");
  hindcasts.folder.write("f.yaml", head + "set: {impose.us.x: {2025-03-01: 2 %}}\nobserved: {us.x: {2025-02-01: 1}}\n");
  hindcasts.folder.write("g.yaml", "source: S\nnote: N\nscenario: nowhere.yaml\n");
  hindcasts.add("h", "observed: {us.x: {2025-03-01: 1}}\nset: {us.drift.drfit: 1 %}\n");
  hindcasts.add("i", "observed: {us.x: {2025-03-01: 1}}\noutcomes: {high: {any: {us.x: {above: 2 %}}}}\n");
  hindcasts.add("j", "observed: {us.x: {2025-03-01: 1}}\noutcomes: high\n");
  const Ended ended = hindcasts.run();
  CHECK(ended.code == exit_bad_data);
  INFO(ended.err);
  for (const char* mistake :
       {"a.yaml:5:12: error: 'us.z' is neither a variable nor an outcome of the scenario",
        "b.yaml:5:19: error: us.x has no value on 2025-02-01", "error: 2025-02-15 is no date of the run",
        "b.yaml:5:60: error: ", "c.yaml:5:12: error: us.x is where the scenario starts on 2025-01-01",
        "c.yaml:6:21: error: the standard deviation of a year's change must be above 0",
        "c.yaml:6:24: error: 'us.y' is not observed", "d.yaml:5:11: error: ", "nowhere.csv",
        "d.yaml:6:1: error: unknown key 'with' in the hindcast",
        "e.yaml:5:12: error: us.x is imposed on 2025-02-01, so it is no forecast",
        "e.yaml:5:35: error: us.push is a lever on 2025-03-01, so it is no forecast",
        "f.yaml:5:", "the scenario imposes us.x already", "g.yaml:1:1: error: the hindcast has no 'episode'",
        "g.yaml:3:11: error: ", "h.yaml:6:", "i.yaml:6:12: error: high is asked and not observed",
        "j.yaml:6:11: error: outcomes"}) {
    INFO(mistake);
    CHECK(holds(ended.err, mistake));
  }
}

}  // namespace moniac::test
