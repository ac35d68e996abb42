// Where a province finds the money that it needs in a step.
#pragma once

#include "sim/math/columns.h"

namespace moniac {

/// Who pays for `need`, in this order: bonds, lenders of financing vehicles, cash, cuts of investment, whoever waits
/// for unpaid bills. Each pays up to its limit, and only what those before it do not. What is over prepays debt, then
/// stays in cash:
///
///   bonds + lent + cash + cut + unpaid - prepaid - surplus = need
///
/// CNY bn per step.
struct Waterfall {
  ScratchColumn need;
  ScratchColumn bonds;    ///< refinancing of bonds, then new ones up to the quota
  ScratchColumn lent;     ///< new debt of financing vehicles
  ScratchColumn gap;      ///< what still lacks; below zero what is over
  ScratchColumn cash;     ///< drawn
  ScratchColumn cut;      ///< of investment
  ScratchColumn prepaid;  ///< debt of financing vehicles that is paid back early

  auto unpaid() const { return gap.max(0.0) - cash - cut; }
  auto surplus() const { return (0.0 - gap).max(0.0) - prepaid; }
};

/// What each can pay, in the order of Waterfall, and the debt that can be prepaid; all >= 0.
template <class Refinancing, class Quota, class Lending, class Cash, class Investment, class Debt>
Waterfall pay(const ScratchColumn& need, const Refinancing& refinancing, const Quota& quota, const Lending& lending,
              const Cash& cash, const Investment& investment, const Debt& prepayable) {
  const auto refinanced = refinancing.min(need.max(0.0));
  const auto bonds = named(refinanced + (need - refinanced).max(0.0).min(quota));
  const auto lent = named((need - bonds).max(0.0).min(lending));
  const auto gap = named(need - bonds - lent);
  const auto drawn = named(gap.max(0.0).min(cash));
  const auto cut = named((gap.max(0.0) - drawn).min(investment));
  return {need, bonds, lent, gap, drawn, cut, named((0.0 - gap).max(0.0).min(prepayable))};
}

}  // namespace moniac
