// Figures of the dates that a run may start from: what the Treasury owes, who holds it, what the Federal Reserve owes.
#pragma once

#include <string>
#include <vector>

#include "sim/model/variables.h"

namespace moniac {

/// Money in USD bn, rates in %/year. Each figure's standing is in the source beside it.
struct TreasuryStart {
  // The Treasury
  double bills;
  double floating;                   ///< floating rate notes
  std::vector<double> coupon_faces;  ///< notes, bonds and TIPS by ladder_maturities()
  std::vector<double> coupon_rates;  ///< their average coupons
  double bill_rate;                  ///< average rate of bills and floating rate notes
  double coupon_schedule;            ///< notes, bonds, TIPS and FRN sold, a year
  std::vector<double> yields;        ///< 3 months, 2, 5, 10, 30 years
  double gdp;                        ///< a year
  Source debt_source, coupon_schedule_source, yields_source, gdp_source;
  // Its holders, in the order of holder_names(false)
  std::vector<double> holdings;
  std::vector<double> bill_holdings;
  Source holdings_source;
  // The Federal Reserve and the banks
  double fed_assets;
  double reserves;
  double on_rrp;
  double tga;
  double currency;
  double soma_runoff;  ///< announced cap a year
  double deposits;
  double bank_assets;
  double policy_rate;       ///< upper bound of the range
  double rrp_below_policy;  ///< policy rate less ON RRP rate, pp
  Source fed_source, banks_source;

  double debt() const;
  double coupons() const { return debt() - bills; }  ///< with floating rate notes
};

/// "december_2025", "april_2025", "june_2023".
const Names& treasury_start_names();
/// The figures of treasury_start_names()[index].
TreasuryStart treasury_start(int index);

/// Mean residual maturities of the groups of `coupon_faces`, years.
const std::vector<double>& ladder_maturities();

/// soma, japan, china, uk, other_official, other_foreign_private, banks, mmf, private; with `split_japan` also
/// japan_private, after japan.
const Names& holder_names(bool split_japan);

}  // namespace moniac
