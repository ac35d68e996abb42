// How long a Markov chain takes to leave for good.
#pragma once

#include <Eigen/LU>

#include "sim/math/exact.h"

namespace moniac {

/// Mean years spent in each state (column) before absorption after a start in each state (row): (-S)⁻¹, where S is the
/// generator between the transient states, in 1/year (Kemeny and Snell 1960). Each state must lead to absorption. The
/// sum of a row is the mean time to it.
inline ExactMatrix years_before_absorption(const ExactMatrix& between_transient) {
  const Eigen::Index n = between_transient.rows();
  const ExactMatrix leaving = ExactMatrix::Zero(n, n) - between_transient;
  return Eigen::PartialPivLU<ExactMatrix>(leaving).solve(ExactMatrix::Identity(n, n));
}

}  // namespace moniac
