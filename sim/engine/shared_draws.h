// Random numbers that the cases of a sweep have in common, computed once.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "sim/engine/plan.h"
#include "sim/math/kernels.h"

namespace moniac {

/// Fills `column` with a draw in `step`, for `lanes` paths from `first` on, a multiple of 16.
void draw_column(const Draw& draw, const Kernels& kernels, int step, std::int64_t first, double* column,
                 std::size_t lanes);

/// Every draw of a plan: all its paths, all its steps. A draw depends on seed, stream, path and step only, so plans
/// with the same streams share it.
class SharedDraws {
 public:
  /// Bytes that it takes for a plan.
  static std::size_t bytes(const Plan& plan);

  SharedDraws(const Plan& plan, const Kernels& kernels);

  /// The draws of a world without shocks, for the first cell of paths: normal ones are 0, uniform ones ½.
  static SharedDraws still(const Plan& plan);

  /// Whether the draws of `plan` are these.
  bool serves(const Plan& plan) const;

  /// Draw `draw` of the plan in `step` (1 …), for paths from `first` on.
  const double* column(std::size_t draw, int step, std::int64_t first) const {
    return values_.data() + ((static_cast<std::size_t>(step) - 1) * draws_.size() + draw) * lanes_ +
           static_cast<std::size_t>(first);
  }

 private:
  SharedDraws(const Plan& plan, std::size_t lanes);

  std::vector<Draw> draws_;
  int steps_;
  std::size_t lanes_;      ///< paths, rounded up to whole cells
  Eigen::ArrayXd values_;  ///< [step][draw][lane]; aligned, as the kernels need it
};

}  // namespace moniac
