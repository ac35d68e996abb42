// What each holder buys and sells in a step.
#include <algorithm>

#include "models/treasury/cut_back.h"
#include "models/treasury/holders_model.h"
#include "sim/math/columns.h"
#include "sim/math/even_spread.h"

namespace moniac {

ThresholdCascade Holders::followers() const {
  ThresholdCascade chain = ThresholdCascade::of(weight, threshold);
  if (!weight_matrix.empty()) chain.weight = weight_matrix;
  chain.temperature = temperature;
  return chain;
}

// Whether anybody buys or sells with the leader.
bool Holders::follow(Step& s) const {
  for (int j = 0; j < foreigners; ++j) s[follows[j]] = s.last(follows[j]);
  auto first = s[follows[leader]];
  first = (s[leader_action] == 0.0).select(first, s[leader_action]);
  const Calendar::Ratio dt = s.time().dt_ratio();
  const int ticks = evenly_spread(12, dt.numerator, dt.denominator, s.index());  // holdings are published monthly
  const auto signal = named(by_posture * (s[posture] - 0.5) + by_yield * (s[y10] - s[y10_start]));
  const double lowest = *std::min_element(cascade.threshold.begin(), cascade.threshold.end());
  const bool by_chance = temperature > 0;
  if (!by_chance && !anybody_follows(s) && !(signal.abs() >= lowest - ThresholdCascade::rounding).any()) return false;
  const auto b = [&](int j) { return s[follows[j]]; };
  const auto before = [&](int j) { return s[bills[j + 1]]; };  // room: columns that are written later
  for (int tick = 0; tick < ticks; ++tick) {
    if (by_chance)
      cascade.tick_by_chance(b, before, signal, s[mmf_buys], [&](int j) { return s[joins[tick * foreigners + j]]; });
    else
      cascade.tick(b, before, signal, s[mmf_buys]);
  }
  return true;
}

bool Holders::anybody_follows(const Step& s) const {
  for (int j = 0; j < foreigners; ++j)
    if ((s[follows[j]] != 0.0).any()) return true;
  return false;
}

void Holders::move_soma(Step& s, const ConstColumn& bill_runoff, const ConstColumn& coupon_runoff) const {
  s[runoff] = bill_runoff + coupon_runoff;
  const auto left = named(s.last(total[soma]) - s.last(bills[soma]) - coupon_runoff);
  const auto ordered = named(s[fed_purchases] + s[market_orders]);
  s[exhausted] = (ordered < -left).select(1.0, Eigen::ArrayXd::Zero(s.lanes()));
  s[purchases] = ordered.max(-left) + s[reserve_orders];
  s[bills[soma]] = s.last(bills[soma]) - bill_runoff + s[reserve_orders];
  s[total[soma]] = s.last(total[soma]) - s[runoff] + s[purchases];
}

void Holders::move_foreigner(Step& s, int j, bool moved_by_others) const {
  const auto held = s.last(total[j]);
  const auto bill_part = named(s.last(bills[j]) / held.max(1e-9));
  auto now = s[total[j]];
  now = growth;
  if (moved_by_others) now += at_speed(s, j);
  const double e = is_private_japan(j) ? japan_elasticity : elasticity;
  if (e > 0) {
    now += e * (s[y10] - s[y10_start]);
    if (j == japan || is_private_japan(j)) now -= e * hedged * (s[y3m] - s[japan_rate] - s[hedge_start]);
  }
  now *= held * s.dt();
  s[bills[j]] = s.last(bills[j]) + bill_part * now;
  now += held;
  if (j == japan || j == china()) sell(s, j, bill_part);
  keep_what_is_there(s, now, s[bills[j]]);
}

// Neither bills nor coupons fall below zero. Paths on which both are there keep their bits.
void Holders::keep_what_is_there(Step& s, Column all, Column of_bills) const {
  const auto oversold = of_bills < 0.0 || all < of_bills;
  if (!oversold.any()) return;
  s[exhausted] = oversold.select(1.0, s[exhausted]);
  const auto coupons = named((all - of_bills).max(0.0));
  all = oversold.select(of_bills.max(0.0) + coupons, all);
  of_bills = of_bills.max(0.0);
}

// A b_j; of each foreigner but China the share that refused sells.
ScratchColumn Holders::at_speed(Step& s, int j) const {
  const double a = speed[at(j - 1)];
  if (j == china()) return named(a * s[follows[j - 1]]);
  const auto share = (s[refused] > 0.2).select(s[refused], Eigen::ArrayXd::Zero(s.lanes()));
  return named(a * ((1 - share) * s[follows[j - 1]] - share));
}

void Holders::sell(Step& s, int j, const ScratchColumn& bill_part) const {
  const auto sold = named(j == japan ? s[japan_script] + s[ledger[0]] : s[china_script] + s[ledger[1]]);
  if (!(sold != 0.0).any()) return;
  const bool bills_first = std::find(from_bills.begin(), from_bills.end(), names[at(j)]) != from_bills.end();
  if (bills_first)
    s[bills[j]] -= sold.min(s[bills[j]].max(0.0));
  else
    s[bills[j]] -= bill_part * sold;
  s[total[j]] -= sold;
}

void Holders::move_money_funds(Step& s, const ScratchColumn& bill_supply) const {
  const auto above = (s[bill_yield] - s[policy_rate] + rrp_below) / 0.10;
  const auto wanted = (mmf_share + mmf_slope * above.max(-1.0).min(1.0)).max(0.0).min(1.0) * bill_supply;
  s[mmf_buys] = wanted.min(s[rrp].max(0.0)).max(-s.last(bills[mmf]));
  s[bills[mmf]] = s.last(bills[mmf]) + s[mmf_buys];
  s[total[mmf]] = s.last(total[mmf]) + s[mmf_buys];
}

void Holders::move_banks(Step& s, const ScratchColumn& bill_supply, const ScratchColumn& coupon_supply) const {
  const auto coupons = s.last(total[banks]) - s.last(bills[banks]);
  s[bills[banks]] = (s.last(bills[banks]) + bank_share * bill_supply).max(0.0);
  s[total[banks]] = s[bills[banks]] + (coupons + bank_share * coupon_supply).max(0.0);
}

// The private sector holds what is left of each class.
void Holders::close(View& s) const {
  s[bills[rest]] = s[all_bills];
  s[total[rest]] = s[all_bills] + s[all_coupons];
  for (int h = 0; h < rest; ++h) {
    s[bills[rest]] -= s[bills[h]];
    s[total[rest]] -= s[total[h]];
  }
}

// Nobody can hold what is not there: where the private sector has run out of a class, the purchases of others are cut
// back in proportion, and then, when so much was redeemed, their holdings.
void Holders::ration(Step& s) const {
  const auto short_of_bills = named((-s[bills[rest]]).max(0.0));
  const auto short_of_coupons = named((s[bills[rest]] - s[total[rest]]).max(0.0));
  if (!(short_of_bills + short_of_coupons > 0.0).any()) return;
  s[outbid] = (short_of_bills + short_of_coupons > 0.0).select(1.0, Eigen::ArrayXd::Zero(s.lanes()));
  cut_back(
      rest, short_of_coupons, [&](int h) { return s[total[h]] - s[bills[h]]; },
      [&](int h) { return s.last(total[h]) - s.last(bills[h]); },
      [&](int h, const auto& less) { s[total[h]] -= less; });
  cut_back(
      rest, short_of_bills, [&](int h) { return ConstColumn(s[bills[h]].data(), s.lanes()); },
      [&](int h) { return s.last(bills[h]); },
      [&](int h, const auto& less) {
        const auto cut = named(less);
        s[bills[h]] -= cut;
        s[total[h]] -= cut;
      });
  close(s);
}

}  // namespace moniac
