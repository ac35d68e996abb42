// How the model of the Treasury is set up: what it owes at the start, and its checks.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/treasury/treasury_model.h"

namespace moniac {

double Treasury::official_coupons() const {
  double total = 0;
  for (std::size_t i = 0; i < 5; ++i) total += figures.holdings[i] - figures.bill_holdings[i];
  return total;
}

// Its part of what matures within a year: the groups of less than that, and half of the two-year floaters.
double Treasury::soma_maturing_a_year() const {
  const double within = figures.coupon_faces[0] + figures.coupon_faces[1] + figures.coupon_faces[2];
  return (figures.holdings[0] - figures.bill_holdings[0]) * (within + figures.floating / 2) / figures.coupons();
}

// One bucket holds bills of all ages up to a year: what is in it lives as long as what enters.
MaturityChain Treasury::bills_by_maturity() const {
  if (representation == cohort) return MaturityChain::of_steps(0.5, time().dt());
  MaturityChain chain = MaturityChain::of_widths({bill_width}, time().dt());
  chain.residual = chain.life;
  return chain;
}

DebtLadder::Opening Treasury::opening_ladder() const {
  const std::size_t groups = std::min({maturities.size(), faces.size(), rates.size()});  // unequal lists are refused
  const auto first = [groups](const std::vector<double>& list) {
    return std::vector<double>(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(groups));
  };
  const bool dated = representation == cohort;
  return moniac::opening_ladder({.bills = bills0,
                                 .floating = floating0,
                                 .bill_rate = bill_rate,
                                 .maturities = first(maturities),
                                 .faces = first(faces),
                                 .rates = first(rates),
                                 .schedule = schedule,
                                 .bill_dates = dated ? bill_dates : Series{},
                                 .coupon_dates = dated ? coupon_dates : Series{}},
                                bill_chain, coupon_chain, time());
}

void Treasury::check_figures() {
  check(mix.tenors.size() == mix.shares.size(),
        "there are " + to_text(double(mix.tenors.size())) + " tenors and " + to_text(double(mix.shares.size())) +
            " shares of them",
        {"tenors", "tenor_shares"});
  const double shares = std::accumulate(mix.shares.begin(), mix.shares.end(), 0.0);
  check(std::abs(shares - 1) < 1e-9, "the shares of the tenors sum to " + to_text(shares) + ", not to 1",
        {"tenor_shares"});
  check(maturities.size() == faces.size() && faces.size() == rates.size() && !faces.empty(),
        "as many maturities as faces and as rates: there are " + to_text(double(maturities.size())) + ", " +
            to_text(double(faces.size())) + " and " + to_text(double(rates.size())),
        {"coupon_maturities", "coupon_faces", "coupon_rates"});
  check(assumed.yields.size() == 5, "five yields: 3 months, 2, 5, 10 and 30 years", {"expected_yields"});
  check(representation == buckets || (time().unit != StepUnit::day && time().unit != StepUnit::weekday),
        "the cohort ladder takes steps of a week or more", {"ladder"});
  check_schedule();
}

// A schedule that the plan cannot keep redeems more bills than there are.
void Treasury::check_schedule() {
  if (mix.fixed) return;
  const auto first = std::find(plan.exhausted.begin(), plan.exhausted.end(), 1.0);
  if (first == plan.exhausted.end()) return;
  const auto k = static_cast<int>(first - plan.exhausted.begin());
  check(false,
        "a schedule of " + to_text(schedule) + " USD bn a year redeems more than the " + to_text(bills0) +
            " USD bn of bills outstanding by " + iso(time().date(k)),
        {"coupon_schedule", "bills"});
}

}  // namespace moniac
