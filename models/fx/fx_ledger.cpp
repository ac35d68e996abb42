#include "models/fx/fx_ledger.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/math/columns.h"
#include "sim/math/scalar.h"

namespace moniac {

namespace {

struct LedgerPreset {
  std::array<double, 4> stocks;  ///< deposits, Treasuries, other bonds, SDR and gold, USD bn
  double deposits_first;
  double lowest_deposits;
  double wanted_deposits;
  double into_treasuries;
  double retained;
  Source source;
};

LedgerPreset ledger_preset(int country) {
  switch (country) {
    case 0:
      return {{136.1, 930, 55, 117},
              0.10,
              100,
              135,
              0.8,
              0,
              calibrated("MoF Japan, end of September 2022; securities of 985, of which Treasuries are assumed")};
    case 1:
      return {
          {150, 760, 2000, 300}, 0.3, 100, 150, 0.4, 1, illustrative("sum as SAFE reports it, 2025; parts assumed")};
    default:
      return {{10, 20, 5, 5}, 0.3, 2, 10, 0.6, 1, illustrative()};
  }
}

// What a monetary authority holds abroad, to the dollar. In a step, in this order:
//
//   income       ret (dep r_us + ust y5_us + oth r_oth) dt                            to deposits
//   valuation    ust += ust (-D Δy + C Δy²/2),  oth *= e^{Δ ln e},  Δ ln e = Δ ln(eurusd)/2
//   sale Q > 0   deposits min(s Q, dep - dep_min), Treasuries up to 95 %, other bonds up to half, what deposits remain;
//                in proportion: other bonds give oth/(ust + oth) of what deposits leave, and Treasuries the rest
//   purchase     h |Q| into Treasuries, the rest to deposits
//   rebalance    min((dep* - dep)(1 - e^{-k dt}), ust)                                 Treasuries to deposits
//   relief Y     Treasuries are sold for it; forwards: fwd -= Q_fwd, and mature into deposits
//
// R is always the sum of its parts. us.treasury_sales is what was sold of Treasuries, transactions only. No draws.
class FxLedger final : public Model {
  enum Component { deposits, treasuries, others, sdr, forwards, total };
  enum SaleOrder { treasuries_first, in_proportion };

  const int country = choice("preset", scope() == "jp" || scope() == "cn" ? scope() : "other", {"jp", "cn", "other"},
                             "Country whose numbers are the defaults of all others");
  const LedgerPreset figures = ledger_preset(country);
  const std::array<double, 5> start_stocks = {
      param("deposits", figures.stocks[0], "USD bn", nonnegative(), "Deposits at the start", figures.source),
      param("treasuries", figures.stocks[1], "USD bn", nonnegative(), "US Treasuries at the start", figures.source),
      param("other_bonds", figures.stocks[2], "USD bn", nonnegative(), "Other bonds at the start", figures.source),
      param("sdr_and_gold", figures.stocks[3], "USD bn", nonnegative(), "SDR, gold, position in the IMF at the start",
            figures.source),
      param("forwards", 0, "USD bn", any_number(), "Dollars bought forward, negative: short", illustrative("none"))};
  const double retained = param("retained_income", figures.retained, "", between(0, 1), "ret: share of income kept",
                                published("Japan: the surplus of the special account goes to the budget in yen"));
  const double duration =
      param("duration", 4.5, "year", nonnegative(), "D: duration of Treasuries held", illustrative());
  const double convexity = param("convexity", 28, "", nonnegative(), "C: their convexity", illustrative());
  const double other_yield = param("other_yield", 2.5, "%/year", any_number(), "Yield of other bonds", illustrative());
  const double euro_share =
      param("euro_share", 0.5, "", between(0, 1), "Loading of other bonds on the euro", illustrative());
  const double deposits_first =
      param("deposit_share", figures.deposits_first, "", between(0, 1), "s: share of a sale paid out of deposits",
            calibrated("Japan, September 2022: deposits stood still while 19.7 USD bn were sold"));
  const int sale_order =
      choice("sale_order", "treasuries_first", {"treasuries_first", "in_proportion"},
             "Whether Treasuries are sold before other bonds, or both in proportion to what is held");
  const double lowest = param("lowest_deposits", figures.lowest_deposits, "USD bn", nonnegative(),
                              "Deposits kept until the last resort", illustrative());
  const double wanted = param("wanted_deposits", figures.wanted_deposits, "USD bn", nonnegative(),
                              "dep*: deposits that rebalancing aims at", illustrative());
  const double rebalancing =
      param("rebalancing", 0, "1/year", nonnegative(), "k: speed of rebalancing; 6 for a quick one", illustrative());
  const double liquid =
      param("liquid_treasuries", 0.95, "", between(0, 1), "Share of Treasuries that can be sold", illustrative());
  const double liquid_others =
      param("liquid_other_bonds", 0.5, "", between(0, 1), "Share of other bonds that can be sold", illustrative());
  const double into_treasuries = param("purchases_into_treasuries", figures.into_treasuries, "", between(0, 1),
                                       "h: share of bought dollars put into Treasuries", illustrative());

