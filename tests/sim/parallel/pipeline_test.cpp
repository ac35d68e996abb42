#include "sim/parallel/pipeline.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/support/catch.h"

using namespace moniac;

namespace {

struct Numbered final : UnitResult {
  explicit Numbered(std::int64_t n) : unit(n) {}
  std::int64_t unit;
};

std::unique_ptr<UnitResult> numbered(std::int64_t unit) {
  return std::make_unique<Numbered>(unit);
}

std::int64_t unit_of(const std::unique_ptr<UnitResult>& result) {
  return static_cast<const Numbered&>(*result).unit;
}

std::vector<std::int64_t> first_numbers(std::int64_t count) {
  std::vector<std::int64_t> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

}  // namespace

TEST_CASE("results are merged in order of the unit, whatever the number of threads") {
  for (const int threads : {1, 2, 7}) {
    for (const std::int64_t units : {0, 1, 5, 1000}) {
      std::vector<std::int64_t> merged;
      ordered_pipeline(units, threads, numbered, [&](const auto& result) { merged.push_back(unit_of(result)); });
      CHECK(merged == first_numbers(units));
    }
  }
}

TEST_CASE("a slow first unit holds back the merge but never more than two results a thread are alive") {
  constexpr int threads = 3;
  std::atomic<int> alive = 0, most = 0;
  std::atomic<bool> others_waited = false;
  const auto work = [&](std::int64_t unit) {
    const int now = ++alive;
    for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) continue;
    // The first unit ends when the others can begin no more of theirs.
    while (unit == 0 && alive < 2 * threads) std::this_thread::yield();
    if (unit == 0) others_waited = true;
    return numbered(unit);
  };
  ordered_pipeline(100, threads, work, [&](const auto&) { --alive; });
  CHECK(others_waited);
  CHECK(most == 2 * threads);
}

TEST_CASE("merges never overlap and see all that earlier ones wrote") {
  std::int64_t sum = 0;  // unguarded on purpose: ThreadSanitizer watches it
  ordered_pipeline(2000, 4, numbered, [&](const auto& result) { sum += unit_of(result); });
  CHECK(sum == 1999 * 2000 / 2);
}

TEST_CASE("the first exception of a unit or a merge ends the run and is rethrown") {
  for (const int threads : {1, 4}) {
    std::vector<std::int64_t> merged;
    const auto fails_at_10 = [](std::int64_t unit) {
      if (unit == 10) throw std::runtime_error("unit 10");
      return numbered(unit);
    };
    CHECK_THROWS_WITH(
        ordered_pipeline(1000, threads, fails_at_10, [&](const auto& result) { merged.push_back(unit_of(result)); }),
        "unit 10");
    CHECK(merged.size() <= 10);

    merged.clear();
    const auto merge_fails_at_10 = [&](const auto& result) {
      if (unit_of(result) == 10) throw std::runtime_error("merge 10");
      merged.push_back(unit_of(result));
    };
    CHECK_THROWS_WITH(ordered_pipeline(1000, threads, numbered, merge_fails_at_10), "merge 10");
    CHECK(merged == first_numbers(10));
  }
}

TEST_CASE("parallel_for does each task once") {
  std::vector<std::atomic<int>> done(500);
  parallel_for(500, 4, [&](std::int64_t i) { ++done[static_cast<std::size_t>(i)]; });
  CHECK(std::all_of(done.begin(), done.end(), [](const auto& times) { return times == 1; }));
}
