// What holders keep when there is less than they want.
#pragma once

#include "sim/math/columns.h"
#include "sim/model/step.h"

namespace moniac {

/// Takes `shortage` from holders 1 … end-1: first from what they bought in the step, in proportion, then from all they
/// hold. `now` and `last` give what a holder holds, `reduce(h, less)` takes from it.
template <class Now, class Last, class Reduce>
void cut_back(int end, const ScratchColumn& shortage, const Now& now, const Last& last, const Reduce& reduce) {
  Column sum(Scratch::current().next(), shortage.size());
  sum = 0;
  for (int h = 1; h < end; ++h) sum += (now(h) - last(h)).max(0.0);
  const auto purchases_cut = named((shortage / sum.max(1e-9)).min(1.0));
  const auto still_short = named(shortage - purchases_cut * sum);
  for (int h = 1; h < end; ++h) reduce(h, purchases_cut * (now(h) - last(h)).max(0.0));
  sum = 0;
  for (int h = 1; h < end; ++h) sum += now(h);
  const auto holdings_cut = named(still_short / sum.max(1e-9));
  for (int h = 1; h < end; ++h) reduce(h, holdings_cut * now(h));
}

}  // namespace moniac
