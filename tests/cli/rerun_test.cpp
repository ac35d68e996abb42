// moniac rerun, and verify --rerun: paths of a result against what their scenario gives.
#include <fmt/format.h>

#include "sim/app/exit_code.h"
#include "sim/output/path_source.h"
#include "tests/cli/command_line.h"
#include "tests/support/catch.h"

namespace moniac::test {

namespace {

// The drift of 0.5 a month from 1, on every path; by hand.
class Paths final : public PathSource {
 public:
  explicit Paths(std::int64_t wrong) : wrong_(wrong) {}
  void visit(const Take& take) const override {
    std::vector<double> values;
    for (std::int64_t path = 0; path < 100; ++path) {
      const double error = path == wrong_ ? 0x1p-52 : 0;
      values.insert(values.end(), {1, 1.5 + error, 2, 2.5});
    }
    take(0, 0, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double)});
  }

 private:
  std::int64_t wrong_;
};

struct Recorded {
  Folder folder;
  std::string scenario, result = folder.file("drift.h5");

  explicit Recorded(const std::string& record)
      : scenario(folder.write("drift.yaml", scenario_with("  us.drift: {}\n", "record: {" + record + "}\n"))) {
    REQUIRE(moniac({"run", scenario, "-q", "-o", result}).code == exit_ok);
  }
  // Puts other paths into the file, with hashes that fit.
  void forge(std::int64_t wrong_path) const {
    const Paths paths(wrong_path);
    write_results(result, read_results(result), &paths);
  }
};

}  // namespace

TEST_CASE("recorded paths that are simulated again have the same bits, in either precision") {
  for (const char* precision : {"float64", "float32"}) {
    const Recorded recorded(std::string("paths: all, path_precision: ") + precision);
    const Ended verified = moniac({"verify", recorded.result, "--rerun", "5"});
    INFO(verified.err);
    CHECK(verified.code == exit_ok);
    CHECK(verified.out.find("simulated again: the same bits") != std::string::npos);
  }
}

TEST_CASE("a recorded path that differs in the last bit is found") {
  const Recorded recorded("paths: all");
  recorded.forge(-1);
  CHECK(moniac({"verify", recorded.result, "--rerun", "1000"}).code == exit_ok);
  recorded.forge(17);
  CHECK(moniac({"verify", recorded.result}).code == exit_ok);
  const Ended verified = moniac({"verify", recorded.result, "--rerun", "10000"});
  CHECK(verified.code == exit_bad_data);
  CHECK(verified.err.find("1 of 100 paths are not what the scenario gives\n"
                          "   path 17: us.x on 2025-02-01 is 1.5000000000000002, simulated again 1.5\n") !=
        std::string::npos);
}

TEST_CASE("without recorded paths there is nothing to simulate again") {
  const Recorded recorded("paths: none");
  const Ended verified = moniac({"verify", recorded.result, "--rerun", "5"});
  CHECK(verified.code == exit_bad_data);
  CHECK(verified.err ==
        "moniac: " + recorded.result + " records no paths, so none can be compared; record.paths keeps them\n");
}

TEST_CASE("rerun shows a path and says whether it is what the file records") {
  const Recorded recorded("paths: 50");
  const Ended shown = moniac({"rerun", recorded.result, "--path", "17"});
  CHECK(shown.code == exit_ok);
  CHECK(shown.out ==
        "path 17:\n"
        "variable  unit  2025-01-01  2025-04-01             lowest            highest\n"
        "us.x      %         1.0000      2.5000  1.0000 2025-01-01  2.5000 2025-04-01\n\n");
  CHECK(shown.err == "path 17: the same bits as the file records\n");
  CHECK(moniac({"rerun", recorded.result, "--path", "50"}).err ==
        "path 50: the file does not record this path, so there is nothing to compare with\n");
}

TEST_CASE("rerun finds a recorded path that differs in the last bit") {
  const Recorded recorded("paths: all");
  recorded.forge(17);
  const Ended shown = moniac({"rerun", recorded.result, "--path", "17"});
  CHECK(shown.code == exit_bad_data);
  INFO(shown.err);
  CHECK(shown.err.find("path 17: us.x on 2025-02-01 is 1.5000000000000002, simulated again 1.5\n"
                       "moniac: 1 path is not what " +
                       recorded.result + " says\n") != std::string::npos);
  CHECK(moniac({"rerun", recorded.result, "--path", "18"}).code == exit_ok);
}

