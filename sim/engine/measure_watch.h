// What conditions test besides variables: changes, ratios, means, drawdowns, values at a date.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "sim/engine/plan.h"

namespace moniac {

/// Columns of one time level, side by side.
struct LevelColumns {
  double* first = nullptr;
  std::size_t stride = 0;
  double* operator[](int column) const { return first + static_cast<std::size_t>(column) * stride; }
};

/// The measures of a plan on the paths of a block, with what they remember of the steps before.
class MeasureWatch {
 public:
  MeasureWatch(const Plan& plan, std::size_t lanes);
  static std::size_t bytes_per_lane(const Plan& plan);

  /// Fills the columns of the measures in `now` at the end of `step`, which follows the one before; step 0 begins anew.
  /// Windows reach back to the start at most. What has no value is NaN.
  void update(int step, std::size_t lanes, const LevelColumns& now, const LevelColumns& last);

 private:
  /// The last steps of a column, in a ring.
  struct History {
    int column;
    int steps;
    Eigen::ArrayXd values;  ///< [step modulo steps][lane]
  };

  History& history_of(int column);
  double* past(History& history, int step) const;
  const double* reference(std::size_t measure, int step, const LevelColumns& now);
  void keep(std::size_t measure, int step, const double* values);
  void keep_largest(std::size_t measure, int step, const double* values);
  void take_mean(std::size_t measure, int step, double* mean);

  const Plan& plan_;
  std::size_t capacity_;
  std::size_t lanes_ = 0;
  std::vector<History> histories_;
  std::vector<Eigen::ArrayXd> kept_;  ///< by measure: its value at the step it is compared with, or its largest so far
};

}  // namespace moniac
