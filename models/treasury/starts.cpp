#include "models/treasury/starts.h"

#include <numeric>

namespace moniac {

namespace {

// Figures of each date, without the holdings of the private sector. The maturities are those of public offerings on
// 2025-04-10 in TreasuryDirect's auction records, and 1,150 of bonds sold before 2014 that these leave out, scaled to
// the debt; a third of the group of 7 to 10 years is put above 9.
TreasuryStart december_2025() {
  return {
      .bills = 6790,
      .floating = 770,
      .coupon_faces = {695, 731, 1591, 3409, 2678, 4198, 2425, 1243, 621, 1372, 1555, 2793},
      .coupon_rates = {2.71, 2.71, 2.81, 3.14, 3.46, 2.92, 2.92, 3.57, 3.57, 3.14, 3.14, 3.14},
      .bill_rate = 3.9,
      .coupon_schedule = 4479,
      .yields = {3.59, 3.45, 3.70, 4.14, 4.81},
      .gdp = 31422.5,
      .debt_source = calibrated("debt held by the public 30,871 (FYGFDPUN 2025Q4), of which bills 22 %; maturities of "
                                "the auction records of April 2025, scaled; average coupon of notes, bonds and TIPS "
                                "3.10 % after FiscalData, May 2025"),
      .coupon_schedule_source = published("offerings of 2024, TreasuryDirect auction records"),
      .yields_source = published("DGS2, DGS10, DGS30 end and TB3MS mean of December 2025; 5 years interpolated"),
      .gdp_source = published("GDP 2025Q4"),
      .holdings = {4200, 1186, 684, 863, 2600, 3900, 1800, 3000},
      .bill_holdings = {200, 95, 14, 129, 310, 585, 180, 2700},
      .holdings_source = calibrated("Japan, China, UK: TIC December 2025; SOMA: H.4.1; all others and all bill parts "
                                    "illustrative; the private sector holds the rest"),
      .fed_assets = 6640.6,
      .reserves = 2957.4,
      .on_rrp = 106.0,
      .tga = 873,
      .currency = 2450,
      .soma_runoff = 0,
      .deposits = 18500,
      .bank_assets = 24500,
      .policy_rate = 3.75,
      .rrp_below_policy = 0.25,
      .fed_source = calibrated("H.4.1, RRPONTSYD and daily Treasury statements, last days of December 2025"),
      .banks_source = illustrative("orders of magnitude of H.8, end of 2025"),
  };
}

TreasuryStart april_2025() {
  return {
      .bills = 6102,
      .floating = 732,
      .coupon_faces = {659, 693, 1508, 3232, 2539, 3980, 2299, 1178, 589, 1300, 1474, 2648},
      .coupon_rates = {2.66, 2.66, 2.77, 3.09, 3.41, 2.87, 2.87, 3.51, 3.51, 3.09, 3.09, 3.09},
      .bill_rate = 4.32,
      .coupon_schedule = 4479,
      .yields = {4.20, 3.89, 3.96, 4.23, 4.59},
      .gdp = 30042.1,
      .debt_source = calibrated("debt held by the public 28,933 (FYGFDPUN 2025Q1); bills 6,102 and maturities of the "
                                "auction records of 2025-04-10, scaled; average rates after FiscalData, May 2025"),
      .coupon_schedule_source = published("offerings of 2024, TreasuryDirect auction records"),
      .yields_source = published("DGS2, DGS10, DGS30 end and TB3MS mean of March 2025; 5 years interpolated"),
      .gdp_source = published("GDP 2025Q1"),
      .holdings = {4237.4, 1130.8, 765.4, 779.3, 2550, 3824, 1700, 2750},
      .bill_holdings = {195, 90, 16, 117, 305, 575, 170, 2450},
      .holdings_source =
          calibrated("Japan, China, UK: TIC March 2025; all foreigners 9,050 (FDHBFIN); SOMA: H.4.1; the "
                     "rest and all bill parts illustrative"),
      .fed_assets = 6740.3,
      .reserves = 3450.9,
      .on_rrp = 399.2,
      .tga = 406,
      .currency = 2380,
      .soma_runoff = 60,
      .deposits = 18000,
      .bank_assets = 24000,
      .policy_rate = 4.50,
      .rrp_below_policy = 0.25,
      .fed_source = calibrated("H.4.1 of 2025-03-26, RRPONTSYD and TGA of 2025-03-31"),
      .banks_source = illustrative("orders of magnitude of H.8"),
  };
}

TreasuryStart june_2023() {
  return {
      .bills = 3989,
      .floating = 669,
      .coupon_faces = {604, 635, 1382, 2962, 2326, 3648, 2107, 1080, 540, 1192, 1351, 2427},
      .coupon_rates = {2.14, 2.14, 2.22, 2.48, 2.74, 2.31, 2.31, 2.82, 2.82, 2.48, 2.48, 2.48},
      .bill_rate = 5.0,
      .coupon_schedule = 3571,
      .yields = {5.14, 4.40, 3.80, 3.64, 3.85},
      .gdp = 27530.1,
      .debt_source =
          calibrated("debt held by the public 25,482 at the end of June 2023 (FYGFDPUN) less June's deficit of "
                     "228 and rise of the TGA of 342; bills: public offerings 3,713 (auction records) and 276 "
                     "of the SOMA; maturities of 2025, scaled; average coupon 2.45 % as remembered"),
      .coupon_schedule_source =
          calibrated("offerings of 1,863 from June to December 2023 (auction records), and what makes coupons grow by "
                     "361 in these months, as debt (FYGFDPUN) less bills did: add-ons of the SOMA"),
      .yields_source = published("DGS2, DGS10, DGS30 end and TB3MS mean of May 2023; 5 years interpolated"),
      .gdp_source = published("GDP 2023Q2"),
      .holdings = {5164.2, 1105, 845, 695, 2300, 2618, 1600, 1200},
      .bill_holdings = {276, 80, 17, 100, 275, 390, 100, 1000},
      .holdings_source =
          calibrated("all foreigners 7,563 (FDHBFIN 2023Q2); Japan, China, UK between the year-ends 2022 "
                     "and 2023 as remembered; SOMA: H.4.1; the rest and all bill parts illustrative"),
      .fed_assets = 8385.9,
      .reserves = 3309.4,
      .on_rrp = 2254.9,
      .tga = 49.0,
      .currency = 2340,
      .soma_runoff = 720,
      .deposits = 17200,
      .bank_assets = 23400,
      .policy_rate = 5.25,
      .rrp_below_policy = 0.20,
      .fed_source = published("H.4.1 and RRPONTSYD of 2023-05-31"),
      .banks_source = illustrative("orders of magnitude of H.8, 2023"),
  };
}

// The private sector holds what the named holders do not.
void add_private(std::vector<double>& named, double outstanding) {
  named.push_back(outstanding - std::accumulate(named.begin(), named.end(), 0.0));
}

}  // namespace

double TreasuryStart::debt() const {
  return bills + floating + std::accumulate(coupon_faces.begin(), coupon_faces.end(), 0.0);
}

const Names& treasury_start_names() {
  static const Names names = {"december_2025", "april_2025", "june_2023"};
  return names;
}

TreasuryStart treasury_start(int index) {
  TreasuryStart start = index == 1 ? april_2025() : index == 2 ? june_2023() : december_2025();
  add_private(start.holdings, start.debt());
  add_private(start.bill_holdings, start.bills);
  return start;
}

const std::vector<double>& ladder_maturities() {
  static const std::vector<double> years = {.11, .366, .751, 1.492, 2.5, 3.997, 6.029, 8, 9.5, 14, 17.619, 25.453};
  return years;
}

const Names& holder_names(bool split_japan) {
  static const Names whole = {"soma",  "japan", "china",  "uk", "other_official", "other_foreign_private",
                              "banks", "mmf",   "private"};
  static const Names split = {"soma", "japan",          "japan_private",         "china",
                              "uk",   "other_official", "other_foreign_private", "banks",
                              "mmf",  "private"};
  return split_japan ? split : whole;
}

}  // namespace moniac
