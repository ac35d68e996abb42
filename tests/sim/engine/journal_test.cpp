// Runs that go on where an earlier attempt stopped, and recorded paths.
#include "sim/results/journal.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <map>

#include "sim/engine/ensemble.h"
#include "sim/results/shard.h"
#include "tests/sim/engine/test_models.h"
#include "tests/support/catch.h"

using namespace moniac;
using namespace moniac::test;

namespace {

// Keeps everything in memory, each unit on its own. Recorded paths are encoded as their values, [path][date][label].
class MemoryJournal final : public Journal {
 public:
  struct Entry {
    RangeSummary summary;
    std::vector<std::vector<double>> kept;  // by recorded variable
    std::vector<double> values;
  };
  std::map<std::int64_t, Entry> secured;  // by first path
  std::map<std::int64_t, Entry> added;

  std::vector<PathRange> finished() const override {
    std::vector<PathRange> ranges;
    for (const auto& [first, entry] : secured) ranges.push_back(entry.summary.range);
    return ranges;
  }
  FinishedRange load(const PathRange& range) const override {
    const Entry& entry = secured.at(range.first);
    return {entry.summary, entry.values};
  }
  std::string encode(const KeptValues& values) const override {
    std::string bytes;
    for (std::int64_t p = 0; p < values.paths; ++p) {
      for (std::int64_t d = 0; d < values.dates; ++d) {
        for (std::int64_t l = 0; l < values.labels; ++l) {
          const double* value = values.data + d * values.date_stride + l * values.label_stride + p;
          bytes.append(reinterpret_cast<const char*>(value), sizeof *value);
        }
      }
    }
    return bytes;
  }
  void add(const RangeSummary& unit, std::vector<std::string> kept, const ExactValues& values) override {
    Entry entry{unit, {}, {}};
    for (const std::string& bytes : kept) {
      std::vector<double>& numbers = entry.kept.emplace_back(bytes.size() / sizeof(double));
      std::memcpy(numbers.data(), bytes.data(), bytes.size());
    }
    for (std::size_t s = 0; values.data && s < unit.moments.size(); ++s) {
      const double* row = values.data + static_cast<std::int64_t>(s) * values.stride;
      entry.values.insert(entry.values.end(), row + unit.range.first, row + unit.range.end);
    }
    added[unit.range.first] = std::move(entry);
  }
  void flush(const ExactValues&) override { secured.merge(added); }
  void complete(const ExactValues&) override {}
};

const std::string scenario =
    "models: {us.autoregression: {persistence: 0.8}, us.holders: {}, us.fragile: {}, us.copier: {}}\n"
    "events: [{name: t, when: {us.x: {above: 1 %}, probability: 0.5}, add: {us.source: 1 %}, for: 2 months}]\n"
    "outcomes: {high: {first: {us.x: {above: 1 %}}}}\n"
    "ensemble: {paths: 9000, seed: 3, max_failed: 99 %}\n";

Plan plan_with(const std::string& record) {
  const std::string head = "moniac: 1\ntitle: test\ntime: {start: 2025-01-31, step: 1 month, steps: 12}\n";
  auto source = std::make_shared<SourceText>(
      SourceText{.name = "test.yaml", .text = head + scenario + "record: {" + record + "}\n"});
  return Plan::make(read_scenario(source), test_catalogue());
}

}  // namespace

TEST_CASE("a run that finds any units finished gives the results of one that finds none, to the bit") {
  for (const char* method : {"exact", "sketch"}) {
    const Plan plan =
        plan_with(std::string("variables: [us.x, us.copy], trigger_log: 5000, quantile_method: ") + method);
    const Results whole = run(plan).results;
    MemoryJournal complete;
    CHECK(run(plan, {.journal = &complete}).results == whole);
    REQUIRE(complete.added.size() == 5);  // 9,000 paths in units of 2,048
    for (unsigned mask = 0; mask < 32; ++mask) {
      INFO("finished units " << mask);
      MemoryJournal journal;
      for (unsigned u = 0; u < 5; ++u) {
        if (mask & (1U << u)) journal.secured[u * 2048] = complete.added.at(u * 2048);
      }
      REQUIRE(run(plan, {.threads = 2, .journal = &journal}).results == whole);
      REQUIRE(journal.added.size() == 5 - journal.secured.size());
    }
  }
}

