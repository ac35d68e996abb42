// How good a forecast was, once what it was about is known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace moniac {

/// Continuous ranked probability score of an ensemble, in the unit of the variable; lower is better, and of a single
/// number it is the distance. `values` in ascending order, not empty. Gneiting & Raftery (2007), eq. 21, with the
/// second sum from the order of the values:
///   mean |x - y| - Σ_i (2i - n - 1) x_(i) / d,  d = n².
double crps(std::span<const double> values, double observed);
/// The same with d = n (n - 1): unbiased for the score of the distribution that the ensemble is drawn from (Ferro,
/// 2014). Needs two values.
double fair_crps(std::span<const double> values, double observed);

/// The CRPS of the normal law around a number at `distance` from the observed one, with standard deviation `sd`; with 0
/// the distance itself. Gneiting & Raftery (2007), eq. 5: sd [z (2 Φ(z) - 1) + 2 φ(z) - 1/√π] with z = distance / sd.
double normal_crps(double distance, double sd);

/// Probability integral transform: the share of the values below the observed one, and `uniform` times the share of
/// those that equal it. Uniform on (0, 1) where forecasts are right (Czado, Gneiting & Held 2009). `values` ascending.
double probability_transform(std::span<const double> values, double observed, double uniform);

/// An interval between two quantiles, in percent: {5, 95} is the central 90 %.
struct CentralInterval {
  double low, high;  ///< its ends, in the unit of the variable
  double outside;    ///< probability outside of it: 0.1
};

/// Weighted interval score of a median and K central intervals (Bracher et al. 2021), which tends to the CRPS as
/// intervals get dense: (|y - m| / 2 + Σ_k α_k/2 [(u - l) + 2/α (l - y)⁺ + 2/α (y - u)⁺]) / (K + 1/2).
double weighted_interval_score(double median, std::span<const CentralInterval> intervals, double observed);

/// (p - o)² of a yes/no question (Brier 1950).
double brier_score(double probability, bool happened);

/// -ln of the probability given to what came, which counts as 1 / (2n) at least with n paths.
double log_score(double probability_of_what_came, std::int64_t paths);

/// CRPS of a waiting time that is watched for `watched` steps, in steps; what comes later, or never, counts as at their
/// end: Σ_{k < watched} (P_k - 1{observed <= k})², P_k the share of `paths` on which it has come by step k. `first`:
/// the paths on which it comes first at step 0, 1, …; `observed`: the step in which it came.
double waiting_time_crps(std::span<const std::int64_t> first, std::int64_t paths, std::size_t watched,
                         std::size_t observed);

/// Ranked probability score of ordered buckets, Σ_k (P_k - O_k)² of the cumulated probabilities (Epstein 1969).
double ranked_probability_score(std::span<const double> probabilities, std::size_t observed);

}  // namespace moniac
