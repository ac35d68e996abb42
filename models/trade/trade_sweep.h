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
/// (Alvarez and Lucas 2007), all at once. Where wages are given, prices, which need no spending, are led to rest as
/// those of the base, and then spending is. Accelerated by Anderson's mixing.
template <std::size_t lanes>
class TradeSweep {
 public:
  explicit TradeSweep(const TradeWorld& world);

  /// Sweeps from where begin() left `at` until all residuals are within tolerance, on lanes where `asked` is 1, not 0.
  /// Lanes do not depend on each other.
  std::array<SweepEnd, lanes> run(TradePoint<lanes>& at, const LaneArray<lanes>& asked);

 private:
  using Lanes = LaneArray<lanes>;
  using Mixing = Anderson<lanes, 3>;
  using Part = typename Mixing::Part;
  struct Gap {
    Lanes sum;           // of the residuals; no number where one is none
    Lanes to_tolerance;  // the largest
  };

  std::array<SweepEnd, lanes> all_at_once(TradePoint<lanes>& at, const Lanes& asked);
  std::array<SweepEnd, lanes> prices_then_spending(TradePoint<lanes>& at, const Lanes& asked);
  template <std::size_t parts, class Look>
  static std::array<SweepEnd, lanes> sweep(Mixing& mixing, const std::array<Part, parts>& moved, const Lanes& asked,
                                           const Look& look);

  Mixing together_, prices_, spending_;
};

extern template class TradeSweep<1>;
extern template class TradeSweep<8>;

}  // namespace moniac
