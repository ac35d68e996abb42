// The budget and the debts of one province.
#include "models/local_debt/local_debt_model.h"

namespace moniac {

void LocalDebt::start_province(Start& s, int i, Sums& sum) const {
  const double y = gdp0[at(i)], b = bonds0[at(i)], h = lgfv0[at(i)];
  s[bonds[i]] = b;
  s[lgfv[i]] = h;
  s[eligible[i]] = eligible0[at(i)];
  s[arrears[i]] = arrears0[at(i)];
  s[cash[i]] = cash0[at(i)];
  s[bond_interest[i]] = bond_rate0 / 100 * b;
  s[lgfv_rate[i]] = lgfv_rate0 / 100;
  s[swap_bonds[i]] = 0;
  s[distressed[i]] = 0;
  s[distress_time[i]] = 0;
  const ScratchFrame frame;
  const double due = (bond_rate0 * b + lgfv_rate0 * h) / 100, transfers = received(i) * y;
  const auto land = named(land_per_sales * weight[at(i)] * s[sales[tier(i)]]);
  const auto revenue = named(own(i) * y + net_land * land);
  const auto none = named(0.0 * land);
  const auto service = named(due / (revenue + (service_over_all ? transfers : 0.0)));
  s[spread[i]] = 1e4 * normal_spread(named(none + (b + h + arrears0[at(i)]) / y), service, none);
  s[rollover[i]] = rolled_at(s[spread[i]]);
  s[interest] += due * s.dt();
  s[land_revenue] += (1 + vehicle_purchases) * s.dt() * land;
  sum.revenue += revenue * s.dt();
  sum.transfers += transfers * s.dt();
  add_stocks(s, i, sum);
}

void LocalDebt::move(Step& s, int i, const Country& all, Sums& sum) const {
  const Budget flows = budget(s, i, all);
  const Retired retired = retire(s, i, all);
  const Waterfall paid = finance(s, i, all, flows, retired);
  const auto left = named(s.last(lgfv[i]) - retired.due - retired.swap - paid.prepaid);
  const auto lost = write_off > 0 ? written_off(s, i, left) : all.nothing;
  move_debts(s, i, all, retired, paid, named(left - lost));
  move_cash(s, i, paid);
  audit(s, i, flows, paid, lost);
  if (land_responds)
    offer_land(s, i, named((paid.need - paid.bonds - s.last(rollover[i]) * retired.due).max(0.0) / flows.revenue));
  judge(s, i, all, flows, sum);

  s[interest] += flows.interest;
  s[land_revenue] += (1 + vehicle_purchases) * flows.land;
  s[investment_cut] += paid.cut;
  s[swapped] += retired.swap;
  sum.transfers += flows.transfers;
  sum.planned += flows.planned;
  add_stocks(s, i, sum);
}

LocalDebt::Budget LocalDebt::budget(Step& s, int i, const Country& all) const {
  const double dt = s.dt();
  const auto y = gdp(s, i);
  const auto h = s.last(lgfv[i]);
  const auto revenue = named(own(i) * dt * y);
  const auto paid = named(dt * (s.last(bond_interest[i]) + s.last(lgfv_rate[i]) * h));
  const auto transfers = named(received(i) * all.transfers * y + all.emergency * s.last(distressed[i]) * paid);
  const auto land = land_of(s, i);
  const auto planned = named((investment + all.target) * dt * y);
  const auto deficit = named(spending0[at(i)] / 100 * dt * y + planned + paid - revenue - net_land * land - transfers -
                             vehicle_income * dt * h);
  return {revenue, paid, transfers, land, planned, deficit};
}

LocalDebt::Retired LocalDebt::retire(Step& s, int i, const Country& all) const {
  const auto h = s.last(lgfv[i]), e = s.last(eligible[i]), ill = s.last(distressed[i]);
  const auto due = named((lgfv_matures + (lgfv_matures_extended - lgfv_matures) * ill) * h);
  return {due, named(may_swap[at(i)] * (all.swapping * e).min(e).min(h - due))};
}

Waterfall LocalDebt::finance(Step& s, int i, const Country& all, const Budget& flows, const Retired& retired) const {
  const auto y = gdp(s, i);
  const auto h = s.last(lgfv[i]), swaps = s.last(swap_bonds[i]);
  const auto due_bonds = bonds_mature * s.last(bonds[i]);
  const auto aim = cash_target * (own(i) + received(i)) * y;
  const auto need =
      named(flows.deficit + due_bonds + retired.due + arrears_paid * s.last(arrears[i]) + aim - s.last(cash[i]));
  const auto base = h + (room_after_swap ? 0.0 : 1.0) * swaps;
  return pay(need, refinanced * due_bonds + (swap_rolled * (1 - refinanced) * bonds_mature) * swaps, all.quota * y,
             s.last(rollover[i]) * retired.due + lgfv_growth * s.dt() * base, (1 - cash_minimum) * aim,
             deepest_cut * flows.planned, h - retired.due - retired.swap);
}

// Stocks of debt and their average rates; `kept` of vehicles' debt is neither retired nor written off.
void LocalDebt::move_debts(Step& s, int i, const Country& all, const Retired& retired, const Waterfall& paid,
                           const ScratchColumn& kept) const {
  const auto b = s.last(bonds[i]), e = s.last(eligible[i]);
  s[bonds[i]] = b - bonds_mature * b + paid.bonds + retired.swap;
  s[lgfv[i]] = kept + paid.lent;
  s[eligible[i]] = (e - retired.swap - resolved * s.dt() * e).max(0.0).min(s[lgfv[i]]);
  s[swap_bonds[i]] = s.last(swap_bonds[i]) + retired.swap;
  s[bond_interest[i]] = (1 - bonds_mature) * s.last(bond_interest[i]) +
                        (all.yield + bond_premium) * (paid.bonds + retired.swap) - swap_discount * retired.swap;
  const auto lgfv_interest = s.last(lgfv_rate[i]) * kept + (all.yield + s.last(spread[i]) / 1e4) * paid.lent;
  s[lgfv_rate[i]] = (s[lgfv[i]] > 0.0).select(lgfv_interest / s[lgfv[i]].max(1e-300), s.last(lgfv_rate[i]));
}

void LocalDebt::move_cash(Step& s, int i, const Waterfall& paid) const {
  const auto a = s.last(arrears[i]);
  s[arrears[i]] = a - arrears_paid * a + paid.unpaid();
  s[cash[i]] = cash_target * (own(i) + received(i)) * gdp(s, i) - paid.cash + paid.surplus();
}

// Net debt rises by what was spent beyond revenue, less what was written off.
void LocalDebt::audit(Step& s, int i, const Budget& flows, const Waterfall& paid, const ScratchColumn& lost) const {
  const auto net = (s[bonds[i]] - s.last(bonds[i])) + (s[lgfv[i]] - s.last(lgfv[i])) +
                   (s[arrears[i]] - s.last(arrears[i])) - (s[cash[i]] - s.last(cash[i]));
  s[residual] = s[residual].max((net - flows.deficit + paid.cut + lost).abs() *
                                (1 / (bonds0[at(i)] + lgfv0[at(i)] + cash0[at(i)] + 1)));
}

// What lenders make of it: the spread, what they roll, and whether the province falls into distress.
void LocalDebt::judge(Step& s, int i, const Country& all, const Budget& flows, Sums& sum) const {
  const ScratchFrame frame;
  const auto a = s.last(arrears[i]);
  const auto income = named(flows.revenue + net_land * flows.land);
  const auto service = named(flows.interest / (income + (service_over_all ? 1.0 : 0.0) * flows.transfers));
  const auto leverage = named((s.last(bonds[i]) + s.last(lgfv[i]) + a) * all.per_gdp * (1 / gdp0[at(i)]));
  const auto normal = normal_spread(leverage, service, named(by_distress * s.last(distressed[i]) + all.spread));
  s[spread[i]] = s.last(spread[i]) + spread_moves * (1e4 * normal - s.last(spread[i]));
  s[rollover[i]] = rolled_at(s[spread[i]]);
  fall_into_distress(s, i, service, named((a * all.per_gdp * (1 / (own(i) * gdp0[at(i)]))).min(1.0)), all.hazard, sum);
  sum.revenue += income;
}

}  // namespace moniac
