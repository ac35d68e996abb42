// Who follows whom.
#pragma once

#include <vector>

#include "sim/math/columns.h"
#include "sim/model/step.h"

namespace moniac {

/// The threshold model of collective behaviour (Granovetter 1978; Watts 2002) with two sides. b_i is 1 for a buyer, -1
/// for a seller, 0 else; in one tick of the clock
///   b_i' = 1   if Σ_j w_ij 1{b_j = 1} + signal >= θ_i,
///         -1   if Σ_j w_ij 1{b_j = -1} - signal >= θ_i,
///   and b_i else: who has joined stays. The holder's own weight counts.
/// With a temperature τ > 0 a holder joins by chance, with probability logistic((Σ_j w_ij 1{b_j = ±1} ± signal -
/// θ_i)/τ) on either side.
struct ThresholdCascade {
  std::vector<std::vector<double>> weight;  ///< row looks at column
  std::vector<double> threshold;
  double temperature = 0;

  int size() const { return static_cast<int>(threshold.size()); }

  /// Common weights, the same in the eyes of each; they are divided by their sum. A matrix is used as given.
  static ThresholdCascade of(std::vector<double> weight, std::vector<double> threshold) {
    double sum = 0;
    for (const double w : weight) sum += w;
    for (double& w : weight) w /= sum;
    return {std::vector<std::vector<double>>(threshold.size(), weight), std::move(threshold)};
  }

  /// `b` gives the column of a holder, read and written in place; `before` gives room for a holder's b of before the
  /// tick, `pull` is room for what draws to one side.
  template <class B, class Before, class Signal>
  void tick(const B& b, const Before& before, const Signal& signal, Column pull) const {
    for (int j = 0; j < size(); ++j) before(j) = b(j);
    for (int i = 0; i < size(); ++i) {
      const double theta = threshold[static_cast<std::size_t>(i)] - rounding;
      draw_to(-1, i, before, signal, pull);
      b(i) = (pull >= theta).select(-1.0, b(i));
      draw_to(1, i, before, signal, pull);
      b(i) = (pull >= theta).select(1.0, b(i));
    }
  }

  /// The same with a temperature. `uniform(i)` decides for holder i: low buys, high sells.
  template <class B, class Before, class Signal, class Uniform>
  void tick_by_chance(const B& b, const Before& before, const Signal& signal, Column pull,
                      const Uniform& uniform) const {
    for (int j = 0; j < size(); ++j) before(j) = b(j);
    for (int i = 0; i < size(); ++i) {
      draw_to(-1, i, before, signal, pull);
      pull = chance(i, pull);
      b(i) = (1 - uniform(i) < pull).select(-1.0, b(i));
      draw_to(1, i, before, signal, pull);
      pull = chance(i, pull);
      b(i) = (uniform(i) < pull).select(1.0, b(i));
    }
  }

  /// A threshold is met where weights miss it by rounding only.
  static constexpr double rounding = 1e-12;

 private:
  // Weight of those on one side in the eyes of i, and the signal to it.
  template <class Before, class Signal>
  void draw_to(double side, int i, const Before& before, const Signal& signal, Column pull) const {
    const std::vector<double>& seen = weight[static_cast<std::size_t>(i)];
    pull = side * signal;
    for (int j = 0; j < size(); ++j)
      pull += seen[static_cast<std::size_t>(j)] * (before(j) == side).template cast<double>();
  }

  ScratchColumn chance(int i, Column pull) const {
    const double theta = threshold[static_cast<std::size_t>(i)];
    return named(1 / (1 + exp((theta - pull) / temperature)));
  }
};

}  // namespace moniac
