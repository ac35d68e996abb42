// moniac score: what came about beside what was forecast.
#include "sim/app/exit_code.h"
#include "tests/cli/command_line.h"
#include "tests/support/catch.h"

namespace moniac::test {

namespace {

// x goes 1, 1.5, 2, 2.5 without randomness.
struct Forecast {
  Folder folder;
  std::string scenario =
      folder.write("drift.yaml", scenario_with("  us.drift: {}\n",
                                               "outcomes:\n  high: {any: {us.x: {above: 2.2 %}}}\n"
                                               "  end: {buckets: {us.x: {edges: [2 %], labels: [low, top]}}}\n"));

  Ended score(const std::string& observed) const {
    const std::string file = folder.write("observed.csv", observed);
    return moniac({"score", scenario, file, "-o", folder.file("scores.csv"), "--force"});
  }
};

}  // namespace

TEST_CASE("score shows each number beside its forecast and that of no change, and each outcome with its scores") {
  const Forecast forecast;
  const Ended ended = forecast.score("name,date,value\nus.x,2025-03-01,3\nus.x,2025-02-01,150 bp\nhigh,,0\nend,,top\n");
  CHECK(ended.code == exit_ok);
  // Three equal values of the ensemble and the observation share out at random what equals it; 0.5 and 2 from the start
  // at 1. Log score: -ln(1 / (2 · 100)).
  for (const char* line :
       {"us.x      %  2025-02-01  1.5000  1.5000  1.5000 … 1.5000       0.23  0.0000     0.5000\n",
        "us.x      %  2025-03-01  3.0000  2.0000  2.0000 … 2.0000       1.00  1.0000     2.0000\n",
        "us.x            %      2                 -0.50  0.50   0.60         50 %         50 %\n",
        "high     0                  0.0000        1.0000      5.298  us.x above 2.2 %, at any step\n",
        "end      top                1.0000        0.0000      0.000  us.x on 2025-04-01 at 2 % or above\n"}) {
    CHECK(holds(ended.out, line));
  }
  CHECK(forecast.folder.read("scores.csv") ==
        "name,unit,date,observed,median,q5,q25,q75,q95,transform,crps,fair_crps,interval_score,no_change,probability,"
        "brier,log_score\n"
        "us.x,%,2025-02-01,1.5,1.5,1.5,1.5,1.5,1.5,0.22917974585609258,0,0,0,0.5,,,\n"
        "us.x,%,2025-03-01,3,2,2,2,2,2,1,1,1,1,2,,,\n"
        "high,,,0,,,,,,,,,,,0,1,5.298317366548036\n"
        "end,,,top,,,,,,,,,,,1,0,0\n");
}

TEST_CASE("a first passage whose day is known is scored as a waiting time, within its window") {
  const Folder folder;
  // x goes 1, 1.5, 2, 2.5: above 1.6 at the end of February.
  const std::string scenario =
      folder.write("drift.yaml", scenario_with("  us.drift: {}\n",
                                               "outcomes:\n  high: {first: {us.x: {above: 1.6 %}}}\n"
                                               "  early: {first: {us.x: {above: 1.2 %}}, within: 2 months}\n"
                                               "  never: {first: {us.x: {above: 9 %}}}\n"));
  const std::string observed =
      folder.write("observed.csv", "name,date,value\nhigh,2025-01-20,1\nearly,,0\nnever,2025-04-01,1\n");
  const Ended ended = moniac({"score", scenario, observed, "-o", folder.file("scores.csv")});
  INFO(ended.err << ended.out);
  CHECK(ended.code == exit_ok);
  // A month early, a month of two missed (the window), and three months that the paths never see: 30.4375 days each.
  CHECK(holds(ended.out, "high           2025-01-20         2025-03-01         30.4\n"));
  CHECK(holds(ended.out, "early          not in its window  2025-02-01         30.4\n"));
  CHECK(holds(ended.out, "never          2025-04-01         not reached           0\n"));
  CHECK(holds(folder.read("scores.csv"), "high,day,2025-01-20,30.4375,,,,,,,30.4375,,,,,,\n"));
}

TEST_CASE("a day is refused where there is none") {
  const Folder folder;
  const std::string scenario =
      folder.write("drift.yaml", scenario_with("  us.drift: {}\n",
                                               "outcomes:\n  high: {any: {us.x: {above: 1.6 %}}}\n"
                                               "  early: {first: {us.x: {above: 1.2 %}}, within: 2 months}\n"));
  const std::string observed = folder.write(
      "observed.csv", "name,date,value\nhigh,2025-01-20,1\nearly,2025-03-20,1\nearly,2025-01-20,0\nearly,soon,1\n");
  const Ended ended = moniac({"score", scenario, observed});
  CHECK(ended.code == exit_bad_data);
  for (const char* mistake :
       {"observed.csv:2:6: error: the outcome high has no date", "leave the date empty; one that is 'first'",
        "observed.csv:3:7: error: 2025-03-20 is outside the window of early", "it is 2025-01-01 … 2025-03-01",
        "observed.csv:4:7: error: the outcome early has no date", "observed.csv:5:7: error"}) {
    INFO(ended.err);
    CHECK(holds(ended.err, mistake));
  }
}

TEST_CASE("a single path is scored by its distance, and has no fair CRPS") {
  const Forecast forecast;
  const std::string observed = forecast.folder.write("observed.csv", "name,date,value\nus.x,2025-03-01,3\n");
  const Ended ended =
      moniac({"score", forecast.scenario, observed, "--paths", "1", "-o", forecast.folder.file("scores.csv")});
  CHECK(ended.code == exit_ok);
  CHECK(holds(ended.out, "us.x      %  2025-03-01  3.0000  2.0000  2.0000 … 2.0000       1.00  1.0000     2.0000\n"));
  CHECK(holds(forecast.folder.read("scores.csv"), "us.x,%,2025-03-01,3,2,2,2,2,2,1,1,,1,2,,,\n"));
}

TEST_CASE("every mistake in what was observed is reported with its place") {
  const Forecast forecast;
  const Ended ended = forecast.score(
      "name,date,value\nus.x,2025-02-15,1\nus.y,2025-02-01,1\nus.x,2025-02-01,x\nhigh,2025-02-01,1\nend,,middle\n"
      "high,,2\nhigh,,1\n");
  CHECK(ended.code == exit_bad_data);
  for (const char* mistake :
       {":2:6: error: 2025-02-15 is no date of the run", "the nearest are 2025-02-01 and 2025-03-01",
        ":3:1: error: 'us.y' is neither a variable nor an outcome of the scenario", "did you mean 'us.x'?",
        ":4:17: error: value = 'x' is not a number", ":5:6: error: the outcome high has no date",
        ":6:6: error: end has no bucket 'middle'", ":7:7: error: '2' is not whether high happened",
        ":8:1: error: 'high,' is observed twice", "7 problems"}) {
    CHECK(holds(ended.err, mistake));
  }
  CHECK(holds(forecast.score("name,value\nus.x,1\n").err, "there is no column 'date'"));
  CHECK(forecast.score("name,date,value\nus.x,2025-03-01,1 USD\n").code == exit_bad_data);
}

}  // namespace moniac::test
