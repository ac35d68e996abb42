// Moments of a simulated quantity and how far they may lie from what they estimate.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <string>

#include "tests/support/catch.h"
#include "tests/support/harness.h"

namespace moniac::testing {

inline Calendar fx_grid(StepUnit unit, int steps) {
  return {.start = Date{std::chrono::January / 1 / 2025}, .unit = unit, .every = 1, .steps = steps};
}

inline Value word(const char* text) {
  return std::string(text);
}

template <class E>
Eigen::ArrayXd logs_of(const Eigen::ArrayBase<E>& values) {
  return values.unaryExpr([](double x) { return std::log(x); });
}

/// Sums of powers about a first guess.
class Sample {
 public:
  explicit Sample(double about = 0) : about_(about) {}

  template <class E>
  void add(const Eigen::ArrayBase<E>& values) {
    const Eigen::ArrayXd d = values - about_;
    count_ += static_cast<double>(d.size());
    sums_[0] += d.sum();
    sums_[1] += d.square().sum();
    sums_[2] += d.cube().sum();
    sums_[3] += d.square().square().sum();
  }
  double mean() const { return about_ + sums_[0] / count_; }
  double variance() const { return moment(1) - moment(0) * moment(0); }
  double error() const { return std::sqrt(variance() / count_); }
  double skewness() const {
    const double m = moment(0);
    return (moment(2) - 3 * m * moment(1) + 2 * m * m * m) / std::pow(variance(), 1.5);
  }
  double excess_kurtosis() const {
    const double m = moment(0);
    return (moment(3) - 4 * m * moment(2) + 6 * m * m * moment(1) - 3 * m * m * m * m) / (variance() * variance()) - 3;
  }
  double count() const { return count_; }

  /// |mean - expected| within 4 standard errors.
  void check_mean(double expected) const {
    INFO("mean " << mean() << " expected " << expected << " error " << error());
    CHECK(std::abs(mean() - expected) <= 4 * error());
  }
  void check_variance(double expected) const {
    const double error = variance() * std::sqrt((excess_kurtosis() + 2) / count_);
    INFO("variance " << variance() << " expected " << expected << " error " << error);
    CHECK(std::abs(variance() - expected) <= 4 * error);
  }

 private:
  double moment(int p) const { return sums_[p] / count_; }
  double about_;
  double count_ = 0;
  double sums_[4] = {0, 0, 0, 0};
};

/// A share of `paths` within 4 standard errors of `expected`.
inline void check_share(double share, double expected, double paths) {
  const double error = std::sqrt(expected * (1 - expected) / paths);
  INFO("share " << share << " expected " << expected << " error " << error);
  CHECK(std::abs(share - expected) <= 4 * error);
}

}  // namespace moniac::testing
