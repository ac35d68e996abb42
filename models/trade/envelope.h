// Trade that adjusts to a new cost over years.
#pragma once

#include <cstddef>
#include <vector>

#include "models/trade/trade_lanes.h"

namespace moniac {

/// Shares of a demand that is rigid at first and elastic later: an envelope of CES systems. Each short-run system,
/// of elasticity θ_S, touches the long-run one, of elasticity θ_L, where landed costs are what buyers are used to:
///
///   b_ni = π_ni (exp(ℓ_ni) / S_n)^-(θ_L - θ_S),   S_n = [Σ_i π_ni exp(-θ_L ℓ_ni)]^(-1/θ_L)
///
/// Solved with shares b and elasticity θ_S, ℓ = 0 is the short run and ℓ = ln κĉ exactly the long run.
class Envelope {
 public:
  /// Elasticities by sector, 0 < θ_S <= θ_L.
  Envelope(const TradeBase& base, std::vector<double> short_run, std::vector<double> long_run);

  /// b from ℓ by [link][lane]. `used_to` holds ℓ and is scratch space after, as `work` and, by cell, `mean` are.
  template <std::size_t lanes>
  void shares(KernelArray& used_to, KernelArray& work, KernelArray& mean, LaneVector<lanes>& shares,
              const Kernels& kernels) const;

 private:
  TradeShape shape_;
  std::vector<double> base_share_;
  std::vector<double> short_run_;
  std::vector<double> long_run_;
};

}  // namespace moniac
