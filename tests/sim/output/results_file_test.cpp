#include "sim/output/results_file.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <limits>

#include "sim/output/hdf5_file.h"
#include "sim/output/replacement.h"
#include "sim/results/cases.h"
#include "tests/sim/output/example_results.h"
#include "tests/sim/output/temporary_folder.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

Results written_and_read(const Results& results) {
  const TemporaryFolder folder;
  write_results(folder / "result.h5", results);
  return read_results(folder / "result.h5");
}

bool same_bytes(const std::string& one, const std::string& other) {
  return bytes_of(one) == bytes_of(other);
}

// A vector variable whose values say where they are: 1000 date + 100 quantile + label.
RecordedVariable numbered(const Results& results, const std::string& name, const Dimensions& dimensions) {
  RecordedVariable variable;
  variable.name = name;
  variable.unit = "ratio";
  variable.dimensions = dimensions;
  const std::size_t width = variable.width();
  for (std::size_t t = 0; t < results.dates.size(); ++t) {
    for (std::size_t l = 0; l < width; ++l) variable.mean.push_back(static_cast<double>(1000 * t + l));
    for (std::size_t q = 0; q < results.quantiles.size(); ++q) {
      for (std::size_t l = 0; l < width; ++l) variable.quantiles.push_back(static_cast<double>(1000 * t + 100 * q + l));
    }
  }
  variable.sd = variable.se = variable.minimum = variable.maximum = variable.mean;
  return variable;
}

}  // namespace

TEST_CASE("What is read is what was written") {
  CHECK(written_and_read(example_results()) == example_results());
}

// Two cases, of which the second has other numbers; two axes, one of them in words; measures that say where they are.
static Results example_sweep() {
  Results sweep = example_results();
  sweep.trigger_log.clear();
  sweep.logged_paths = 0;
  sweep.kept_paths = 0;
  Results second = sweep;
  for (RecordedVariable& variable : second.variables) {
    for (double& x : variable.mean) x += 1;
    for (double& x : variable.quantiles) x += 2;
  }
  for (OutcomeResult& outcome : second.outcomes) outcome.hits += 3;
  Results all = sweep;
  all.variables.clear();
  all.outcomes.clear();
  all.triggers.clear();
  all.failures.clear();
  all.identities.clear();
  all.paths_used = all.failed = 0;
  Cases& cases = all.cases.emplace();
  cases.design = "sobol, 1 point with indices, seed 1";
  cases.axes = {{"us.policy_rate.phi_pi", "", {1.5, 2}, {}}, {"events.hike.at", "", {}, {"2026-01-31", "2026-06-30"}}};
  append_case(all, sweep);
  append_case(all, second);
  const std::size_t count = responses(sweep).size();
  for (const bool by_axis : {true, false}) {
    SensitivityMeasure& measure = all.cases->sensitivity.emplace_back();
    measure.name = by_axis ? "sobol_first" : "noise_share";
    measure.words = by_axis ? "first-order Sobol index" : "share of noise";
    measure.by_axis = by_axis;
    for (std::size_t i = 0; i < count * (by_axis ? 2 : 1); ++i) measure.values.push_back(static_cast<double>(i));
  }
  all.cases->sentences = {"us.policy_rate.phi_pi explains half of it", "and so on"};
  return all;
}

TEST_CASE("A sweep that is read is the sweep that was written") {
  const Results sweep = example_sweep();
  REQUIRE(sweep.cases->count == 2);
  const Results read = written_and_read(sweep);
  CHECK(read.cases == sweep.cases);
  CHECK(read.outcomes == sweep.outcomes);
  CHECK(read == sweep);
}

TEST_CASE("Results without variables, outcomes, parameters and texts survive the file") {
  CHECK(written_and_read(Results{}) == Results{});
}

