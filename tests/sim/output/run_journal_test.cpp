// What a run leaves in the folder of its parts, and what a later run makes of it.
#include "sim/output/run_journal.h"

#include <sys/wait.h>
#include <unistd.h>

#include "sim/output/results_file.h"
#include "tests/sim/output/temporary_folder.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

const std::string hash(64, 'a');
const std::string other_hash(64, 'b');
constexpr std::int64_t unit = 2048;

// A summary of one unit that differs from every other one.
RangeSummary summary_of(std::int64_t number) {
  const auto x = static_cast<double>(number);
  RangeSummary summary;
  summary.range = {number * unit, (number + 1) * unit};
  summary.moments.resize(2);
  for (std::int64_t cell = 0; cell < 32; ++cell) {
    summary.moments[0].append({{64, x, x + 1, x - 1, x + 2}, 0, number * 32 + cell});
    summary.moments[1].append({{64, -x, 2, -x - 1, 3}, 0, number * 32 + cell});
  }
  summary.counts = {1, 0, static_cast<std::uint32_t>(number)};
  summary.outcomes = {{.hits = number, .first_passage = {0, number}}};
  summary.triggers = {{.firings = 3 * number, .paths = number, .first_firing = {number, 0}}};
  summary.trigger_log = {{.path = number * unit + 5, .step = 1, .trigger = 0}};
  summary.residuals = {{.value = 1e-12 * x, .path = number * unit + 3, .step = 2}};
  summary.failures = {{.path = number * unit, .step = 1, .model = "us.fragile", .cause = "us.x is infinite"}};
  return summary;
}

std::vector<std::string> kept_of(std::int64_t number) {
  return {std::string(100, static_cast<char>('a' + number)), "second " + std::to_string(number)};
}

struct Seen {
  std::size_t recorded;
  std::int64_t first;
  std::string encoded;
  bool operator==(const Seen&) const = default;
};
std::vector<Seen> visited(const RunJournal& journal) {
  std::vector<Seen> all;
  journal.visit([&](std::size_t recorded, std::int64_t first, std::string_view encoded) {
    all.push_back({recorded, first, std::string(encoded)});
  });
  return all;
}

std::string only_part(const TemporaryFolder& folder) {
  std::string found;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "x.h5.parts")) found = entry.path();
  return found;
}

}  // namespace

TEST_CASE("What was flushed is there for the next attempt, joined and to the bit") {
  const TemporaryFolder folder;
  std::vector<double> values = {1, 2, 3};
  values.resize(static_cast<std::size_t>(2 * 4 * unit));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 0.1 * static_cast<double>(i);
  const ExactValues all{values.data(), 4 * unit};
  {
    RunJournal journal(folder / "x.h5", hash, {}, false);
    CHECK(journal.finished().empty());
    journal.add(summary_of(0), kept_of(0), all);
    journal.add(summary_of(1), kept_of(1), all);
    CHECK(journal.saved_paths() == 0);
    journal.flush(all);
    CHECK(journal.saved_paths() == 2 * unit);
  }
  RunJournal journal(folder / "x.h5", hash, {}, false);
  REQUIRE(journal.finished() == std::vector<PathRange>{{0, 2 * unit}});
  RangeSummary joined = summary_of(0);
  joined.append(summary_of(1));
  std::vector<double> read(values.size(), 0);
  CHECK(journal.load({0, 2 * unit}, {read.data(), 4 * unit}) == joined);
  for (std::size_t series = 0; series < 2; ++series) {
    for (std::size_t p = 0; p < static_cast<std::size_t>(4 * unit); ++p) {
      const std::size_t at = series * static_cast<std::size_t>(4 * unit) + p;
      REQUIRE(read[at] == (p < static_cast<std::size_t>(2 * unit) ? values[at] : 0));
    }
  }
}

