// Runs that go on where an earlier attempt stopped, and recorded paths.
#include "sim/results/journal.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <map>

#include "sim/engine/ensemble.h"
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
  RangeSummary load(const PathRange& range, const ExactValues& values) const override {
    const Entry& entry = secured.at(range.first);
    visit(entry.summary, values, [&](double& value, std::size_t i) { value = entry.values[i]; });
    return entry.summary;
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
    visit(unit, values, [&](double value, std::size_t) { entry.values.push_back(value); });
    added[unit.range.first] = std::move(entry);
  }
  void flush(const ExactValues&) override { secured.merge(added); }

 private:
  // f(value, index) for the exact values of a range.
  template <class F>
  static void visit(const RangeSummary& summary, const ExactValues& all, const F& f) {
    std::size_t index = 0;
    for (std::size_t s = 0; all.data && s < summary.moments.size(); ++s) {
      double* row = all.data + static_cast<std::int64_t>(s) * all.stride;
      for (std::int64_t p = summary.range.first; p < summary.range.end; ++p) f(row[p], index++);
    }
  }
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
