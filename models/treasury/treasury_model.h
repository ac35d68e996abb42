// The model of treasury.h: what it declares. Its steps are in treasury.cpp, how it is set up in treasury_setup.cpp.
#pragma once

#include <algorithm>

#include "models/treasury/cash.h"
#include "models/treasury/issuance_plan.h"
#include "models/treasury/opening_ladder.h"
#include "models/treasury/starts.h"
#include "sim/model/model.h"

namespace moniac {

// What the Treasury owes, by residual maturity, and what it sells to pay for it.
//
//   debt' - debt = primary deficit + interest + change of cash + other financing
//   D = 100 [B + E - e I]/GDP - the same on the plan     B, E: bills, coupons in ten-year equivalents; I: coupons of
//                                                        holders that no yield moves, e: E per coupon on the plan
//
// Bills absorb what the coupon schedule leaves. The plan is the path without shocks, run once when the model is built:
// expected issuance is in the curve of the start. No draws.
class Treasury final : public Model {
  enum Ladder { buckets, cohort };

  const TreasuryStart figures = treasury_start(
      choice("start", treasury_start_names().front(), treasury_start_names(), "Date whose figures are the defaults"));

  // Debt at the start
  const int representation = choice("ladder", "buckets", {"buckets", "cohort"},
                                    "Debt in buckets of years, or each step's maturities by themselves");
  const double bills0 =
      param("bills", figures.bills, "USD bn", nonnegative(), "Bills outstanding", figures.debt_source);
  const double floating0 =
      param("floating", figures.floating, "USD bn", nonnegative(), "Floating rate notes", figures.debt_source);
  const std::vector<double> maturities = numbers("coupon_maturities", ladder_maturities(), "year", positive(),
                                                 "Mean residual maturities of groups of notes, bonds and TIPS",
                                                 published("TreasuryDirect auction records"));
  const std::vector<double> faces =
      numbers("coupon_faces", figures.coupon_faces, "USD bn", nonnegative(), "Face of each group", figures.debt_source);
  const std::vector<double> rates = numbers("coupon_rates", figures.coupon_rates, "%/year", between(0, 30),
                                            "Average coupon of each group", figures.debt_source);
  const double bill_rate = param("bill_rate", figures.bill_rate, "%/year", between(0, 30),
                                 "Average rate of bills and floating rate notes", figures.debt_source);
  const Series bill_dates =
      series("maturing_bills", "USD bn", nonnegative(), "Bills by the date they mature; for the cohort ladder");
  const Series coupon_dates = series("maturing_coupons", "USD bn", nonnegative(),
                                     "Notes, bonds and TIPS by the date they mature; for the cohort ladder");

  // Ladder
  const double bill_width = param("bill_width", 0.25, "year", positive(), "Mean life of bills",
                                  calibrated("24.2 tn of bills sold in 2024 on a stock of 6 tn, auction records"));
  const std::vector<double> widths =
      numbers("bucket_widths", {1, 1, 1, 2, 2, 2, 1, 10, 10}, "year", positive(), "Widths of the coupon buckets",
              illustrative("tenors that are sold end a bucket, so that what is new is not taken for old"));

  // Issue
  const IssueMix mix{
      .fixed = choice("mix", "schedule", {"schedule", "fixed"}, "Bills take what the schedule leaves, or a share") == 1,
      .bill_share = param("fixed_bill_share", 0.844, "", between(0, 1), "Bills in gross issuance, for mix: fixed",
                          published("2024: 24.2 of 28.7 tn, auction records")),
      .floating_share = param("floating_share", 0.0764, "", between(0, 1), "Floating rate notes in coupon issuance",
                              calibrated("2024: 342 of 4,479 bn")),
      .tenors = numbers("tenors", {2, 3, 5, 7, 10, 20, 30}, "year", positive(), "Tenors of notes and bonds sold",
                        published("auction calendar")),
      .shares = numbers("tenor_shares", {.2044, .1718, .2074, .1303, .1728, .0434, .0699}, "", between(0, 1),
                        "Shares of the tenors, TIPS at ten years",
                        calibrated("auction sizes of 2024 as remembered: 828, 696, 840, 528, 490 and 210 of TIPS, 176, "
                                   "283 bn")),
      .growth = param("schedule_growth", 0.2, "1/year", nonnegative(),
                      "Growth of the schedule per 10 pp of bills above the band", illustrative()),
      .band = param("bill_band", 20, "%", between(0, 100), "Upper end of the band of bills in the debt",
                    calibrated("TBAC 15–20 %, as remembered")) /
              100};
  const double schedule = param("coupon_schedule", figures.coupon_schedule, "USD bn/year", nonnegative(),
                                "Notes, bonds, TIPS and floating rate notes sold, add-ons of the SOMA aside",
                                figures.coupon_schedule_source);
  const double rebuild_bill_share = param("rebuild_bill_share", 0.95, "", between(0, 1),
                                          "Bills in the financing of a rebuild of cash", illustrative());
  const double xdate_premium = param("xdate_premium", 120, "bp", nonnegative(), "On bills that mature about the X-date",
                                     calibrated("100–170 bp on bills of early June 2023, as remembered"));

