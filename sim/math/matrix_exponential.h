// The matrix exponential, and the transition matrix of a Markov chain in continuous time.
#pragma once

#include <optional>
#include <string>

#include "sim/math/exact.h"

namespace moniac {

/// e^A of a square matrix: Padé approximant [13/13] with scaling and squaring (Higham 2005, SIAM J. Matrix Anal. Appl.
/// 26, algorithm 2.3). The relative error is a few rounding units times the norm of A.
ExactMatrix matrix_exponential(const ExactMatrix& matrix);

/// What keeps a matrix from being the generator of a Markov chain (square, finite, off-diagonal entries >= 0, each row
/// summing to 0 within 1e-9 of its largest entry), in words; empty when it is one.
std::optional<std::string> generator_fault(const ExactMatrix& generator);

/// Probabilities P(i, j) of being in state j a time `dt` after state i, e^{G dt} of a valid generator per year. Entries
/// are >= 0 and rows sum to 1 within rounding.
ExactMatrix transition_matrix(const ExactMatrix& generator, double dt);

}  // namespace moniac
