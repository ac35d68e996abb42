// Scratch space for solving trade, several paths at a time.
#pragma once

#include <cstddef>
#include <vector>

#include "models/trade/held_flows.h"
#include "models/trade/trade_batch.h"

namespace moniac {

/// What one thread needs to solve trade on the paths of a batch.
struct TradeWorkspace {
  static constexpr std::size_t lanes = TradeBatch::size;
  using Lanes = TradeBatch::Lanes;
  using Vector = TradeBatch::Vector;

  TradeWorkspace(const TradeSolver& active_solver, const TradeSolver& held_solver, const Kernels& its_kernels)
      : active(active_solver, its_kernels),
        held(held_solver, its_kernels),
        kernels(its_kernels),
        search(held.base()),
        policy(unchanged(held.base())),
        shares(on_all_lanes<lanes>(held.base().share)),
        published(shares),
        base_wage(held.base().shape.regions, Lanes::Ones()),
        base_spending(on_all_lanes<lanes>(held.base().income)),
        wage(base_wage),
        spending(base_wage),
        exchange(base_wage),
        paid(base_wage),
        spent(base_wage),
        by_link(held.base().shape.links() * lanes, 1),
        more_by_link(by_link),
        by_cell(held.base().shape.cells() * lanes, 1),
        by_region(held.base().shape.regions * lanes, 1),
        growth(2 * held.base().shape.regions * lanes, 1) {
    watched.reserve(held.base().shape.links());
    for (std::size_t lane = 0; lane < lanes; ++lane) flows.emplace_back(held.base().shape);
  }

  TradeBatch active, held;  ///< the closure of the scenario; wages, spending and elasticities of the held evaluation
  const Kernels& kernels;
  TradeCase search;                  ///< a path that holds flows, as those of each take steps of their own
  std::vector<std::size_t> watched;  ///< links on which some path of the block holds a flow
  std::vector<HeldFlows> flows;      ///< by lane

  TradePolicies<lanes> policy;
  Vector shares;     ///< by link, in the place of those of the base
  Vector published;  ///< by link: trade when it is published, USD mn a year
  Vector base_wage, base_spending;
  Vector wage, spending, exchange;  ///< by region: in local currency; USD mn a year; USD, from the start
  Vector paid, spent;               ///< by region: wages in dollars, spending with this step's demand
  KernelArray by_link, more_by_link, by_cell, by_region;
  KernelArray growth;  ///< of spending and wages by region
};

}  // namespace moniac
