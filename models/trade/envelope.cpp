#include "models/trade/envelope.h"

#include <utility>

#include "sim/math/scalar.h"

namespace moniac {

Envelope::Envelope(const TradeBase& base, std::vector<double> short_run, std::vector<double> long_run)
    : shape_(base.shape), base_share_(base.share), short_run_(std::move(short_run)), long_run_(std::move(long_run)) {}

void Envelope::shares(KernelArray& used_to, KernelArray& work, double* shares, const Kernels& kernels) const {
  double* cost = used_to.data();
  double* weight = work.data();
  for (std::size_t link = 0; link < shape_.links(); ++link)
    weight[link] = -long_run_[link % shape_.sectors] * cost[link];
  kernels.exp(weight, weight, work.padded());
  for (std::size_t n = 0; n < shape_.regions; ++n) {
    for (std::size_t j = 0; j < shape_.sectors; ++j) {
      double sum = 0;
      for (std::size_t i = 0; i < shape_.regions; ++i)
        sum += base_share_[shape_.link(n, i, j)] * weight[shape_.link(n, i, j)];
      const double log_mean = sum > 0 ? -log(sum) / long_run_[j] : 0;
      for (std::size_t i = 0; i < shape_.regions; ++i) {
        const std::size_t link = shape_.link(n, i, j);
        cost[link] = -(long_run_[j] - short_run_[j]) * (cost[link] - log_mean);
      }
    }
  }
  kernels.exp(cost, cost, used_to.padded());
  for (std::size_t link = 0; link < shape_.links(); ++link) shares[link] = base_share_[link] * cost[link];
}

}  // namespace moniac