  const Input flow = input("intervention_flow", 0, "USD bn/step", "Dollars sold to support the currency");
  const Input forward_flow = input("forward_intervention", 0, "USD bn/step", "Dollars sold forward");
  const Input maturing = input("forward_maturity", 0, "USD bn/step", "Forwards that settle, negative: dollars go out");
  const Input official = input("official_flow", 0, "USD bn/step", "Other official flows, positive = received");
  const Input relief = input("debt_relief", 0, "USD bn/step", "Dollars spent on the debt of others");
  const Input current_account = input("current_account", 0, "USD bn/step", "Current account");
  const Input policy_rate = input("us.policy_rate", 3.75, "%/year", "Yield of deposits");
  const Input y5 = input("us.y5", 3.7, "%/year", "Five-year US yield");
  const Input euro = lagged_input("eurusd.rate", 0, "", "US dollars per euro; 0: none");

  const Outputs reserves = outputs("fx_reserves", "component", {"dep", "ust", "oth", "sdr", "fwd", "total"}, "USD bn",
                                   "Reserves by kind; the total is without forwards");
  const Output all = output("fx_reserves_total", "USD bn", "Reserves without forwards");
  const Output deliverable = output("fx_deliverable", "USD bn", "Dollars that can be sold at once");
  const Output net = output("fx_net_usable", "USD bn", "The same less dollars owed forward");
  const Output delivered = output("fx_delivered", "USD bn/step", "Dollars really sold, positive = sold");
  const Output income = output("fx_income", "USD bn/step", "Income kept");
  const Output valuation = output("fx_valuation", "USD bn/step", "Change of value");
  const Output capital = output("private_capital_flow", "USD bn/step", "Private capital flows that close the balance");
  const Outputs sales = country < 2 ? contributions("us.treasury_sales", "country", {"japan", "china"}, "USD bn/step",
                                                    "Sales of US Treasuries out of reserves, positive = sold")
                                    : Outputs{};
  const Output flow_sum =
      contribution("us.foreign_official_flow", "USD bn/step", "Net purchases of US Treasuries by official holders");
  const Output shortfall = clamp("shortfall", "The reserves could not deliver what was to be sold");
  const Output residual =
      identity("ledger_identity_residual", 5e-11, "USD bn", "Change of reserves less flows, income and valuation");
  const Output balance = identity("balance_of_payments_residual", 5e-11, "USD bn",
                                  "Current account, capital and official flows less the change of reserves by flows");

  const State last_y5 = state("last_y5", "Last five-year US yield, %");
  const State last_euro = state("last_euro", "Euro rate of the step before last");
  const double rebalanced = -expm1(-rebalancing * time().dt());

 public:
  explicit FxLedger(Declarations& declarations) : Model(declarations) {}

  void start(Start& s) const override {
    for (int c = deposits; c <= forwards; ++c) s[reserves[c]] = start_stocks[static_cast<std::size_t>(c)];
    for (const Output zero : {delivered, income, valuation, flow_sum, shortfall, residual, balance}) s[zero] = 0;
    for (int c = 0; c < sales.size; ++c) s[sales[c]] = 0;
    s[capital] = 0 - s[current_account];
    s[last_y5] = s[y5];
    s[last_euro] = 0;
    add_up(s);
  }

  void step(Step& s) const override {
    for (int c = deposits; c <= forwards; ++c) s[reserves[c]] = s.last(reserves[c]);
    earn(s);
    revalue(s);
    const auto traded = trade(s);
    const auto rebalanced_away = rebalance(s);
    const auto sold = named(traded + rebalanced_away);
    const auto raised = settle_official_flows(s);
    settle_forwards(s);
    add_up(s);
    for (int c = 0; c < sales.size; ++c) s[sales[c]] = c == country ? named(sold + raised) : named(0 * sold);
    s[flow_sum] = 0 - (sold + raised);
    s[capital] = 0 - s[delivered] - s[current_account];
    const auto other = named(s[official] + s[maturing] - s[relief]);
    const auto change = named(s[all] - s.last(all));
    s[residual] = (change - (other - s[delivered]) - s[income] - s[valuation]).abs();
    s[balance] = (s[current_account] + s[capital] + other - (change - s[income] - s[valuation])).abs();
  }

