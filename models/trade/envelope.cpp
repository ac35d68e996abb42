#include "models/trade/envelope.h"

#include <utility>

#include "sim/math/scalar.h"

namespace moniac {

Envelope::Envelope(const TradeBase& base, std::vector<double> short_run, std::vector<double> long_run)
    : shape_(base.shape), base_share_(base.share), short_run_(std::move(short_run)), long_run_(std::move(long_run)) {}

void Envelope::shares(const double* used_to, double* shares) const {
  for (std::size_t n = 0; n < shape_.regions; ++n) {
    for (std::size_t j = 0; j < shape_.sectors; ++j) {
      double sum = 0;
      for (std::size_t i = 0; i < shape_.regions; ++i) {
        const std::size_t link = shape_.link(n, i, j);
        sum += base_share_[link] * exp(-long_run_[j] * used_to[link]);
      }
      const double log_mean = sum > 0 ? -log(sum) / long_run_[j] : 0;
      for (std::size_t i = 0; i < shape_.regions; ++i) {
        const std::size_t link = shape_.link(n, i, j);
        shares[link] = base_share_[link] * exp(-(long_run_[j] - short_run_[j]) * (used_to[link] - log_mean));
      }
    }
  }
}

}  // namespace moniac
