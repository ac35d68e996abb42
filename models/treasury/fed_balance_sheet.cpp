#include "models/treasury/fed_balance_sheet.h"

#include <algorithm>
#include <limits>

#include "models/treasury/starts.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/moving_window.h"

namespace moniac {

namespace {

// What the Federal Reserve owns and owes, by double entry; X of the step:
//
//   entry                                  TGA   ON RRP   reserves   Fed assets   deposits   other
//   money funds buy debt                   +X     -X
//   banks buy debt                         +X               -X
//   others buy debt                        +X               -X                      -X
//   the Treasury spends, interest too      -X               +X                      +X
//   SOMA runs off                          -X                           -X
//   the Fed buys debt in the market                         +X          +X          +X       (what others sell: above)
//   the Fed lends to banks                                  +X          +X
//   other assets change                                     +X          +X          +X
//   money leaves the ON RRP for bills             -X        +X                      +X
//   currency                                                -X                      -X       +X
//   other liabilities                                       -X                               +X
//
// and always reserves = Fed assets - ON RRP - TGA - other. Where nobody tells the deficit, the cash that the Treasury
// plans or who buys its debt, it spends what it borrows beyond that plan, so that the books close. Scarcity of reserves
// R, rho = 100 R/bank assets:
//   EFFR - IORB = s0 + s1 ln(1 + e^{(rho* - rho)/h})
//   SOFR - IORB = EFFR - IORB + k max(0, settlement + tax drain - dealers' room)      while rho < rho*
// Orders for the next step: bills up to the floor of reserves, coupons while the market does not function. No draws.
class FedBalanceSheet final : public Model {
  static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

  const TreasuryStart figures = treasury_start(
      choice("start", treasury_start_names().front(), treasury_start_names(), "Date whose figures are the defaults"));

  // Balance sheet at the start
  const double assets0 = param("fed_assets", figures.fed_assets, "USD bn", positive(), "Assets of the Federal Reserve",
                               figures.fed_source);
  const double reserves0 =
      param("reserves", figures.reserves, "USD bn", any_number(), "Reserves of banks", figures.fed_source);
  const double rrp0 = param("on_rrp", figures.on_rrp, "USD bn", nonnegative(), "ON RRP balance", figures.fed_source);
  const double tga0 = param("tga", figures.tga, "USD bn", nonnegative(), "Cash of the Treasury", figures.fed_source);
  const double currency0 =
      param("currency", figures.currency, "USD bn", nonnegative(), "Currency in circulation", figures.fed_source);
  const double deposits0 =
      param("deposits", figures.deposits, "USD bn", positive(), "Deposits at banks", figures.banks_source);
  const double bank_assets0 =
      param("bank_assets", figures.bank_assets, "USD bn", positive(), "Assets of banks", figures.banks_source);

  // Trends and money funds
  const double currency_growth =
      param("currency_growth", 0.035, "1/year", between(-1, 1), "Growth of currency and similar",
            calibrated("coupling of the five economies: 2,450 bn at 3.5 %"));
  const double rrp_drain =
      param("rrp_drain", 0.8, "1/year", nonnegative(),
            "Share of the ON RRP that leaves for bills a year, per pp of bills above its rate", illustrative());
  const double rrp_below = param("rrp_below_policy", figures.rrp_below_policy, "pp", between(0, 2),
                                 "Policy rate less ON RRP rate", published("FOMC: 0.25, before December 2024 0.20 pp"));
  const double qt_nonbank = param("other_assets_nonbank", 1, "", between(0, 1),
                                  "Share of changes of other assets that moves deposits", illustrative());