TEST_CASE("Recorded paths come in order of path, whether they are in a part or still in memory") {
  const TemporaryFolder folder;
  {
    RunJournal journal(folder / "x.h5", hash, {}, false);
    journal.add(summary_of(0), kept_of(0), {});
    journal.flush({});
    journal.add(summary_of(3), kept_of(3), {});
    journal.flush({});
  }
  RunJournal journal(folder / "x.h5", hash, {}, false);
  CHECK(journal.finished() == std::vector<PathRange>{{0, unit}, {3 * unit, 4 * unit}});
  journal.add(summary_of(1), kept_of(1), {});
  journal.add(summary_of(2), kept_of(2), {});
  std::vector<Seen> expected;
  for (std::int64_t u = 0; u < 4; ++u) {
    for (std::size_t r = 0; r < 2; ++r) expected.push_back({r, u * unit, kept_of(u)[r]});
  }
  CHECK(visited(journal) == expected);
}

TEST_CASE("A run that ends without a flush leaves nothing") {
  const TemporaryFolder folder;
  {
    RunJournal journal(folder / "x.h5", hash, {}, false);
    journal.add(summary_of(0), {}, {});
  }
  CHECK(folder.names().empty());
}

TEST_CASE("Recorded paths of 32 MB are flushed without being asked") {
  const TemporaryFolder folder;
  RunJournal journal(folder / "x.h5", hash, {}, false);
  for (std::int64_t u = 0; u < 3; ++u) journal.add(summary_of(u), {std::string(std::size_t{12} << 20U, 'x')}, {});
  CHECK(journal.saved_paths() == 3 * unit);
}

TEST_CASE("Parts of another run are refused, and stay unless they are discarded") {
  const TemporaryFolder folder;
  {
    RunJournal journal(folder / "x.h5", hash, {}, false);
    journal.add(summary_of(0), {}, {});
    journal.flush({});
  }
  CHECK_THROWS_WITH(RunJournal(folder / "x.h5", other_hash, {}, false),
                    (folder / "x.h5.parts") +
                        " holds the parts of a run with another scenario, settings or version of "
                        "moniac");
  CHECK(RunJournal(folder / "x.h5", hash, {}, false).saved_paths() == unit);
  CHECK(RunJournal(folder / "x.h5", other_hash, {}, true).saved_paths() == 0);
  CHECK(folder.names().empty());
}

TEST_CASE("A part with any bit changed or its end missing is simulated again") {
  const TemporaryFolder folder;
  {
    RunJournal journal(folder / "x.h5", hash, {}, false);
    journal.add(summary_of(0), kept_of(0), {});
    journal.flush({});
  }
  const std::string name = only_part(folder);
  const std::string whole = bytes_of(name);
  for (std::size_t at = 80; at < whole.size(); at += 41) {  // behind the mark and the hash, which say whose it is
    INFO("byte " << at);
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 4);
    put(name, damaged);
    REQUIRE(RunJournal(folder / "x.h5", hash, {}, false).saved_paths() == 0);
    REQUIRE(folder.names().empty());
    std::filesystem::create_directory(folder / "x.h5.parts");
    put(name, whole.substr(0, at));
    REQUIRE(RunJournal(folder / "x.h5", hash, {}, false).saved_paths() == 0);
    std::filesystem::create_directory(folder / "x.h5.parts");
  }
}

TEST_CASE("What a crash left half written is cleared away") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "x.h5.parts");
  put(folder / "x.h5.parts/paths-0000000000000-0000000002048.part.tmp", "half");
  RunJournal(folder / "x.h5", hash, {}, false);
  CHECK(folder.names().empty());
}

TEST_CASE("Files of others in the folder are left alone") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "x.h5.parts");
  put(folder / "x.h5.parts/notes.txt", "mine");
  RunJournal(folder / "x.h5", hash, {}, true).discard();
  CHECK(bytes_of(folder / "x.h5.parts/notes.txt") == "mine");
}

TEST_CASE("Two runs do not write to one folder at a time") {
  const TemporaryFolder folder;
  const RunJournal journal(folder / "x.h5", hash, {}, false);
  CHECK_THROWS_WITH(RunJournal(folder / "x.h5", hash, {}, false),
                    "another run is writing into " + (folder / "x.h5.parts"));
}

TEST_CASE("A folder that cannot be made is an error with the cause") {
  const TemporaryFolder folder;
  put(folder / "file", "");
  CHECK_THROWS_WITH(RunJournal(folder / "file/x.h5", hash, {}, false),
                    "cannot write " + (folder / "file/x.h5.parts") + ": Not a directory");
}
