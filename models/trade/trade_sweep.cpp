#include "models/trade/trade_sweep.h"

#include <cmath>
#include <limits>

namespace moniac {

namespace {

constexpr int most_sweeps = 300;
constexpr double hardly_fell = 0.5;

// Prices, spending relative to that of the base, and wages that are not given, as one vector.
template <std::size_t lanes, class Visit>
std::size_t each_entry(TradePoint<lanes>& at, Visit visit) {
  using Lanes = typename TradePoint<lanes>::Lanes;
  const TradeWorld& world = at.world();
  std::size_t entry = 0;
  const auto pass = [&](KernelArray& array, std::size_t index, double scale) {
    visit(entry++, Eigen::Map<Lanes>(array.data() + index * lanes), scale);
  };
  for (std::size_t cell = 0; cell < world.shape.cells(); ++cell) {
    pass(at.log_price, cell, 1);
    pass(at.expenditure, cell, world.base.expenditure[cell] + 1e-3 * world.mean_expenditure);
  }
  for (std::size_t n = 0; n < world.shape.regions && !at.given; ++n) pass(at.log_wage, n, 1);
  return entry;
}

}  // namespace

template <std::size_t lanes>
TradeSweep<lanes>::TradeSweep(const TradeShape& shape)
    : next_(2 * shape.cells() + shape.regions), mixing_(next_.size()) {}

template <std::size_t lanes>
std::array<SweepEnd, lanes> TradeSweep<lanes>::run(TradePoint<lanes>& at) {
  std::array<SweepEnd, lanes> end;
  Lanes moving = Lanes::Ones(), last = Lanes::Constant(std::numeric_limits<double>::infinity());
  mixing_.begin();
  for (int sweeps = 1; sweeps <= most_sweeps && (moving != 0).any(); ++sweeps) {
    const std::size_t entries =
        each_entry(at, [&](std::size_t i, const auto& value, double scale) { mixing_.x(i) = value * (1 / scale); });
    if (!at.given) at.pay();
    const Lanes prices = at.price_pass();
    const Lanes spending = at.spending_pass();
    const Lanes labour = at.given ? Lanes::Zero() : at.labour_gap();
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const auto l = static_cast<Eigen::Index>(lane);
      if (moving[l] == 0) continue;
      const double off = prices[l] + spending[l] + labour[l];
      const bool exact = prices[l] < TradeTolerance::prices && spending[l] < TradeTolerance::spending &&
                         labour[l] < TradeTolerance::labour;
      end[lane] = {.converged = exact || (off < TradeTolerance::rounding && off > hardly_fell * last[l]),
                   .sweeps = sweeps};
      if (end[lane].converged || !std::isfinite(off)) moving[l] = 0;
      last[l] = off;
    }
    at.take_implied_prices(moving);
    at.take_implied_spending(moving);
    if (!at.given) at.answer_labour(moving);
    each_entry(at, [&](std::size_t i, const auto& value, double scale) { next_[i] = value * (1 / scale); });
    mixing_.mix(next_, entries);
    each_entry(at,
               [&](std::size_t i, auto value, double scale) { value = (moving != 0).select(next_[i] * scale, value); });
  }
  if (!at.given) at.pay();
  at.price_pass();
  at.spending_pass();
  at.settle();
  return end;
}

template class TradeSweep<1>;
template class TradeSweep<8>;

}  // namespace moniac