  // Scarcity
  const double s0 =
      param("spread_ample", -7, "bp", any_number(), "EFFR less IORB with ample reserves", published("2022–24"));
  const double s1 = param("spread_slope", 8, "bp", nonnegative(), "Rise of the spread where reserves are scarce",
                          calibrated("+20 bp at 7.9 % of bank assets, September 2019"));
  const double scarce = param("scarce_below", 10.5, "%", positive(), "Reserves in % of bank assets that are scarce",
                              calibrated("flat above 12–13 %, steep below 8–10 %: Afonso, Giannone, La Spada and "
                                         "Williams 2022"));
  const double width = param("scarce_width", 0.8, "%", positive(), "Width of the passage", calibrated("same fit"));
  const double repo_slope = param("repo_slope", 1, "", nonnegative(),
                                  "Rise of SOFR in bp per USD bn that dealers cannot take", illustrative());
  const double repo_room =
      param("repo_room", 60, "USD bn", nonnegative(), "Settlement of a day that dealers take", illustrative());

  // Purchases
  const double reserve_floor = param("reserve_floor", 11.8, "%", nonnegative(),
                                     "Reserves in % of bank assets that purchases of bills keep", illustrative());
  const double reserve_pace = param("reserve_pace", 60, "USD bn/month", nonnegative(), "Most bills bought for it",
                                    calibrated("40 USD bn a month announced in December 2025, as remembered")) *
                              12 * time().dt();
  const double market_pace = param("market_function_pace", 0, "USD bn/week", nonnegative(),
                                   "Coupons bought while the market does not function; 0 is never", illustrative()) *
                             365.25 / 7 * time().dt();
  const double panic = param("market_function_on", 40, "bp", nonnegative(),
                             "Rise of the 10-year premium in four weeks that starts purchases", illustrative());
  const double calm =
      param("market_function_off", 20, "bp", nonnegative(), "Rise below which they end", illustrative());
  const double low_cover = param("market_function_cover", 2.2, "", nonnegative(),
                                 "Cover of two auctions in a row that starts them", illustrative());

  // Inputs
  const Input policy_rate = input("policy_rate", figures.policy_rate, "%/year", "Upper bound of the policy range");
  const Input bill_yield = input("bill_yield", figures.yields[0], "%/year", "Yield of bills");
  const Input gdp = input("gdp_nominal", figures.gdp, "USD bn/year", "Nominal GDP");
  const Input mmf = input("mmf_purchases", 0, "USD bn/step", "Net purchases of money funds");
  const Input banks = input("bank_purchases", 0, "USD bn/step", "Net purchases of banks");
  const Input nonbanks = input("nonbank_purchases", unknown, "USD bn/step", "Net purchases of others; nan: not known");
  const Input runoff = input("soma_runoff", 0, "USD bn/step", "Maturities that the SOMA does not roll");
  const Input purchases = input("soma_purchases", 0, "USD bn/step", "What the Federal Reserve buys in the market");
  const Input deficit = input("primary_deficit", unknown, "USD bn/step", "Primary deficit; nan: not known");
  const Input interest = input("interest_cost", 0, "USD bn/step", "Interest paid");
  const Input other_financing = input("other_financing", 0, "USD bn/step", "Debt without cash to spend");
  const Input planned =
      input("tga_change", unknown, "USD bn/step", "Change of cash that the Treasury finances; nan: not known");
  const Input net_coupons = input("net_coupons", 0, "USD bn/step", "Notes and bonds sold less redeemed");
  const Input other_assets = input("fed_other_assets", 0, "USD bn/step",
                                   "Change of other assets: mortgage bonds, loans that banks do not take");
  const Input other_liabilities = input("fed_other_liabilities", 0, "USD bn/step",
                                        "Change of liabilities other than currency, reserves, TGA, ON RRP");
  const Input lending = lagged_input("facility_draw", 0, "USD bn/step", "Net lending to banks");
  const Input premium = input("term_premium_10y", 0, "bp", "10-year premium");
  const Input cover = input("auction_cover", 2.5, "ratio", "Bids over size in auctions");

