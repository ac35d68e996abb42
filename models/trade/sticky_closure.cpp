#include "models/trade/sticky_closure.h"

#include "sim/math/scalar.h"

namespace moniac {

double employment(const TradeBase& base, const TradeEquilibrium& at, std::size_t region) {
  double paid = 0;
  for (std::size_t j = 0; j < base.shape.sectors; ++j)
    paid += base.value_added_share[base.shape.cell(region, j)] * at.output[base.shape.cell(region, j)];
  return paid / (at.wage[region] * base.value_added[region]);
}

void adjust(const TradeBase& base, const TradeEquilibrium& at, const StickySpeeds& speeds, const double* exchange,
            double* wage, double* spending) {
  double world = 0, base_world = 0;
  for (std::size_t n = 0; n < base.shape.regions; ++n) {
    world += at.wage[n] * base.value_added[n];
    base_world += base.value_added[n];
  }
  double adjusted_world = 0;
  for (std::size_t n = 0; n < base.shape.regions; ++n) {
    const double at_work = employment(base, at, n);
    const double income = at_work * at.wage[n] * base.value_added[n] + at.revenue[n] + at.export_yield[n] +
                          base.deficit[n] * world / base_world;
    wage[n] *= exp(speeds.wage * log(at_work));
    spending[n] *= exp(speeds.spending * log(income / spending[n]));
    adjusted_world += wage[n] * exchange[n] * base.value_added[n];
  }
  for (std::size_t n = 0; n < base.shape.regions; ++n) {
    wage[n] *= base_world / adjusted_world;
    spending[n] *= base_world / adjusted_world;
  }
}

}  // namespace moniac
