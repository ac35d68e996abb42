// What a policy makes of the borders of the world, of one path or of several side by side.
#pragma once

#include <memory>

#include "models/trade/trade_lanes.h"
#include "models/trade/trade_world.h"

namespace moniac {

/// The costs of borders and who gets what of a payment across them, by [link][lane]. The lane is innermost, and every
/// operation is elementwise in it. Nothing allocates after construction.
template <std::size_t lane_count>
class TradeBorders {
 public:
  static constexpr std::size_t lanes = lane_count;

  TradeBorders(std::shared_ptr<const TradeWorld> world, const Kernels& kernels);

  /// Policies (TradePolicy), and shares in the place of π, which need not sum to 1, all by [link][lane]. Whether any is
  /// another than before.
  bool set(const double* tariff, const double* iceberg, const double* export_tax, const double* base_share);

  KernelArray minus_elasticity;             ///< -θ
  KernelArray pull;                         ///< π κ^-θ, κ = (1+t')(1+e) d / (1+t)
  KernelArray producer, duty, export_levy;  ///< of a payment: 1/((1+t')(1+e)), t'/(1+t'), e/((1+e)(1+t'))
  KernelArray to_producer, to_budget;       ///< `pull` times the first two
  KernelArray unsold;                       ///< by [cell][lane]: 1 for what nobody sells, else 0
  bool export_taxed = false;                ///< whether any border has a tax of exports

 private:
  void set_border(std::size_t first, std::size_t last);
  void set_pull(std::size_t first, std::size_t count);
  void set_unsold();

  std::shared_ptr<const TradeWorld> world_;
  const Kernels& kernels_;
  KernelArray tariff_, iceberg_, export_tax_, base_share_;  // as they were set
  KernelArray power_;                                       // κ^-θ
};

extern template class TradeBorders<1>;
extern template class TradeBorders<8>;

}  // namespace moniac
