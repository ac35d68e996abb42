// The equilibrium of world trade after a change of policy.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "models/trade/trade_factors.h"
#include "models/trade/trade_point.h"
#include "models/trade/trade_sweep.h"

namespace moniac {

/// Solves trade in hats (Caliendo and Parro 2015, section 2.3; Dekle, Eaton and Kortum 2008; equations: TradePoint) by
/// sweeps (trade_sweep.h); where they do not arrive, by Newton's method on log wages with the Jacobian of the implicit
/// functions, prices and spending within solved by Newton too, and factors kept while each step takes the residual down
/// to a fifth.
/// An object is scratch space: one per thread. A result depends on the base, the policy and the shares alone.
class TradeSolver {
 public:
  /// `elasticity` is θ by sector, above 0.
  TradeSolver(TradeBase base, std::vector<double> elasticity, DeficitClosure closure,
              const Kernels& kernels = best_kernels());

  const TradeBase& base() const { return world_->base; }
  const std::vector<double>& elasticity() const { return world_->elasticity; }

  /// The equilibrium under `policy`, from the base. `share`, if given, takes the place of π in prices and shares; it
  /// need not sum to 1. The answer is valid until the next call; it allocates only where sweeps do not arrive.
  const TradeEquilibrium& solve(const TradePolicy& policy, const double* share = nullptr);

  /// Prices, shares and spending under `policy` where wages and the final spending of each region are given, and
  /// neither labour nor trade need balance: deficits are what spending exceeds income by.
  const TradeEquilibrium& respond(const TradePolicy& policy, const double* wage, const double* spending,
                                  const double* share = nullptr);

  /// Marks the last result as one that does not hold what was asked of it.
  const TradeEquilibrium& give_up();

  /// The equilibrium by Newton's method alone; solve() must come to the same.
  const TradeEquilibrium& solve_by_newton(const TradePolicy& policy, const double* share = nullptr);

 private:
  friend class TradeBatch;

  void set(const TradePolicy& policy, const double* share, const double* wage, const double* spending);
  const TradeEquilibrium& find(const TradePolicy& policy, const double* share, const double* wage,
                               const double* spending);
  const TradeEquilibrium& finish(bool converged, int iterations);
  bool newton(int& steps);
  bool find_prices();
  bool find_spending();
  void move_wages();

  std::shared_ptr<const TradeWorld> world_;
  TradePoint<1> point_;
  TradeSweep<1> sweep_;
  TradeEquilibria<1> found_;
  TradeEquilibrium at_;
  std::optional<TradeFactors> factors_;  // of Newton's method
};

}  // namespace moniac
