// Jumps of the log of an exchange rate within a step.
#pragma once

#include <cmath>
#include <vector>

#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/step.h"

namespace moniac {

/// The number of events of a Poisson process in a step, by inversion of one uniform.
class PoissonCount {
 public:
  /// `expected` events in the step.
  explicit PoissonCount(double expected) {
    double term = exp(-expected), sum = term;
    for (int n = 1; expected > 0 && at_most_.size() < 1000; ++n) {
      at_most_.push_back(sum);
      if (1 - sum < 1e-16 && n > expected) break;
      term *= expected / n;
      sum += term;
    }
  }

  template <class U>
  ScratchColumn of(const U& uniform) const {
    auto count = scratch_column();
    count = 0;
    for (const double probability : at_most_) {
      if (!(uniform > probability).any()) break;
      count += (uniform > probability).template cast<double>();
    }
    return {count.data(), count.size()};
  }

 private:
  std::vector<double> at_most_;  // P(N <= n)
};

/// Sizes that are normal (Merton 1976).
struct MertonJumps {
  double mean;
  double deviation;

  double mean_factor() const { return expm1(mean + deviation * deviation / 2); }  ///< E e^J - 1
  double second_moment() const { return mean * mean + deviation * deviation; }
  /// The sum of `count` of them, exact with one normal.
  template <class Z>
  ScratchColumn sum(const ScratchColumn& count, const Z& z) const {
    return named(count * mean + count.sqrt() * deviation * z);
  }
};

/// Sizes whose two sides are exponential (Kou 2002): up with probability `up` and rate `up_decay` > 1, else down with
/// rate `down_decay`.
struct KouJumps {
  static constexpr int most = 8;  ///< in a step: more have a probability of 1e-6 where one is expected

  double up;
  double up_decay;
  double down_decay;

  double mean() const { return up / up_decay - (1 - up) / down_decay; }
  double mean_factor() const { return up * up_decay / (up_decay - 1) + (1 - up) * down_decay / (down_decay + 1) - 1; }
  double second_moment() const { return 2 * (up / (up_decay * up_decay) + (1 - up) / (down_decay * down_decay)); }
  ScratchColumn sum(const Step& s, const ScratchColumn& count, const Shocks& uniforms) const {
    auto total = scratch_column();
    total = 0;
    for (int n = 0; n < most && (count > n).any(); ++n) {
      const auto u = s[uniforms[n]];
      // The smaller of both logarithms is that of the side on which u fell.
      const auto log_up = log((u / std::max(up, 1e-300)).min(1.0));
      const auto log_down = log(((1 - u) / std::max(1 - up, 1e-300)).min(1.0));
      total += (count > n).select(log_down / down_decay - log_up / up_decay, 0.0);
    }
    return {total.data(), total.size()};
  }
};

}  // namespace moniac
