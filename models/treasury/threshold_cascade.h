// Who follows whom.
#pragma once

#include <vector>

#include "sim/model/step.h"

namespace moniac {

/// The threshold model of collective behaviour (Granovetter 1978; Watts 2002) with two sides. b_i is 1 for a buyer, -1
/// for a seller, 0 else; in one tick of the clock
///   b_i' = 1   if Σ_j w_j 1{b_j = 1} + signal >= θ_i,
///         -1   if Σ_j w_j 1{b_j = -1} - signal >= θ_i,
///   and b_i else: who has joined stays. Weights sum to 1 and count the holder's own.
struct ThresholdCascade {
  std::vector<double> weight;
  std::vector<double> threshold;

  int size() const { return static_cast<int>(weight.size()); }

  /// Weights are divided by their sum.
  static ThresholdCascade of(std::vector<double> weight, std::vector<double> threshold) {
    double sum = 0;
    for (const double w : weight) sum += w;
    for (double& w : weight) w /= sum;
    return {std::move(weight), std::move(threshold)};
  }

  /// `b` gives the column of a holder, read and written in place; `buyers` and `sellers` are room for the weights of
  /// both sides before the tick.
  template <class B, class Signal>
  void tick(const B& b, const Signal& signal, Column buyers, Column sellers) const {
    buyers = signal;
    sellers = -signal;
    for (int j = 0; j < size(); ++j) {
      buyers += weight[static_cast<std::size_t>(j)] * (b(j) == 1.0).template cast<double>();
      sellers += weight[static_cast<std::size_t>(j)] * (b(j) == -1.0).template cast<double>();
    }
    for (int i = 0; i < size(); ++i) {
      const double theta = threshold[static_cast<std::size_t>(i)] - rounding;
      const auto joins_sellers = (sellers >= theta).select(-1.0, b(i));
      b(i) = (buyers >= theta).select(1.0, joins_sellers);
    }
  }

  /// A threshold is met where weights miss it by rounding only.
  static constexpr double rounding = 1e-12;
};

}  // namespace moniac
