// What a run leaves in the folder of its parts, and what a later run makes of it.
#include "sim/output/run_journal.h"

#include <sys/wait.h>
#include <unistd.h>

#include "sim/output/results_file.h"
#include "tests/sim/output/temporary_folder.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

const PartHashes hashes{std::string(64, 'a'), std::string(64, 's')};
const PartHashes other_hashes{std::string(64, 'b'), std::string(64, 't')};
const PartHashes longer_hashes{std::string(64, 'c'), std::string(64, 's')};
constexpr std::int64_t unit = 2048;

JournalSetup setup_of(const TemporaryFolder& folder, const PartHashes& whose = hashes, bool restart = false) {
  JournalSetup setup{.place = {folder / "x.h5"}, .hashes = whose, .kept = {}};
  setup.kept.recorded.paths = 1000000;
  setup.kept.logged = 1000000;
  setup.restart = restart;
  return setup;
}

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
  summary.outcomes = {{.hits = number, .undefined = number + 1, .first_passage = {0, number}}};
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
    RunJournal journal(setup_of(folder));
    CHECK(journal.finished().empty());
    journal.add(summary_of(0), kept_of(0), all);
    journal.add(summary_of(1), kept_of(1), all);
    CHECK(journal.parts().total() == 0);
    journal.flush(all);
    CHECK(journal.parts().total() == 2 * unit);
  }
  RunJournal journal(setup_of(folder));
  REQUIRE(journal.finished() == std::vector<PathRange>{{0, 2 * unit}});
  RangeSummary joined = summary_of(0);
  joined.append(summary_of(1));
  const FinishedRange found = journal.load({0, 2 * unit});
  CHECK(found.summary == joined);
  REQUIRE(found.values.size() == static_cast<std::size_t>(2 * 2 * unit));
  for (std::size_t series = 0; series < 2; ++series) {
    for (std::size_t p = 0; p < static_cast<std::size_t>(2 * unit); ++p) {
      REQUIRE(found.values[series * static_cast<std::size_t>(2 * unit) + p] ==
              values[series * static_cast<std::size_t>(4 * unit) + p]);
    }
  }
}

TEST_CASE("Recorded paths come in order of path, whether they are in a part or still in memory") {
  const TemporaryFolder folder;
  {
    RunJournal journal(setup_of(folder));
    journal.add(summary_of(0), kept_of(0), {});
    journal.flush({});
    journal.add(summary_of(3), kept_of(3), {});
    journal.flush({});
  }
  RunJournal journal(setup_of(folder));
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
    RunJournal journal(setup_of(folder));
    journal.add(summary_of(0), {}, {});
  }
  CHECK(folder.names().empty());
}

TEST_CASE("Recorded paths of 32 MB are flushed without being asked") {
  const TemporaryFolder folder;
  RunJournal journal(setup_of(folder));
  for (std::int64_t u = 0; u < 3; ++u) journal.add(summary_of(u), {std::string(std::size_t{12} << 20U, 'x')}, {});
  CHECK(journal.parts().total() == 3 * unit);
}

TEST_CASE("Parts of another run are refused, and stay unless they are discarded") {
  const TemporaryFolder folder;
  {
    RunJournal journal(setup_of(folder));
    journal.add(summary_of(0), {}, {});
    journal.flush({});
  }
  CHECK_THROWS_WITH(RunJournal(setup_of(folder, other_hashes)),
                    (folder / "x.h5.parts") +
                        " holds the parts of a run with another scenario, settings or version of "
                        "moniac");
  CHECK(RunJournal(setup_of(folder)).parts().total() == unit);
  CHECK(RunJournal(setup_of(folder, other_hashes, true)).parts().total() == 0);
  CHECK(folder.names().empty());
}

