// Which uncertain parameter drives a result: variance shares (Sobol) and elementary effects (Morris), with the noise of
// the Monte Carlo inside each case taken out.
//
// A case's response is a mean over simulated paths, y = f(x) + noise. The noise of cases that share their random
// numbers is correlated in an unknown way. Two disjoint halves of the paths have independent noise, so every product
// below takes one factor from each half: the expectation is then that of f alone, whatever the noise of the cases has
// in common.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/study/design.h"

namespace moniac {

/// A result of each case, in the order of the design. Not finite: the case failed.
struct Responses {
  std::span<const double> whole;        ///< mean over all paths of the case
  std::span<const double> first_half;   ///< mean over one half of the paths; empty when the response has no noise
  std::span<const double> second_half;  ///< mean over the other half; empty like the first
};

/// A number with its uncertainty over designs: standard deviation and 2.5 and 97.5 % points of the bootstrap. They are
/// those of independent rows; over Sobol points the scatter is smaller. NaN where there is nothing to estimate.
struct Estimate {
  double value;
  double standard_error;
  double low;
  double high;
};

struct BootstrapOptions {
  std::size_t replicates = 200;
  std::uint64_t seed = 0;
};

/// Shares of the variance of f that an axis explains (Sobol 1993, Homma & Saltelli 1996).
struct SobolAxis {
  Estimate first;  ///< V(E(f | x_i)) / V(f): alone
  Estimate total;  ///< E(V(f | all but x_i)) / V(f): alone and together with others
};

/// Nothing is clamped: an estimate of a share near 0 or 1 may lie beyond it.
struct SobolIndices {
  std::vector<SobolAxis> axes;
  Estimate interactions;  ///< 1 less the sum of the first-order shares
  Estimate variance;      ///< of f over the cases of A and B; 0 when it is no more than rounding
  Estimate noise_share;   ///< share of Monte-Carlo noise in the variance of `whole`; NaN without halves
  std::size_t points;     ///< rows of the base design that were used
  std::size_t left_out;   ///< rows of the base design with a failed case in one of the blocks
};

/// From the responses of saltelli_design(points, axes), with independent axes. With rows A, B, AB_i, halves 1 and 2,
/// all less the mean of their half over A and B (Saltelli et al. 2010, Jansen 1999):
///   V    = ½ mean[A¹A² + B¹B²]
///   V_i  = ½ mean[B¹ (AB_i² − A²) + B² (AB_i¹ − A¹)]
///   V_Ti = ½ mean[(A¹ − AB_i¹)(A² − AB_i²)]
/// Without halves `whole` is both. When V is not above zero all shares are NaN: the response is constant, or noise.
/// The bootstrap draws rows of the base design; it does not see noise that all cases have in common and that scales f.
SobolIndices sobol_indices(const Responses& responses, std::size_t points, std::size_t axes,
                           const BootstrapOptions& bootstrap = {});

/// The base points at which the widest 95 % interval of a first-order or total share is `half_width` to either side,
/// its width falling with the square root of the points. Nothing when there are no shares.
std::optional<std::size_t> points_for_half_width(const SobolIndices& indices, double half_width = 0.05);

/// Effects of an axis: (f after a step − f before) / length of the step in the unit cube (Morris 1991).
struct MorrisAxis {
  Estimate mu;       ///< mean: which way the response goes
  Estimate mu_star;  ///< mean size, whichever way (Campolongo, Cariboni & Saltelli 2007): importance
  Estimate sigma;    ///< standard deviation: not linear, or together with others
};

struct MorrisEffects {
  std::vector<MorrisAxis> axes;
  Estimate noise_share;      ///< as in SobolIndices, over all cases
  std::size_t trajectories;  ///< that were used
  std::size_t left_out;      ///< trajectories with a failed case
};

/// From the responses of morris_design: `unit_points` as it gave them, trajectory by trajectory. With halves, effects
/// d¹ and d² of the same step: mu = mean of ½(d¹ + d²), mu_star = mean of ½(sign(d¹) d² + sign(d²) d¹), which is zero
/// on average where there is only noise, as the mean of |d| is not, and below it where noise hides the direction; sigma
/// = root of the covariance of d¹ and d², zero where that is negative. Without halves these are the usual ones. The
/// bootstrap draws trajectories. Fewer than two trajectories: no standard errors and no sigma (NaN).
MorrisEffects morris_effects(const Responses& responses, const Points& unit_points, std::size_t trajectories,
                             const BootstrapOptions& bootstrap = {});

/// The shares in words, largest first, ± one standard error. `response` names the result ("us.y10 at 24 months"),
/// `axes` the parameters. Only says what the intervals support.
std::string sentence(const SobolIndices& indices, std::string_view response, std::span<const std::string> axes);

/// The effects in words, largest first, ± one standard error.
std::string sentence(const MorrisEffects& effects, std::string_view response, std::span<const std::string> axes);

}  // namespace moniac
