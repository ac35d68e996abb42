// Weights of paths under which an ensemble says what somebody holds to be true.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/scenario/views.h"

namespace moniac {

/// A view that is linear in the weights: Σ_j q_j values_j = level, or at most or at least that.
struct ViewRow {
  std::vector<double> values;  ///< by path, finite
  Relation relation = Relation::is;
  double level = 0;
};

/// The weights nearest to equal ones, in relative entropy, that satisfy every row.
struct Pooled {
  std::vector<double> weights;      ///< by path; their sum is 1
  std::vector<double> multipliers;  ///< by row: d divergence / d level; 0 where an inequality does not bind
  double divergence = 0;            ///< Σ q ln(q / p), nats
  double kish = 0;                  ///< 1 / Σ q²: paths that would carry as much of a mean (Kish 1965)
  double entropy = 0;               ///< exp(-Σ q ln q): effective number of scenarios (Meucci 2012)
  double largest = 0;               ///< weight
  int iterations = 0;
};

/// Whether some weights satisfy the row by itself: its level lies within the values, ends included.
bool in_support(const ViewRow& row);

/// Entropy pooling (Meucci 2008): min Σ q ln(q / p) over the rows, p = 1/N. Its dual,
///   min over l of ln Σ_j p_j exp(-Σ_i l_i (a_ij - b_i)),   l_i ≥ 0 of inequalities written as a ≤ b,
/// has the weights of its exponent as solution, the rows' means as gradient and their covariance as Hessian, and is
/// solved by Newton steps with backtracking on the rows in units of their standard deviations, to 1e-12 of these.
/// Sums run in order of path, so that the bits are the same everywhere. Empty weights where no weights satisfy all
/// rows, or none but by leaving nearly every path out. Takes at least one path.
Pooled pool(std::span<const ViewRow> rows, std::size_t paths);

/// Rows of a set that has no solution, such that without any one of them there is one: as indices.
std::vector<std::size_t> contradiction(std::span<const ViewRow> rows, std::size_t paths);

}  // namespace moniac
