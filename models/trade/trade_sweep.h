// The search for equilibria of trade by sweeps, of several policies at once.
#pragma once

#include <array>

#include "models/trade/anderson.h"
#include "models/trade/trade_point.h"

namespace moniac {

/// How small residuals get: of prices in logs, relative to spending, and relative to the wage bill.
struct TradeTolerance {
  static constexpr double prices = 1e-14;
  static constexpr double spending = 1e-14;
  static constexpr double labour = 1e-13;
  static constexpr double rounding = 1e-12;  ///< where a residual that no longer falls is rounding
};

/// How a lane of a sweep ended.
struct SweepEnd {
  bool converged = false;
  int sweeps = 0;
};

/// Scratch space for sweeps: prices and spending take on what they imply, and wages half of what clears their market
/// (Alvarez and Lucas 2007); where wages are given, prices and spending are led to rest as those of the base. All at
/// once, accelerated by Anderson's mixing.
template <std::size_t lanes>
class TradeSweep {
 public:
  explicit TradeSweep(const TradeWorld& world);

  /// Sweeps from where begin() left `at` until all residuals are within tolerance. Lanes do not depend on each other.
  std::array<SweepEnd, lanes> run(TradePoint<lanes>& at);

 private:
  using Mixing = Anderson<lanes, 3>;

  Mixing mixing_;
};

extern template class TradeSweep<1>;
extern template class TradeSweep<8>;

}  // namespace moniac
