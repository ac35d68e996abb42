#include "models/treasury/holders.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/treasury/holders_model.h"
#include "sim/math/columns.h"

namespace moniac {

void Holders::start(Start& s) const {
  const auto bill_scale = named(s[all_bills] / outstanding[0]);
  const auto coupon_scale = named(s[all_coupons] / outstanding[1]);
  for (int h = 0; h < count; ++h) {
    s[bills[h]] = bills0[at(h)] * bill_scale;
    s[total[h]] = s[bills[h]] + (holdings0[at(h)] - bills0[at(h)]) * coupon_scale;
  }
  close(s);
  for (const Output flow :
       {runoff, purchases, mmf_buys, bank_buys, nonbank_buys, foreign_flow, surprise, gap, residual, exhausted, outbid})
    s[flow] = 0;
  for (int j = 0; j < foreigners; ++j) s[follows[j]] = 0;
  s[rollover] = (maturing(s[total[soma]] - s[bills[soma]], s[redeemed_coupons], s[all_coupons]) - s[cap]).max(0.0);
  s[y10_start] = s[y10];
  s[hedge_start] = s[y3m] - s[japan_rate];
  window.fill(s, s[net_bills] + s[net_coupons] + s[cap]);
  annual_supply(s);
  s[supply_start] = s[private_supply];
  s[expected_soma] = s[total[soma]] - s[bills[soma]];
  add_official_coupons(s, s[expected_official]);
  publish(s);
}

void Holders::step(Step& s) const {
  for (const State constant : {y10_start, hedge_start, supply_start}) s[constant] = s.last(constant);
  const bool followed = follow(s);
  const bool refusing = (s[refused] > 0.2).any();
  s[outbid] = 0;
  const auto soma_bills = maturing(s.last(bills[soma]), s[redeemed_bills], opening_bills(s));
  const auto soma_coupons =
      maturing(s.last(total[soma]) - s.last(bills[soma]), s[redeemed_coupons], opening_coupons(s));
  const auto coupon_runoff = named(soma_coupons.min(s[cap].max(0.0)));
  const auto bill_runoff = named(soma_bills.min(s[cap].max(0.0) - coupon_runoff));
  const auto bill_supply = named(s[net_bills] + bill_runoff);
  const auto coupon_supply = named(s[net_coupons] + coupon_runoff);
  s[rollover] = soma_coupons - coupon_runoff;
  move_soma(s, bill_runoff, coupon_runoff);
  for (int j = 1; j <= foreigners; ++j) move_foreigner(s, j, followed || refusing);
  move_money_funds(s, bill_supply);
  move_banks(s, bill_supply, coupon_supply);
  close(s);
  ration(s);
  report(s, bill_supply, coupon_supply);
  expect(s, coupon_runoff);
  publish(s);
}

Names Holders::names_of(std::string name, Names fallback, std::string doc) {
  return Model::names(std::move(name), std::move(fallback), std::move(doc));
}

std::vector<double> Holders::by_holder(std::vector<double> whole) const {
  if (!split_japan) return whole;
  const double all = whole[japan];
  whole[japan] = (1 - japan_private_share) * all;
  whole.insert(whole.begin() + japan + 1, japan_private_share * all);
  return whole;
}

std::vector<double> Holders::default_weights() const {
  if (split_japan) return {.20, .05, .30, .15, .20, .10};
  return {.25, .30, .15, .20, .10};
}

std::vector<double> Holders::default_thresholds() const {
  if (split_japan) return {.45, .45, .90, .40, .40, .60};
  return {.45, .90, .40, .40, .60};
}

bool Holders::is_official(int holder) const {
  return holder >= japan && holder < foreigners && !is_private_japan(holder);  // the last foreigner is private
}

void Holders::report(Step& s, const ScratchColumn& bill_supply, const ScratchColumn& coupon_supply) const {
  s[mmf_buys] = s[total[mmf]] - s.last(total[mmf]);
  s[bank_buys] = s[total[banks]] - s.last(total[banks]);
  s[foreign_flow] = 0;
  s[surprise] = 0;
  for (int j = 1; j <= foreigners; ++j) {
    s[foreign_flow] += s[total[j]] - s.last(total[j]);
    s[surprise] += s.last(total[j]);
  }
  s[nonbank_buys] = s[foreign_flow] + s[total[rest]] - s.last(total[rest]);
  s[surprise] = 100 * (growth * s.dt() * s[surprise] - s[foreign_flow]) / s[gdp];
  const auto placed = s[mmf_buys] + s[bank_buys] + s[nonbank_buys] + s[purchases];
  s[residual] = (placed - bill_supply - coupon_supply).abs();
  window.push(s, bill_supply + coupon_supply - s[purchases]);
  annual_supply(s);
  s[gap] = s[private_supply] - s[supply_start];
}

void Holders::add_official_coupons(const View& s, Column sum) const {
  sum = 0;
  for (int h = japan; h <= foreigners; ++h)
    if (is_official(h)) sum += s[total[h]] - s[bills[h]];
}

// Announced caps and the trend of official holdings are expected; purchases and sales are not.
void Holders::expect(Step& s, const ScratchColumn& coupon_runoff) const {
  s[expected_soma] = s.last(expected_soma) - coupon_runoff;
  s[expected_official] = s.last(expected_official) * (1 + growth * s.dt());
}

void Holders::publish(View& s) const {
  const double counted = official_duration * (1 - official_sensitive);
  add_official_coupons(s, s[insensitive]);
  s[insensitive] = s[total[soma]] - s[bills[soma]] + counted * s[insensitive];
  s[expected] = s[expected_soma] + counted * s[expected_official];
}

void Holders::check_figures() {
  const auto sized = [&](const std::vector<double>& list, int size, const std::string& name) {
    return check_size(list, static_cast<std::size_t>(size), name);
  };
  sized(speed, foreigners, "cascade_speed");
  sized(weight, foreigners, "cascade_weights");
  sized(threshold, foreigners, "cascade_thresholds");
  for (const std::string& name : from_bills)
    check(std::find(names.begin() + 1, names.begin() + 1 + foreigners, name) != names.begin() + 1 + foreigners,
          "unknown foreign holder '" + name + "'; there are " + listed(foreign_names()), {"sells_bills"});
  const double weights = std::accumulate(weight.begin(), weight.end(), 0.0);
  check(std::abs(weights - 1) < 1e-9, "the weights sum to " + to_text(weights) + ", not to 1", {"cascade_weights"});
  bool square = weight_matrix.empty() || static_cast<int>(weight_matrix.size()) == foreigners;
  for (const auto& row : weight_matrix) square = square && static_cast<int>(row.size()) == foreigners;
  check(square,
        "cascade_weight_matrix needs a row and a column for each of " + to_text(double(foreigners)) + " holders",
        {"cascade_weight_matrix"});
  if (!sized(outstanding, 2, "outstanding") || !sized(holdings0, count, "holdings") ||
      !sized(bills0, count, "bill_holdings"))
    return;
  check_sum(bills0, outstanding[0], "bill_holdings");
  check_sum(holdings0, outstanding[0] + outstanding[1], "holdings");
  for (int h = 0; h < count; ++h)
    check(bills0[at(h)] <= holdings0[at(h)] * (1 + 1e-12),
          names[at(h)] + " holds " + to_text(bills0[at(h)]) + " USD bn of bills in " + to_text(holdings0[at(h)]) +
              " of bills and coupons",
          {"holdings", "bill_holdings"});
}

void Holders::check_sum(const std::vector<double>& held, double all, const std::string& name) {
  const double sum = std::accumulate(held.begin(), held.end(), 0.0);
  check(std::abs(sum - all) <= 1e-9 * all,
        name + " sum to " + to_text(sum) + " USD bn, but " + to_text(all) + " are outstanding", {name, "outstanding"});
}

std::string Holders::listed(const Names& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

ModelType holders() {
  return model_type<Holders>("holders", "treasury", "us",
                             "Who holds Treasury bills and coupons: SOMA, foreigners, money funds, banks, the rest");
}

}  // namespace moniac
