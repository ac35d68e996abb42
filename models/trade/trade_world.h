// What every solve of one world of trade shares.
#pragma once

#include <vector>

#include "models/trade/trade_equilibrium.h"

namespace moniac {

/// A base with its trade elasticities and the rule for deficits, and what follows from them.
struct TradeWorld {
  /// `trade_elasticity` is θ by sector, above 0.
  TradeWorld(TradeBase trade_base, std::vector<double> trade_elasticity, DeficitClosure deficits);

  TradeBase base;
  TradeShape shape;
  std::vector<double> elasticity;
  DeficitClosure closure;
  double value_added;               ///< of the world
  double mean_expenditure;          ///< of a cell
  std::vector<double> use;          ///< G by [region][using sector][input]
  std::vector<double> income_rule;  ///< by [region][region]: final spending per unit of value added and receipts

  /// Where wages and final spending are given, how far ln P and X are from rest per residual, to first order around the
  /// base: (I - ∂ implied / ∂ x)⁻¹, by [cell of the residual][cell that moves], rows filled up to `answer_row`. Empty
  /// for more cells than `most_answering`, where the product would take longer than the sweeps it saves, and where
  /// there is no inverse. A sweep goes on from what they say and not by it, so that single precision does.
  std::vector<float> price_answer, spending_answer;
  static constexpr std::size_t most_answering = 128;
  static constexpr std::size_t answer_band = 8;
  std::size_t answer_row() const { return (shape.cells() + answer_band - 1) / answer_band * answer_band; }
};

/// I - B, B[(n,j),(i,k)] = π_ni^j G_i^kj = ∂ ln P_n^j / ∂ ln P_i^k at shares π by link.
void set_price_system(const TradeBase& base, const double* share, std::vector<double>& matrix);

}  // namespace moniac
