// Shards of runs that go wrong end like the run in one process.
#include "sim/app/exit_code.h"
#include "tests/cli/command_line.h"
#include "tests/support/catch.h"

namespace moniac::test {

namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Both {
  Ended one, merged;
};

// A run of 9,000 paths in one process, into one.h5, and in three shards, into many.h5.
Both run_both(const Folder& folder, const std::string& models, const std::string& rest = {}) {
  const std::string scenario = folder.write("s.yaml", scenario_with(models, rest));
  const Ended one = moniac({"run", scenario, "-o", folder.file("one.h5"), "--paths", "9000"});
  for (const char* shard : {"2/3", "0/3", "1/3"}) {
    const Ended ended =
        moniac({"run", scenario, "-q", "-o", folder.file("many.h5"), "--paths", "9000", "--shard", shard});
    INFO(ended.err);
    REQUIRE(ended.code == exit_ok);
    REQUIRE(ended.out + ended.err == "");
  }
  const Ended merged = moniac({"merge", folder.file("many.h5")});
  CHECK_FALSE(folder.has("many.h5.parts"));
  return {one, merged};
}

}  // namespace

TEST_CASE("merged shards list the failures of all of them") {
  const Folder folder;
  const Both both = run_both(folder, "  us.fragile: {share: 0.001}\n");
  CHECK(both.one.code == exit_ok);
  CHECK(both.merged.code == exit_ok);
  CHECK(holds(both.one.out, "failed paths: "));
  CHECK(both.merged.out == both.one.out);
  CHECK(bytes_of(folder.file("many.h5")) == bytes_of(folder.file("one.h5")));
}

TEST_CASE("too many failed paths in all shards together end the merge with 65") {
  const Folder folder;
  const Both both = run_both(folder, "  us.fragile: {share: 0.2}\n");
  CHECK(both.one.code == exit_bad_data);
  CHECK(both.merged.code == exit_bad_data);
  CHECK(holds(both.merged.err, "of 9,000 paths failed, more than ensemble.max_failed = 1 % allows"));
  CHECK_FALSE(folder.has("many.h5"));
  CHECK(bytes_of(folder.file("many.invalid.h5")) == bytes_of(folder.file("one.invalid.h5")));
}

TEST_CASE("an identity that does not hold in a shard ends the merge with 70") {
  const Folder folder;
  const Both both = run_both(folder, "  us.books: {error: 0.25 %}\n");
  CHECK(both.one.code == exit_bug);
  CHECK(both.merged.code == exit_bug);
  CHECK(holds(both.merged.err, "us.books.identity_residual = 0.25 %, of which 1e-09 is tolerated"));
  CHECK(holds(both.merged.err, "moniac rerun " + folder.file("many.invalid.h5") + " --path 0 --trace\n"));
  CHECK(bytes_of(folder.file("many.invalid.h5")) == bytes_of(folder.file("one.invalid.h5")));
}

TEST_CASE("failed cases and mistakes of a sweep are told by its merge") {
  const Folder folder;
  const std::string scenario =
      folder.write("s.yaml", scenario_with("  us.fragile: {}\n",
                                           "sweep: {design: grid, axes: {us.fragile.share: {values: "
                                           "[0, 0.5, 0.9]}}}\n"));
  const Ended one = moniac({"sweep", scenario, "-o", folder.file("one.h5")});
  for (const char* shard : {"1/2", "0/2"}) {
    CHECK(moniac({"sweep", scenario, "-q", "-o", folder.file("many.h5"), "--shard", shard}).code == exit_ok);
  }
  const Ended merged = moniac({"merge", folder.file("many.h5")});
  CHECK(one.code == exit_bad_data);
  CHECK(merged.code == exit_bad_data);
  CHECK(merged.out == one.out);
  CHECK(holds(merged.err, "3 cases of 2 shards; "));
  CHECK(holds(merged.err, "of 300 paths failed, more than ensemble.max_failed = 1 % allows"));
  CHECK(bytes_of(folder.file("many.invalid.h5")) == bytes_of(folder.file("one.invalid.h5")));
}

}  // namespace moniac::test
