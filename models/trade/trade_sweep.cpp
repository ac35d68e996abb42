#include "models/trade/trade_sweep.h"

#include <cmath>
#include <limits>
#include <vector>

namespace moniac {

namespace {

constexpr int most_sweeps = 300;
constexpr double hardly_fell = 0.5;

// What an entry of prices, of spending (relative to that of the base) and of wages counts.
std::vector<double> weights(const TradeWorld& world) {
  std::vector<double> weight(world.shape.cells(), 1.0);
  for (const double spent : world.base.expenditure) weight.push_back(1 / (spent + 1e-3 * world.mean_expenditure));
  weight.insert(weight.end(), world.shape.regions, 1.0);
  return weight;
}

}  // namespace

template <std::size_t lanes>
TradeSweep<lanes>::TradeSweep(const TradeWorld& world) : mixing_(weights(world)) {}

template <std::size_t lanes>
std::array<SweepEnd, lanes> TradeSweep<lanes>::run(TradePoint<lanes>& at) {
  using Lanes = typename TradePoint<lanes>::Lanes;
  const TradeShape& shape = at.world().shape;
  const std::array<typename Mixing::Part, 3> parts{
      {{.x = at.log_price.data(), .f = at.price_residual.data(), .size = shape.cells()},
       {.x = at.expenditure.data(), .f = at.spending_residual.data(), .size = shape.cells()},
       {.x = at.log_wage.data(), .f = at.wage_answer.data(), .size = at.given ? 0 : shape.regions}}};
  std::array<SweepEnd, lanes> end;
  Lanes moving = Lanes::Ones(), last = Lanes::Constant(std::numeric_limits<double>::infinity());
  mixing_.begin();
  for (int sweeps = 1; sweeps <= most_sweeps && (moving != 0).any(); ++sweeps) {
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
    at.answer_prices_and_spending();
    if (!at.given) at.answer_labour();
    mixing_.mix(parts, moving);
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
