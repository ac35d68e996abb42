#include "sim/parallel/pipeline.h"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <map>
#include <mutex>

namespace moniac {

int available_threads() {
  return tbb::info::default_concurrency();
}

namespace {

// Runs f in an arena of `threads` workers.
template <class F>
void with_threads(int threads, const F& f) {
  const int wanted = threads > 0 ? threads : available_threads();
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(wanted));
  tbb::task_arena arena(wanted);
  arena.execute(f);
}

// Results waiting for their turn. The stages hand over through this mutex rather than through the pipeline's own
// synchronisation, which ThreadSanitizer cannot see.
class Waiting {
 public:
  void put(std::int64_t unit, std::unique_ptr<UnitResult> result) {
    const std::lock_guard lock(mutex_);
    results_.emplace(unit, std::move(result));
  }
  std::unique_ptr<UnitResult> take(std::int64_t unit) {
    const std::lock_guard lock(mutex_);
    return std::move(results_.extract(unit).mapped());
  }

 private:
  std::mutex mutex_;
  std::map<std::int64_t, std::unique_ptr<UnitResult>> results_;
};

}  // namespace

void ordered_pipeline(std::int64_t units, int threads,
                      const std::function<std::unique_ptr<UnitResult>(std::int64_t)>& work,
                      const std::function<void(std::unique_ptr<UnitResult>)>& merge) {
  with_threads(threads, [&] {
    const int tokens = 2 * tbb::this_task_arena::max_concurrency();
    std::int64_t next = 0;
    Waiting waiting;
    // Never contended: they show ThreadSanitizer that one call of a serial filter comes after the other.
    std::mutex taking, merging;
    const auto take_unit = tbb::make_filter<void, std::int64_t>(tbb::filter_mode::serial_in_order,
                                                                [&](tbb::flow_control& control) -> std::int64_t {
                                                                  const std::lock_guard lock(taking);
                                                                  if (next == units) control.stop();
                                                                  return next++;
                                                                });
    const auto simulate =
        tbb::make_filter<std::int64_t, std::int64_t>(tbb::filter_mode::parallel, [&](std::int64_t unit) {
          waiting.put(unit, work(unit));
          return unit;
        });
    const auto merge_in_order =
        tbb::make_filter<std::int64_t, void>(tbb::filter_mode::serial_in_order, [&](std::int64_t unit) {
          const std::lock_guard lock(merging);
          merge(waiting.take(unit));
        });
    tbb::parallel_pipeline(static_cast<std::size_t>(tokens), take_unit & simulate & merge_in_order);
    const std::scoped_lock all_done(taking, merging);
  });
}

// Through the pipeline, because ThreadSanitizer sees races within TBB's own parallel_for.
void parallel_for(std::int64_t count, int threads, const std::function<void(std::int64_t)>& task) {
  const auto work = [&](std::int64_t i) -> std::unique_ptr<UnitResult> {
    task(i);
    return nullptr;
  };
  ordered_pipeline(count, threads, work, [](const std::unique_ptr<UnitResult>&) {});
}

}  // namespace moniac
