// Parts that come from other processes, in any order, against the journal of one process.
#include "sim/output/part_collector.h"

#include <algorithm>

#include "sim/output/part_stream.h"
#include "sim/output/run_journal.h"
#include "tests/sim/output/temporary_folder.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

const PartHashes hashes{std::string(64, 'a'), std::string(64, 's')};
constexpr std::int64_t unit = 2048;
constexpr std::int64_t paths = 6 * unit + 100;
const KeptPaths kept{.recorded = {.paths = 2 * unit, .single_precision = false}, .logged = 0};

RangeSummary summary_of(std::int64_t number) {
  RangeSummary summary;
  summary.range = {number * unit, std::min((number + 1) * unit, paths)};
  summary.moments.resize(2);
  for (std::int64_t cell = summary.range.first / 64; 64 * cell < summary.range.end; ++cell) {
    const auto x = static_cast<double>(cell);
    summary.moments[0].append({{64, x, x + 1, x - 1, x + 2}, 0, cell});
    summary.moments[1].append({{64, 1 / (1 + x), 2, 0, 3}, 0, cell});
  }
  summary.outcomes = {{.hits = number, .undefined = 0, .first_passage = {0, number}}};
  return summary;
}

std::vector<std::string> kept_of(std::int64_t number) {
  if (number >= 2) return {};
  return {"paths of unit " + std::to_string(number)};
}

class Values {
 public:
  Values() : values_(static_cast<std::size_t>(2 * paths)) {
    for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = 0.1 * static_cast<double>(i);
  }
  ExactValues all() { return {values_.data(), paths}; }

 private:
  std::vector<double> values_;
};

// What a worker sends of units first … last.
std::vector<std::string> sent(std::int64_t first, std::int64_t last, const ExactValues& values) {
  std::vector<std::string> parts;
  PartStream stream(kept, hashes, [&](std::string bytes) { parts.push_back(std::move(bytes)); });
  for (std::int64_t u = first; u <= last; ++u) stream.add(summary_of(u), kept_of(u), values);
  stream.complete(values);
  return parts;
}

JournalSetup setup_of(const TemporaryFolder& folder) {
  return {.place = {folder / "x.h5"}, .hashes = hashes, .kept = kept, .exact = true, .keep = true};
}

}  // namespace

TEST_CASE("Parts that arrive in any order are on the disk what one process would have written") {
  Values values;
  const TemporaryFolder alone, together;
  {
    RunJournal journal(setup_of(alone));
    for (std::int64_t u = 0; u < 7; ++u) journal.add(summary_of(u), kept_of(u), values.all());
    journal.complete(values.all());
  }
  {
    RunJournal journal(setup_of(together));
    PartCollector<Part> collector(journal.parts());
    for (const auto& [first, last] : {std::pair(5, 6), std::pair(0, 0), std::pair(3, 4), std::pair(1, 2)}) {
      for (const std::string& part : sent(first, last, values.all())) collector.add(part);
    }
    CHECK(journal.parts().total() == 0);
    collector.flush();
    CHECK(journal.parts().total() == paths);
  }
  const RunJournal expected(setup_of(alone)), found(setup_of(together));
  // Units with recorded paths, full units without, and the one that is not full.
  REQUIRE(expected.finished() == std::vector<PathRange>{{0, 2 * unit}, {2 * unit, 6 * unit}, {6 * unit, paths}});
  REQUIRE(found.finished() == expected.finished());
  for (const PathRange& range : expected.finished()) {
    const Part one = read_part(expected.parts().read(range)), other = read_part(found.parts().read(range));
    CHECK(other.summary == one.summary);
    CHECK(other.values == one.values);
    REQUIRE(other.kept.size() == one.kept.size());
    for (std::size_t u = 0; u < one.kept.size(); ++u) {
      CHECK(other.kept[u].first == one.kept[u].first);
      CHECK(other.kept[u].encoded == one.kept[u].encoded);
    }
  }
}

TEST_CASE("What lies between two parts keeps them apart until it is there") {
  Values values;
  const TemporaryFolder folder;
  RunJournal journal(setup_of(folder));
  PartCollector<Part> collector(journal.parts());
  for (const std::int64_t u : {2, 4}) collector.add(sent(u, u, values.all()).front());
  collector.flush();
  collector.add(sent(3, 3, values.all()).front());
  collector.flush();
  CHECK(journal.finished() == std::vector<PathRange>{{2 * unit, 3 * unit}, {3 * unit, 4 * unit}, {4 * unit, 5 * unit}});
}

TEST_CASE("Cases of a sweep are joined as well") {
  const auto part = [](std::int64_t first, std::int64_t end) {
    CasePart cases{.range = {first, end}, .cases = {}};
    for (std::int64_t c = first; c < end; ++c)
      cases.cases.push_back({.index = c, .results = {}, .first_half = {}, .second_half = {}});
    return part_bytes(cases, hashes);
  };
  const TemporaryFolder folder;
  RunParts parts({folder / "x.h5"}, "cases", hashes, false);
  PartCollector<CasePart> collector(parts);
  collector.add(part(4, 6));
  collector.add(part(1, 4));
  collector.flush();
  REQUIRE(parts.ranges() == std::vector<PathRange>{{1, 6}});
  CHECK(parts.read({1, 6}) == part(1, 6));
}

TEST_CASE("A part that was changed on its way, or is of another run, is not taken") {
  Values values;
  const TemporaryFolder folder;
  RunJournal journal(setup_of(folder));
  PartCollector<Part> collector(journal.parts());
  std::string bytes = sent(0, 0, values.all()).front();
  bytes[bytes.size() / 2] ^= 1;
  CHECK_THROWS_AS(collector.add(bytes), PartError);
  const PartHashes other{std::string(64, 'b'), std::string(64, 's')};
  PartStream stream(kept, other,
                    [&](const std::string& part) { CHECK_THROWS_AS(collector.add(part), std::logic_error); });
  stream.add(summary_of(0), kept_of(0), values.all());
  stream.complete(values.all());
  collector.flush();
  CHECK(journal.finished().empty());
}

TEST_CASE("A share of more than 32 MB leaves in several parts") {
  Values values;
  std::vector<std::string> parts;
  PartStream stream(kept, hashes, [&](std::string bytes) { parts.push_back(std::move(bytes)); });
  const std::vector<std::string> large = {std::string(std::size_t{20} << 20, 'x')};
  for (std::int64_t u = 0; u < 3; ++u) stream.add(summary_of(u), large, values.all());
  stream.complete(values.all());
  REQUIRE(parts.size() == 2);
  CHECK(read_part_label(parts[0]).range == PathRange{0, 2 * unit});
  CHECK(read_part_label(parts[1]).range == PathRange{2 * unit, 3 * unit});
}
