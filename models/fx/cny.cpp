#include "models/fx/cny.h"

#include <algorithm>
#include <cmath>

#include "models/fx/capital_controls.h"
#include "models/fx/yuan_channels.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/moving_window.h"

namespace moniac {

namespace {

// The yuan per dollar in logs: a market rate x, the day's close within a band around the fixing p, and p the next day.
// Each step is cut into trading days of dt/n:
//
//   x += Δx/n + κ_x (x̂ - x) dt/n + σ sqrt(dt/n) z,  close = clip(x, p + ln(1 ∓ band)),  p += (close - p)/κ_ccf
//   E = 2 (close - close three months ago) + π                 depreciation that exporters expect over a year
//   K = k0 + k_e max(0, E - e_0) + k_i max(0, i_us - i)        outflow before controls
//   N = s3 X - (M - s1 X) - K (1 - ctl) + K_in                 supply of dollars (yuan_channels.h)
//   A = N̄ + a (N - N̄),  Δx = -λ (N - A)                        of A the central bank takes ψ, state banks the rest
//   ΔFX = S ψ A,  ΔMB = ΔFX + ΔDC - st ΔFX                      FX + DC = MB + bills + other, at historic cost
//
// Demand beyond the edge of the band stays in x and reaches the next days. Monthly amounts count 12 dt of themselves.
class Cny final : public Model {
  // Fixing
  const double fix0 = param("fixing", 7.17, "", positive(), "Fixing and close at the start, CNY per USD",
                            calibrated("PBoC, average of 2024–25, rounded"));
  const double band = param("band", 2, "%", Range{.low = 0, .high = 50, .low_open = true}, "Band around the fixing",
                            published("PBoC, from 2014-03-17; 1 % before, 0.5 % before 2012-04-16")) /
                      100;
  const double ccf = param("fixing_strength", 10, "", at_least(1), "κ: counter-cyclical factor; 1 is off",
                           illustrative("quietly strong since 2023: 5–20"));
  const double sigma = param("sigma", 4.2, "%", nonnegative(), "Volatility of the market per root year",
                             calibrated("DEXCHUS August 2015–September 2024, daily")) /
                       100;
  const double euro_weight = param("basket_euro", 0, "", between(0, 1), "Weight of the euro in the fixing's basket",
                                   illustrative("off; 0.18 in the CFETS basket of 2025"));
  const double yen_weight = param("basket_yen", 0, "", between(0, 1), "Weight of the yen in the fixing's basket",
                                  illustrative("off; 0.086 in the CFETS basket of 2025"));
  const double dollar_weight = param("basket_dollar", 0.19, "", Range{.low = 0, .high = 1, .high_open = true},
                                     "Weight of the dollar in the basket", calibrated("CFETS 2025, as remembered"));
  const double pull = param("anchor_speed", 0.25, "1/year", nonnegative(), "κ_x: speed to the anchor", illustrative());

  // Channels, USD bn per month
  const double exports0 =
      param("exports", 298, "USD bn/month", nonnegative(), "X: exports of goods", calibrated("customs, 2024"));
  const double imports0 = param("imports", 235, "USD bn/month", nonnegative(),
                                "M: imports of goods 215 and the deficit in services 20", calibrated("customs, 2024"));
  const ExporterShares shares = {
      param("import_share", 0.35, "", between(0, 1), "s1: receipts that pay for imports", illustrative()),
      param("conversion", 1.8, "", any_number(), "c0: willingness to convert", illustrative()),
      param("conversion_by_depreciation", 12, "", nonnegative(), "c_e: less per 1.00 of expected depreciation",
            illustrative()),
      param("conversion_by_interest", 4, "", nonnegative(), "c_i: more per 1.00 of interest differential",
            illustrative())};
  const double outflow0 = param("outflow", 28, "USD bn/month", nonnegative(), "k0: capital outflow", illustrative());
  const double by_fear = param("outflow_by_depreciation", 1000, "USD bn/month", nonnegative(),
                               "k_e: more per 1.00 of expected depreciation", illustrative());
  const double by_interest = param("outflow_by_interest", 300, "USD bn/month", nonnegative(),
                                   "k_i: more per 1.00 of the interest differential against the yuan", illustrative());
  const double tolerated = param("tolerated_depreciation", 0.01, "", nonnegative(),
                                 "e_0: expected depreciation without effect on outflows", illustrative());
  const double standing =
      param("standing_controls", 0.3, "", between(0, 1), "Capital controls that do not leak", illustrative());
  const double absorbed =
      param("absorbed", 0.85, "", between(0, 1), "a: share of deviations of supply taken officially",
            illustrative("0.95 in 2003–13; 0.7 alone"));
  const double pboc_share = param("central_bank_share", 0.2, "", between(0, 1),
                                  "ψ: central bank's share of official purchases, the rest state banks",
                                  calibrated("flat book of the PBoC since 2016, Setser 2023; 1 in 2003–13"));
  const bool from_start = flag("normal_supply_at_start", true, "N̄: supply at the start is normal; off: 0 is");
  const double depth =
      param("dealer_depth", 2.5e-4, "", nonnegative(), "λ: log rate per USD bn that dealers take", illustrative());