TEST_CASE("shares of a run, simulated apart, are the run") {
  for (const char* method : {"exact", "sketch"}) {
    const Plan plan = plan_with(std::string("variables: [us.x, us.copy, us.holdings], quantile_method: ") + method);
    const Results whole = run(plan).results;
    for (const std::int64_t count : {1, 2, 3, 5}) {
      INFO(count << " shards");
      MemoryJournal all;
      for (std::int64_t i = count - 1; i >= 0; --i) {
        MemoryJournal one;
        run_share(plan, share_of_paths({i, count}, plan.paths), {.threads = 2, .journal = &one});
        all.secured.merge(one.added);
      }
      REQUIRE(all.secured.size() == 5);
      REQUIRE(run(plan, {.journal = &all}).results == whole);
      REQUIRE(all.added.empty());
    }
  }
}

TEST_CASE("shares are whole units, next to each other, all of them together, and of nearly one size") {
  for (const std::int64_t paths : {1, 2048, 2049, 9000, 1000000}) {
    for (const std::int64_t count : {1, 2, 7, 64}) {
      std::int64_t end = 0;
      for (std::int64_t i = 0; i < count; ++i) {
        const PathRange share = share_of_paths({i, count}, paths);
        REQUIRE(share.first == end);
        REQUIRE((share.end % 2048 == 0 || share.end == paths));
        const std::int64_t units = unit_count(share.end) - unit_count(share.first);
        REQUIRE((units == unit_count(paths) / count || units == unit_count(paths) / count + 1));
        end = share.end;
      }
      REQUIRE(end == paths);
    }
  }
}

TEST_CASE("exact values that an earlier run kept are counted where a longer one has a sketch") {
  const Plan exact = plan_with("variables: [us.x, us.copy], quantile_method: exact");
  const Plan sketched = plan_with("variables: [us.x, us.copy], quantile_method: sketch");
  MemoryJournal journal;
  run(exact, {.journal = &journal});
  MemoryJournal found;
  for (const std::int64_t first : {0, 4096}) found.secured[first] = journal.added.at(first);
  CHECK(run(sketched, {.journal = &found}).results == run(sketched).results);
}

TEST_CASE("an interrupted run secures what is done, and the next one goes on from there") {
  const Plan plan = plan_with("variables: [us.x], quantile_method: exact");
  MemoryJournal journal;
  std::atomic<bool> stop{false};
  Execution execution{.threads = 1, .journal = &journal, .stop = &stop};
  execution.progress = [&](std::int64_t paths_done) { stop = paths_done >= 4096; };
  CHECK_THROWS_AS(run(plan, execution), Interrupted);
  REQUIRE(journal.secured.size() >= 2);
  REQUIRE(journal.secured.size() < 5);
  stop = false;
  CHECK(run(plan, {.journal = &journal}).results == run(plan).results);
}

TEST_CASE("recorded paths are the first ones, hold what a replay of each gives, and NaN where a path failed") {
  for (const char* method : {"exact", "sketch"}) {
    const Plan plan = plan_with(
        std::string("variables: [us.x, us.level, \"us.holdings[japan]\"], paths: 3000, quantile_method: ") + method);
    MemoryJournal journal;
    const Results results = run(plan, {.journal = &journal}).results;
    CHECK(results.kept_paths == 3000);
    REQUIRE(journal.added.at(0).kept.size() == 3);
    REQUIRE(journal.added.at(0).kept[0].size() == 2048 * 13);
    REQUIRE(journal.added.at(2048).kept[0].size() == (3000 - 2048) * 13);
    REQUIRE(journal.added.at(4096).kept.empty());
    int failed = 0;
    for (std::int64_t path = 0; path < 3000; path += 7) {
      const MemoryJournal::Entry& entry = journal.added.at(path / 2048 * 2048);
      const auto replayed = replay(plan, path, best_kernels());
      for (std::size_t r = 0; r < 3; ++r) {
        const double* kept = entry.kept[r].data() + path % 2048 * 13;
        REQUIRE(std::memcmp(kept, replayed[r].data(), 13 * sizeof(double)) == 0);
      }
      const bool listed = std::any_of(results.failures.begin(), results.failures.end(),
                                      [&](const Failure& failure) { return failure.path == path; });
      REQUIRE(std::isnan(replayed[0][0]) == listed);
      failed += listed ? 1 : 0;
    }
    CHECK(failed > 0);
  }
}

TEST_CASE("the mean of the recorded paths is the recorded mean") {
  const Plan plan = plan_of("models: {us.autoregression: {}}\nrecord: {variables: [us.x], paths: all}\n", 2000);
  MemoryJournal journal;
  const Results results = run(plan, {.journal = &journal}).results;
  double sum = 0;
  for (std::size_t p = 0; p < 2000; ++p) sum += journal.added.at(0).kept[0][p * 13 + 12];
  CHECK(sum / 2000 == Approx(variable(results, "us.x").mean[12]).epsilon(1e-12));
}
