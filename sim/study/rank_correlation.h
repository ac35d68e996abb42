// Uncertain parameters that go together.
#pragma once

#include "sim/math/exact.h"
#include "sim/study/design.h"

namespace moniac {

/// The points with the values of each axis reordered so that Spearman's rank correlations are those of `target`, to
/// 0.01 or better with 4096 points (0.001 as a rule; 0.02 where `target` is singular). After Iman & Conover
/// (1982, Communications in Statistics 11): normal scores in random order, an exact linear map to the Pearson
/// correlations 2 sin(π ρ / 6) of normals with Spearman's ρ, and the values of each axis put in the order of its
/// scores; then again, aiming beyond what was missed. The rows change, so this is for designs of exchangeable rows
/// (Latin hypercube, Sobol points): it destroys the blocks of Saltelli's and Morris' designs. `target` is symmetric
/// with ones in the diagonal; one that is no correlation matrix is replaced by the nearest. More points than axes.
/// quantile() keeps ranks: call it afterwards.
Points with_rank_correlation(Points points, const ExactMatrix& target, std::uint64_t seed);

struct NearestCorrelation {
  ExactMatrix matrix;
  double smallest_eigenvalue;  ///< of the matrix that was given; negative (beyond rounding) when it was no correlation
  double largest_change;       ///< of any entry, absolute; 0 when nothing had to change
};

/// The correlation matrix with the smallest sum of squared changes of its entries: Higham (2002, IMA Journal of
/// Numerical Analysis 22), alternating projections on the positive semidefinite matrices and on those with a unit
/// diagonal, with Dykstra's correction. Symmetric input.
NearestCorrelation nearest_correlation(const ExactMatrix& symmetric);

}  // namespace moniac