TEST_CASE("Extreme numbers survive the file bit by bit") {
  Results results = example_results();
  results.variables[0].mean[0] = std::numeric_limits<double>::denorm_min();
  results.variables[0].mean[1] = -std::numeric_limits<double>::infinity();
  results.variables[0].mean[2] = std::numeric_limits<double>::max();
  results.variables[0].mean[3] = -0.0;
  results.seed = std::numeric_limits<std::uint64_t>::max();
  results.paths = std::numeric_limits<std::int64_t>::max();
  const Results back = written_and_read(results);
  CHECK(back == results);
  CHECK(std::signbit(back.variables[0].mean[3]));
}

TEST_CASE("A value that is not a number is read as such") {
  Results results = example_results();
  results.variables[0].se[5] = std::numeric_limits<double>::quiet_NaN();
  CHECK(std::isnan(written_and_read(results).variables[0].se[5]));
}

TEST_CASE("Two dimensions of one name and different labels are kept apart") {
  Results results = example_results();
  results.variables.push_back(numbered(results, "cn.holdings", {{"holder", {"banks", "funds"}}}));
  results.variables.push_back(numbered(results, "jp.holdings", {{"holder", {"japan", "china", "rest of the world"}}}));
  results.variables.push_back(numbered(results, "us.step_size", {{"step", {"small", "large"}}}));
  CHECK(written_and_read(results) == results);
}

TEST_CASE("Variables of several dimensions share those that are the same") {
  Results results = example_results();
  const Dimension importer{"importer", {"USA", "EU27"}}, sector{"sector", {"AGR", "MAN", "SRV"}};
  results.variables.push_back(numbered(results, "trade.duty", {importer, {"exporter", {"CHN"}}, sector}));
  results.variables.push_back(numbered(results, "trade.output", {importer, sector}));
  const TemporaryFolder folder;
  write_results(folder / "result.h5", results);
  CHECK(read_results(folder / "result.h5") == results);
  const Hdf5Group root = Hdf5File::open(folder / "result.h5").root();
  CHECK(root.open("trade_duty_mean").scales()[1] == root.open("trade_output_mean").scales()[1]);
  CHECK(root.open("trade_duty_mean").scales()[3] == root.open("trade_output_mean").scales()[2]);
}

TEST_CASE("Two names that become one in the file are kept apart") {
  Results results = example_results();
  results.variables.push_back(numbered(results, "us.a_b", {}));
  results.variables.push_back(numbered(results, "us_a.b", {}));
  CHECK(written_and_read(results) == results);
}

