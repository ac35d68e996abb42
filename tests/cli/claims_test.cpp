// moniac claims.
#include "sim/app/exit_code.h"
#include "tests/cli/command_line.h"
#include "tests/support/catch.h"

namespace moniac::test {

namespace {

// x goes from 1 by 0.5 a month to 2.5, without randomness.
struct Claims {
  Folder folder;
  std::string scenario = folder.write("drift.txt", scenario_with("  us.drift: {}\n"));

  void add(const std::string& number, const std::string& rest, const std::string& part = "") const {
    folder.write(number + part + ".yaml", "claim: " + number + (part.empty() ? "" : "\npart: " + part) +
                                              "\nsource: S1\nsays: More drift lifts x.\nmechanism: drift\n"
                                              "scenario: drift.txt\n" +
                                              rest);
  }
  Ended run(const std::vector<std::string>& more = {}) const { return moniac({"claims", folder.file("")}, more); }
};

const std::string lift = "change: {us.drift.drift: 1 %}\nvariable: us.x\nexpect: positive\n";

}  // namespace

TEST_CASE("each claim gets its verdict, its estimate, and the driver that flips it") {
  const Claims claims;
  claims.add("1", lift + "drivers: {us.drift.mode: [up, down]}\n");  // 3 (1 - 0.5), downwards the other way
  claims.add("2", "change: {us.drift.drift: 1 %}\nvariable: us.x\non: 2025-02-01\nexpect: {from: 2 %, to: 300 bp}\n");
  claims.add("3", "event: {any: {us.x: {above: 2 %}}}\nexpect: {from: 0.9, to: 1}\n");
  claims.add("4", lift + "slight: 2 %\n");
  claims.add("5", lift + "assumed: us.drift.drift\n");
  // The drift and the direction interact: (-3 - (-1.5)) - (3 - 1.5).
  claims.add("6", lift + "given: {us.drift.mode: down}\n");
  const Ended ended = claims.run();
  INFO(ended.err);
  CHECK(ended.code == exit_ok);
  for (const char* row :
       {"    1  More drift lifts x.  supported                1.50 ± 0.00 %    positive       us.drift.mode = down: "
        "contradicted\n",
        "    2  More drift lifts x.  contradicted             0.500 ± 0.000 %  2 % to 300 bp  –\n",
        "    3  More drift lifts x.  supported                1.00 ± 0.00      0.9 to 1       –\n",
        "    4  More drift lifts x.  negligible ", "    5  More drift lifts x.  assumed by construction ",
        "    6  More drift lifts x.  contradicted             -3.00 ± 0.00 %",
        "6 claims: 1 assumed by construction, 2 contradicted, 1 negligible, 2 supported\n"}) {
    INFO(row);
    INFO(ended.out);
    CHECK(holds(ended.out, row));
  }
}

TEST_CASE("one claim alone, as CSV with every setting, and as a page") {
  const Claims claims;
  claims.add("1", lift + "fact: It was 2.\ndrivers: {us.drift.mode: [up, down]}\n");
  claims.add("2", lift);
  claims.folder.write("not.yaml",
                      "not_tested:\n  - {claim: 7, source: S2, says: Something else, why: no model of it}\n");
  const std::string output = claims.folder.file("ledger.csv");
  const Ended one = claims.run({"--only", "1", "--markdown", "-o", output});
  CHECK(one.code == exit_ok);
  CHECK(claims.folder.read("ledger.csv") ==
        "claim,part,source,measure,expected,setting,verdict,estimate,se,slight,unit,paths\n"
        "1,,S1,us.x at the end,positive,,supported,1.5,0,0,%,100\n"
        "1,,S1,us.x at the end,positive,us.drift.mode = up,supported,1.5,0,0,%,100\n"
        "1,,S1,us.x at the end,positive,us.drift.mode = down,contradicted,-1.5,0,0,%,100\n");
  CHECK(holds(one.out,
              "| [1](../claims/1.yaml) | [S1] More drift lifts x. *drift* **Fact:** It was 2. | us.x at the end"));
  CHECK(holds(one.out, "| 7 | [S2] Something else | no model of it |\n"));
  CHECK(claims.run({"--only", "1", "-o", output}).code == exit_refused);
  CHECK(holds(claims.run({"--only", "7"}).err, "claim 7 is not tested: no model of it"));
  CHECK(holds(claims.run({"--only", "9"}).err, "there is no claim 9"));
  CHECK(claims.run({"--paths", "many"}).code == exit_usage);
}

TEST_CASE("a claim in parts is one claim, with a verdict for each part") {
  const Claims claims;
  claims.add("1", lift);
  claims.add("2", "change: {us.drift.drift: 1 %}\nvariable: us.x\nexpect: negative\n", "b");
  claims.add("2", lift, "a");
  claims.add("3", lift, "b");
  claims.folder.write("not.yaml",
                      "not_tested:\n  - {claim: 3, part: a, source: S2, says: More, why: no model of it}\n");
  const std::string output = claims.folder.file("ledger.csv");
  const Ended all = claims.run({"-o", output});
  INFO(all.err);
  INFO(all.out);
  CHECK(all.code == exit_ok);
  CHECK(holds(all.out, "    1  More drift lifts x.  supported     1.50"));
  CHECK(holds(all.out, "   2a  More drift lifts x.  supported     1.50"));
  CHECK(holds(all.out, "   2b  More drift lifts x.  contradicted  1.50"));
  CHECK(holds(all.out, "3 claims in 4 tests: 1 contradicted, 3 supported\n"));
  CHECK(holds(claims.folder.read("ledger.csv"), "\n2,a,S1,us.x at the end,positive,,supported,1.5,0,0,%,100\n2,b,S1,"));
  CHECK(holds(claims.run({"--only", "2"}).out, "1 claim in 2 tests: 1 contradicted, 1 supported\n"));
  CHECK(holds(claims.run({"--only", "2b"}).out, "1 claim: 1 contradicted\n"));
  CHECK(holds(claims.run({"--only", "3"}).out, "1 claim: 1 supported\n"));
  CHECK(holds(claims.run({"--only", "3a"}).err, "claim 3a is not tested: no model of it"));
  const std::string page = claims.run({"--markdown"}).out;
  CHECK(holds(page, "| [2b](../claims/2b.yaml) |"));
  CHECK(holds(page, "| 3a | [S2] More | no model of it |\n"));
}

TEST_CASE("parts of a claim have letters, are there once, and not alone") {
  const Claims claims;
  claims.add("1", lift, "a");
  claims.add("2", lift, "a");
  claims.add("2", lift, "b");
  claims.folder.write("2c.yaml", claims.folder.read("2b.yaml"));
  claims.add("3", lift, "a");
  claims.add("3", lift, "b");
  claims.add("3", lift);
  claims.add("4", lift, "first");
  claims.folder.write("not.yaml",
                      "not_tested:\n"
                      "  - {claim: 5, part: a, source: S2, says: More, why: no model of it}\n"
                      "  - {claim: 2, part: B, source: S2, says: More, why: no model of it}\n");
  const Ended ended = claims.run();
  CHECK(ended.code == exit_bad_data);
  for (const char* mistake :
       {"1a.yaml:2:7: error: claim 1a has no other part", "2c.yaml:2:7: error: claim 2b is there twice",
        "3.yaml:1:1: error: claim 3 is there in parts as well",
        "4first.yaml:2:7: error: part = 'first' is no letter from a to z",
        "not.yaml:2:22: error: claim 5a has no other part",
        "not.yaml:3:22: error: part = 'B' is no letter from a to z"}) {
    INFO(mistake);
    INFO(ended.err);
    CHECK(holds(ended.err, mistake));
  }
}

TEST_CASE("a claim on data is held against the number observed, and nothing runs for it") {
  const Claims claims;
  const auto add = [&](const std::string& number, const std::string& rest) {
    claims.folder.write(number + ".yaml", "claim: " + number + "\nsource: S1\nsays: Half.\nmechanism: data\n" + rest);
  };
  const std::string expect = "expect: {from: 45 %, to: 50 %}\n";
  add("1", "data: share of 2023\nobserved: 48 %\n" + expect);
  add("2", "data: share of 2024\nobserved: 52 %\n" + expect);
  const Ended ended = claims.run({"--progress", "always"});
  CHECK(ended.code == exit_ok);
  CHECK(holds(ended.out, "    1  Half.  supported     48 %             45 % to 50 %  –\n"));
  CHECK(holds(ended.out, "    2  Half.  contradicted  52 %             45 % to 50 %  –\n"));
  CHECK(holds(ended.err, "0 paths in "));
  CHECK(
      holds(claims.run({"--markdown"}).out, " Half. *data* | share of 2023 | 45 % to 50 % | 48 % | supported | – |\n"));
  add("1", "observed: 48 %\nexpect: positive\n");
  add("2", "data: x\nobserved: 48 %\nvariable: us.x\n" + expect);
  const Ended mistaken = claims.run();
  CHECK(mistaken.code == exit_bad_data);
  for (const char* mistake :
       {"1.yaml:1:1: error: the claim has no 'data'", "1.yaml:5:11: error: a number observed needs a range to lie in",
        "2.yaml:7:11: error: a claim on data has no 'variable'"}) {
    INFO(mistake);
    INFO(mistaken.err);
    CHECK(holds(mistaken.err, mistake));
  }
  add("2", "data: x\nobserved: 48 %\n" + expect);
  add("1", "data: x\nobserved: 48 %\nexpect: {from: 1 USD bn, to: 2 %}\n");
  CHECK(holds(claims.run({"--only", "1"}).err, "what the claim expects = 1 USD bn"));
  add("1", "data: x\n" + expect);
  CHECK(holds(claims.run().err, "1.yaml:1:1: error: the claim has no 'observed'"));
}

TEST_CASE("mistakes in claims are reported together, each at its line, and nothing runs") {
  const Claims claims;
  claims.add("1", "variable: us.y\nexpect: positive\n");
  claims.add("2", "change: {us.drift.drfit: 1 %}\nvariable: us.x\nexpect: positive\n");
  claims.add("3", "change: {us.drift.drift: 99 %}\nvariable: us.x\nexpect: positive\n");
  const Ended plans = claims.run();
  CHECK(plans.code == exit_bad_data);
  CHECK(holds(plans.err, "1.yaml:6:11: error: this scenario has no variable 'us.y' (claim 1)"));
  CHECK(holds(plans.err, "2.yaml:6:26: error: unknown parameter 'drfit'"));
  CHECK(holds(plans.err, "3.yaml:6:"));
  const Claims files;
  files.add("1", "variable: us.x\nexpect: upwards\n");
  files.add("2", "expect: positive\n");
  files.folder.write(
      "3.yaml", "claim: 3\nsource: S1\nsays: x\nmechanism: x\nscenario: nowhere.yaml\nvariable: us.x\nexpect: none\n");
  files.folder.write("4.yaml",
                     "claim: 2\nsays: x\nmechanism: x\nscenario: drift.txt\nvariable: us.x\nexpect: none\nwith: 1\n");
  const Ended read = files.run();
  CHECK(read.code == exit_bad_data);
  for (const char* mistake :
       {"1.yaml:7:9: error: expect = 'upwards' is none of: positive, negative, none",
        "2.yaml:1:1: error: the claim needs either 'event' or 'variable'", "3.yaml:5:11: error: ", "nowhere.yaml",
        "4.yaml:1:1: error: the claim has no 'source'", "4.yaml:7:1: error: unknown key 'with' in the claim",
        "4.yaml:1:1: error: claim 2 is there twice"}) {
    INFO(mistake);
    CHECK(holds(read.err, mistake));
  }
  CHECK(moniac({"claims", files.folder.file("none")}).code == exit_no_input);
}

}  // namespace moniac::test
