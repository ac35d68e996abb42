// What a solve of world trade is given and what it finds, in hats: ratios to the base.
#pragma once

#include <vector>

#include "models/trade/trade_table.h"

namespace moniac {

/// What governments do, by link (TradeShape).
struct TradePolicy {
  std::vector<double> tariff;      ///< t', ratio to the value at the border; a level, not a change
  std::vector<double> iceberg;     ///< d, ratio to the base: goods that must be sent for one to arrive; yields nobody
  std::vector<double> export_tax;  ///< e, ratio to the producer's price; its yield is income of the exporter
};

/// The policy of the base: its tariffs, no other cost.
TradePolicy unchanged(const TradeBase& base);

/// What becomes of the deficits D of the base. Results of different closures do not compare: a deficit is income.
enum class DeficitClosure {
  world,  ///< D' = D Σ w VA / Σ VA: a constant share of the world's value added
  zero,   ///< D' = 0
  share,  ///< D' is a constant share of a region's income; the largest region takes what is left
};

/// Where a solve ended. Arrays as in TradeBase; hats are ratios to the base.
struct TradeEquilibrium {
  bool converged = false;
  int iterations = 0;                ///< sweeps, or steps of the wages where sweeps did not do
  std::vector<double> wage;          ///< ŵ by region; Σ ŵ VA = Σ VA
  std::vector<double> cost;          ///< ĉ by cell, of producers
  std::vector<double> price;         ///< P̂ by cell, of buyers, tariffs included
  std::vector<double> share;         ///< π' by link
  std::vector<double> flow;          ///< x' by link: value at the border, export taxes included, tariffs not
  std::vector<double> expenditure;   ///< X' by cell
  std::vector<double> output;        ///< Y' by cell, at producers' prices
  std::vector<double> revenue;       ///< R' by region: of tariffs
  std::vector<double> export_yield;  ///< by region: of export taxes
  std::vector<double> income;        ///< I' by region
  std::vector<double> deficit;       ///< D' by region
  std::vector<double> price_index;   ///< P̂ by region: of final use
  std::vector<double> welfare;       ///< Ŵ = Î / P̂ by region
  std::vector<double> real_wage;     ///< ŵ / P̂ by region
};

/// All arrays at their size, zero.
TradeEquilibrium sized(const TradeShape& shape);

/// The base that the equilibrium under `policy` is, final shares kept: what is solved from it are changes from there.
TradeBase rebased(const TradeBase& base, const TradeEquilibrium& at, const TradePolicy& policy);

}  // namespace moniac
