#include "models/fx/em_external.h"

#include <algorithm>
#include <cmath>

#include "models/fx/reserve_adequacy.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"
#include "sim/model/moving_window.h"

namespace moniac {

namespace {

// A debtor in dollars: reserves R, external debt E, the IMF I, arrears. In a step
//
//   int = i E dt,  am = (1 - e^{-a dt}) E,  roll = ρ am + n_b dt,  cash = R + TB + roll - flight dt,  need = int + am
//   short = max(0, R_min - (cash - need)): a draw on the IMF first, then arrears on the service due, then forced cuts
//                                          of imports
//   R' = cash - need + draw + unpaid + compression,  E' = E - am + roll - face bought back
//   n_b = max(0, i E - TB/dt + k_R max(0, min(R_0, ARA) - R)) keeps reserves in normal times; 0 in a stop
//   i = us.y5 + spread0 e^{1.2 (1 - R/ARA) + 0.3 risk}
//
// In normal times ρ is 1 and E' = E + (i E - TB/dt) dt: debt grows by the deficit of the current account.
//
// Sudden stop: hazard h0 exp(b1 (1 - R/ARA) + b2 (-CA/GDP - 0.03)/0.03 + b3 Δ12 i_us/0.01 + b4 risk), mean length a
// year; ρ falls to ρ_ss and capital flees. IMF: asked when R/ARA < 0.5, imports are covered for less than 2.5 months or
// debt is unpaid; 3 months to approve; access 2 quotas a year and 6 in all; ends after 3 years or when R/ARA > 0.8;
// austerity τ GDP. (Calvo, Izquierdo and Mejía 2004 for stops; IMF Board 2024-12-17 for access.)
//
// Relief: a creditor spends Y to buy back debt of face Y/P from its old holders, of which it forgives g and turns the
// rest into a claim in yuan.
class EmExternal final : public Model {
  // Position at the start
  const double gdp = param("gdp", 15300, "USD bn/year", positive(), "GDP", calibrated("2022, sum of the region"));
  const double r0 = param("reserves", 1600, "USD bn", nonnegative(), "Reserves at the start",
                          illustrative("without surplus countries"));
  const double e0 = param("external_debt", 5500, "USD bn", nonnegative(), "External debt at the start", illustrative());
  const double exports0 =
      param("exports", 3670, "USD bn/year", nonnegative(), "Exports at the start", calibrated("trade table of 2022"));
  const double imports0 =
      param("imports", 3850, "USD bn/year", positive(), "Imports at the start", calibrated("trade table of 2022"));
  const double remittances = param("remittances", 250, "USD bn/year", any_number(), "Remittances", illustrative());
  const double broad_money = param("broad_money", 9200, "USD bn", nonnegative(), "M2", illustrative("0.6 of GDP"));
  const double short_share =
      param("short_term_share", 0.20, "", between(0, 1), "Short-term part of the debt", illustrative());
  const double other_liabilities =
      param("other_liabilities", 3060, "USD bn", nonnegative(), "Other portfolio liabilities", illustrative());
  const double quota = param("quota", 150, "USD bn", nonnegative(), "Quota in the IMF", illustrative());
  const double share = param("gdp_share", 1, "", between(0, 1), "Part of the region's trade balance", illustrative());

  // Ledger
  const double r_min = param("least_reserves", 642, "USD bn", nonnegative(), "R_min, below which debt is not served",
                             illustrative("two months of imports"));
  const double amortisation = param("amortisation", 0.18, "1/year", nonnegative(), "a: repayment rate", illustrative());
  const double spread0 =
      param("spread", 2, "%/year", nonnegative(), "Spread over US five-year yields at R = ARA", illustrative());
  const double borrowing = param("reserve_rebuilding", 0.25, "1/year", nonnegative(), "k_R", illustrative());
  const bool borrows = flag("borrowing", true, "Whether new borrowing closes the current account in normal times");

  // Sudden stops
  const double h0 = param("stop_hazard", 0.04, "1/year", nonnegative(), "h0", illustrative("0.02–0.10"));
  const double b1 = param("stop_by_reserves", 1.5, "", any_number(), "b1", illustrative());
  const double b2 = param("stop_by_current_account", 0.5, "", any_number(), "b2", illustrative());
  const double b3 = param("stop_by_us_rates", 0.3, "", any_number(), "b3", illustrative());
  const double b4 = param("stop_by_risk", 0.5, "", any_number(), "b4", illustrative());
  const double stop_length = param("stop_length", 1, "year", positive(), "Mean length of a stop", illustrative());
  const double rollover =
      param("stop_rollover", 0.45, "", between(0, 1), "ρ_ss: share rolled over in a stop", illustrative("0.2–0.7"));
  const double flight =
      param("flight", 0.04, "1/year", nonnegative(), "Capital flight in a stop, of GDP", illustrative()) * gdp;

