// Trade in the short run: wages and spending are given within a step and follow over years.
#pragma once

#include <cstddef>

#include "models/trade/trade_lanes.h"

namespace moniac {

/// How far wages and spending move in a step.
struct StickySpeeds {
  double wage;      ///< κ_w Δ: d ln w per unit of ln employment
  double spending;  ///< 1 - exp(-κ_I Δ): of the way to income
};

/// Employment relative to the base, Σ_j g Y / (w VA), in a region.
template <std::size_t lanes>
LaneArray<lanes> employment(const TradeBase& base, const TradeEquilibria<lanes>& at, std::size_t region);

/// Wages and spending of the next step from where this one ended:
///
///   w_n <- w_n L_n^(κ_w Δ),   I_n <- I_n (income_n / I_n)^(1 - exp(-κ_I Δ)),
///
/// where income is value added at work, tariffs, export taxes and D_n Σ w VA / Σ VA; then both are scaled so that
/// Σ w VA is that of the base. The fixed point is the equilibrium of DeficitClosure::world. `wage` is that of `at` by
/// local currency, `exchange` what a unit of it is worth relative to the base; all by region.
/// `growth` is scratch space of two entries a region.
template <std::size_t lanes>
void adjust(const TradeBase& base, const TradeEquilibria<lanes>& at, const StickySpeeds& speeds,
            const LaneVector<lanes>& exchange, LaneVector<lanes>& wage, LaneVector<lanes>& spending,
            KernelArray& growth, const Kernels& kernels);

}  // namespace moniac
