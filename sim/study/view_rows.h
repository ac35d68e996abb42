// A view as a row of the pooling. Internal to the study layer.
#pragma once

#include <string>
#include <vector>

#include "sim/results/results.h"
#include "sim/scenario/views.h"
#include "sim/study/entropy_pooling.h"

namespace moniac {

/// The values of one measure, or whether an outcome happened (0 or 1), on the paths that count.
using PathNumbers = std::vector<double>;

/// What a view says is this of x (and y), under weights; as a row it is linear in the weights once lower moments are
/// held.
struct StatedRow {
  enum class Moment { probability, mean, mean_inside, sd, correlation };
  Moment moment = Moment::probability;
  Relation relation = Relation::is;
  double level = 0;
  const PathNumbers* x = nullptr;       ///< of a probability the event
  const PathNumbers* y = nullptr;       ///< of a correlation
  const PathNumbers* inside = nullptr;  ///< of a mean inside: the bucket
  std::string name;                     ///< of the view; empty where a moment is held for one
  std::string text;                     ///< "mean of us.y10 on 2026-12-31"
  std::string unit;
  Place place;
  bool fixed = false;     ///< an inequality that is now an equation: another view needs the moment held
  double multiplier = 0;  ///< of the row in the last pooling

  bool held() const { return name.empty(); }
  /// Moments of stage 1 are of deviations from means, those of stage 2 of deviations in standard deviations.
  int stage() const;
  /// What the paths say under weights.
  double value(const std::vector<double>& weights) const;
  /// The row, with the lower moments that the weights give.
  ViewRow row(const std::vector<double>& weights) const;
  /// d level of the row / d level.
  double slope(const std::vector<double>& weights) const;
};

/// Σ w x, and the root of the weighted mean square of deviations from it.
double weighted_mean(const PathNumbers& x, const std::vector<double>& weights);
double weighted_sd(const PathNumbers& x, const std::vector<double>& weights);

}  // namespace moniac