TEST_CASE("Variables of more than one chunk and texts of more than 64 KiB survive the file") {
  Results results = example_results();
  std::vector<std::string> labels;
  for (int l = 0; l < 1500; ++l) labels.push_back("label " + std::to_string(l));
  results.variables.push_back(numbered(results, "us.wide", {{"wide", labels}}));  // 25 x 7 x 1500 doubles: 2.1 MB
  results.description = std::string(100'000, 'd');
  results.scenario_text = std::string(900'000, 's') + "\n";
  CHECK(written_and_read(results) == results);
}

TEST_CASE("Every unit of the time grid survives the file") {
  for (const StepUnit unit :
       {StepUnit::day, StepUnit::weekday, StepUnit::week, StepUnit::month, StepUnit::quarter, StepUnit::year}) {
    Results results = example_results();
    results.variables.clear();
    results.outcomes.clear();
    results.time.unit = unit;
    results.time.every = unit == StepUnit::month ? 1 : 3;
    results.dates = {results.time.date(12), results.time.date(24)};
    results.steps = {12, 24};
    CHECK(written_and_read(results) == results);
  }
}

TEST_CASE("Equal results give equal bytes under any name and over any older file") {
  const TemporaryFolder folder;
  write_results(folder / "first.h5", example_results());
  put(folder / "a_longer_name.h5", "an old file");
  write_results(folder / "a_longer_name.h5", example_results());
  CHECK(same_bytes(folder / "first.h5", folder / "a_longer_name.h5"));
}

TEST_CASE("Writing what was read gives the same bytes") {
  const TemporaryFolder folder;
  write_results(folder / "first.h5", example_results());
  write_results(folder / "second.h5", read_results(folder / "first.h5"));
  CHECK(same_bytes(folder / "first.h5", folder / "second.h5"));
}

TEST_CASE("Only the result file is left behind, with the permissions of the user's mask") {
  const TemporaryFolder folder;
  const mode_t mask = ::umask(027);
  write_results(folder / "result.h5", example_results());
  ::umask(mask);
  CHECK(folder.names() == std::vector<std::string>{"result.h5"});
  struct stat status {};
  REQUIRE(::stat((folder / "result.h5").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("Only temporary files of this file are taken for abandoned") {
  const TemporaryFolder folder;
  const std::vector<std::string> others = {"other.h5.moniac.tmp", "result.h5", "result.h5.a.moniac.tmp",
                                           "result.h5.tmp", "result.h5moniac.tmp"};
  for (const std::string& name : others) put(folder / name, "theirs");
  put(folder / "result.h5.moniac.tmp", "half");
  put(folder / "result.h5.12.moniac.tmp", "half");
  remove_abandoned(folder / "result.h5");
  std::vector<std::string> left = folder.names();
  std::sort(left.begin(), left.end());
  CHECK(left == others);
}

TEST_CASE("A temporary file of somebody else is left alone") {
  const TemporaryFolder folder;
  put(folder / "result.h5.moniac.tmp", "not ours");
  write_results(folder / "result.h5", example_results());
  CHECK(bytes_of(folder / "result.h5.moniac.tmp") == "not ours");
  CHECK(folder.names().size() == 2);
}

TEST_CASE("Writing to a symbolic link changes the file it points at") {
  const TemporaryFolder folder;
  put(folder / "target.h5", "old");
  REQUIRE(::symlink("target.h5", (folder / "link.h5").c_str()) == 0);
  write_results(folder / "link.h5", example_results());
  CHECK(std::filesystem::is_symlink(folder / "link.h5"));
  CHECK(read_results(folder / "target.h5") == example_results());
}

TEST_CASE("A path that cannot be written is named with the cause") {
  const TemporaryFolder folder;
  put(folder / "file", "");
  const auto message = [](const std::string& path) -> std::string {
    try {
      write_results(path, example_results());
    } catch (const OutputError& error) {
      return error.what();
    }
    return "no error";
  };
  CHECK(message(folder / "none/result.h5") == "cannot write " + (folder / "none/result.h5: No such file or directory"));
  CHECK(message(folder / "file/result.h5") == "cannot write " + (folder / "file/result.h5: Not a directory"));
  CHECK(message(folder.path()) == "cannot write " + folder.path() + ": Is a directory");
  CHECK(message("/dev/null") == "cannot write /dev/null: not a regular file: Invalid argument");
  CHECK(folder.names() == std::vector<std::string>{"file"});
}

TEST_CASE("A folder without write permission is named with the cause") {
  const TemporaryFolder folder;
  REQUIRE(::chmod(folder.path().c_str(), 0555) == 0);
  // In a child that is nobody, because root may write everywhere.
  std::cout.flush();
  const pid_t child = ::fork();
  if (child == 0) {
    std::string message = "no error";
    if (::geteuid() == 0 && ::setuid(65534) != 0) std::exit(2);
    try {
      write_results(folder / "result.h5", example_results());
    } catch (const OutputError& error) {
      message = error.what();
    }
    std::exit(message == "cannot write " + (folder / "result.h5: Permission denied") ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(status == 0);
  REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
}

TEST_CASE("An array that does not fit its dates is our mistake and leaves no file") {
  const TemporaryFolder folder;
  Results results = example_results();
  results.variables[1].mean.pop_back();
  CHECK_THROWS_AS(write_results(folder / "result.h5", results), std::logic_error);
  CHECK(folder.names().empty());
}
