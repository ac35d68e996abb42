// Objects that are expensive to build, lent to whoever needs one next.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace moniac {

/// Its functions may be called from any thread.
template <class T>
class Pool {
 public:
  /// One that was given back, or what `make` returns.
  template <class Make>
  std::unique_ptr<T> take(const Make& make) {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        std::unique_ptr<T> object = std::move(free_.back());
        free_.pop_back();
        return object;
      }
    }
    return make();
  }
  void give_back(std::unique_ptr<T> object) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(object));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> free_;
};

}  // namespace moniac
