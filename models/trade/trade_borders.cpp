#include "models/trade/trade_borders.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "models/trade/replaced.h"

namespace moniac {

// No policy is there yet, so that whatever is set first is another.
template <std::size_t lane_count>
TradeBorders<lane_count>::TradeBorders(std::shared_ptr<const TradeWorld> world, const Kernels& kernels)
    : minus_elasticity(world->shape.links() * lanes),
      pull(world->shape.links() * lanes, 1),
      producer(world->shape.links() * lanes),
      duty(world->shape.links() * lanes),
      export_levy(world->shape.links() * lanes),
      to_producer(world->shape.links() * lanes),
      to_budget(world->shape.links() * lanes),
      unsold(world->shape.cells() * lanes),
      world_(std::move(world)),
      kernels_(kernels),
      tariff_(world_->shape.links() * lanes, std::numeric_limits<double>::lowest()),
      iceberg_(world_->shape.links() * lanes),
      export_tax_(world_->shape.links() * lanes),
      base_share_(world_->shape.links() * lanes),
      power_(world_->shape.links() * lanes, 1) {
  for (std::size_t link = 0; link < world_->shape.links(); ++link)
    lanes_at<lanes>(minus_elasticity, link) = -world_->elasticity[link % world_->shape.sectors];
}

// Part by part, as most of a policy is often that of the paths before.
template <std::size_t lane_count>
bool TradeBorders<lane_count>::set(const double* tariff, const double* iceberg, const double* export_tax,
                                   const double* base_share) {
  const std::size_t numbers = world_->shape.links() * lanes;
  bool any = false;
  for (std::size_t first = 0; first < numbers; first += cell_size) {
    const std::size_t count = std::min(cell_size, numbers - first);
    bool border = replaced(tariff_.data() + first, tariff + first, count);
    border |= replaced(iceberg_.data() + first, iceberg + first, count);
    border |= replaced(export_tax_.data() + first, export_tax + first, count);
    const bool share = replaced(base_share_.data() + first, base_share + first, count);
    if (border) set_border(first / lanes, (first + count) / lanes);
    if (border || share) set_pull(first, count);
    any = any || border || share;
  }
  if (any) set_unsold();
  return any;
}

// What follows from the policy of a cell of links.
template <std::size_t lane_count>
void TradeBorders<lane_count>::set_border(std::size_t first, std::size_t last) {
  const auto at = [](KernelArray& array, std::size_t link) { return lanes_at<lanes>(array, link); };
  for (std::size_t link = first; link < last; ++link) {
    const LaneArray<lanes> paid = 1 + at(tariff_, link), taxed = 1 + at(export_tax_, link);
    at(power_, link) = paid / (1 + world_->base.tariff[link]) * taxed * at(iceberg_, link);
    at(producer, link) = 1 / (paid * taxed);
    at(duty, link) = at(tariff_, link) / paid;
    at(export_levy, link) = at(export_tax_, link) * at(producer, link);
  }
  double* power = power_.data() + first * lanes;
  kernels_.pow(power, minus_elasticity.data() + first * lanes, power, cell_size);
}

template <std::size_t lane_count>
void TradeBorders<lane_count>::set_pull(std::size_t first, std::size_t count) {
  const auto part = [&](KernelArray& array) {
    return Eigen::Map<Eigen::ArrayXd, Eigen::Aligned64>(array.data() + first, static_cast<Eigen::Index>(count));
  };
  part(pull) = part(power_) * part(base_share_);
  part(to_producer) = part(pull) * part(producer);
  part(to_budget) = part(pull) * part(duty);
}

template <std::size_t lane_count>
void TradeBorders<lane_count>::set_unsold() {
  const TradeShape& shape = world_->shape;
  const auto at = [](KernelArray& array, std::size_t index) { return lanes_at<lanes>(array, index); };
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    LaneArray<lanes> sold = LaneArray<lanes>::Zero();
    for (std::size_t i = 0; i < shape.regions; ++i)
      sold += at(pull, shape.link(cell / shape.sectors, i, cell % shape.sectors));
    at(unsold, cell) = (sold == 0).template cast<double>();
  }
  const double* levy = export_levy.data();
  export_taxed = std::any_of(levy, levy + shape.links() * lanes, [](double one) { return one != 0; });
}

template class TradeBorders<1>;
template class TradeBorders<8>;

}  // namespace moniac
