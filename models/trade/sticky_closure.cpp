#include "models/trade/sticky_closure.h"

namespace moniac {

template <std::size_t lanes>
LaneArray<lanes> employment(const TradeBase& base, const TradeEquilibria<lanes>& at, std::size_t region) {
  LaneArray<lanes> paid = LaneArray<lanes>::Zero();
  for (std::size_t j = 0; j < base.shape.sectors; ++j)
    paid += base.value_added_share[base.shape.cell(region, j)] * at.output[base.shape.cell(region, j)];
  return paid / (at.wage[region] * base.value_added[region]);
}

template <std::size_t lanes>
void adjust(const TradeBase& base, const TradeEquilibria<lanes>& at, const StickySpeeds& speeds,
            const LaneVector<lanes>& exchange, LaneVector<lanes>& wage, LaneVector<lanes>& spending,
            KernelArray& growth, const Kernels& kernels) {
  using Lanes = LaneArray<lanes>;
  const std::size_t regions = base.shape.regions;
  const auto of_spending = [&](std::size_t n) { return lanes_at<lanes>(growth, n); };
  const auto of_wages = [&](std::size_t n) { return lanes_at<lanes>(growth, regions + n); };
  Lanes world = Lanes::Zero(), adjusted_world = Lanes::Zero();
  double base_world = 0;
  for (std::size_t n = 0; n < regions; ++n) {
    world += at.wage[n] * base.value_added[n];
    base_world += base.value_added[n];
  }
  for (std::size_t n = 0; n < regions; ++n) {
    const Lanes at_work = employment(base, at, n);
    const Lanes income = at_work * at.wage[n] * base.value_added[n] + at.revenue[n] + at.export_yield[n] +
                         base.deficit[n] * world / base_world;
    of_spending(n) = income / spending[n];
    of_wages(n) = at_work;
  }
  kernels.log(growth.data(), growth.data(), growth.padded());
  for (std::size_t n = 0; n < regions; ++n) {
    of_spending(n) *= speeds.spending;
    of_wages(n) *= speeds.wage;
  }
  kernels.exp(growth.data(), growth.data(), growth.padded());
  for (std::size_t n = 0; n < regions; ++n) {
    wage[n] *= of_wages(n);
    spending[n] *= of_spending(n);
    adjusted_world += wage[n] * exchange[n] * base.value_added[n];
  }
  for (std::size_t n = 0; n < regions; ++n) {
    wage[n] *= base_world / adjusted_world;
    spending[n] *= base_world / adjusted_world;
  }
}

template LaneArray<1> employment(const TradeBase&, const TradeEquilibria<1>&, std::size_t);
template void adjust(const TradeBase&, const TradeEquilibria<1>&, const StickySpeeds&, const LaneVector<1>&,
                     LaneVector<1>&, LaneVector<1>&, KernelArray&, const Kernels&);
template void adjust(const TradeBase&, const TradeEquilibria<8>&, const StickySpeeds&, const LaneVector<8>&,
                     LaneVector<8>&, LaneVector<8>&, KernelArray&, const Kernels&);

}  // namespace moniac