  // Plan
  const int drift =
      choice("drift", "priced", {"priced", "surprise"}, "Duration supply against the plan, or against the start");
  const PlanAssumptions assumed{
      .gdp = param("gdp", figures.gdp, "USD bn/year", positive(), "Nominal GDP at the start", figures.gdp_source),
      .growth = param("expected_growth", 4.1, "%/year", between(-20, 50), "Growth of nominal GDP on the plan",
                      illustrative("potential 2.1 %, inflation 2 %")),
      .deficit = param("expected_deficit", 2.6, "%", between(-50, 50), "Primary deficit in % of GDP on the plan",
                       calibrated("default of fiscal")),
      .tga = param("tga", figures.tga, "USD bn", nonnegative(), "Cash at the start", figures.fed_source),
      .tga_target = param("expected_tga_target", 850, "USD bn", nonnegative(), "Cash that the plan aims at",
                          published("Treasury financing estimates, 850 since 2023")),
      .tga_approach = usual_tga_approach(time().dt()),
      .soma_coupons = figures.holdings[0] - figures.bill_holdings[0],
      .soma_runoff = param("expected_runoff", figures.soma_runoff, "USD bn/year", nonnegative(),
                           "Coupons that the SOMA lets run off on the plan, at most", figures.fed_source),
      .yields = numbers("expected_yields", figures.yields, "%/year", between(-10, 50),
                        "Yields of 3 months, 2, 5, 10 and 30 years on the plan", figures.yields_source)};

  // Inputs
  const std::array<Input, 5> yields = {input("y3m", figures.yields[0], "%/year", "3-month yield"),
                                       input("y2", figures.yields[1], "%/year", "2-year yield"),
                                       input("y5", figures.yields[2], "%/year", "5-year yield"),
                                       input("y10", figures.yields[3], "%/year", "10-year yield"),
                                       input("y30", figures.yields[4], "%/year", "30-year yield")};
  const Input deficit = input("primary_deficit", assumed.deficit / 100 * assumed.gdp * time().dt(), "USD bn/step",
                              "Primary deficit; negative is a surplus");
  const Input other = input("other_financing", 0, "USD bn/step",
                            "Debt without cash to spend: accretion of TIPS, amortisation of premia");
  const Input ten_year = input("ten_year_issuance", 0, "USD bn/step", "Ten-year notes sold instead of bills, >= 0");
  const Input gdp = input("gdp_nominal", assumed.gdp, "USD bn/year", "Nominal GDP");
  const Input cash = lagged_input("tga", 850, "USD bn", "Cash of the Treasury at the Federal Reserve");
  const Input cash_target = input("tga_target", 850, "USD bn", "Cash that the Treasury aims at");
  const Input approach = input("tga_approach", assumed.tga_approach, "ratio",
                               "Share of the distance to the cash target that the step closes");
  const Input phase = input("debt_limit_phase", 0, "index", "Debt limit: 0 off, 1 binding, 2 rebuild of cash");
  const Input measures = input("extraordinary_measures_used", 0, "USD bn/step", "Room made by extraordinary measures");
  const Input xdate = input("xdate_flag", 0, "index", "Whether cash is all but used up under the limit");
  const Input rollover = lagged_input("soma_rollover", rolled_at_start(), "USD bn/step",
                                      "Coupons that the SOMA rolls into new ones, on top of the schedule");
  const Input insensitive = lagged_input("insensitive_coupons", official_coupons(), "USD bn",
                                         "Coupons of holders that no yield moves, as of average duration");
  const Input insensitive_expected =
      lagged_input("insensitive_coupons_expected", official_coupons(), "USD bn", "The same without shocks");

