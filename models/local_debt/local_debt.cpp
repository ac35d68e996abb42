#include "models/local_debt/local_debt.h"

#include "models/local_debt/local_debt_model.h"

namespace moniac {

void LocalDebt::start(Start& s) const {
  start_land(s);
  Sums sum = no_sums(s);
  s[gdp_factor] = 1;
  s[total_gdp] = total(gdp0);
  for (int i = 0; i < count; ++i) start_province(s, i, sum);
  publish(s, sum);
  start_flows(s);
  s[news] = 0;
  s[contagion] = 0;
  s[base_last] = 0;
  s[inflow_start] = s[inflow];
  money_growth.fill(s, usual_money_growth * s.dt());
  inflows.fill(s, 0);
  s[local_growth] = 100 * trend;
  growths.fill(s, 100 * trend);
  s[consumption_trend] = 0;
}

void LocalDebt::start_flows(Start& s) const {
  for (const Output& flow : {bank_loss, investment_cut, swapped, swap_unused, residual, investment_gap, stress})
    s[flow] = 0;
  s[carried] = 0;
  s[planned0] = 0;
  losses.fill(s, 0);
  s[clearing_residual] = 0;
  for (int b = 0; b < groups; ++b) {
    s[capital[b]] = capital0[at(b)];
    s[unpaid_claims[b]] = 0;
  }
}

void LocalDebt::step(Step& s) const {
  follow_sales(s);
  const Country all = country(s);
  s[gdp_factor] = s.last(gdp_factor) * all.growth;
  s[total_gdp] = total(gdp0) * s[gdp_factor];
  Sums sum = no_sums(s);
  for (const Output& flow : {swapped, investment_cut, residual}) s[flow] = 0;
  for (int i = 0; i < count; ++i) {
    const ScratchFrame frame;
    move(s, i, all, sum);
  }
  publish(s, sum);
  count_swaps(s, all);
  spread_contagion(s, sum);
  charge_banks(s, sum);
  grow(s, sum);
}

LocalDebt::Sums LocalDebt::no_sums(View& s) const {
  for (const Output& total : {bond_total, lgfv_total, total_eligible, arrears_total, interest, land_revenue})
    s[total] = 0;
  s[total_emergency] = 0;
  for (int k = 0; k < land_supply.size; ++k) s[land_supply[k]] = land_responds ? 0 : 1;
  const auto zero = [] {
    auto column = scratch_column();
    column = 0;
    return column;
  };
  return {zero(), zero(), zero(), zero(), zero(), zero()};
}

void LocalDebt::add_stocks(View& s, int i, Sums& sum) const {
  s[bond_total] += s[bonds[i]];
  s[lgfv_total] += s[lgfv[i]];
  s[arrears_total] += s[arrears[i]];
  s[total_eligible] += may_swap[at(i)] * s[eligible[i]];
  s[total_emergency] += s[distressed[i]] * (s[bond_interest[i]] + s[lgfv_rate[i]] * s[lgfv[i]]);
  sum.spread += s[lgfv[i]] * s[spread[i]];
  sum.ill += s[lgfv[i]] * s[distressed[i]];
  for (int k = 0; land_responds && k < land_supply.size; ++k)
    if (tier(i) == 0 || tier(i) == k + 1) s[land_supply[k]] += weight[at(i)] * s[offered[i]];
}

// The country at the end of a step.
void LocalDebt::publish(View& s, const Sums& sum) const {
  s[debt_ratio] = 100 * (s[bond_total] + s[lgfv_total]) / s[total_gdp];
  s[service_own] = 100 * s[interest] / sum.revenue;
  s[service_all] = 100 * s[interest] / (sum.revenue + sum.transfers);
  s[mean_spread] = sum.spread / s[lgfv_total].max(1e-300);
  s[distress_share] = 100 * sum.ill / s[lgfv_total].max(1e-300);
}

ModelType local_debt() {
  return model_type<LocalDebt>("local_debt", "local_debt", "cn",
                               "Debts of China's local governments: budgets, swaps, spreads, distress and contagion");
}

}  // namespace moniac