 private:
  void earn(Step& s) const {
    s[income] =
        retained * s.dt() / 100 *
        (s[reserves[deposits]] * s[policy_rate] + s[reserves[treasuries]] * s[y5] + s[reserves[others]] * other_yield);
    s[reserves[deposits]] += s[income];
  }

  void revalue(Step& s) const {
    const auto dy = named((s[y5] - s.last(last_y5)) / 100);
    s[last_y5] = s[y5];
    const auto ust = s[reserves[treasuries]], oth = s[reserves[others]];
    s[valuation] = ust * dy * (convexity / 2 * dy - duration);
    s[reserves[treasuries]] += s[valuation];
    s[last_euro] = s[euro];
    if (!(s[euro] > 0 && s.last(last_euro) > 0).any()) return;
    const auto euro_change = log((s[euro] / s.last(last_euro).max(1e-300)).max(1e-300));
    const auto gain = expm1(euro_share * (s[euro] > 0 && s.last(last_euro) > 0).select(euro_change, 0.0));
    s[valuation] += oth * gain;
    s[reserves[others]] += oth * gain;
  }

  // Sells or buys dollars; returns the Treasuries sold.
  ScratchColumn trade(Step& s) const {
    const auto dep = s[reserves[deposits]], ust = s[reserves[treasuries]], oth = s[reserves[others]];
    const auto sale = named(s[flow].max(0.0)), purchase = named((-s[flow]).max(0.0));
    const auto from_deposits = named((sale * deposits_first).min((dep - lowest).max(0.0)));
    const auto wanted_of_others = share_of_others(named(sale - from_deposits), ust, oth);
    const auto from_treasuries = named((sale - from_deposits - wanted_of_others).min(liquid * ust));
    const auto from_others = named((sale - from_deposits - from_treasuries).min(liquid_others * oth));
    const auto rest = named((sale - from_deposits - from_treasuries - from_others).max(0.0));
    const auto last_resort = named(rest.min((dep - from_deposits).max(0.0)));
    s[shortfall] = (rest - last_resort > 1e-9).select(1.0, Eigen::ArrayXd::Zero(s.lanes()));
    const auto into = named(into_treasuries * purchase);
    s[reserves[deposits]] += purchase - into - from_deposits - last_resort;
    s[reserves[treasuries]] += into - from_treasuries;
    s[reserves[others]] -= from_others;
    s[delivered] = from_deposits + from_treasuries + from_others + last_resort - purchase;
    return named(from_treasuries - into);
  }

  // What other bonds give of a sale before Treasuries are asked for the rest.
  template <class Stock>
  ScratchColumn share_of_others(const ScratchColumn& sale, const Stock& ust, const Stock& oth) const {
    if (sale_order == treasuries_first) return named(0 * sale);
    return named((sale * oth / (ust + oth).max(1e-300)).min(liquid_others * oth));
  }

  ScratchColumn rebalance(Step& s) const {
    const auto moved = named(((wanted - s[reserves[deposits]]).max(0.0) * rebalanced).min(s[reserves[treasuries]]));
    s[reserves[deposits]] += moved;
    s[reserves[treasuries]] -= moved;
    return moved;
  }

  // Relief is paid out of Treasuries as far as they go; returns what was sold of them.
  ScratchColumn settle_official_flows(Step& s) const {
    const auto raised = named(s[relief].min(liquid * s[reserves[treasuries]]));
    s[reserves[treasuries]] -= raised;
    s[reserves[deposits]] += raised - s[relief] + s[official];
    return raised;
  }

  void settle_forwards(Step& s) const {
    s[reserves[forwards]] -= s[forward_flow] + s[maturing];
    s[reserves[deposits]] += s[maturing];
  }

  void add_up(View& s) const {
    s[all] = s[reserves[deposits]] + s[reserves[treasuries]] + s[reserves[others]] + s[reserves[sdr]];
    s[reserves[total]] = s[all];
    s[deliverable] =
        s[reserves[deposits]].max(0.0) + liquid * s[reserves[treasuries]] + liquid_others * s[reserves[others]];
    s[net] = (s[deliverable] + s[reserves[forwards]].min(0.0)).max(0.0);
  }
};

}  // namespace

ModelType fx_ledger() {
  return model_type<FxLedger>("fx_ledger", "fx", "jp",
                              "Foreign-exchange reserves: income, valuation, how sales are paid, Treasuries sold");
}

}  // namespace moniac
