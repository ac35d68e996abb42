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
            KernelArray& by_region, const Kernels& kernels) {
  using Lanes = LaneArray<lanes>;
  const std::size_t regions = base.shape.regions;
  const auto factor = [&](std::size_t n) { return lanes_at<lanes>(by_region, n); };
  const auto raise = [&](double speed) {  // to a power
    kernels.log(by_region.data(), by_region.data(), by_region.padded());
    for (std::size_t n = 0; n < regions; ++n) factor(n) *= speed;
    kernels.exp(by_region.data(), by_region.data(), by_region.padded());
  };
  Lanes world = Lanes::Zero(), adjusted_world = Lanes::Zero();
  double base_world = 0;
  for (std::size_t n = 0; n < regions; ++n) {
    world += at.wage[n] * base.value_added[n];
    base_world += base.value_added[n];
  }
  for (std::size_t n = 0; n < regions; ++n) {
    const Lanes income = employment(base, at, n) * at.wage[n] * base.value_added[n] + at.revenue[n] +
                         at.export_yield[n] + base.deficit[n] * world / base_world;
    factor(n) = income / spending[n];
  }
  raise(speeds.spending);
  for (std::size_t n = 0; n < regions; ++n) {
    spending[n] *= factor(n);
    factor(n) = employment(base, at, n);
  }
  raise(speeds.wage);
  for (std::size_t n = 0; n < regions; ++n) {
    wage[n] *= factor(n);
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
