#include "models/treasury/opening_ladder.h"

#include <numeric>

namespace moniac {

namespace {

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::vector<double> by_date(const MaturityChain& chain, const Series& dated, double total, Calendar time) {
  time.steps = chain.size();
  std::vector<double> slots(chain.life.size());
  for (const Series::Point& point : dated.points) {
    if (point.date < time.start) continue;
    const int step = time.step_of(point.date).value_or(chain.size());
    slots[static_cast<std::size_t>(step - 1)] += point.value;
  }
  const double given = sum(slots);
  for (double& slot : slots) slot *= given > 0 ? total / given : 0;
  return slots;
}

void append(DebtLadder::Opening& ladder, const std::vector<double>& faces, double rate) {
  for (const double face : faces) {
    ladder.face.push_back(face);
    ladder.coupon.push_back(rate / 100 * face);
  }
}

}  // namespace

DebtLadder::Opening opening_ladder(const OpeningFigures& figures, const MaturityChain& bills,
                                   const MaturityChain& coupons, const Calendar& time) {
  DebtLadder::Opening ladder{.face = {}, .coupon = {}, .pace = figures.schedule};
  const std::size_t slots = bills.life.size();
  append(ladder,
         figures.bill_dates.empty() ? std::vector<double>(slots, figures.bills / static_cast<double>(slots))
                                    : by_date(bills, figures.bill_dates, figures.bills, time),
         figures.bill_rate);
  append(ladder, {figures.floating}, figures.bill_rate);

  std::vector<double> interest(figures.faces.size());
  for (std::size_t i = 0; i < interest.size(); ++i) interest[i] = figures.rates[i] / 100 * figures.faces[i];
  const double total = sum(figures.faces);
  if (!figures.coupon_dates.empty()) {
    append(ladder, by_date(coupons, figures.coupon_dates, total, time), 100 * sum(interest) / total);
    return ladder;
  }
  const std::vector<double> face = coupons.held(figures.maturities, figures.faces);
  const std::vector<double> coupon = coupons.held(figures.maturities, interest);
  ladder.face.insert(ladder.face.end(), face.begin(), face.end());
  ladder.coupon.insert(ladder.coupon.end(), coupon.begin(), coupon.end());
  return ladder;
}

}  // namespace moniac