  // IMF
  const bool imf = flag("imf", true, "Whether the IMF can be asked");
  const double approval = param("imf_approval", 0.25, "year", nonnegative(), "Time to approve", illustrative());
  const double yearly_limit = param("imf_yearly_limit", 2, "", nonnegative(), "Access a year in quotas",
                                    published("IMF Board 2024-12-17: 200 %"));
  const double total_limit = param("imf_total_limit", 6, "", nonnegative(), "Access in all in quotas",
                                   published("IMF Board 2024-12-17: 600 %"));
  const double standing_access = param("standing_access", 0, "USD bn", nonnegative(),
                                       "Access without a programme, over what is drawn at the start", illustrative());
  const double austerity = param("austerity", 0.02, "", nonnegative(),
                                 "τ: gain of the trade balance in a programme, of GDP", illustrative());
  const bool repays = flag("imf_repayment", false, "Whether draws are repaid, 3.25 to 5 years after");

  // Relief
  const double price0 = param("buyback_price", 0.6, "", Range{.low = 0, .high = 1, .low_open = true},
                              "P: price of a unit of debt", illustrative());
  const bool price_rises = flag("price_rises", false, "Whether buying raises the price");
  const double grant = param("grant", 0, "", between(0, 1), "g: part of the face that is forgiven", illustrative());
  const double relief_cap = param("relief_cap", 0.02, "1/year", nonnegative(),
                                  "Most of its reserves that the creditor spends", illustrative());
  const bool serves_claim = flag("serves_yuan_claim", false, "Whether the yuan claim bears interest");
  const double claim_rate = param("yuan_claim_rate", 3, "%/year", nonnegative(), "Its rate", illustrative());

  const Input trade = input("trade_balance", (exports0 - imports0) * time().dt(), "USD bn/step", "Trade balance");
  const Input exports = input("exports", exports0* time().dt(), "USD bn/step", "Exports");
  const Input imports = input("imports", imports0* time().dt(), "USD bn/step", "Imports");
  const Input y5 = input("us.y5", 3.7, "%/year", "Five-year US yield");
  const Input us_rate = input("us.policy_rate", 3.75, "%/year", "Policy rate of the United States");
  const Input risk = input("world.risk", 0, "index", "Level of world risk");
  const Input programme = input("debt_relief_programme", 0, "USD bn/year", "What the creditor means to spend");
  const Input writeoff = input("debt_writeoff", 0, "USD bn/step", "Debt that a creditor strikes out of its own claims");
  const Input creditor = lagged_input("cn.fx_reserves_total", 3210, "USD bn", "Reserves of the creditor");

  const Output reserves = output("fx_reserves", "USD bn", "Reserves");
  const Output debt = output("external_debt", "USD bn", "External debt");
  const Output imf_credit = output("imf_credit", "USD bn", "Owed to the IMF");
  const Output arrears = output("arrears", "USD bn", "Debt service not paid, cumulated");
  const Output in_programme = output("imf_programme", "ratio", "1 in an IMF programme");
  const Output stop = output("sudden_stop", "ratio", "1 in a sudden stop");
  const Output compression = output("compression", "USD bn/step", "Imports cut for lack of dollars");
  const Output unpaid = output("unpaid", "USD bn/step", "Debt service not paid");
  const Output draw = output("imf_draw", "USD bn/step", "Drawn from the IMF");
  const Output interest = output("external_interest", "USD bn/step", "Interest due");
  const Output amortised = output("external_amortisation", "USD bn/step", "Principal due");
  const Output rolled = output("external_rollover", "USD bn/step", "Principal lent again, and new borrowing");
  const Output ratio = output("reserve_adequacy", "ratio", "Reserves over the IMF's metric");
  const Output pressure = output("fx_pressure", "ratio", "Pressure on the currency, 0 … 1");
  const Output spread = output("external_spread", "%/year", "Spread over US five-year yields");
  const Output spent = output("cn.debt_relief", "USD bn/step", "Reserves that the creditor spent");
  const Output retired = output("debt_retired", "USD bn/step", "Face of debt bought back");
  const Output forgiven = output("debt_forgiven", "USD bn/step", "Part of it that is forgiven");
  const Output claim = output("yuan_claim", "USD bn", "Owed to the creditor in yuan, at the rate of purchase");
  const Output price = output("debt_price", "ratio", "Price of a unit of debt");
  const Output residual =
      identity("external_identity_residual", 2e-11, "USD bn", "Change of reserves less flows, draws, arrears and cuts");
  const Output relief_residual =
      identity("relief_identity_residual", 1e-11, "USD bn", "Gains of debtor and creditor and loss of old holders");

