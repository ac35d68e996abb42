#include "models/trade/trade_world.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace moniac {

namespace {

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::vector<double> transposed(const TradeBase& base) {
  const TradeShape& shape = base.shape;
  std::vector<double> use(shape.inputs());
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      for (std::size_t k = 0; k < shape.sectors; ++k) use[shape.input(n, j, k)] = base.input[shape.input(n, k, j)];
    }
  }
  return use;
}

// Final spending is I = rule (w VA + receipts) + transfer, one for one but where deficits are shares of income.
std::vector<double> rule_of(const TradeBase& base, DeficitClosure closure) {
  const std::size_t regions = base.shape.regions;
  std::vector<double> rule(regions * regions);
  for (std::size_t n = 0; n < regions; ++n) rule[n * regions + n] = 1;
  if (closure != DeficitClosure::share) return rule;
  const auto rest = static_cast<std::size_t>(std::max_element(base.value_added.begin(), base.value_added.end()) -
                                             base.value_added.begin());
  for (std::size_t n = 0; n < regions; ++n) {
    if (n == rest) continue;
    const double own = base.deficit[n] / base.income[n];
    rule[n * regions + n] = 1 / (1 - own);
    rule[rest * regions + n] = -own / (1 - own);
  }
  return rule;
}

}  // namespace

TradeWorld::TradeWorld(TradeBase trade_base, std::vector<double> trade_elasticity, DeficitClosure deficits)
    : base(std::move(trade_base)),
      shape(base.shape),
      elasticity(std::move(trade_elasticity)),
      closure(deficits),
      value_added(sum(base.value_added)),
      mean_expenditure(sum(base.expenditure) / static_cast<double>(shape.cells())),
      use(transposed(base)),
      income_rule(rule_of(base, closure)) {}

}  // namespace moniac
