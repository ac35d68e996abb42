// What is handed out, and how much at once.
#include "sim/mpi/shares.h"

#include <algorithm>

#include "tests/support/catch.h"

using namespace moniac;

TEST_CASE("What is left lies between the finished ranges") {
  using Ranges = std::vector<PathRange>;
  CHECK(left_of({0, 100}, {}) == Ranges{{0, 100}});
  CHECK(left_of({0, 100}, {{0, 100}}).empty());
  CHECK(left_of({0, 100}, {{0, 10}, {30, 40}}) == Ranges{{10, 30}, {40, 100}});
  CHECK(left_of({50, 100}, {{60, 100}}) == Ranges{{50, 60}});
}

TEST_CASE("Shares are everything once, in order, cut at multiples of the grain") {
  const std::vector<PathRange> todo = {{2048, 8192}, {20480, 30000}};
  Shares shares(todo, 2048);
  CHECK(shares.left() == 3 + 5);
  std::vector<PathRange> handed;
  for (PathRange share = shares.next(2); share.paths() > 0; share = shares.next(2)) handed.push_back(share);
  CHECK(handed == std::vector<PathRange>{{2048, 6144}, {6144, 8192}, {20480, 24576}, {24576, 28672}, {28672, 30000}});
  CHECK(shares.left() == 0);
}

TEST_CASE("A share is half a second of work, and towards the end a quarter of what each worker could still get") {
  CHECK(fair_share(100000, {.workers = 10, .threads = 1, .rate = 200, .answer_seconds = 0}) == 100);
  CHECK(fair_share(400, {.workers = 10, .threads = 1, .rate = 200, .answer_seconds = 0}) == 10);
  CHECK(fair_share(100000, {.workers = 1000, .threads = 1, .rate = 200, .answer_seconds = 0}) == 25);
}

TEST_CASE("Every thread of a worker has something to do, even when its speed is not known") {
  CHECK(fair_share(100000, {.workers = 3, .threads = 8, .rate = 0, .answer_seconds = 0.1}) == 8);
  CHECK(fair_share(2, {.workers = 3, .threads = 8, .rate = 1000, .answer_seconds = 0}) == 8);
}

TEST_CASE("Rank 0 with many workers is at work for a quarter of the time, and at the end for all of it at most") {
  // Each answer takes it 2 ms, those of all workers 2 s.
  const Pace pace{.workers = 1000, .threads = 1, .rate = 100, .answer_seconds = 0.002};
  CHECK(fair_share(100000000, pace) == 8 * 100);
  CHECK(fair_share(1000, pace) == 2 * 100);
}
