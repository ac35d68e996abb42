// Several policies solved side by side, in the lanes of vector instructions.
#pragma once

#include <vector>

#include "models/trade/trade_solver.h"

namespace moniac {

/// What is asked for one path: of TradeSolver, where it is solved alone.
struct TradeCase {
  explicit TradeCase(const TradeBase& base)
      : policy(unchanged(base)), shares(base.share), wage(base.shape.regions), spending(wage) {}

  TradePolicy policy;
  std::vector<double> shares, wage, spending;
};

/// Solves `size` cases at a time, with the bits that TradeSolver gives each. Scratch space: one per thread.
class TradeBatch {
 public:
  static constexpr std::size_t size = 8;
  using Lanes = LaneArray<size>;
  using Vector = LaneVector<size>;

  /// Solves what `solver` solves.
  explicit TradeBatch(const TradeSolver& solver, const Kernels& kernels = best_kernels());

  /// TradeSolver::solve of each lane where `asked` is 1, not 0, with `share` by link in the place of π. The answer is
  /// valid until the next call; what was answered last is not searched again.
  TradeEquilibria<size>& solve(const TradePolicies<size>& policy, const Vector& share,
                               const Lanes& asked = Lanes::Ones());

  /// TradeSolver::respond of each such lane; wages and spending by region.
  TradeEquilibria<size>& respond(const TradePolicies<size>& policy, const Vector& share, const Vector& wage,
                                 const Vector& spending, const Lanes& asked = Lanes::Ones());

  const TradeBase& base() const { return solver_.base(); }
  /// That of the constructor, for a path that is solved alone.
  TradeSolver& solver() { return solver_; }

 private:
  struct Given {
    const Vector &wage, &spending;
  };
  TradeEquilibria<size>& find(const TradePolicies<size>& policy, const Vector& share, const Given* given,
                              const Lanes& asked);
  void find_alone(std::size_t lane, const TradePolicies<size>& policy, const Vector& share, const Given* given);

  TradePoint<size> point_;
  TradeSweep<size> sweep_;
  TradeEquilibria<size> found_;
  Lanes answered_ = Lanes::Zero();

  // For cases at which sweeps do not arrive.
  TradeSolver solver_;
  TradeCase alone_;
};

}  // namespace moniac