  // Balance sheet of the central bank, CNY bn
  const double sterilised = param("sterilised", 0.4, "", between(0, 1), "st: share of purchases taken back by bills",
                                  illustrative("0.6 in 2003–13"));
  const double credit_growth = param("domestic_credit_growth", 0.06, "1/year", any_number(),
                                     "ΔDC per unit of base money a year", illustrative());
  const double base0 = param("base_money", 36800, "CNY bn", nonnegative(), "Base money at the start",
                             calibrated("PBoC reserve money, December 2024"));
  const double book0 = param("fx_book", 22000, "CNY bn", nonnegative(), "Foreign exchange at historic cost",
                             calibrated("PBoC, December 2024"));
  const double shadow0 = param("shadow_reserves", 2700, "USD bn", nonnegative(), "Foreign assets of state banks",
                               calibrated("Setser 2023: 6 tn in all"));

  const Input policy_rate = input("policy_rate", 1.40, "%/year", "Policy rate of China");
  const Input us_rate = input("us.policy_rate", 3.75, "%/year", "Policy rate of the United States");
  const Input premium = input("usdcny.premium", 0, "%/year", "Depreciation that is feared beside the trend");
  const Input anchor = input("usdcny.anchor", 0, "", "Rate that the market returns to; 0: that of the start");
  const Input exports = input("exports", exports0 * 12 * time().dt(), "USD bn/step", "Exports");
  const Input imports = input("imports", imports0 * 12 * time().dt(), "USD bn/step", "Imports");
  const Input inflow = input("capital_inflow", 10, "USD bn/month", "K_in: capital inflow");
  const Input controls = input("capital_controls", standing, "ratio", "Capital controls asked for, 0 … 1");
  const Input news = lagged_input("market.usdcny_shock", 0, "ratio", "Log shock of other markets");

  const Input euro = lagged_input("eurusd.rate", 1, "", "US dollars per euro, for the basket");
  const Input yen = lagged_input("usdjpy.rate", 1, "", "Yen per US dollar, for the basket");

  const Output rate = output("usdcny.rate", "", "Close of the last day, CNY per USD");
  const Output volatility = output("usdcny.volatility", "%", "Volatility of the market per root year");
  const Output regime = output("usdcny.regime", "index", "1: a band around the fixing");
  const Output fixing = output("fixing", "", "Fixing for the next day, CNY per USD");
  const Output at_edge = output("band_edge_share", "ratio", "Share of days on which the close is at the band's edge");
  const Output flow = output("intervention_flow", "USD bn/step", "Dollars that the central bank sold");
  const Output supply = output("dollar_supply", "USD bn/step", "N: net supply of dollars by the private sector");
  const Output dealers = output("dealer_absorption", "USD bn/step", "N - A: what dealers took");
  const Output converted = output("converted_share", "%", "s3: share of export receipts that is converted");
  const Output offshore = output("offshore_dollars", "USD bn", "H: dollars that exporters left abroad since the start");
  const Output shadow = output("shadow_fx", "USD bn", "Foreign assets of state banks");
  const Output base = output("base_money", "CNY bn", "Base money");
  const Output book = output("pboc_fx_book", "CNY bn", "Foreign exchange at historic cost");
  const Output credit = output("pboc_credit", "CNY bn", "Domestic credit of the central bank");
  const Output bills = output("pboc_bills", "CNY bn", "Bills of the central bank");
  const Output pressure = output("fx_pressure", "ratio", "Pressure on the yuan, 0 … 1");
  const Output expected = output("expected_depreciation", "%/year", "E: depreciation expected over a year");
  const Output flows = identity("balance_of_payments_residual", 1e-10, "USD bn",
                                "Trade balance less exporters' dollars, net outflow and purchases");
  const Output sheet = identity("balance_sheet_residual", 1e-9, "CNY bn",
                                "Foreign exchange and credit less base money, bills and other liabilities");

