// Promises to buy.
#pragma once

#include <vector>

#include "models/trade/trade_solver.h"

namespace moniac {

/// What an importer has promised to buy from an exporter in a sector, all told.
struct PurchaseCommitment {
  std::size_t link;  ///< TradeShape::link
  double value;      ///< customs value, USD mn a year
};

/// The equilibrium in which every commitment is kept: the importer subsidises the purchases, by a tariff below the one
/// of `policy` (1 + t' not below 0.2), and bears the cost as lower revenue. A commitment that buyers keep unasked does
/// nothing. `policy` gets the tariffs that do it. At most 60 rounds of secant steps, one per commitment; the answer has
/// not converged where they do not come within 1e-11 of the values.
const TradeEquilibrium& solve_with_commitments(TradeSolver& solver, TradePolicy& policy,
                                               const std::vector<PurchaseCommitment>& commitments,
                                               const double* share = nullptr);

}  // namespace moniac