TEST_CASE("A part with any bit changed or its end missing is simulated again") {
  const TemporaryFolder folder;
  {
    RunJournal journal(setup_of(folder));
    journal.add(summary_of(0), kept_of(0), {});
    journal.flush({});
  }
  const std::string name = only_part(folder);
  const std::string whole = bytes_of(name);
  for (std::size_t at = 144; at < whole.size(); at += 41) {  // behind the mark and the hashes, which say whose it is
    INFO("byte " << at);
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 4);
    put(name, damaged);
    REQUIRE(RunJournal(setup_of(folder)).parts().total() == 0);
    REQUIRE(folder.names().empty());
    std::filesystem::create_directory(folder / "x.h5.parts");
    put(name, whole.substr(0, at));
    REQUIRE(RunJournal(setup_of(folder)).parts().total() == 0);
    std::filesystem::create_directory(folder / "x.h5.parts");
  }
}

TEST_CASE("What a crash left half written is cleared away") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "x.h5.parts");
  put(folder / "x.h5.parts/paths-0000000000000-0000000002048.part.tmp", "half");
  RunJournal(setup_of(folder));
  CHECK(folder.names().empty());
}

TEST_CASE("Files of others in the folder are left alone") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "x.h5.parts");
  put(folder / "x.h5.parts/notes.txt", "mine");
  RunJournal(setup_of(folder, hashes, true)).parts().discard();
  CHECK(bytes_of(folder / "x.h5.parts/notes.txt") == "mine");
}

TEST_CASE("Two runs do not write to one folder at a time") {
  const TemporaryFolder folder;
  const RunJournal journal(setup_of(folder));
  CHECK_THROWS_WITH(RunJournal(setup_of(folder)), "another run is writing into " + (folder / "x.h5.parts"));
}

TEST_CASE("A folder that cannot be made is an error with the cause") {
  const TemporaryFolder folder;
  put(folder / "file", "");
  CHECK_THROWS_WITH(RunJournal({.place = {folder / "file/x.h5"}, .hashes = hashes, .kept = {}}),
                    "cannot write " + (folder / "file/x.h5.parts") + ": Not a directory");
}

namespace {

// The parts of a run of 4 units whose last is cut short, of which the first 3,000 paths are recorded.
void leave_short_run(const TemporaryFolder& folder, std::int64_t recorded = 3000, std::int64_t logged = 1000000) {
  JournalSetup setup = setup_of(folder);
  setup.kept.recorded.paths = recorded;
  setup.kept.logged = logged;
  setup.keep = true;
  RunJournal journal(setup);
  for (std::int64_t u = 0; u < 4; ++u) {
    RangeSummary summary = summary_of(u);
    if (u == 3) summary.range.end -= 100;
    journal.add(summary, u * unit < recorded ? kept_of(u) : std::vector<std::string>{}, {});
  }
  journal.complete({});
}

std::vector<PathRange> taken_over(const TemporaryFolder& folder, std::int64_t recorded, std::int64_t logged = 1000000,
                                  bool exact = false) {
  JournalSetup setup = setup_of(folder, longer_hashes);
  setup.kept.recorded.paths = recorded;
  setup.kept.logged = logged;
  setup.exact = exact;
  setup.extend = true;
  return RunJournal(setup).finished();
}

}  // namespace

TEST_CASE("A longer run takes over whole units, with what it keeps of their paths") {
  const TemporaryFolder folder;
  leave_short_run(folder);
  CHECK(std::filesystem::exists(folder / "x.h5.parts/paths-0000000006144-0000000008092.part"));
  const std::vector<PathRange> recorded = {{0, 2 * unit}}, others = {{2 * unit, 3 * unit}};
  const std::vector<PathRange> both = {recorded[0], others[0]};
  CHECK(taken_over(folder, 3000) == both);
  CHECK(taken_over(folder, 0) == both);                    // fewer recorded paths than before: none
  CHECK(taken_over(folder, 2000) == others);               // a unit would have to be cut
  CHECK(taken_over(folder, 3500) == others);               // more recorded paths
  CHECK(taken_over(folder, 5000).empty());                 // and of units of which none was
  CHECK(taken_over(folder, 3000, 0) == both);              // fewer firings listed
  CHECK(taken_over(folder, 3000, 1000000, true).empty());  // exact quantiles need values
  CHECK(folder.names().size() == 1);
}

