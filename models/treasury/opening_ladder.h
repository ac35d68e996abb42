// The debt at the start, slot by slot.
#pragma once

#include <vector>

#include "models/treasury/debt_ladder.h"

namespace moniac {

/// What a scenario says about the debt at the start: USD bn, years, %/year.
struct OpeningFigures {
  double bills;
  double floating;
  double bill_rate;                ///< of bills and floating rate notes
  std::vector<double> maturities;  ///< of groups of notes, bonds and TIPS
  std::vector<double> faces;
  std::vector<double> rates;
  double schedule;                  ///< coupons sold, USD bn a year
  Series bill_dates, coupon_dates;  ///< faces by date of maturity; where they are given they replace the groups' places
};

/// Faces and interest by slot. Groups lie in the slot that holds their maturity; dated faces, scaled to the total, in
/// the step that holds their date, those beyond the last slot in it, with the groups' average rate. `time` is the
/// run's.
DebtLadder::Opening opening_ladder(const OpeningFigures& figures, const MaturityChain& bills,
                                   const MaturityChain& coupons, const Calendar& time);

}  // namespace moniac
