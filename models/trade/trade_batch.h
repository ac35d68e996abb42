// Several policies solved side by side, in the lanes of vector instructions.
#pragma once

#include <span>

#include "models/trade/trade_solver.h"

namespace moniac {

/// Solves up to `size` cases at a time, with the bits that TradeSolver gives each. Scratch space: one per thread.
class TradeBatch {
 public:
  static constexpr std::size_t size = 8;

  /// A policy, what takes the place of π, and where they are given wages and final spending (both or neither; for all
  /// cases of a batch alike); the answer goes to `result`.
  struct Case {
    const TradePolicy* policy;
    const double* share;
    const double* wage = nullptr;
    const double* spending = nullptr;
    TradeEquilibrium* result;
  };

  /// Solves what `solver` solves.
  explicit TradeBatch(const TradeSolver& solver, const Kernels& kernels = best_kernels())
      : solver_(solver), point_(solver.world_, kernels), sweep_(*solver.world_) {}

  /// At most `size` cases.
  void solve(std::span<const Case> cases);

  const TradeBase& base() const { return solver_.base(); }

 private:
  TradeSolver solver_;  // for cases at which sweeps do not arrive
  TradePoint<size> point_;
  TradeSweep<size> sweep_;
};

}  // namespace moniac
