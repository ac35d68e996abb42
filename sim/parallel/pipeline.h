// Units of work on threads, results in order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace moniac {

/// What a unit of work leaves behind; the pipeline hands it from `work` to `merge`.
class UnitResult {
 public:
  virtual ~UnitResult() = default;
};

/// Does a unit of work; called from any thread.
using UnitWork = std::function<std::unique_ptr<UnitResult>(std::int64_t unit)>;
/// Takes the result of a unit; called from any thread, but one call at a time.
using UnitMerge = std::function<void(std::unique_ptr<UnitResult>)>;

/// Runs work(0) … work(units - 1) on `threads` threads (0: one per core) and calls merge for each result in order of
/// the unit. At most 2 x threads results are alive. The first exception of either ends the run and is rethrown.
void ordered_pipeline(std::int64_t units, int threads, const UnitWork& work, const UnitMerge& merge);

/// Runs task(0) … task(count - 1) in any order on `threads` threads.
void parallel_for(std::int64_t count, int threads, const std::function<void(std::int64_t)>& task);

/// Threads that "one per core" means here: the cores this process may use.
int available_threads();

}  // namespace moniac