  const int days = std::max(1, static_cast<int>(std::lround(261 * time().dt())));
  const MovingWindow closes{
      states("closes", steps_in(0.25, time().dt()) + 1, "Log closes of three months, newest first")};
  const State market = state("market", "x: log market rate");
  const State log_fix = state("log_fixing", "p: log fixing");
  const State change = state("market_change", "Δx of the step");
  const State normal = state("normal_supply", "N̄, USD bn per step");
  const State exports_start = state("exports_start", "Exports of the first step");
  const State imports_start = state("imports_start", "Imports of the first step");
  const State basket = state("basket", "Weighted log of the basket's currencies in dollars");
  const CapitalControls wedge{state("controls_asked", "Controls asked for in the last step"),
                              state("controls_binding", "Tightening that still binds"), time().dt()};
  const Shocks z = normal_shocks("news", days, "News of each trading day");

  const double dt = time().dt();
  const Fixing rule{log(1 - band), log(1 + band), ccf};
  const double x0 = log(fix0);

 public:
  explicit Cny(Declarations& declarations) : Model(declarations) {
    const double gain = feedback_gain();
    check(gain < 1,
          "the yuan explodes: depreciation calls forth outflows that depreciate it by " + to_text(gain) +
              " of itself; raise `absorbed` or lower the outflows",
          {"absorbed", "outflow_by_depreciation", "conversion_by_depreciation", "dealer_depth", "standing_controls"});
    note("feedback of depreciation on itself " + to_text(std::round(1000 * gain) / 1000) + " (explosive from 1 on)");
  }

  void start(Start& s) const override {
    for (const State log_rate : {market, log_fix}) s[log_rate] = x0;
    s[change] = 0;
    s[basket] = 0;
    closes.fill(s, Eigen::ArrayXd::Constant(s.lanes(), x0));
    s[rate] = fix0;
    s[fixing] = fix0;
    s[volatility] = 100 * sigma;
    s[regime] = 1;
    s[exports_start] = s[exports];
    s[imports_start] = s[imports];
    wedge.start(s, s[controls]);
    for (const Output zero : {at_edge, flow, dealers, offshore, flows, sheet, bills}) s[zero] = 0;
    s[normal] = 0;
    const DollarMarket at_start = trade_dollars(s, named(s[controls].max(0.0).min(1.0)));
    s[supply] = at_start.supply;
    if (from_start) s[normal] = at_start.supply;
    s[shadow] = shadow0;
    s[base] = base0;
    s[book] = book0;
    s[credit] = base0 - book0;
  }

  void step(Step& s) const override {
    for (const State fixed : {normal, exports_start, imports_start}) s[fixed] = s.last(fixed);
    for (int i = 0; i < closes.size(); ++i) s[closes.value(i)] = s.last(closes.value(i));
    const auto held_back = wedge.effective(s, standing, s[controls]);
    const DollarMarket dollars = trade_dollars(s, held_back);
    book_dollars(s, dollars);
    s[change] = -depth * dollars.dealers;
    trade_days(s);
  }

 private:
  // 6 λ (1 - a) [k_e (1 - ctl) + (1 - s1) L (1 - L) c_e X], L the logistic of z at the default interest rates.
  double feedback_gain() const {
    const double logistic = 1 / (1 + exp(-shares.base - shares.by_interest * (0.0140 - 0.0375)));
    return 6 * depth * (1 - absorbed) *
           (by_fear * (1 - standing) +
            (1 - shares.imports) * logistic * (1 - logistic) * shares.by_depreciation * exports0);
  }

