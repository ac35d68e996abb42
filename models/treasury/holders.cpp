#include "models/treasury/holders.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/treasury/cut_back.h"
#include "models/treasury/starts.h"
#include "models/treasury/threshold_cascade.h"
#include "sim/math/columns.h"
#include "sim/math/even_spread.h"
#include "sim/model/moving_window.h"

namespace moniac {

namespace {

// Who holds bills and coupons, to the dollar. To be placed in a step, of each class: net issuance and what the SOMA
// lets run off.
//
//   SOMA       runs off up to the cap, coupons first; rolls the rest; buys what the Federal Reserve orders
//   foreign j  dH_j = H_j [g + e (y10 - y10_0 - hc_j) + A b_j] dt - sales_j, bills and coupons pro rata
//   mmf        (s0 + s1 clip((bill - rrp)/10 bp, -1, 1)) of the bills, as far as the ON RRP reaches
//   banks      a share of both; private: the rest, at the yields of the curve
//
// b_j: 1 follows the leader as a buyer, -1 as a seller (threshold_cascade.h), on a monthly clock. No draws.
class Holders final : public Model {
  enum Holder { soma, japan };

  const TreasuryStart figures = treasury_start(
      choice("start", treasury_start_names().front(), treasury_start_names(), "Date whose figures are the defaults"));
  const bool split_japan = flag("split_japan", false, "Whether private holders in Japan are told from official ones");
  const Names names = holder_names(split_japan);
  const int count = static_cast<int>(names.size());
  const int foreigners = count - 4;  // between the SOMA and banks, mmf, private
  const int banks = count - 3, mmf = count - 2, rest = count - 1;

  // Who holds what at the start
  const double japan_private_share = param("japan_private_share", 0.25, "", between(0, 1),
                                           "Private part of Japan's holdings, for split_japan", illustrative());
  const std::vector<double> outstanding =
      numbers("outstanding", {figures.bills, figures.coupons()}, "USD bn", nonnegative(),
              "Bills and coupons that the holdings add up to", figures.debt_source);
  const std::vector<double> holdings0 = numbers("holdings", by_holder(figures.holdings), "USD bn", nonnegative(),
                                                "Bills and coupons of each holder", figures.holdings_source);
  const std::vector<double> bills0 = numbers("bill_holdings", by_holder(figures.bill_holdings), "USD bn", nonnegative(),
                                             "Bills of each holder", figures.holdings_source);

  // Behaviour
  const double growth = param("foreign_growth", 0.04, "1/year", between(-1, 1),
                              "Trend growth of foreign holdings; deviations from it are news",
                              calibrated("all foreigners 2013Q1–2025Q3: 3.9 % a year, FDHBFIN"));
  const double elasticity = param("foreign_elasticity", 0, "1/year", between(0, 10),
                                  "Growth of foreign holdings per pp of yield above the start", illustrative());
  const double japan_elasticity =
      param("japan_private_elasticity", 0.05, "1/year", between(0, 10),
            "The same of private holders in Japan, on the hedged yield; for split_japan", illustrative());
  const double hedged =
      param("hedge_share", 0.3, "", between(0, 1), "Share of Japan's holdings that is hedged", illustrative());
  const std::vector<double> speed =
      numbers("cascade_speed", std::vector<double>(static_cast<std::size_t>(foreigners), 0.06), "1/year", nonnegative(),
              "A: purchases of each foreign holder that follows, of its holdings a year", illustrative());
  const std::vector<double> weight = numbers("cascade_weights", default_weights(), "", between(0, 1),
                                             "Weight of each foreign holder in the eyes of the others", illustrative());
  const std::vector<double> threshold =
      numbers("cascade_thresholds", default_thresholds(), "", nonnegative(),
              "Weight of followers and signal at which each foreign holder joins", illustrative());
  const int leader = choice("leader", "china", foreign_names(), "Who may go first");
  const double by_posture =
      param("signal_posture", 0.2, "", nonnegative(), "Signal of the US–China posture above 0.5", illustrative());
  const double by_yield = param("signal_yield", 0.02, "", nonnegative(),
                                "Signal per pp of the 10-year yield above the start", illustrative());
  const Names from_bills = names_of("sells_bills", {}, "Foreign holders that sell bills before coupons");
  const double mmf_share = param("mmf_share", 0.55, "", between(0, 1), "s0: money funds' share of net bills",
                                 calibrated("ON RRP took 46 % of net bills in June and 71 % in June–December 2023"));
  const double mmf_slope = param("mmf_slope", 0.25, "", between(0, 1),
                                 "s1: rise of the share per 10 bp of bills above the ON RRP rate", illustrative());
  const double rrp_below = param("rrp_below_policy", figures.rrp_below_policy, "pp", between(0, 2),
                                 "Policy rate less ON RRP rate", published("FOMC: 0.25, before December 2024 0.20 pp"));
  const double bank_share = param("bank_share", 0.05, "", between(0, 1), "Banks' share of net supply", illustrative());
  const double official_sensitive = param("official_sensitive", 0, "", between(0, 1),
                                          "Share of official coupons whose holders react to yields", illustrative());
  const double official_duration =
      param("official_duration", 0.9, "", nonnegative(), "Duration of officials' coupons relative to those of all",
            illustrative("reserves are held shorter than the market"));

