// moniac verify --rerun: recorded paths against what their scenario gives.
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

}  // namespace moniac::test