TEST_CASE(
    "A longer run that lists more firings simulates their paths again, and one that lists fewer leaves them out") {
  const TemporaryFolder folder;
  leave_short_run(folder, 0, 2 * unit);
  CHECK(taken_over(folder, 0, unit).size() == 1);
  CHECK(taken_over(folder, 0, 3 * unit).empty());
  JournalSetup setup = setup_of(folder, longer_hashes);
  setup.kept = {.recorded = {}, .logged = unit + 6};  // firings are on path 5 of each unit
  setup.extend = true;
  CHECK(RunJournal(setup).load({0, 3 * unit}).summary.trigger_log.size() == 2);
}

TEST_CASE("Parts of a shorter run are refused without being asked for, and left when they were of no use") {
  const TemporaryFolder folder;
  leave_short_run(folder);
  CHECK_THROWS_WITH(
      RunJournal(setup_of(folder, longer_hashes)),
      (folder / "x.h5.parts") +
          " holds the parts of this run with another number of paths or other records, which --extend can "
          "take over");
  JournalSetup setup = setup_of(folder, longer_hashes);
  setup.kept.recorded.paths = 3000;
  setup.extend = setup.keep = true;
  {
    RunJournal journal(setup);
    CHECK(journal.parts().found_shorter_run());
    journal.add(summary_of(3), {}, {});
    journal.complete({});
  }
  RunJournal journal(setup);
  CHECK(journal.finished() == std::vector<PathRange>{{0, 2 * unit}, {2 * unit, 3 * unit}, {3 * unit, 4 * unit}});
  journal.parts().keep();
  CHECK_FALSE(std::filesystem::exists(folder / "x.h5.parts/paths-0000000006144-0000000008092.part"));
  journal.parts().discard();
  CHECK(std::filesystem::is_empty(folder / "x.h5.parts"));
}

TEST_CASE("A shard has a folder of its own, and a run that takes it over finds its parts in order") {
  const TemporaryFolder folder;
  for (const std::int64_t i : {1, 0}) {
    JournalSetup setup = setup_of(folder);
    setup.place.shard = Shard{i, 2};
    setup.keep = true;
    RunJournal journal(setup);
    journal.parts().write_record("what is known");
    journal.add(summary_of(i), kept_of(i), {});
    journal.complete({});
  }
  CHECK(shards_of(folder / "x.h5") == std::vector<Shard>{{0, 2}, {1, 2}});
  CHECK(record_in({folder / "x.h5", Shard{1, 2}}) == "what is known");
  {
    RunJournal journal(setup_of(folder));
    for (const std::int64_t i : {1, 0}) {
      auto shard = std::make_unique<PartsFolder>(PartsPlace{folder / "x.h5", Shard{i, 2}}, "paths");
      const PartsStock stock = shard->stock();
      journal.parts().take_over(std::move(shard), stock);
    }
    CHECK(journal.finished() == std::vector<PathRange>{{0, unit}, {unit, 2 * unit}});
    CHECK(journal.load({unit, 2 * unit}).summary == summary_of(1));
    std::vector<Seen> expected;
    for (std::int64_t u = 0; u < 2; ++u) {
      for (std::size_t r = 0; r < 2; ++r) expected.push_back({r, u * unit, kept_of(u)[r]});
    }
    CHECK(visited(journal) == expected);
    journal.parts().discard();
  }
  CHECK(folder.names().empty());
}

TEST_CASE("A shard that ends before it has done anything leaves nothing") {
  const TemporaryFolder folder;
  {
    JournalSetup setup = setup_of(folder);
    setup.place.shard = Shard{0, 2};
    RunJournal(setup).parts().write_record("what is known");
  }
  CHECK(folder.names().empty());
}

TEST_CASE("Folders of shards are known by one spelling of their names") {
  const TemporaryFolder folder;
  for (const char* name : {"shard-3-of-7", "shard-0-of-12", "shard-03-of-7", "shard-7-of-7", "shard-1-of-2x",
                           "shard-a-of-b", "shard--1-of-2"}) {
    std::filesystem::create_directories(folder / "x.h5.parts/" + name);
  }
  put(folder / "x.h5.parts/shard-1-of-2", "");
  CHECK(shards_of(folder / "x.h5") == std::vector<Shard>{{3, 7}, {0, 12}});
}
