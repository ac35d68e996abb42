// How much of a rise of its currency ends up in a region's export prices.
#pragma once

#include <vector>

#include "models/trade/trade_table.h"

namespace moniac {

/// ∂ ln c_n^j / ∂ ln w_n by cell: the domestic content of a cost, which is what one percent on the wage in dollars adds
/// to the price in dollars, at the shares of the base and with every price in the world answering. What is left is
/// imported: a fall of the currency makes it dearer at home.
///
///   d ln P = B d ln P + π g d ln w,   B[(n,j),(i,k)] = π_ni^j G_i^kj,   d ln c_i^j = g_i^j d ln w_i + Σ_k G_i^kj d ln
///   P_i^k
///
/// summed over rounds of input use, each smaller than the last. Throws std::invalid_argument where they do not end.
std::vector<double> export_pass_through(const TradeBase& base);

}  // namespace moniac
