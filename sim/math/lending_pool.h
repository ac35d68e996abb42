// Scratch objects that are too large for the stack and too dear to make in every step.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "sim/math/pool.h"

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
    std::unique_ptr<T> object = pool_.take(make_);
    use(*object);
    pool_.give_back(std::move(object));
  }

 private:
  std::function<std::unique_ptr<T>()> make_;
  Pool<T> pool_;
};

}  // namespace moniac
