// Spreads, distress of provinces, and how it spreads to others.
#include "models/local_debt/local_debt_model.h"

namespace moniac {

// As a fraction; `logs` are what else moves its logarithm.
ScratchColumn LocalDebt::normal_spread(const ScratchColumn& leverage, const ScratchColumn& service,
                                       const ScratchColumn& logs) const {
  const double constant = log(spread0);
  const auto normal = exp(constant + by_leverage * (leverage - leverage0) + by_service * (service - service0) + logs);
  return named(normal.max(least_spread).min(most_spread));
}

ScratchColumn LocalDebt::rolled_at(const Column& spread_bp) const {
  return named((rollover_max / (1 + exp((spread_bp / 1e4 - rollover_half) / rollover_width))).min(1.0));
}

// Money, foreign capital and news move all spreads.
ScratchColumn LocalDebt::log_spread(Step& s) const {
  Column logs = scratch_column();
  const ScratchFrame frame;
  const double dt = s.dt();
  const auto before = named((s.last(base_last) > 0.0).select(s.last(base_last), s[base_money]));
  const auto rise = log(s[base_money].max(1e-300) / before.max(1e-300));
  money_growth.push(s, (s[base_money] > 0.0 && s.last(base_last) > 0.0).select(rise, usual_money_growth * dt));
  s[base_last] = s[base_money];
  s[inflow_start] = s.last(inflow_start);
  inflows.push(s, 12 * dt * (s[inflow] - s[inflow_start]));
  Column money = scratch_column(), foreign = scratch_column();
  money_growth.sum(s, money);
  inflows.sum(s, foreign);
  s[news] = spread_news.decay * s.last(news) + spread_sd * spread_news.innovation * s[spread_shock];
  const auto debt = s.last(lgfv_total) / s[usdcny];
  logs = s[news] - 2 * (money - usual_money_growth) - 3 * foreign / debt.max(1e-9) + by_contagion * s.last(contagion);
  return {logs.data(), logs.size()};
}

// Distress ends, and begins: maturities are extended at a lower rate.
void LocalDebt::fall_into_distress(Step& s, int i, const ScratchColumn& service, const ScratchColumn& overdue,
                                   const ScratchColumn& common, Sums& sum) const {
  const double dt = s.dt(), rounding = 1e-9;
  const auto time = s.last(distress_time[i]) + dt;
  const auto ends = time >= longest - rounding || (time >= 1 - rounding && service < recovered);
  const auto still = named(ends.select(0.0, s.last(distressed[i])));
  const auto rise = exp(hazard_service * (service - threshold) + common + hazard_arrears * overdue);
  const auto chance = expm1(-dt * (hazard0 * rise).min(hazard_max));
  const auto falls = named((still == 0.0 && s[distress_shock[i]] < -chance).cast<double>());
  s[distressed[i]] = still + falls;
  s[distress_time[i]] = still * time;
  const auto rate = s[lgfv_rate[i]];
  s[lgfv_rate[i]] = (falls > 0.0).select(rate.min((rate - rate_relief).max(rate_floor)), rate);
  sum.fallen += falls * s.last(lgfv[i]);
}

// In the step after distress began; of what is `left`.
ScratchColumn LocalDebt::written_off(Step& s, int i, const ScratchColumn& left) const {
  const auto began = (s.last(distressed[i]) > 0.0 && s.last(distress_time[i]) == 0.0).cast<double>();
  return named((write_off * began * s.last(lgfv[i])).min(left));
}

void LocalDebt::spread_contagion(Step& s, const Sums& sum) const {
  const auto part = sum.fallen / s.last(lgfv_total).max(1e-300);
  s[contagion] = contagion_left * s.last(contagion) + jump * jump_left * part + developer_jump * s[developer_defaults];
}

}  // namespace moniac
