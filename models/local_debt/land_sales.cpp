// Revenue from land: what houses sold for, and how much land is offered.
#include "models/local_debt/local_debt_model.h"

namespace moniac {

void LocalDebt::start_land(Start& s) const {
  s[sales[0]] = 0;
  for (int k = 0; k < 3; ++k) {
    const ScratchFrame frame;
    s[sales[k + 1]] = leveraged_sales(s, k);
    s[sales[0]] += s[sales[k + 1]];
  }
  for (int i = 0; i < offered.size; ++i) {
    s[offered[i]] = 1;
    s[shortfall[i]] = 0;
  }
}

ScratchColumn LocalDebt::leveraged_sales(View& s, int k) const {
  const auto sold = named((s[house_sales[k]] < 0.0).select(sales0[at(k)], s[house_sales[k]]));
  return land_leverage == 1 ? sold : named(sold * pow(s[house_price[k]], land_leverage - 1));
}

// Land is sold for what houses sold before; the step's sales come into it at its end.
void LocalDebt::follow_sales(Step& s) const {
  s[sales[0]] = 0;
  for (int k = 0; k < 3; ++k) {
    const ScratchFrame frame;
    const auto before = s.last(sales[k + 1]);
    s[sales[k + 1]] = before + sales_move * (leveraged_sales(s, k) - before);
    s[sales[0]] += s[sales[k + 1]];
  }
  if (land_responds) return;
  s[offered[0]] = 1;
  s[shortfall[0]] = 0;
}

// Gross, without what financing vehicles buy: that only moves money between them and the budget.
ScratchColumn LocalDebt::land_of(Step& s, int i) const {
  Column land = scratch_column();
  const ScratchFrame frame;
  land = land_per_sales * weight[at(i)] * s.dt() * s.last(sales[tier(i)]);
  if (land_responds) land *= pow(s.last(offered[i]), land_elasticity);
  return {land.data(), land.size()};
}

// `fresh_money`: needed beyond what is rolled, over own revenue; what is offered answers to it a step later.
void LocalDebt::offer_land(Step& s, int i, const ScratchColumn& fresh_money) const {
  const ScratchFrame frame;
  const auto before = s.last(offered[i]);
  const auto wanted =
      1 + land_momentum / 100 * (mean_momentum(s, i) - momentum_average) + land_need * s.last(shortfall[i]);
  s[offered[i]] = (before + land_moves * (wanted - before)).max(0.3).min(2.0);
  s[shortfall[i]] = fresh_money;
}

ScratchColumn LocalDebt::mean_momentum(Step& s, int i) const {
  if (tier(i) > 0) return named(1.0 * s[momentum[tier(i) - 1]]);
  const double all = sales0[0] + sales0[1] + sales0[2];
  return named((sales0[0] * s[momentum[0]] + sales0[1] * s[momentum[1]] + sales0[2] * s[momentum[2]]) / all);
}

}  // namespace moniac