  // Inputs
  const Input net_bills = input("net_bills", 0, "USD bn/step", "Bills sold less redeemed");
  const Input net_coupons = input("net_coupons", 0, "USD bn/step", "Notes and bonds sold less redeemed");
  const Input all_bills = input("bills_outstanding", figures.bills, "USD bn", "Bills outstanding");
  const Input all_coupons = input("coupons_outstanding", figures.coupons(), "USD bn", "Coupons outstanding");
  const Input redeemed_bills = input("redeemed_bills", 0, "USD bn/step", "Bills that matured");
  const Input redeemed_coupons = input("redeemed_coupons", 0, "USD bn/step", "Notes and bonds that matured");
  const Input bill_yield = input("bill_yield", figures.yields[0], "%/year", "Yield of bills");
  const Input y3m = input("y3m", figures.yields[0], "%/year", "3-month yield");
  const Input y10 = input("y10", figures.yields[3], "%/year", "10-year yield");
  const Input policy_rate = input("policy_rate", figures.policy_rate, "%/year", "Upper bound of the policy range");
  const Input japan_rate = input("jp.policy_rate", 0.75, "%/year", "Policy rate of Japan");
  const Input gdp = input("gdp_nominal", figures.gdp, "USD bn/year", "Nominal GDP");
  const Input cap = input("qt_cap", 0, "USD bn/step", "Most that the SOMA lets run off");
  const Input fed_purchases = input("fed_purchases", 0, "USD bn/step", "Coupons that the Federal Reserve buys");
  const Input reserve_orders =
      lagged_input("reserve_purchases", 0, "USD bn/step", "Bills ordered to keep reserves ample, for the next step");
  const Input market_orders = lagged_input("market_function_purchases", 0, "USD bn/step",
                                           "Coupons ordered to calm the market, for the next step");
  const Input rrp = lagged_input("on_rrp", figures.on_rrp, "USD bn", "ON RRP balance");
  const Input posture = input("uscn.posture", 0.5, "ratio", "US–China posture: 1 détente, 0 confrontation");
  const Input refused = input("partners_refused", 0, "ratio", "Share of trade partners that refused to settle");
  const Input leader_action = input("leader_action", 0, "index", "1: the leader buys, -1: sells, 0: nothing new");
  const Input japan_script = input("jp.treasury_sales", 0, "USD bn/step", "Scripted sales of Japan");
  const Input china_script = input("cn.treasury_sales", 0, "USD bn/step", "Scripted sales of China");
  const Inputs ledger = inputs("treasury_sales", "country", {"japan", "china"}, 0, "USD bn/step",
                               "Sales out of foreign-exchange reserves, positive = sold");