TEST_CASE("the trace of a path has a row for everything at every step") {
  const Recorded recorded("paths: none");
  const std::string file = recorded.folder.file("path.csv");
  REQUIRE(moniac({"rerun", recorded.result, "--path", "3", "--trace", "-o", file}).code == exit_ok);
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  CHECK(text.str() ==
        "path,step,date,kind,name,label,unit,value\n"
        "3,0,2025-01-01,variable,us.x,,%,1\n"
        "3,1,2025-02-01,variable,us.x,,%,1.5\n"
        "3,2,2025-03-01,variable,us.x,,%,2\n"
        "3,3,2025-04-01,variable,us.x,,%,2.5\n");
  CHECK(moniac({"rerun", recorded.result, "--path", "3", "--trace", "-o", file}).code == exit_refused);
  CHECK(moniac({"rerun", recorded.result, "--path", "3", "--trace"}).out == text.str());
}

TEST_CASE("rerun --failed lets every failed path fail again, and its trace ends there") {
  const Folder folder;
  const std::string scenario = folder.write("fragile.yaml", scenario_with("  us.fragile: {share: 0.02}\n"));
  const std::string result = folder.file("fragile.h5");
  REQUIRE(moniac({"run", scenario, "-q", "-o", result, "--set", "ensemble.max_failed=0.2"}).code == exit_ok);
  const std::vector<Failure> failures = read_results(result).failures;
  REQUIRE(!failures.empty());
  const Ended shown = moniac({"rerun", result, "--failed"});
  INFO(shown.err);
  CHECK(shown.code == exit_ok);
  for (const Failure& failure : failures) {
    CHECK(shown.err.find(fmt::format("path {}: as the file says\n", failure.path)) != std::string::npos);
    CHECK(shown.out.find(fmt::format("path {} failed in step {} (", failure.path, failure.step)) != std::string::npos);
    const std::string trace = moniac({"rerun", result, "--path", std::to_string(failure.path), "--trace"}).out;
    const std::string last = fmt::format("\n{},{},", failure.path, failure.step);
    CHECK(trace.find(last) != std::string::npos);
    CHECK(trace.find(fmt::format("\n{},{},", failure.path, failure.step + 1)) == std::string::npos);
  }
}

TEST_CASE("a path of a case of a sweep is run with the values of that case") {
  const Folder folder;
  const std::string scenario = folder.write(
      "drift.yaml",
      scenario_with("  us.drift: {}\n", "sweep: {design: grid, axes: {us.drift.drift: {values: [1 %, 2 %]}}}\n"));
  const std::string result = folder.file("drift.h5");
  REQUIRE(moniac({"sweep", scenario, "-q", "-o", result}).code == exit_ok);
  const Ended shown = moniac({"rerun", result, "--case", "1", "--path", "3", "--trace"});
  CHECK(shown.out.find("case,path,step,date,kind,name,label,unit,value\n1,3,0,2025-01-01,variable,us.x,,%,1\n"
                       "1,3,1,2025-02-01,variable,us.x,,%,3\n") == 0);
  CHECK(moniac({"rerun", result, "--path", "3"}).err ==
        "moniac rerun: " + result + " is the result of a sweep: say which case with --case C\n");
  CHECK(moniac({"rerun", result, "--path", "3", "--case", "2"}).err ==
        "moniac rerun: --case 2 is too large: " + result + " has 2 cases, numbered from 0 to 1\n");
  CHECK(moniac({"rerun", result, "--path", "100", "--case", "1"}).err ==
        "moniac rerun: --path 100 is too large: each case has 100 paths, numbered from 0 to 99\n");
}

TEST_CASE("rerun says what it needs") {
  const Recorded recorded("paths: none");
  const auto refused = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"rerun", recorded.result});
    const Ended ended = moniac(words);
    CHECK(ended.code == exit_usage);
    return ended.err;
  };
  CHECK(refused({}) == "moniac rerun: say which path with --path P, or --failed\n");
  CHECK(refused({"--path", "1", "--failed"}) == "moniac rerun: say which path with --path P, or --failed\n");
  CHECK(refused({"--path", "1", "--case", "0"}) ==
        "moniac rerun: " + recorded.result + " is the result of a run, which has no cases\n");
  CHECK(refused({"--path", "1", "-o", "x.csv"}) == "moniac rerun: -o says where --trace goes; add --trace\n");
  CHECK(refused({"--path", "-1"}).find("--path needs a whole number from 0") != std::string::npos);
  CHECK(moniac({"rerun", recorded.folder.file("none.h5"), "--path", "1"}).code == exit_no_input);
  CHECK(moniac({"rerun", recorded.scenario, "--path", "1"}).code == exit_bad_data);
  CHECK(moniac({"rerun", recorded.result, "--failed"}).err == "no path failed\n");
}

}  // namespace moniac::test
