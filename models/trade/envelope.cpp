#include "models/trade/envelope.h"

#include <utility>

namespace moniac {

Envelope::Envelope(const TradeBase& base, std::vector<double> short_run, std::vector<double> long_run)
    : shape_(base.shape), base_share_(base.share), short_run_(std::move(short_run)), long_run_(std::move(long_run)) {}

template <std::size_t lanes>
void Envelope::shares(KernelArray& used_to, KernelArray& work, KernelArray& mean, LaneVector<lanes>& shares,
                      const Kernels& kernels) const {
  const auto at = [](KernelArray& array, std::size_t index) { return lanes_at<lanes>(array, index); };
  for (std::size_t link = 0; link < shape_.links(); ++link)
    at(work, link) = -long_run_[link % shape_.sectors] * at(used_to, link);
  kernels.exp(work.data(), work.data(), work.padded());
  for (std::size_t n = 0; n < shape_.regions; ++n) {
    for (std::size_t j = 0; j < shape_.sectors; ++j) {
      LaneArray<lanes> sum = LaneArray<lanes>::Zero();
      for (std::size_t i = 0; i < shape_.regions; ++i)
        sum += base_share_[shape_.link(n, i, j)] * at(work, shape_.link(n, i, j));
      at(mean, shape_.cell(n, j)) = (sum > 0).select(sum, 1.0);
    }
  }
  kernels.log(mean.data(), mean.data(), mean.padded());
  for (std::size_t n = 0; n < shape_.regions; ++n) {
    for (std::size_t i = 0; i < shape_.regions; ++i) {
      for (std::size_t j = 0; j < shape_.sectors; ++j) {
        auto cost = at(used_to, shape_.link(n, i, j));
        cost = -(long_run_[j] - short_run_[j]) * (cost + at(mean, shape_.cell(n, j)) / long_run_[j]);
      }
    }
  }
  kernels.exp(used_to.data(), used_to.data(), used_to.padded());
  for (std::size_t link = 0; link < shape_.links(); ++link) shares[link] = base_share_[link] * at(used_to, link);
}

template void Envelope::shares<1>(KernelArray&, KernelArray&, KernelArray&, LaneVector<1>&, const Kernels&) const;
template void Envelope::shares<8>(KernelArray&, KernelArray&, KernelArray&, LaneVector<8>&, const Kernels&) const;

}  // namespace moniac
