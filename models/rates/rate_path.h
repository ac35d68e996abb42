// A given path of the policy rate, and the steps in which it is followed.
#pragma once

#include <vector>

#include "sim/model/calendar.h"
#include "sim/model/variables.h"

namespace moniac {

/// The value of a series at each step in which it rules.
class RatePath {
 public:
  enum class Part { none, all, first, second };

  /// `first`: the path rules before the step that holds the switch date, or through the step that holds its last point
  /// when none is given. `second`: it rules from the step that holds the switch date, or that of its first point, on.
  RatePath(const Series& path, Part part, const std::vector<Date>& switch_date, const Calendar& time);

  bool active(int k) const { return k >= first_ && k <= last_; }
  /// The value in force at the end of step k; only where active(k).
  double at(int k) const { return values_[static_cast<std::size_t>(k)]; }

 private:
  int first_ = 0;
  int last_ = -1;
  std::vector<double> values_;
};

}  // namespace moniac