  const MovingWindow us_rates{states("us_rates", steps_in(1, time().dt()), "US policy rate of a year, newest first")};
  const MovingWindow draws{states("imf_draws", repays ? steps_in(5, time().dt()) : 1, "Draws of five years")};
  const State waiting = state("imf_waiting", "Time since the IMF was asked, years; negative: it was not");
  const State running = state("imf_running", "Time since approval, years; negative: no programme");
  const State drawn_before = state("imf_drawn_before", "Owed to the IMF at approval, USD bn");
  const State asked = state("imf_need", "Whether the IMF is needed");
  const State exports_start = state("exports_start", "Exports of the first step");
  const State imports_start = state("imports_start", "Imports of the first step");
  const Shock u_stop = uniform_shock("sudden_stop", "Whether a stop begins or ends");

  const double dt = time().dt();
  const double repaid_share = -expm1(-amortisation * dt);
  const double ends = -expm1(-dt / stop_length);
  const AdequacyWeights weights = adequacy_weights(false, false);

 public:
  explicit EmExternal(Declarations& declarations) : Model(declarations) {
    check(r_min <= r0, "reserves at the start, " + to_text(r0) + " USD bn, are below the least ones, " + to_text(r_min),
          {"reserves", "least_reserves"});
  }

  void start(Start& s) const override {
    s[reserves] = r0;
    s[debt] = e0;
    s[price] = price0;
    s[spread] = spread0;
    for (const Output zero : {imf_credit, arrears, in_programme, stop, compression, unpaid, draw, interest, amortised,
                              rolled, spent, retired, forgiven, claim, residual, relief_residual})
      s[zero] = 0;
    us_rates.fill(s, s[us_rate]);
    draws.fill(s, 0 * s[us_rate]);
    s[waiting] = -1;
    s[running] = -1;
    s[drawn_before] = 0;
    s[asked] = 0;
    s[exports_start] = s[exports];
    s[imports_start] = s[imports];
    judge(s);
  }

  void step(Step& s) const override {
    for (const State fixed : {exports_start, imports_start}) s[fixed] = s.last(fixed);
    us_rates.push(s, s[us_rate]);
    ask_imf(s);
    const auto needed = adequate(s, s.last(debt));
    const auto adequacy = named(s.last(reserves) / needed);
    const auto rate = interest_rate(s, adequacy);
    const auto balance = named(share * s[trade] + remittances * dt +
                               (s[running] >= 0).select(austerity * gdp * dt * s[running].min(1.0), 0.0));
    stop_or_go(s, adequacy, rate, balance);
    relieve(s);
    pay(s, rate, balance, needed);
    judge(s);
  }

 private:
  ScratchColumn adequate(const View& s, const ConstColumn& owed) const {
    const auto sold = exports0 * s[exports] / s[exports_start].max(1e-300);
    return named(weights.exports * sold + weights.broad_money * broad_money +
                 weights.short_term_debt * short_share * owed + weights.other_liabilities * other_liabilities);
  }

  ScratchColumn interest_rate(Step& s, const ScratchColumn& adequacy) const {
    const auto fear = exp(1.2 * (1 - adequacy) + 0.3 * s[risk]);
    s[spread] = spread0 * fear;
    return named((s[y5] + s[spread]) / 100);
  }

  // Asked when needed at the end of the last step, approved after the lag, ended by time or by recovery.
  void ask_imf(Step& s) const {
    const auto outside = s.last(running) < 0.0 && s.last(waiting) < 0.0;
    s[waiting] = (s.last(waiting) >= 0.0).select(s.last(waiting) + dt, s.last(waiting));
    if (imf) s[waiting] = (outside && s.last(asked) > 0.0).select(0.0, s[waiting]);
    s[running] = (s.last(running) >= 0.0).select(s.last(running) + dt, s.last(running));
    const auto over = s[running] >= 0.0 && (s[running] >= 3 - 1e-9 || s.last(ratio) > 0.8);
    s[running] = over.select(-1.0, s[running]);
    const auto approved = named((s[waiting] >= approval - 1e-9).cast<double>());
    s[drawn_before] = (approved > 0).select(s.last(imf_credit), s.last(drawn_before));
    s[running] = (approved > 0).select(0.0, s[running]);
    s[waiting] = (approved > 0).select(-1.0, s[waiting]);
    s[in_programme] = (s[running] >= 0.0).cast<double>();
  }