  // Outputs
  const Output assets = output("fed_assets", "USD bn", "Assets of the Federal Reserve");
  const Output reserves = output("bank_reserves", "USD bn", "Reserves of banks");
  const Output rrp = output("on_rrp", "USD bn", "ON RRP balance");
  const Output tga = output("tga", "USD bn", "Cash of the Treasury");
  const Output currency = output("currency", "USD bn", "Currency in circulation");
  const Output other =
      output("fed_other", "USD bn", "Liabilities other than reserves, ON RRP and TGA; currency included");
  const Output deposits = output("deposits", "USD bn", "Deposits at banks");
  const Output bank_assets = output("bank_assets", "USD bn", "Assets of banks");
  const Output effr = output("effr_spread", "bp", "Effective federal funds rate less interest on reserves");
  const Output sofr = output("repo_spread", "bp", "SOFR less interest on reserves");
  const Output liquidity = output("liquidity_index", "%", "Reserves and ON RRP in % of bank assets");
  const Output reserve_orders =
      output("reserve_purchases", "USD bn/step", "Bills ordered to keep reserves ample, for the next step");
  const Output market_orders =
      output("market_function_purchases", "USD bn/step", "Coupons ordered to calm the market, for the next step");
  const Output calming = output("market_function", "index", "Whether the Federal Reserve calms the market");
  const Output rrp_empty = clamp("on_rrp_exhausted", "The ON RRP has no more to pay for bills");
  // Half a dollar.
  const Output residual = identity("liquidity_identity_residual", 5e-10, "USD bn",
                                   "Reserves less Fed assets, ON RRP, TGA and other; TGA less what was financed");

  const State assets_per_gdp = state("bank_assets_per_gdp", "Assets of banks over a year's GDP");
  const State cover_last = state("auction_cover", "Cover in the step");
  const MovingWindow window{states("premium_window", steps_in(28 / 365.25, time().dt()) + 1, "10-year premium, bp")};

 public:
  explicit FedBalanceSheet(Declarations& declarations) : Model(declarations) {
    check(other0() >= currency0,
          "assets less reserves, ON RRP and TGA leave " + to_text(other0()) + " USD bn for currency of " +
              to_text(currency0),
          {"fed_assets", "reserves", "on_rrp", "tga", "currency"});
    check(calm <= panic, "purchases end at a rise of " + to_text(calm) + " bp but start at " + to_text(panic),
          {"market_function_off", "market_function_on"});
  }

  void start(Start& s) const override {
    s[assets] = assets0;
    s[reserves] = reserves0;
    s[rrp] = rrp0;
    s[tga] = tga0;
    s[currency] = currency0;
    s[other] = other0();
    s[deposits] = deposits0;
    s[bank_assets] = bank_assets0;
    s[assets_per_gdp] = bank_assets0 / s[gdp];
    s[rrp_empty] = 0;
    s[market_orders] = 0;
    s[calming] = 0;
    s[residual] = 0;
    s[cover_last] = s[cover];
    window.fill(s, s[premium]);
    measure(s);
    s[sofr] = s[effr];
  }

  void step(Step& s) const override {
    for (const Output stock : {assets, reserves, rrp, tga, currency, other, deposits}) s[stock] = s.last(stock);
    s[assets_per_gdp] = s.last(assets_per_gdp);
    s[bank_assets] = s[assets_per_gdp] * s[gdp];
    book_purchases(s);
    book_spending(s);
    book_fed_operations(s);
    book_other(s);
    check_identities(s);
    measure(s);
    write_repo_spread(s);
    calm_market(s);
  }

 private:
  // Amounts that are not known are 0.
  static auto or_nothing(ConstColumn amount) { return amount.isNaN().select(0.0, amount); }
  double other0() const { return assets0 - reserves0 - rrp0 - tga0; }

  // Money funds pay out of the ON RRP as far as it reaches; what they cannot pay from it they pay from deposits.
  void book_purchases(Step& s) const {
    const auto from_rrp = named(s[mmf].min(s[rrp]));
    s[rrp_empty] = (s[mmf] > s[rrp]).select(1.0, Eigen::ArrayXd::Zero(s.lanes()));
    const auto from_deposits = named(or_nothing(s[nonbanks]) + (s[mmf] - from_rrp));
    s[tga] += from_rrp + s[banks] + from_deposits;
    s[rrp] -= from_rrp;
    s[reserves] -= s[banks] + from_deposits;
    s[deposits] -= from_deposits;
  }