  // Outputs
  const Outputs total = outputs("holdings", "holder", names, "USD bn", "Bills and coupons of each holder");
  const Outputs bills = outputs("bill_holdings", "holder", names, "USD bn", "Bills of each holder");
  const Output runoff = output("soma_runoff", "USD bn/step", "Maturities that the SOMA does not roll");
  const Output rollover = output("soma_rollover", "USD bn/step", "Coupons that the SOMA rolls into new ones");
  const Output purchases = output("soma_purchases", "USD bn/step", "What the Federal Reserve buys in the market");
  const Output mmf_buys = output("mmf_purchases", "USD bn/step", "Net purchases of money funds");
  const Output bank_buys = output("bank_purchases", "USD bn/step", "Net purchases of banks");
  const Output nonbank_buys = output("nonbank_purchases", "USD bn/step", "Net purchases of foreigners and the rest");
  const Output foreign_flow = output("foreign_flow", "USD bn/step", "Net purchases of foreigners");
  const Output surprise = output("flow_surprise", "%/step", "Foreign sales beyond trend in % of GDP");
  const Output private_supply =
      output("private_supply", "%/year", "Net supply outside the Federal Reserve over 13 weeks, a year's in % of GDP");
  const Output gap = output("issuance_gap", "%/year", "Private supply, deviation from the start");
  const Output insensitive =
      output("insensitive_coupons", "USD bn", "Coupons of holders that no yield moves, as of average duration");
  const Output expected = output("insensitive_coupons_expected", "USD bn", "The same without shocks");
  const Outputs follows = outputs("follows", "foreigner", foreign_names(), "index", "1 buys with the leader, -1 sells");
  const Output exhausted = clamp("holdings_exhausted", "A holder has no more to sell");
  const Output outbid = clamp("supply_exhausted", "The private sector has no more to sell; purchases are cut back");
  // Half a dollar.
  const Output residual = identity("holder_identity_residual", 5e-10, "USD bn",
                                   "Change of private holdings less supply that others leave; sum less outstanding");

  const State y10_start = state("y10_start", "10-year yield at the start, %");
  const State hedge_start = state("hedge_cost_start", "3-month yield less Japan's policy rate at the start, pp");
  const State supply_start = state("private_supply_start", "Private supply at the start, % of GDP");
  const State expected_soma = state("soma_coupons_expected", "Coupons of the SOMA without purchases, USD bn");
  const State expected_official = state("official_coupons_expected", "Coupons of officials on their trend, USD bn");
  const MovingWindow window{
      states("supply_window", steps_in(0.25, time().dt()), "Supply outside the Federal Reserve by step, USD bn")};

  const ThresholdCascade cascade = ThresholdCascade::of(weight, threshold);

 public:
  explicit Holders(Declarations& declarations) : Model(declarations) { check_figures(); }

