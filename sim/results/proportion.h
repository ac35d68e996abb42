// Probabilities, and differences of them, estimated from counts.
#pragma once

#include <cstdint>

namespace moniac {

struct Proportion {
  double probability;
  double se;   ///< sqrt(p (1 - p) / n)
  double low;  ///< Wilson (1927) 95 % interval
  double high;
};

/// `hits` of `trials`; NaN without trials.
Proportion proportion(std::int64_t hits, std::int64_t trials);

/// Of a share that is known with a standard error of any kind: Wilson's interval at as many trials as would have it.
/// Where the share is 0 or 1 there are `trials`.
Proportion proportion(double share, double se, double trials);

/// Paths by what happened on them in two runs, A and B.
struct PairedCounts {
  std::int64_t both = 0, only_a = 0, only_b = 0, neither = 0;

  std::int64_t paths() const { return both + only_a + only_b + neither; }
  void add(const PairedCounts& other);
  bool operator==(const PairedCounts&) const = default;
};

/// Of the probabilities, B less A.
struct ProportionDifference {
  double difference;
  double se;   ///< paired: sqrt((p_b + p_a - (p_b - p_a)^2) / n), p_a and p_b the shares of only_a and only_b
  double low;  ///< 95 % interval of Bonett & Price (2012), which does not shrink to a point when no path differs
  double high;
};

/// NaN without paths.
ProportionDifference proportion_difference(const PairedCounts& counts);

}  // namespace moniac
