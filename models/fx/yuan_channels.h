// Where the dollars of Chinese exporters go, and what the authority's purchases do to money.
#pragma once

#include "sim/math/columns.h"

namespace moniac {

/// What exporters do with a dollar: s1 pays for imports, s3 = (1 - s1)/(1 + e^{-z}) is converted,
/// z = c0 - c_e E + c_i (i_cn - i_us), the rest stays abroad. E is the depreciation they expect over a year.
struct ExporterShares {
  double imports;          ///< s1
  double base;             ///< c0
  double by_depreciation;  ///< c_e
  double by_interest;      ///< c_i per 1.00

  /// (1 + e^{-z})⁻¹ (1 - s1), with decimals.
  template <class E, class I>
  ScratchColumn converted(const E& depreciation, const I& interest_gap) const {
    const auto fear = exp(by_depreciation * depreciation - base - by_interest * interest_gap);
    return named((1 - imports) / (1 + fear));
  }
};

/// Supply N of dollars to the market in a step, and who takes it: A = N̄ + a (N - N̄), ψ of it the central bank and the
/// rest state banks, N - A dealers. All USD bn per step; outflows before controls.
struct DollarMarket {
  ScratchColumn held_abroad;
  ScratchColumn supply;
  ScratchColumn official;
  ScratchColumn dealers;
};

template <class A, class X, class M, class O, class I, class C>
DollarMarket dollar_market(double imports_direct, double absorbed, const A& normal, const ScratchColumn& converted,
                           const X& exports, const M& imports, const O& outflow, const I& inflow, const C& controls) {
  const auto held = named((1 - imports_direct - converted) * exports);
  const auto supply =
      named(converted * exports - (imports - imports_direct * exports) - outflow * (1 - controls) + inflow);
  const auto official = named(normal + absorbed * (supply - normal));
  return {held, supply, official, named(supply - official)};
}

/// One day of the fixing in logs: close = clip(market, fix ± band), fix' = fix + (close - fix - b_day)/κ + b_24h; the b
/// are what the basket did in the day's session and in the 24 hours before.
struct Fixing {
  double low;       ///< ln(1 - band)
  double high;      ///< ln(1 + band)
  double strength;  ///< κ: 1 takes all of yesterday's close over, large values none of it

  template <class T>
  auto close(const T& market, const T& fix) const {
    return market.max(fix + low).min(fix + high);
  }
  template <class T, class B>
  auto next(const T& close, const T& fix, const B& basket_day, const B& basket_24h) const {
    return fix + (close - fix - basket_day) / strength + basket_24h;
  }
};

}  // namespace moniac