  // The starting step is one of the stop.
  void stop_or_go(Step& s, const ScratchColumn& adequacy, const ScratchColumn& rate,
                  const ScratchColumn& balance) const {
    const auto deficit = (rate * s.last(debt) - balance / dt) / gdp;
    const auto tightening = (s[us_rates.value(0)] - us_rates.oldest(s)) / 100;
    const auto log_hazard = b1 * (1 - adequacy) + b2 * (deficit - 0.03) / 0.03 + b3 * tightening / 0.01 + b4 * s[risk];
    const auto hazard = exp(log_hazard.min(50.0));
    const auto begins = named(-expm1(-dt * h0 * hazard));
    const auto goes_on = named((s[u_stop] >= ends).cast<double>()), falls = named((s[u_stop] < begins).cast<double>());
    s[stop] = (s.last(stop) > 0).select(goes_on, falls);
  }

  void relieve(Step& s) const {
    s[spent] = (s[programme] * dt).max(0.0).min(relief_cap * dt * s[creditor].max(0.0));
    s[spent] = s[spent].min(s.last(price) * s.last(debt) * (1 - repaid_share));
    s[retired] = s[spent] / s.last(price);
    s[forgiven] = grant * s[retired];
    s[claim] = s.last(claim) + (s[retired] - s[forgiven]);
    s[price] = s.last(price);
    if (price_rises) s[price] = (s.last(price) + 0.5 * s[spent] / s.last(debt).max(1e-9)).min(1.0);
    // In face: the debtor gains g F, the creditor (1 - g) F - Y, old holders lose F - Y.
    s[relief_residual] = (s[forgiven] + (s[claim] - s.last(claim) - s[spent]) - (s[retired] - s[spent])).abs();
  }

  void pay(Step& s, const ScratchColumn& rate, const ScratchColumn& balance, const ScratchColumn& needed) const {
    const auto stopped = named(s[stop]);
    const auto owed = s.last(debt), held = s.last(reserves);
    s[interest] = rate * owed * dt;
    s[amortised] = repaid_share * owed;
    const auto new_debt = named((rate * owed - balance / dt + borrowing * (needed.min(r0) - held).max(0.0)).max(0.0) *
                                (borrows ? dt : 0.0));
    s[rolled] = (1 - (1 - rollover) * stopped) * s[amortised] + (1 - stopped) * new_debt;
    const auto service = named(s[interest] + s[amortised]);
    const auto repaid = repayment(s);
    const auto others = named(-flight * dt * stopped - repaid - claim_service(s));
    const auto left = named(held + balance + s[rolled] + others - service);
    const auto missing = named((r_min - left).max(0.0));
    const auto room = (access(s) - (s.last(imf_credit) - s[drawn_before])).max(0.0);
    s[draw] = missing.min(room);
    s[unpaid] = (missing - s[draw]).min(service).max(0.0);
    s[compression] = (missing - s[draw] - s[unpaid]).max(0.0);
    s[reserves] = left + s[draw] + s[unpaid] + s[compression];
    s[debt] = (owed - s[amortised] + s[rolled] - s[retired] - s[writeoff]).max(0.0);
    s[imf_credit] = s.last(imf_credit) + s[draw] - repaid;
    s[arrears] = s.last(arrears) + s[unpaid];
    draws.push(s, s[draw]);
    s[residual] = (s[reserves] - held -
                   (balance - s[interest] - s[amortised] + s[rolled] + others + s[draw] + s[unpaid] + s[compression]))
                      .abs();
  }

  // Each draw in equal parts from 3.25 to 5 years after.
  ScratchColumn repayment(const Step& s) const {
    auto due = scratch_column();
    due = 0;
    if (!repays) return {due.data(), due.size()};
    const int from = steps_in(3.25, dt), to = draws.size();
    for (int i = from - 1; i < to; ++i) due += s.last(draws.value(i)) / (to - from + 1);
    return {due.data(), due.size()};
  }

  ScratchColumn claim_service(const Step& s) const {
    return named((serves_claim ? claim_rate / 100 * dt : 0.0) * s.last(claim));
  }

  // Cumulative access over what was owed at approval.
  ScratchColumn access(const Step& s) const {
    const auto years = (s[running] - 1e-9).ceil().max(1.0);
    const auto open = (yearly_limit * years).min(total_limit) * quota;
    return named((s[running] >= 0.0).select(open, standing_access));
  }

  void judge(View& s) const {
    const auto needed = adequate(s, ConstColumn(s[debt].data(), s.lanes()));
    s[ratio] = s[reserves] / needed;
    const auto odds = exp(((s[ratio] - 0.8) / 0.1).min(700.0));
    s[pressure] = 1 / (1 + odds);
    const auto yearly_imports = imports0 * s[imports] / s[imports_start].max(1e-300);
    s[asked] = (s[ratio] < 0.5 || s[reserves] < 2.5 / 12 * yearly_imports || s[unpaid] > 0.0).cast<double>();
  }
};

}  // namespace

ModelType em_external() {
  return model_type<EmExternal>("em_external", "fx", "em",
                                "External accounts of emerging markets: sudden stops, the IMF, arrears, debt relief");
}

}  // namespace moniac