  void start(Start& s) const override {
    const auto bill_scale = named(s[all_bills] / outstanding[0]);
    const auto coupon_scale = named(s[all_coupons] / outstanding[1]);
    for (int h = 0; h < count; ++h) {
      s[bills[h]] = bills0[at(h)] * bill_scale;
      s[total[h]] = s[bills[h]] + (holdings0[at(h)] - bills0[at(h)]) * coupon_scale;
    }
    close(s);
    for (const Output flow : {runoff, purchases, mmf_buys, bank_buys, nonbank_buys, foreign_flow, surprise, gap,
                              residual, exhausted, outbid})
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

  void step(Step& s) const override {
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

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  Names names_of(std::string name, Names fallback, std::string doc) {
    return Model::names(std::move(name), std::move(fallback), std::move(doc));
  }
  Names foreign_names() const { return {names.begin() + 1, names.begin() + 1 + foreigners}; }

  std::vector<double> by_holder(std::vector<double> whole) const {
    if (!split_japan) return whole;
    const double all = whole[japan];
    whole[japan] = (1 - japan_private_share) * all;
    whole.insert(whole.begin() + japan + 1, japan_private_share * all);
    return whole;
  }
  std::vector<double> default_weights() const {
    if (split_japan) return {.20, .05, .30, .15, .20, .10};
    return {.25, .30, .15, .20, .10};
  }
  std::vector<double> default_thresholds() const {
    if (split_japan) return {.45, .45, .90, .40, .40, .60};
    return {.45, .90, .40, .40, .60};
  }

  bool is_private_japan(int holder) const { return split_japan && holder == japan + 1; }
  bool is_official(int holder) const {
    return holder >= japan && holder < foreigners && !is_private_japan(holder);  // the last foreigner is private
  }
  int china() const { return split_japan ? 3 : 2; }

  // What was outstanding when the step began.
  ScratchColumn opening_bills(const Step& s) const { return named(s[all_bills] - s[net_bills]); }
  ScratchColumn opening_coupons(const Step& s) const { return named(s[all_coupons] - s[net_coupons]); }

  // A holder's part of what matured, pro rata of the class.
  template <class H>
  static ScratchColumn maturing(const H& held, const ConstColumn& redeemed, const ConstColumn& outstanding) {
    return named(held * (redeemed / outstanding.max(1e-9)).min(1.0));
  }

  // Whether anybody buys or sells with the leader.
  bool follow(Step& s) const {
    for (int j = 0; j < foreigners; ++j) s[follows[j]] = s.last(follows[j]);
    auto first = s[follows[leader]];
    first = (s[leader_action] == 0.0).select(first, s[leader_action]);
    const Calendar::Ratio dt = s.time().dt_ratio();
    const int ticks = evenly_spread(12, dt.numerator, dt.denominator, s.index());  // holdings are published monthly
    const auto signal = named(by_posture * (s[posture] - 0.5) + by_yield * (s[y10] - s[y10_start]));
    const double lowest = *std::min_element(cascade.threshold.begin(), cascade.threshold.end());
    if (!anybody_follows(s) && !(signal.abs() >= lowest - ThresholdCascade::rounding).any()) return false;
    // Room for the weights of both sides: columns that are written later.
    for (int tick = 0; tick < ticks; ++tick)
      cascade.tick([&](int j) { return s[follows[j]]; }, signal, s[mmf_buys], s[bank_buys]);
    return true;
  }
  bool anybody_follows(const Step& s) const {
    for (int j = 0; j < foreigners; ++j)
      if ((s[follows[j]] != 0.0).any()) return true;
    return false;
  }

  void move_soma(Step& s, const ConstColumn& bill_runoff, const ConstColumn& coupon_runoff) const {
    s[runoff] = bill_runoff + coupon_runoff;
    const auto left = named(s.last(total[soma]) - s.last(bills[soma]) - coupon_runoff);
    const auto ordered = named(s[fed_purchases] + s[market_orders]);
    s[exhausted] = (ordered < -left).select(1.0, Eigen::ArrayXd::Zero(s.lanes()));
    s[purchases] = ordered.max(-left) + s[reserve_orders];
    s[bills[soma]] = s.last(bills[soma]) - bill_runoff + s[reserve_orders];
    s[total[soma]] = s.last(total[soma]) - s[runoff] + s[purchases];
  }

  void move_foreigner(Step& s, int j, bool moved_by_others) const {
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
  void keep_what_is_there(Step& s, Column all, Column of_bills) const {
    const auto oversold = of_bills < 0.0 || all < of_bills;
    if (!oversold.any()) return;
    s[exhausted] = oversold.select(1.0, s[exhausted]);
    const auto coupons = named((all - of_bills).max(0.0));
    all = oversold.select(of_bills.max(0.0) + coupons, all);
    of_bills = of_bills.max(0.0);
  }

  // A b_j; of each foreigner but China the share that refused sells.
  ScratchColumn at_speed(Step& s, int j) const {
    const double a = speed[at(j - 1)];
    if (j == china()) return named(a * s[follows[j - 1]]);
    const auto share = (s[refused] > 0.2).select(s[refused], Eigen::ArrayXd::Zero(s.lanes()));
    return named(a * ((1 - share) * s[follows[j - 1]] - share));
  }

  void sell(Step& s, int j, const ScratchColumn& bill_part) const {
    const auto sold = named(j == japan ? s[japan_script] + s[ledger[0]] : s[china_script] + s[ledger[1]]);
    if (!(sold != 0.0).any()) return;
    const bool bills_first = std::find(from_bills.begin(), from_bills.end(), names[at(j)]) != from_bills.end();
    if (bills_first)
      s[bills[j]] -= sold.min(s[bills[j]].max(0.0));
    else
      s[bills[j]] -= bill_part * sold;
    s[total[j]] -= sold;
  }

  void move_money_funds(Step& s, const ScratchColumn& bill_supply) const {
    const auto above = (s[bill_yield] - s[policy_rate] + rrp_below) / 0.10;
    const auto wanted = (mmf_share + mmf_slope * above.max(-1.0).min(1.0)).max(0.0).min(1.0) * bill_supply;
    s[mmf_buys] = wanted.min(s[rrp].max(0.0)).max(-s.last(bills[mmf]));
    s[bills[mmf]] = s.last(bills[mmf]) + s[mmf_buys];
    s[total[mmf]] = s.last(total[mmf]) + s[mmf_buys];
  }

  void move_banks(Step& s, const ScratchColumn& bill_supply, const ScratchColumn& coupon_supply) const {
    const auto coupons = s.last(total[banks]) - s.last(bills[banks]);
    s[bills[banks]] = (s.last(bills[banks]) + bank_share * bill_supply).max(0.0);
    s[total[banks]] = s[bills[banks]] + (coupons + bank_share * coupon_supply).max(0.0);
  }

  // The private sector holds what is left of each class.
  void close(View& s) const {
    s[bills[rest]] = s[all_bills];
    s[total[rest]] = s[all_bills] + s[all_coupons];
    for (int h = 0; h < rest; ++h) {
      s[bills[rest]] -= s[bills[h]];
      s[total[rest]] -= s[total[h]];
    }
  }

  // Nobody can hold what is not there: where the private sector has run out of a class, the purchases of others are cut
  // back in proportion, and then, when so much was redeemed, their holdings.
  void ration(Step& s) const {
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

  void report(Step& s, const ScratchColumn& bill_supply, const ScratchColumn& coupon_supply) const {
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

  template <class S>
  void annual_supply(S& s) const {
    window.sum(s, s[private_supply]);
    s[private_supply] *= 100 / (s.dt() * window.size()) / s[gdp];
  }

  void add_official_coupons(const View& s, Column sum) const {
    sum = 0;
    for (int h = japan; h <= foreigners; ++h)
      if (is_official(h)) sum += s[total[h]] - s[bills[h]];
  }

  // Announced caps and the trend of official holdings are expected; purchases and sales are not.
  void expect(Step& s, const ScratchColumn& coupon_runoff) const {
    s[expected_soma] = s.last(expected_soma) - coupon_runoff;
    s[expected_official] = s.last(expected_official) * (1 + growth * s.dt());
  }

  void publish(View& s) const {
    const double counted = official_duration * (1 - official_sensitive);
    add_official_coupons(s, s[insensitive]);
    s[insensitive] = s[total[soma]] - s[bills[soma]] + counted * s[insensitive];
    s[expected] = s[expected_soma] + counted * s[expected_official];
  }

  void check_figures() {
    const auto sized = [&](const std::vector<double>& list, int size, const std::string& name) {
      check(static_cast<int>(list.size()) == size,
            name + " has " + to_text(double(list.size())) + " numbers for " + to_text(double(size)), {name});
      return static_cast<int>(list.size()) == size;
    };
    sized(speed, foreigners, "cascade_speed");
    sized(weight, foreigners, "cascade_weights");
    sized(threshold, foreigners, "cascade_thresholds");
    for (const std::string& name : from_bills)
      check(std::find(names.begin() + 1, names.begin() + 1 + foreigners, name) != names.begin() + 1 + foreigners,
            "unknown foreign holder '" + name + "'; there are " + listed(foreign_names()), {"sells_bills"});
    const double weights = std::accumulate(weight.begin(), weight.end(), 0.0);
    check(std::abs(weights - 1) < 1e-9, "the weights sum to " + to_text(weights) + ", not to 1", {"cascade_weights"});
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

  void check_sum(const std::vector<double>& held, double all, const std::string& name) {
    const double sum = std::accumulate(held.begin(), held.end(), 0.0);
    check(std::abs(sum - all) <= 1e-9 * all,
          name + " sum to " + to_text(sum) + " USD bn, but " + to_text(all) + " are outstanding",
          {name, "outstanding"});
  }

  static std::string listed(const Names& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
  }
};

}  // namespace

ModelType holders() {
  return model_type<Holders>("holders", "treasury", "us",
                             "Who holds Treasury bills and coupons: SOMA, foreigners, money funds, banks, the rest");
}

}  // namespace moniac
