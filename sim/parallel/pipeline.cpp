#include "sim/parallel/pipeline.h"

#include <sched.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace moniac {

namespace {

constexpr std::int64_t results_per_thread = 2;

class Pipeline {
 public:
  Pipeline(std::int64_t units, int threads, const UnitWork& work, const UnitMerge& merge)
      : units_(units), alive_(results_per_thread * threads), work_(work), merge_(merge) {}

  // What each thread does until no unit is left.
  void run() {
    std::unique_lock lock(mutex_);
    try {
      while (take(lock)) finish(next_++, lock);
    } catch (...) {
      if (!lock.owns_lock()) lock.lock();
      if (!failure_) failure_ = std::current_exception();
      changed_.notify_all();
    }
  }

  void rethrow_failure() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  using Lock = std::unique_lock<std::mutex>;

  // Waits for a unit that may begin; false when there is none.
  bool take(Lock& lock) {
    changed_.wait(lock, [this] { return failure_ || next_ == units_ || next_ < merged_ + alive_; });
    return !failure_ && next_ < units_;
  }

  void finish(std::int64_t unit, Lock& lock) {
    lock.unlock();
    std::unique_ptr<UnitResult> result = work_(unit);
    lock.lock();
    waiting_.emplace(unit, std::move(result));
    if (!merging_) merge_those_in_turn(lock);
  }

  // One thread merges at a time; a unit that finishes meanwhile is left to it.
  void merge_those_in_turn(Lock& lock) {
    merging_ = true;
    for (auto turn = waiting_.find(merged_); turn != waiting_.end() && !failure_; turn = waiting_.find(merged_)) {
      std::unique_ptr<UnitResult> result = std::move(turn->second);
      waiting_.erase(turn);
      lock.unlock();
      merge_(std::move(result));
      lock.lock();
      ++merged_;
      changed_.notify_all();
    }
    merging_ = false;
  }

  const std::int64_t units_;
  const std::int64_t alive_;
  const UnitWork& work_;
  const UnitMerge& merge_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::int64_t next_ = 0;
  std::int64_t merged_ = 0;
  bool merging_ = false;
  std::map<std::int64_t, std::unique_ptr<UnitResult>> waiting_;
  std::exception_ptr failure_;
};

}  // namespace

int available_threads() {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) != 0)
    return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  return CPU_COUNT(&cores);
}

void ordered_pipeline(std::int64_t units, int threads, const UnitWork& work, const UnitMerge& merge) {
  const int wanted = threads > 0 ? threads : available_threads();
  Pipeline pipeline(units, wanted, work, merge);
  {
    std::vector<std::jthread> others;
    for (int t = 1; t < std::min<std::int64_t>(wanted, units); ++t)
      others.emplace_back([&pipeline] { pipeline.run(); });
    pipeline.run();
  }
  pipeline.rethrow_failure();
}

void parallel_for(std::int64_t count, int threads, const std::function<void(std::int64_t)>& task) {
  const auto work = [&](std::int64_t i) -> std::unique_ptr<UnitResult> {
    task(i);
    return nullptr;
  };
  ordered_pipeline(count, threads, work, [](const std::unique_ptr<UnitResult>&) {});
}

}  // namespace moniac