  const MaturityChain bill_chain = bills_by_maturity();
  const MaturityChain coupon_chain = representation == cohort ? MaturityChain::of_steps(30, time().dt())
                                                              : MaturityChain::of_widths(widths, time().dt());
  const MaturityChain floating_chain = MaturityChain::of_widths({2}, time().dt());
  const DebtLadder ladder{even_slots(bill_chain), even_slots(floating_chain), coupon_slots(coupon_chain, mix), mix,
                          time().dt()};
  const DebtLadder::Opening opening = opening_ladder();
  const IssuancePlan plan = plan_issuance(ladder, opening, assumed, time().steps, time().dt());

  // Outputs
  const Output debt = output("debt_public", "USD bn", "Debt held by the public");
  const Output ratio = output("debt_ratio", "%", "Debt held by the public in % of GDP");
  const Output interest = output("interest_cost", "USD bn/step", "Interest paid");
  const Output average_rate = output("average_rate", "%/year", "Interest over debt");
  const Output net_bills = output("net_bills", "USD bn/step", "Bills sold less bills redeemed");
  const Output net_coupons = output("net_coupons", "USD bn/step", "Notes and bonds sold less redeemed");
  const Output maturing = output("maturing_12m", "USD bn", "Debt that matures within twelve months");
  const Output wam = output("wam", "year", "Weighted average maturity");
  const Output supply = output("duration_supply", "%",
                               "Ten-year equivalents of price-sensitive holders, deviation from the plan in % of GDP");
  const Output bill_yield = output("bill_yield", "%/year", "Yield at which bills are sold");
  const Output cash_change = output("tga_change", "USD bn/step", "Change of cash that the Treasury finances");
  const Output bill_share = output("bill_share", "%", "Bills in the debt");
  const DebtLadder::Handles handles{
      .face = states("face", ladder.slots(), "Face by slot: bills, floating rate notes, coupons; USD bn"),
      .coupon = states("coupon", ladder.slots(), "Annual interest by slot, USD bn"),
      .pace = state("schedule", "Coupon schedule in force, USD bn a year"),
      .bills = output("bills_outstanding", "USD bn", "Bills outstanding"),
      .coupons = output("coupons_outstanding", "USD bn", "Notes, bonds, TIPS and floating rate notes outstanding"),
      .gross = output("gross_issuance", "USD bn/step", "All debt sold"),
      .sold_bills = output("bill_issuance", "USD bn/step", "Bills sold; negative: bought back"),
      .sold_coupons = output("coupon_issuance", "USD bn/step", "Notes and bonds sold; negative: bought back"),
      .redeemed_bills = output("redeemed_bills", "USD bn/step", "Bills that matured"),
      .redeemed_coupons = output("redeemed_coupons", "USD bn/step", "Notes and bonds that matured"),
      .interest_due = output("interest_due", "USD bn/step", "Interest of the next step"),
      .bill_equivalents = output("bill_equivalents", "USD bn", "Bills in ten-year equivalents"),
      .coupon_equivalents = output("coupon_equivalents", "USD bn", "Coupons in ten-year equivalents"),
      .maturing = maturing,
      .residual = wam,
      .bills_exhausted = clamp("bills_exhausted", "Bills are all redeemed; coupon issuance gives way")};
  // Half a dollar.
  const Output residual = identity("ladder_identity_residual", 5e-10, "USD bn",
                                   "Change of the debt less deficit, interest, change of cash and other financing");

  const State equivalents0 = state("equivalents_start", "Price-sensitive ten-year equivalents at the start, % of GDP");
  const State per_insensitive = state("equivalents_per_coupon_start", "The same per USD bn of coupons at the start");

 public:
  explicit Treasury(Declarations& declarations);
  void start(Start& s) const override;
  void step(Step& s) const override;

 private:
  // Coupons of the SOMA that mature in a step at the start, beyond what runs off.
  double rolled_at_start() const { return std::max(0.0, soma_maturing_a_year() - figures.soma_runoff) * time().dt(); }
  // Bills within two weeks of the X-date, of bills spread evenly over twice their mean life.
  double share_about_xdate() const { return std::min(1.0, 28 / 365.25 / (2 * bill_width)); }

  // treasury.cpp
  void plan_cash(Step& s) const;
  void publish(const View& s) const;
  void write_supply(Step& s) const;

  // treasury_setup.cpp
  double official_coupons() const;
  double soma_maturing_a_year() const;
  MaturityChain bills_by_maturity() const;
  DebtLadder::Opening opening_ladder() const;
  void check_figures();
  void check_schedule();
};

}  // namespace moniac
