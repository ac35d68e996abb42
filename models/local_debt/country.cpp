// What all provinces meet in a step: quotas, swaps, transfers from the centre, growth.
#include <chrono>

#include "models/local_debt/announced.h"
#include "models/local_debt/local_debt_model.h"

namespace moniac {

namespace {

int year_of(const Step& s) {
  const Date first = s.time().date(s.index() - 1) + std::chrono::days(1);
  return int(std::chrono::year_month_day(first).year());
}

ScratchColumn announced(const ConstColumn& lever, double otherwise) {
  return named((lever < 0.0).select(otherwise, lever));
}

}  // namespace

LocalDebt::Country LocalDebt::country(Step& s) const {
  const double dt = s.dt();
  const int year = year_of(s);
  const auto y = s.last(total_gdp);
  const auto g = named(own_growth ? s.last(local_growth) : s[growth]);
  growths.push(s, g);
  const auto swap = named(announced(s[swap_lever], announced_swap(year)) * dt + s.last(carried));
  const double special = special_in_quota ? announced_special_swap(year) : 0;
  const auto cap = announced(s[cap_lever], announced_deficit(year)) / 100;
  const auto room = named((central_room + cap) * dt * y);
  const auto due = named(dt * transfers_due * s.last(gdp_factor));
  const auto paid = named((room / due.max(1e-300)).min(1.0));
  const auto left = (room - paid * due).max(0.0);
  return {.yield = named(s[y10] / 100),
          .growth = exp(dt / 100 * (g + s[inflation])),
          .quota = named((announced(s[quota_lever], announced_quota(year)) - special).max(0.0) * dt / y),
          .swap = swap,
          .swapping = named(swap / s.last(total_eligible).max(1e-300)),
          .transfers = named(paid * dt),
          .emergency = named(emergency * (left / (dt * s.last(total_emergency)).max(1e-300)).min(1.0)),
          .target = named(
              (incentive / investment_growth * (growth_target - growth_over_year(s) / 100).max(0.0)).min(target_cap)),
          .spread = log_spread(s),
          .hazard = named(hazard_contagion * s.last(contagion)),
          .per_gdp = named(1 / s.last(gdp_factor)),
          .nothing = named(0.0 * y)};
}

ScratchColumn LocalDebt::growth_over_year(Step& s) const {
  if (!own_growth) return named(1.0 * s[growth]);
  Column sum = scratch_column();
  growths.sum(s, sum);
  return named(sum / growths.size());
}

void LocalDebt::count_swaps(Step& s, const Country& all) const {
  const auto unused = named((all.swap - s[swapped]).max(0.0));
  s[swap_unused] = (unused > 1e-9 * all.swap).cast<double>();
  s[carried] = (carry ? 1.0 : 0.0) * unused;
}

void LocalDebt::grow(Step& s, const Sums& sum) const {
  const auto invested = s.dt() * s.last(total_gdp);
  s[planned0] = s.index() == 1 ? named(sum.planned / invested) : named(1.0 * s.last(planned0));
  s[investment_gap] = 100 * ((sum.planned - s[investment_cut]) / invested - s[planned0]);
  if (!own_growth) {
    s[local_growth] = s[growth];
    s[consumption_trend] = 0;
    return;
  }
  s[consumption_trend] =
      s.index() == 1 ? named(1.0 * s[consumption]) : named(s.last(consumption_trend) * exp(trend * s.dt()));
  const auto spent = (s[consumption_trend] > 0.0).select(s[consumption] / s[consumption_trend].max(1e-300), 1.0);
  s[local_growth] = 100 * (trend + investment_growth * ((sum.planned - s[investment_cut]) / invested - investment) +
                           consumption_growth * (spent - 1)) +
                    export_growth * s[exports] - distress_growth * s[distress_share];
}

}  // namespace moniac
