// Markov chains in continuous time whose rates differ by path and step: a row of the transition matrix at a time.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "sim/math/scalar.h"

namespace moniac {

/// Probabilities or indicators of n states.
template <std::size_t n>
using StateLaw = std::array<double, n>;

/// Rates in 1/year from state (row) to state (column); the diagonal is not read.
template <std::size_t n>
using StateRates = std::array<std::array<double, n>, n>;

/// The law of the state `years` after the law `start`: start e^{Q years}, Q the generator with these rates >= 0. By
/// uniformisation (Jensen 1953), with q the largest rate of leaving a state,
///
///   start Σ_k e^{-q t} (q t)^k/k! (I + Q/q)^k,
///
/// where no term is negative, so that the sum is 1 to rounding. Times with q t > 20 are passed in equal parts, because
/// e^{-q t} must not underflow.
template <std::size_t n>
StateLaw<n> law_after(const StateRates<n>& rates, StateLaw<n> start, double years) {
  StateLaw<n> leaving{};
  double fastest = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j)
      if (i != j) leaving[i] += rates[i][j];
    fastest = std::max(fastest, leaving[i]);
  }
  if (!(fastest * years > 0)) return start;
  const double parts = std::max(1.0, std::ceil(fastest * years / 20));
  const double mean = fastest * years / parts;
  for (double part = 0; part < parts; ++part) {
    StateLaw<n> term = start, sum{};
    double weight = exp(0 - mean);
    for (double k = 1; k <= mean || weight >= 1e-17; ++k) {
      for (std::size_t j = 0; j < n; ++j) sum[j] += weight * term[j];
      StateLaw<n> jumped{};
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
          jumped[j] += term[i] * (i == j ? 1 - leaving[i] / fastest : rates[i][j] / fastest);
      term = jumped;
      weight *= mean / k;
    }
    start = sum;
  }
  return start;
}

/// The state that a uniform on (0, 1) picks: the smallest whose cumulated probability exceeds it, else the last.
template <std::size_t n>
std::size_t pick_state(const StateLaw<n>& law, double uniform) {
  std::size_t state = 0;
  for (double reached = law[0]; state + 1 < n && uniform >= reached; reached += law[state]) ++state;
  return state;
}

}  // namespace moniac
