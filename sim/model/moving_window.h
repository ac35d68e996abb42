// The last n values of a variable.
#pragma once

#include <algorithm>
#include <cmath>

#include "sim/model/step.h"

namespace moniac {

/// Number of steps of `dt` years that a window of `years` holds, at least one.
inline int steps_in(double years, double dt) {
  return std::max(1, static_cast<int>(std::lround(years / dt)));
}

/// The last n values, the newest first, in states of the model that owns it.
class MovingWindow {
 public:
  explicit MovingWindow(States values) : values_(values) {}

  int size() const { return values_.size; }
  /// The i-th newest.
  State value(int i) const { return values_[i]; }

  template <class E>
  void fill(Start& s, const E& value) const {
    for (int i = 0; i < size(); ++i) s[values_[i]] = value;
  }
  template <class E>
  void push(Step& s, const E& value) const {
    for (int i = size() - 1; i > 0; --i) s[values_[i]] = s.last(values_[i - 1]);
    s[values_[0]] = value;
  }
  /// Writes the sum of the values, oldest added last, into `total`.
  void sum(const View& s, Column total) const {
    total = s[values_[0]];
    for (int i = 1; i < size(); ++i) total += s[values_[i]];
  }
  ConstColumn oldest(const View& s) const {
    const Column column = s[values_[size() - 1]];
    return {column.data(), column.size()};
  }

 private:
  States values_;
};

}  // namespace moniac
