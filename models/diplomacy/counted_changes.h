// How well the changes of regime that were counted establish what follows from their rates.
#pragma once

#include <array>
#include <cmath>

#include "models/diplomacy/regime_chain.h"
#include "sim/math/scalar.h"

namespace moniac {

/// Changes of regime from January 2017 to December 2025, coded by judgement: n_ij from regime (row) to regime. The
/// rates of the model are these, each with half a change and half a year more.
constexpr std::array<std::array<double, 3>, 3> counted_changes = {{{0, 1, 2}, {3, 0, 6}, {0, 8, 0}}};

/// Standard error of a number that follows from the rates, `follows(rates)`, due to the few changes that rates were
/// counted from. With half a change added, a rate is Gamma distributed with shape n + 1/2 (Jeffreys' prior), so that
/// its relative error is 1/sqrt(n + 1/2), and to first order
///
///   se² = Σ_ij (df/d ln q_ij)² / (n_ij + 1/2)        over the six rates between détente, talks and confrontation.
///
/// Rates to conflict were not counted and are taken as given.
template <class Follows>
double counting_error(const StateRates<4>& rates, Follows follows) {
  constexpr double apart = 1e-3;  // of ln q, on each side
  double variance = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      if (i == j) continue;
      StateRates<4> up = rates, down = rates;
      up[i][j] *= exp(apart);
      down[i][j] *= exp(0 - apart);
      const double slope = (follows(up) - follows(down)) / (2 * apart);
      variance += slope * slope / (counted_changes[i][j] + 0.5);
    }
  }
  return std::sqrt(variance);
}

}  // namespace moniac
