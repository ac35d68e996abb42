// Scratch space for solving trade path by path: solvers, buffers and what was solved before.
#pragma once

#include <cstddef>
#include <cstring>
#include <vector>

#include "models/trade/trade_solver.h"

namespace moniac {

/// The last few results by all that they depend on. A result is a function of its key, so what the cache holds changes
/// how long a run takes and no number. All memory is taken at the start.
class SolvedCases {
 public:
  static constexpr std::size_t size = 32;

  /// For keys of at most `longest` numbers.
  SolvedCases(const TradeShape& shape, std::size_t longest) : cases_(size, Case{.key = {}, .result = sized(shape)}) {
    for (Case& one : cases_) one.key.reserve(longest);
  }

  /// The result for `key`, else the one that `solve` gives now.
  template <class Solve>
  const TradeEquilibrium& find(const std::vector<double>& key, Solve solve) {
    for (std::size_t back = 0; back < size; ++back) {
      const Case& old = cases_[(newest_ + size - back) % size];
      if (old.key.size() == key.size() && std::memcmp(old.key.data(), key.data(), key.size() * sizeof(double)) == 0)
        return old.result;
    }
    newest_ = (newest_ + 1) % size;
    cases_[newest_].key = key;
    cases_[newest_].result = solve();
    return cases_[newest_].result;
  }

 private:
  struct Case {
    std::vector<double> key;
    TradeEquilibrium result;
  };
  std::vector<Case> cases_;
  std::size_t newest_ = 0;
};

/// What one thread needs to solve a path.
struct TradeWorkspace {
  TradeWorkspace(const TradeSolver& active_solver, const TradeSolver& held_solver)
      : active(active_solver),
        held(held_solver),
        policy(unchanged(active.base())),
        active_cases(active.base().shape, longest_key()),
        held_cases(active.base().shape, longest_key()),
        used_to(active.base().shape.links()),
        shares(active.base().share),
        wage(active.base().shape.regions),
        spending(wage),
        exchange(wage) {
    key.reserve(longest_key());
  }

  /// Policy, shares, and wages and spending of each region.
  std::size_t longest_key() const { return 4 * active.base().shape.links() + 2 * active.base().shape.regions; }

  TradeSolver active;  ///< of the closure of the scenario
  TradeSolver held;    ///< at wages and spending of the base, with short-run elasticities
  TradePolicy policy;
  SolvedCases active_cases, held_cases;
  std::vector<double> key;
  std::vector<double> used_to, shares;           ///< by link
  std::vector<double> wage, spending, exchange;  ///< by region
};

}  // namespace moniac
