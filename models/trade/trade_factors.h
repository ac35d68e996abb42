// The linear systems of the search for equilibria: Newton's matrices for prices and spending, and the response of the
// labour market to wages that follows from both by the implicit function theorem.
#pragma once

#include <vector>

#include "models/trade/trade_point.h"
#include "sim/math/lu.h"

namespace moniac {

/// Factors at a point. Each function says whether its matrix could be factored. Takes memory of the square of the
/// cells.
class TradeFactors {
 public:
  explicit TradeFactors(const TradeShape& shape);

  bool factor_prices(const TradePoint<1>& at);
  bool factor_spending(const TradePoint<1>& at);
  /// Prices and spending must be factored here.
  bool factor_wages(const TradePoint<1>& at);

  LuFactors prices;    ///< I - B, B = ∂ ln P (given by cost) / ∂ ln P
  LuFactors spending;  ///< I - M, M = ∂ X (demanded) / ∂ X
  LuFactors wages;     ///< ∂ excess demand for labour / ∂ ln w, last row the numéraire

 private:
  void respond_prices(const TradePoint<1>& at);
  void respond_sales(const TradePoint<1>& at);
  void respond_spending(const TradePoint<1>& at);

  // Derivatives by log wages, the wage innermost.
  std::vector<double> price_;   // by [cell][wage]
  std::vector<double> cost_;    // by [cell][wage]
  std::vector<double> sales_;   // by [cell][wage]: of output at given spending
  std::vector<double> income_;  // by [region][wage]: of receipts at given spending, then of final spending
  std::vector<double> demand_;  // by [cell][wage]
};

}  // namespace moniac
