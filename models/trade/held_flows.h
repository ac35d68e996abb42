// Flows that a policy holds: promises to buy, and limits on what may be shipped.
#pragma once

#include <vector>

#include "models/trade/trade_solver.h"

namespace moniac {

/// What a government moves until a flow is where it holds it.
enum class HeldBy {
  subsidy,     ///< the importer's: t' falls until the customs value is at least the target; 1 + t' not below 0.2
  cost,        ///< d rises until the quantity shipped is at most the target; yields nobody
  export_tax,  ///< e rises instead: the exporter earns what its goods are scarce
};

/// A flow with the value or quantity to hold.
struct HeldFlow {
  std::size_t link;  ///< TradeShape::link
  HeldBy by;
  double target;  ///< least customs value, USD mn a year, or largest quantity at prices of the base, USD mn a year
};

/// The flows that are held in one case, and the search for the policy that does it: u = ln((1+t')/(1+t)) <= 0, ln d >=
/// 0 or ln((1+e')/(1+e)) >= 0 of each by secant steps from the answer at given spending on the sector. A flow that is
/// there unasked is left alone; one of which nothing may be shipped costs a million times as much.
class HeldFlows {
 public:
  static constexpr int most_rounds = 60;

  /// Takes the memory for as many flows as can be held.
  explicit HeldFlows(const TradeShape& shape) : shape_(shape) { searches_.reserve(shape.links()); }

  void clear() { searches_.clear(); }
  void add(const HeldFlow& flow) { searches_.push_back({.flow = flow}); }
  bool empty() const { return searches_.empty(); }

  /// The equilibrium that `solve()` finds under `policy` where every flow is held to 1e-11; it has not converged where
  /// 60 rounds do not come so close. `policy` gets what it takes. `solver` is the one that `solve` asks.
  template <class Solve>
  const TradeEquilibrium& find(TradeSolver& solver, TradePolicy& policy, Solve solve) {
    remember(policy);
    const TradeEquilibrium* at = &solve();
    if (!at->converged || empty()) return *at;
    begin(solver, policy, *at);
    for (int round = 0; round < most_rounds; ++round) {
      apply(policy);
      at = &solve();
      if (!at->converged || held(policy, *at)) return *at;
      move();
    }
    return solver.give_up();
  }

  /// Gives `policy` back what it was before `find`.
  void release(TradePolicy& policy) const;

 private:
  struct Search {
    HeldFlow flow;
    double without = 0;              // t', d or e before
    double lowest = 0, highest = 0;  // of u
    double u = 0;
    double slope = 0;    // ∂ ln flow / ∂ u, the last secant
    double missing = 0;  // ln of the target over the flow
    double last_u = 0, last_missing = 0;
  };

  void remember(TradePolicy& policy);
  void begin(const TradeSolver& solver, const TradePolicy& policy, const TradeEquilibrium& at);
  void apply(TradePolicy& policy) const;
  bool held(const TradePolicy& policy, const TradeEquilibrium& at);
  void move();
  double missing(const HeldFlow& flow, const TradePolicy& policy, const TradeEquilibrium& at) const;

  TradeShape shape_;
  std::vector<Search> searches_;
};

}  // namespace moniac