  DollarMarket trade_dollars(View& s, const ScratchColumn& held_back) const {
    const auto fear = named(2 * (s[closes.value(0)] - closes.oldest(s)) + s[premium] / 100);
    const auto gap = named((s[policy_rate] - s[us_rate]) / 100);
    s[expected] = 100 * fear;
    const auto odds = exp((0.03 - fear) / 0.01);
    s[pressure] = 1 / (1 + odds);
    const auto s3 = shares.converted(fear, gap);
    s[converted] = 100 * s3;
    const double months = 12 * dt;
    const auto x = named(months * exports0 * s[exports] / s[exports_start].max(1e-300));
    const auto m = named(months * imports0 * s[imports] / s[imports_start].max(1e-300));
    const auto k = named(months * (outflow0 + by_fear * (fear - tolerated).max(0.0) + by_interest * (-gap).max(0.0)));
    const auto k_in = named(months * s[inflow]);
    const DollarMarket all = dollar_market(shares.imports, absorbed, s[normal], s3, x, m, k, k_in, held_back);
    s[flows] = (x - m - (all.held_abroad + k * (1 - held_back) - k_in + all.official + all.dealers)).abs();
    return all;
  }

  void book_dollars(Step& s, const DollarMarket& dollars) const {
    s[supply] = dollars.supply;
    s[dealers] = dollars.dealers;
    s[offshore] = s.last(offshore) + dollars.held_abroad;
    const auto bought = named(pboc_share * dollars.official);
    s[flow] = -bought;
    s[shadow] = s.last(shadow) + (dollars.official - bought);
    const auto d_book = named(s.last(rate) * bought);
    const auto d_credit = named(credit_growth * dt * s.last(base));
    const auto d_bills = named(sterilised * d_book);
    s[book] = s.last(book) + d_book;
    s[credit] = s.last(credit) + d_credit;
    s[bills] = s.last(bills) + d_bills;
    s[base] = s.last(base) + d_book + d_credit - d_bills;
    s[sheet] = (s[book] + s[credit] - s[base] - s[bills]).abs();
  }

  // What last step's rates move the fixing by: a dollar that falls against the basket falls against the yuan as well.
  ScratchColumn basket_change(Step& s) const {
    s[basket] = 0;
    if (euro_weight == 0 && yen_weight == 0) return named(0 * s[basket]);
    const auto log_euro = log(s[euro]), log_yen = log(s[yen]);
    s[basket] = (euro_weight * log_euro - yen_weight * log_yen) / (1 - dollar_weight);
    if (s.index() == 1) return named(0 * s[basket]);
    return named(s.last(basket) - s[basket]);
  }

  void trade_days(Step& s) const {
    const double day = dt / days;
    auto x = s[market], p = s[log_fix];
    auto close = scratch_column(), target = scratch_column();
    x = s.last(market) + s[news];
    p = s.last(log_fix);
    target = x0;
    if ((s[anchor] > 0).any()) {
      const auto given = log(s[anchor].max(1e-300));
      target = (s[anchor] > 0).select(given, x0);
    }
    const auto b = named(basket_change(s) / days);
    s[at_edge] = 0;
    for (int d = 0; d < days; ++d) {
      x += s[change] / days + pull * day * (target - x) + sigma * std::sqrt(day) * s[z[d]];
      close = rule.close(x, p);
      s[at_edge] += (close != x).cast<double>();
      p = rule.next(close, Column(p.data(), p.size()), 0.5 * b, 1.0 * b);
    }
    s[at_edge] /= days;
    closes.push(s, close);
    s[rate] = exp(close);
    s[fixing] = exp(p);
    s[volatility] = 100 * sigma;
    s[regime] = 1;
  }
};

}  // namespace

ModelType cny() {
  return model_type<Cny>("cny", "fx", "cn", "The yuan: fixing and band, exporters' dollars, official purchases, money");
}

}  // namespace moniac
