// Cascades of those who wait until enough others have moved: where they come to rest, among all or on a network.
#pragma once

#include <vector>

namespace moniac {

/// Thresholds θ ~ N(mean, spread²): who sees a share x of others move does too when x >= θ. spread >= 0.
struct Thresholds {
  double mean;
  double spread;

  /// F(x) = P(θ <= x).
  double moved_by(double x) const;
};

/// A share r = F(r) that reproduces itself.
struct RestingShare {
  double share;
  bool stable;  ///< F'(r) < 1; else a tipping point, from which the cascade runs on
};

/// All resting shares on 0 … 1, rising (Granovetter 1978): stable ones and tipping points in turn. From nobody, the
/// first is reached. spread > 0. Resting shares closer than 1/4096 to each other may be missed.
std::vector<RestingShare> resting_shares(const Thresholds& thresholds);

}  // namespace moniac
