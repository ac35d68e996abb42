#include "models/trade/trade_sweep.h"

#include <cmath>
#include <limits>
#include <vector>

namespace moniac {

namespace {

constexpr int most_sweeps = 300;
constexpr double hardly_fell = 0.5;

std::vector<double> spending_weights(const TradeWorld& world) {
  std::vector<double> weight;
  for (const double spent : world.base.expenditure) weight.push_back(1 / (spent + 1e-3 * world.mean_expenditure));
  return weight;
}

// What an entry of prices, of spending (relative to that of the base) and of wages counts.
std::vector<double> weights(const TradeWorld& world) {
  std::vector<double> weight(world.shape.cells(), 1.0);
  const std::vector<double> spending = spending_weights(world);
  weight.insert(weight.end(), spending.begin(), spending.end());
  weight.insert(weight.end(), world.shape.regions, 1.0);
  return weight;
}

}  // namespace

template <std::size_t lanes>
TradeSweep<lanes>::TradeSweep(const TradeWorld& world)
    : together_(weights(world)),
      prices_(std::vector<double>(world.shape.cells(), 1.0)),
      spending_(spending_weights(world)) {}

template <std::size_t lanes>
std::array<SweepEnd, lanes> TradeSweep<lanes>::run(TradePoint<lanes>& at, const LaneArray<lanes>& asked) {
  const auto ends = at.given ? prices_then_spending(at, asked) : all_at_once(at, asked);
  at.settle();
  return ends;
}

template <std::size_t lanes>
std::array<SweepEnd, lanes> TradeSweep<lanes>::all_at_once(TradePoint<lanes>& at, const LaneArray<lanes>& asked) {
  const std::size_t cells = at.world().shape.cells(), regions = at.world().shape.regions;
  const std::array parts{Part{.x = at.log_price.data(), .f = at.price_residual.data(), .size = cells},
                         Part{.x = at.expenditure.data(), .f = at.spending_residual.data(), .size = cells},
                         Part{.x = at.log_wage.data(), .f = at.wage_answer.data(), .size = regions}};
  return sweep(together_, parts, asked, [&]() -> Gap {
    at.pay();
    const Lanes prices = at.price_pass(), spending = at.spending_pass(), labour = at.labour_gap();
    at.answer_labour();
    return {.sum = prices + spending + labour,
            .to_tolerance = (prices / TradeTolerance::prices)
                                .max(spending / TradeTolerance::spending)
                                .max(labour / TradeTolerance::labour)};
  });
}

template <std::size_t lanes>
std::array<SweepEnd, lanes> TradeSweep<lanes>::prices_then_spending(TradePoint<lanes>& at,
                                                                    const LaneArray<lanes>& asked) {
  const std::size_t cells = at.world().shape.cells();
  const std::array prices{Part{.x = at.log_price.data(), .f = at.price_residual.data(), .size = cells}};
  const std::array spending{Part{.x = at.expenditure.data(), .f = at.spending_residual.data(), .size = cells}};
  auto ends = sweep(prices_, prices, asked, [&]() -> Gap {
    const Lanes off = at.price_pass();
    at.answer_prices();
    return {.sum = off, .to_tolerance = off / TradeTolerance::prices};
  });
  Lanes priced;
  for (std::size_t lane = 0; lane < lanes; ++lane) priced[static_cast<Eigen::Index>(lane)] = ends[lane].converged;
  const auto last = sweep(spending_, spending, priced, [&]() -> Gap {
    const Lanes off = at.spending_pass();
    at.answer_spending();
    return {.sum = off, .to_tolerance = off / TradeTolerance::spending};
  });
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    ends[lane].converged = last[lane].converged;
    ends[lane].sweeps += last[lane].sweeps;
  }
  return ends;
}

// `look` computes residuals, answers them, and says how large they were.
template <std::size_t lanes>
template <std::size_t parts, class Look>
std::array<SweepEnd, lanes> TradeSweep<lanes>::sweep(Mixing& mixing, const std::array<Part, parts>& moved,
                                                     const LaneArray<lanes>& asked, const Look& look) {
  std::array<SweepEnd, lanes> ends;
  Lanes moving = asked, last = Lanes::Constant(std::numeric_limits<double>::infinity());
  mixing.begin();
  for (int sweeps = 1; sweeps <= most_sweeps && (moving != 0).any(); ++sweeps) {
    const Gap gap = look();
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const auto l = static_cast<Eigen::Index>(lane);
      if (moving[l] == 0) continue;
      const double off = gap.sum[l];
      const bool rest = off < TradeTolerance::rounding && (gap.to_tolerance[l] < 1 || off > hardly_fell * last[l]);
      ends[lane] = {.converged = rest, .sweeps = sweeps};
      if (rest || !std::isfinite(off)) moving[l] = 0;
      last[l] = off;
    }
    mixing.mix(moved, moving);
  }
  return ends;
}

template class TradeSweep<1>;
template class TradeSweep<8>;

}  // namespace moniac
