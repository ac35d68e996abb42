// Scratch space for solving trade path by path: solvers, buffers and what was solved before.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <vector>

#include "models/trade/held_flows.h"
#include "models/trade/trade_batch.h"

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

  /// The result for `key`, null where there is none. It stays until a batch of others was added.
  const TradeEquilibrium* find(const std::vector<double>& key) const {
    for (std::size_t back = 0; back < size - TradeBatch::size; ++back) {
      const Case& old = cases_[(newest_ + size - back) % size];
      if (old.key.size() == key.size() && std::memcmp(old.key.data(), key.data(), key.size() * sizeof(double)) == 0)
        return &old.result;
    }
    return nullptr;
  }

  /// A place for the result of `key`, which find() finds from now on.
  TradeEquilibrium& add(const std::vector<double>& key) {
    newest_ = (newest_ + 1) % size;
    cases_[newest_].key = key;
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

/// One path of a batch.
struct TradeCase {
  explicit TradeCase(const TradeBase& base)
      : policy(unchanged(base)),
        flows(base.shape),
        held_found(sized(base.shape)),
        now_found(held_found),
        landed(base.shape.links()),
        work(base.shape.links()),
        shares(base.share),
        wage(base.shape.regions),
        spending(wage),
        exchange(wage),
        paid(wage),
        spent(wage) {
    key.reserve(longest_key(base.shape));
  }

  /// Shares, policy, and wages and spending of each region.
  static std::size_t longest_key(const TradeShape& shape) { return 4 * shape.links() + 2 * shape.regions; }

  TradePolicy policy;
  HeldFlows flows;
  TradeEquilibrium held_found, now_found;        ///< where flows are held
  KernelArray landed, work;                      ///< by link: log landed costs, scratch space
  std::vector<double> shares;                    ///< by link, in the place of those of the base
  std::vector<double> wage, spending, exchange;  ///< by region: in local currency; USD mn a year; USD, from the start
  std::vector<double> paid, spent;               ///< by region: wages in dollars, spending with this step's demand
  std::vector<double> key;
  const TradeEquilibrium* held = nullptr;  ///< at wages and spending of the base, with short-run elasticities
  const TradeEquilibrium* now = nullptr;   ///< of the closure of the scenario
};

/// What one thread needs to solve a batch of paths.
struct TradeWorkspace {
  TradeWorkspace(const TradeSolver& active_solver, const TradeSolver& held_solver, const Kernels& kernels)
      : active(active_solver, kernels),
        held(held_solver, kernels),
        solver(active_solver),
        holder(held_solver),
        active_cases(active.base().shape, TradeCase::longest_key(active.base().shape)),
        held_cases(active_cases),
        base_wage(active.base().shape.regions, 1.0) {
    cases.reserve(TradeBatch::size);  // copies would not keep what each has reserved
    for (std::size_t c = 0; c < TradeBatch::size; ++c) cases.emplace_back(active.base());
    unsolved.reserve(TradeBatch::size);
    watched.reserve(active.base().shape.links());
  }

  TradeBatch active, held;
  TradeSolver solver, holder;  ///< the same one by one, for paths that hold flows
  std::vector<std::size_t> watched;
  SolvedCases active_cases, held_cases;
  std::vector<TradeCase> cases;
  std::vector<TradeBatch::Case> unsolved;
  std::vector<double> base_wage;
};

}  // namespace moniac