  void book_spending(Step& s) const {
    const auto borrowed = s[tga] + s[purchases] - s[runoff] - s.last(tga);
    const auto known = named(s[deficit] + s[interest] + s[other_financing]);
    const auto spending =
        named((s[nonbanks] + s[deficit] + s[planned]).isNaN().select(borrowed - or_nothing(s[planned]), known));
    s[tga] -= spending;
    s[reserves] += spending;
    s[deposits] += spending;
  }

  // Sellers to the Fed bought less, or sold, under book_purchases: the Treasury's account is made whole here.
  void book_fed_operations(Step& s) const {
    s[tga] += s[purchases] - s[runoff];
    s[assets] += s[purchases] - s[runoff] + s[lending] + s[other_assets];
    s[reserves] += s[lending] + s[other_assets];
    s[deposits] += qt_nonbank * s[other_assets];
  }

  void book_other(Step& s) const {
    // Money that leaves the ON RRP of its own, faster than a step could empty it.
    const auto speed = rrp_drain * (s[bill_yield] - s[policy_rate] + rrp_below).max(0.0);
    const auto drained = named(-s[rrp] * expm1(-s.dt() * speed));
    s[rrp] -= drained;
    s[reserves] += drained;
    s[deposits] += drained;
    const double growth =
        currency0 * (exp(currency_growth * s.dt() * s.index()) - exp(currency_growth * s.dt() * (s.index() - 1)));
    s[currency] += growth;
    s[other] += growth + s[other_liabilities];
    s[reserves] -= growth + s[other_liabilities];
    s[deposits] -= growth;
  }

  void check_identities(Step& s) const {
    s[residual] = (s[reserves] - (s[assets] - s[rrp] - s[tga] - s[other])).abs();
    s[residual] = s[residual].max((s[tga] - s.last(tga) - or_nothing(s[planned])).abs());
  }

  void measure(const View& s) const {
    const auto ratio = named(100 * s[reserves] / s[bank_assets]);
    // ln(1 + e^x) without overflow
    const auto x = named((scarce - ratio) / width);
    s[effr] = s0 + s1 * (x.max(0.0) + log1p(exp(-x.abs())));
    s[liquidity] = 100 * (s[reserves] + s[rrp]) / s[bank_assets];
    s[reserve_orders] = (reserve_floor / 100 * s[bank_assets] - s[reserves]).max(0.0).min(reserve_pace);
  }

  // Coupons settle twice a month; a rise of the TGA spreads over the weeks.
  void write_repo_spread(Step& s) const {
    const auto settlement = s[net_coupons] / std::max(24 * s.dt(), 1.0);
    const auto drain = or_nothing(s[planned]).max(0.0) / std::max(365.25 / 7 * s.dt(), 1.0);
    const auto pressed = repo_slope * (settlement + drain - repo_room).max(0.0);
    s[sofr] = s[effr] + (100 * s[reserves] < scarce * s[bank_assets]).select(pressed, Eigen::ArrayXd::Zero(s.lanes()));
  }

  void calm_market(Step& s) const {
    window.push(s, s[premium]);
    const auto rise = named(s[premium] - window.oldest(s));
    const auto bids_fail = s[cover] < low_cover && s.last(cover_last) < low_cover;
    const auto was_on = s.last(calming);
    s[cover_last] = s[cover];
    const auto stays = (rise >= calm).select(was_on, Eigen::ArrayXd::Zero(s.lanes()));
    s[calming] = (rise > panic || bids_fail).select(1.0, stays);
    if (market_pace == 0) s[calming] = 0;
    s[market_orders] = market_pace * s[calming];
  }
};

}  // namespace

ModelType fed_balance_sheet() {
  return model_type<FedBalanceSheet>("fed_balance_sheet", "treasury", "us",
                                     "Federal Reserve by double entry: reserves, ON RRP, TGA, scarcity and purchases");
}

}  // namespace moniac
