#include "models/trade/trade_equilibrium.h"

namespace moniac {

TradeEquilibrium sized(const TradeShape& shape) {
  const std::vector<double> regions(shape.regions), cells(shape.cells()), links(shape.links());
  return {.wage = regions,
          .cost = cells,
          .price = cells,
          .share = links,
          .flow = links,
          .expenditure = cells,
          .output = cells,
          .revenue = regions,
          .export_yield = regions,
          .income = regions,
          .deficit = regions,
          .price_index = regions,
          .welfare = regions,
          .real_wage = regions};
}

TradePolicy unchanged(const TradeBase& base) {
  return {.tariff = base.tariff,
          .iceberg = std::vector<double>(base.shape.links(), 1.0),
          .export_tax = std::vector<double>(base.shape.links(), 0.0)};
}

TradeBase rebased(const TradeBase& base, const TradeEquilibrium& at, const TradePolicy& policy) {
  TradeBase next = base;
  next.share = at.share;
  next.tariff = policy.tariff;
  next.expenditure = at.expenditure;
  next.income = at.income;
  next.deficit = at.deficit;
  for (std::size_t n = 0; n < base.shape.regions; ++n) next.value_added[n] = at.wage[n] * base.value_added[n];
  return next;
}

}  // namespace moniac
