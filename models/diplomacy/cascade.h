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

/// All resting shares on 0 … 1, rising, where everybody watches all (Granovetter 1978): stable ones and tipping points
/// in turn. From nobody, the first is reached. Those closer than 1/4096 to each other may be missed.
std::vector<RestingShare> resting_shares(const Thresholds& thresholds);

/// Where a cascade comes to rest on a large random network.
struct NetworkCascade {
  double moved;      ///< share that has moved in the end
  double neighbour;  ///< probability that an acquaintance has, seen from one who has not
  double spread;     ///< mean number that one mover moves next, at first; above 1 a single one can set off a cascade
};

/// Everybody watches the share m/k of k acquaintances, k Poisson with mean `acquaintances` z, 0 < z <= 100; a random
/// share `seed` has moved beforehand. With p_k = P(k), q from its seed upwards and ρ (Gleeson and Cahalane 2007),
///
///   q = r0 + (1 - r0) Σ_k (k p_k/z) Σ_m Bin(k - 1, m; q) F(m/k),    ρ = r0 + (1 - r0) Σ_k p_k Σ_m Bin(k, m; q) F(m/k)
///
/// and the spread Σ_k k (k - 1) F(1/k) p_k/z (Watts 2002), which says nothing about seeds of some size. F(0/0) = F(0).
NetworkCascade network_cascade(const Thresholds& thresholds, double acquaintances, double seed);

}  // namespace moniac
