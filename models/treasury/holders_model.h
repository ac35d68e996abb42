// The model of holders.h: what it declares. Its steps are in holders.cpp, what each holder trades in holder_trades.cpp.
#pragma once

#include <cmath>

#include "models/treasury/starts.h"
#include "models/treasury/threshold_cascade.h"
#include "sim/model/model.h"
#include "sim/model/moving_window.h"

namespace moniac {

// Who holds bills and coupons, to the dollar. To be placed in a step, of each class: net issuance and what the SOMA
// lets run off.
//
//   SOMA       runs off up to the cap, coupons first; rolls the rest; buys what the Federal Reserve orders
//   foreign j  dH_j = H_j [g + e (y10 - y10_0 - hc_j) + A b_j] dt - sales_j, bills and coupons pro rata
//   mmf        (s0 + s1 clip((bill - rrp)/10 bp, -1, 1)) of the bills, as far as the ON RRP reaches
//   banks      a share of both; private: the rest, at the yields of the curve
//
// b_j: 1 follows the leader as a buyer, -1 as a seller (threshold_cascade.h), on a monthly clock. Uniform draws by
// tick and foreign holder where the cascade has a temperature.
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
  const Matrix weight_matrix = matrix(
      "cascade_weight_matrix", {}, "",
      "Weight of each foreign holder (column) in the eyes of each (row), used as given; instead of cascade_weights",
      illustrative());
  const double temperature =
      param("cascade_temperature", 0, "", nonnegative(),
            "Width of the passage around thresholds within which holders join by chance; 0: none", illustrative());
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

  const int ticks_in_step = static_cast<int>(std::ceil(12 * time().dt() - 1e-9));
  const Shocks joins = temperature > 0
                           ? uniform_shocks("cascade", ticks_in_step* foreigners, "Who joins by chance, by tick")
                           : Shocks{};
  const ThresholdCascade cascade = followers();

 public:
  explicit Holders(Declarations& declarations) : Model(declarations) { check_figures(); }

  void start(Start& s) const override;
  void step(Step& s) const override;

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  Names names_of(std::string name, Names fallback, std::string doc);
  Names foreign_names() const { return {names.begin() + 1, names.begin() + 1 + foreigners}; }

  std::vector<double> by_holder(std::vector<double> whole) const;
  std::vector<double> default_weights() const;
  std::vector<double> default_thresholds() const;

  ThresholdCascade followers() const;

  bool is_private_japan(int holder) const { return split_japan && holder == japan + 1; }
  bool is_official(int holder) const;
  int china() const { return split_japan ? 3 : 2; }

  // What was outstanding when the step began.
  ScratchColumn opening_bills(const Step& s) const { return named(s[all_bills] - s[net_bills]); }
  ScratchColumn opening_coupons(const Step& s) const { return named(s[all_coupons] - s[net_coupons]); }

  // A holder's part of what matured, pro rata of the class.
  template <class H>
  static ScratchColumn maturing(const H& held, const ConstColumn& redeemed, const ConstColumn& outstanding) {
    return named(held * (redeemed / outstanding.max(1e-9)).min(1.0));
  }

  bool follow(Step& s) const;
  bool anybody_follows(const Step& s) const;
  void move_soma(Step& s, const ConstColumn& bill_runoff, const ConstColumn& coupon_runoff) const;
  void move_foreigner(Step& s, int j, bool moved_by_others) const;
  void keep_what_is_there(Step& s, Column all, Column of_bills) const;
  ScratchColumn at_speed(Step& s, int j) const;
  void sell(Step& s, int j, const ScratchColumn& bill_part) const;
  void move_money_funds(Step& s, const ScratchColumn& bill_supply) const;
  void move_banks(Step& s, const ScratchColumn& bill_supply, const ScratchColumn& coupon_supply) const;
  void close(View& s) const;
  void ration(Step& s) const;
  void report(Step& s, const ScratchColumn& bill_supply, const ScratchColumn& coupon_supply) const;

  template <class S>
  void annual_supply(S& s) const {
    window.sum(s, s[private_supply]);
    s[private_supply] *= 100 / (s.dt() * window.size()) / s[gdp];
  }

  void add_official_coupons(const View& s, Column sum) const;
  void expect(Step& s, const ScratchColumn& coupon_runoff) const;
  void publish(View& s) const;
  void check_figures();
  void check_sum(const std::vector<double>& held, double all, const std::string& name);
  static std::string listed(const Names& words);
};

}  // namespace moniac
