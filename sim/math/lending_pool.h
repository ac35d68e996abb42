// Scratch objects that are too large for the stack and too dear to make in every step.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace moniac {

/// Lends objects to as many threads as ask at once, one to each. What an object holds from an earlier loan must change
/// no number, or results would depend on the order of blocks.
template <class T>
class LendingPool {
 public:
  explicit LendingPool(std::function<std::unique_ptr<T>()> make) : make_(std::move(make)) {}

  /// Calls `use(T&)`. Makes an object where none is free, so at most one per thread in a run.
  template <class Use>
  void lend(Use use) {
    std::unique_ptr<T> object = take();
    use(*object);
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(object));
  }

 private:
  std::unique_ptr<T> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        std::unique_ptr<T> object = std::move(free_.back());
        free_.pop_back();
        return object;
      }
    }
    return make_();
  }

  std::function<std::unique_ptr<T>()> make_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> free_;
};

}  // namespace moniac
