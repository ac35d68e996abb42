// The path of the debt that is expected at the start: no shocks, no events.
#pragma once

#include <vector>

#include "models/treasury/debt_ladder.h"

namespace moniac {

/// What the plan is made of.
struct PlanAssumptions {
  double gdp;                  ///< USD bn a year, at the start
  double growth;               ///< of nominal GDP, %/year
  double deficit;              ///< primary, % of GDP
  double tga;                  ///< cash at the start, USD bn
  double tga_target;           ///< USD bn
  double tga_approach;         ///< share of the distance to the target that a step closes
  double soma_coupons;         ///< of the SOMA at the start, USD bn
  double soma_runoff;          ///< most of its coupons that it lets run off, USD bn a year
  std::vector<double> yields;  ///< 3 months, 2, 5, 10, 30 years; they stay
};

/// By step, 0 the start: stocks in USD bn, flows in USD bn per step (of step 1 at index 0), GDP a year.
struct IssuancePlan {
  std::vector<double> gdp, bills, coupons, bill_equivalents, coupon_equivalents;
  std::vector<double> gross, net_bills, net_coupons, sold_coupons, exhausted;
};

/// The plan of a ladder over `steps` steps of `dt` years.
IssuancePlan plan_issuance(const DebtLadder& ladder, const DebtLadder::Opening& start, const PlanAssumptions& assumed,
                           int steps, double dt);

}  // namespace moniac
