// Rank 0 and its workers, as threads that pass messages in memory.
#include "sim/mpi/foreman.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "sim/mpi/worker.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

// The mail of all ranks.
class Post {
 public:
  explicit Post(int ranks) : boxes_(static_cast<std::size_t>(ranks)) {}

  int ranks() const { return static_cast<int>(boxes_.size()); }
  void put(int to, Message message) {
    const std::lock_guard lock(mutex_);
    boxes_[static_cast<std::size_t>(to)].push_back(std::move(message));
    changed_.notify_all();
  }
  std::optional<Message> take(int rank, const std::atomic<bool>& stop) {
    std::unique_lock lock(mutex_);
    std::deque<Message>& box = boxes_[static_cast<std::size_t>(rank)];
    changed_.wait(lock, [&] { return !box.empty() || stop || aborted_; });
    if (stop || aborted_) return {};
    Message message = std::move(box.front());
    box.pop_front();
    return message;
  }
  void abort(int code) {
    const std::lock_guard lock(mutex_);
    aborted_ = code;
    changed_.notify_all();
  }
  std::optional<int> aborted() const { return aborted_; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::deque<Message>> boxes_;
  std::optional<int> aborted_;
};

class RanksInMemory final : public Ranks {
 public:
  RanksInMemory(Post& post, int rank) : post_(post), rank_(rank) {}
  int rank() const override { return rank_; }
  int count() const override { return post_.ranks(); }
  void send(int to, const std::string& bytes) override { post_.put(to, {rank_, bytes}); }
  std::optional<Message> receive(const std::atomic<bool>& stop) override { return post_.take(rank_, stop); }
  void abort(int code) override { post_.abort(code); }

 private:
  Post& post_;
  int rank_;
};

const std::atomic<bool> never{false};

using WorkerRun = std::function<void(WorkerLine&, int rank)>;

// A part of a range says which it is.
void work(WorkerLine& line, int rank) {
  const std::optional<std::string> setup = line.begin("rank " + std::to_string(rank), rank);
  if (!setup) return;
  while (const std::optional<PathRange> range = line.next()) {
    line.send_part(*setup + " " + std::to_string(range->first) + " " + std::to_string(range->end));
  }
}

// Threads of ranks 1 … count - 1.
std::vector<std::jthread> start(Post& post, const WorkerRun& run) {
  std::vector<std::jthread> workers;
  for (int rank = 1; rank < post.ranks(); ++rank) {
    workers.emplace_back([&post, rank, run] {
      RanksInMemory ranks(post, rank);
      WorkerLine line(ranks, never);
      run(line, rank);
    });
  }
  return workers;
}

}  // namespace

TEST_CASE("Every range is handed out once and comes back, whatever the number of workers") {
  for (const int count : {2, 4, 9}) {
    CAPTURE(count);
    Post post(count);
    const auto workers = start(post, work);
    RanksInMemory ranks(post, 0);
    Foreman foreman(ranks);
    const std::vector<std::string> identities = foreman.roll_call();
    CHECK(identities[1] == "rank 1");
    CHECK(identities.back() == "rank " + std::to_string(count - 1));
    std::vector<bool> covered(1000);
    std::int64_t done = 0;
    const bool all = foreman.hand_out(
        {.setup = "paths", .todo = {{100, 400}, {500, 1000}}, .grain = 10},
        [&](std::string_view part) {
          REQUIRE(part.substr(0, 6) == "paths ");
          const std::string numbers(part.substr(6));
          const std::size_t first = std::stoul(numbers), end = std::stoul(numbers.substr(numbers.find(' ')));
          for (std::size_t i = first; i < end; ++i) {
            CHECK(!covered[i]);
            covered[i] = true;
          }
        },
        [&](std::int64_t so_far) { done = so_far; }, never);
    foreman.dismiss(0);
    CHECK(all);
    CHECK(done == 800);
    for (std::size_t i = 0; i < covered.size(); ++i) CHECK(covered[i] == (i >= 100 && (i < 400 || i >= 500)));
    CHECK(foreman.effort().workers == count - 1);
    CHECK(foreman.effort().grains == 80);
    CHECK(!post.aborted());
  }
}

TEST_CASE("Workers go home when there is no work") {
  Post post(3);
  const auto workers = start(post, work);
  RanksInMemory ranks(post, 0);
  Foreman foreman(ranks);
  foreman.roll_call();
  foreman.dismiss(65);
  CHECK(!post.aborted());  // the threads end, or this test does not
}

TEST_CASE("A worker that fails is named with its code, and the others are ended") {
  Post post(4);
  const auto workers = start(post, [](WorkerLine& line, int rank) {
    if (rank != 2) return work(line, rank);
    line.begin("rank 2", 1);
    line.next();
    line.fail(70);
  });
  RanksInMemory ranks(post, 0);
  Foreman foreman(ranks);
  foreman.roll_call();
  std::string said;
  int code = 0;
  try {
    foreman.hand_out(
        {.setup = "x", .todo = {{0, 100}}, .grain = 1}, [](std::string_view) {}, [](std::int64_t) {}, never);
  } catch (const RankFailed& error) {
    said = error.what();
    code = error.code();
  }
  foreman.dismiss(code);
  CHECK(said == "rank 2 failed with exit code 70");
  CHECK(code == 70);
  CHECK(post.aborted() == 70);
}

TEST_CASE("A signal ends the work before all is done") {
  Post post(3);
  const auto workers = start(post, work);
  RanksInMemory ranks(post, 0);
  Foreman foreman(ranks);
  foreman.roll_call();
  std::atomic<bool> stop{false};
  const bool all = foreman.hand_out(
      {.setup = "x", .todo = {{0, 1000000}}, .grain = 1}, [&](std::string_view) { stop = true; }, [](std::int64_t) {},
      stop);
  foreman.dismiss(75);
  CHECK(!all);
  CHECK(post.aborted() == 75);
}
