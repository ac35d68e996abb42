#include "models/treasury/debt_ladder.h"

#include <algorithm>

#include "sim/math/scalar.h"

namespace moniac {

DebtLadder::DebtLadder(LadderSlots bills, LadderSlots floating, LadderSlots coupons, IssueMix mix, double dt)
    : bills_(std::move(bills)),
      floating_(std::move(floating)),
      coupons_(std::move(coupons)),
      mix_(std::move(mix)),
      dt_(dt),
      first_floating_(bills_.chain.size()),
      first_coupon_(first_floating_ + floating_.chain.size()) {}

// A bucket empties into the next at a constant rate, so of the shortest 1 - e^{-1/w} matures within a year; all bills
// do. A cohort matures on its date.
double DebtLadder::within_year(const LadderSlots& part, std::size_t k) const {
  const bool cohorts = part.chain.outflow[k] == 1;
  if (&part == &bills_) return 1;
  if (cohorts) return part.chain.life[k] <= 1 + 1e-9 ? 1 : 0;
  return k == 0 ? 1 - exp(-1 / part.chain.life[0]) : 0;
}

std::array<double, 5> yield_weights(double tenor) {
  std::array<double, 5> weights{};
  std::size_t above = 0;
  while (above < 5 && yield_maturities[above] < tenor) ++above;
  if (above == 0 || above == 5) {
    weights[above == 0 ? 0 : 4] = 1;
    return weights;
  }
  const double share = (tenor - yield_maturities[above - 1]) / (yield_maturities[above] - yield_maturities[above - 1]);
  weights[above - 1] = 1 - share;
  weights[above] = share;
  return weights;
}

double coupon_duration(double years) {
  static constexpr std::array<double, 11> maturities = {0,     .11,   .366,  .751,   1.492, 2.5,
                                                        3.997, 6.029, 8.499, 17.619, 25.453};
  static constexpr std::array<double, 11> durations = {0, .11, .37, .75, 1.48, 2.44, 3.84, 5.57, 7.31, 13.3, 16.5};
  std::size_t above = 1;
  while (above < maturities.size() - 1 && maturities[above] < years) ++above;
  return durations[above - 1] + (durations[above] - durations[above - 1]) * (years - maturities[above - 1]) /
                                    (maturities[above] - maturities[above - 1]);
}

LadderSlots coupon_slots(MaturityChain chain, const IssueMix& mix) {
  const std::size_t n = chain.life.size();
  LadderSlots slots{.chain = std::move(chain),
                    .issue = std::vector<double>(n),
                    .issue_rate = std::vector<std::array<double, 5>>(n),
                    .ten_year = {},
                    .duration = {}};
  for (const double years : slots.chain.residual) slots.duration.push_back(coupon_duration(years));
  slots.ten_year = slots.chain.sold(10);
  for (std::size_t t = 0; t < std::min(mix.tenors.size(), mix.shares.size()); ++t) {
    const std::vector<double> placed = slots.chain.sold(mix.tenors[t]);
    const std::array<double, 5> rate = yield_weights(mix.tenors[t]);
    for (std::size_t k = 0; k < n; ++k) {
      slots.issue[k] += mix.shares[t] * placed[k];
      for (std::size_t m = 0; m < 5; ++m) slots.issue_rate[k][m] += mix.shares[t] * placed[k] * rate[m];
    }
  }
  return slots;
}

LadderSlots even_slots(MaturityChain chain) {
  const std::size_t n = chain.life.size();
  std::vector<double> duration = chain.residual;
  return {.chain = std::move(chain),
          .issue = std::vector<double>(n, 1.0 / static_cast<double>(n)),
          .issue_rate = {},
          .ten_year = {},
          .duration = std::move(duration)};
}

}  // namespace moniac
