// Markov chains in continuous time, one state per path.
#pragma once

#include <vector>

#include "sim/math/columns.h"
#include "sim/math/matrix_exponential.h"

namespace moniac {

/// values[index] on each path, for a column of indices 0 … values.size() - 1. Valid until the step ends.
template <ColumnExpression E>
ScratchColumn by_index(const E& index, const std::vector<double>& values) {
  Scratch& scratch = Scratch::current();
  Eigen::Map<Eigen::ArrayXd, Eigen::Aligned64> gathered(scratch.next(), scratch.lanes());
  gathered = values.front();
  for (std::size_t i = 1; i < values.size(); ++i)
    gathered = (index == static_cast<double>(i)).select(values[i], gathered);
  return {gathered.data(), gathered.size()};
}

/// A chain sampled at steps of fixed length: exact for any length, one uniform per step and path.
class MarkovChain {
 public:
  /// `generator` in 1/year (see generator_fault), `dt` in years.
  MarkovChain(const ExactMatrix& generator, double dt) {
    const ExactMatrix transition = transition_matrix(generator, dt);
    for (Eigen::Index j = 0; j + 1 < transition.cols(); ++j) {
      std::vector<double> reached;
      for (Eigen::Index i = 0; i < transition.rows(); ++i)
        reached.push_back((j == 0 ? 0.0 : reached_.back()[static_cast<std::size_t>(i)]) + transition(i, j).value);
      reached_.push_back(std::move(reached));
    }
  }

  /// The state after one step: the inverse of the distribution function in row `last` at `uniform`.
  void advance(ScratchColumn last, ScratchColumn uniform, Eigen::Map<Eigen::ArrayXd, Eigen::Aligned64> next) const {
    next = 0.0;
    for (const std::vector<double>& reached : reached_) next += (uniform >= by_index(last, reached)).cast<double>();
  }

 private:
  std::vector<std::vector<double>> reached_;  // [j][i]: probability of a state <= j after state i
};

}  // namespace moniac
