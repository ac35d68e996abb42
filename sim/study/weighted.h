// Statistics of paths that are weighed.
#pragma once

#include <span>
#include <vector>

#include "sim/results/proportion.h"

namespace moniac {

struct WeightedMean {
  double mean = 0;
  double se = 0;
};

/// Statistics under weights that were fitted to rows. A weight says how much a path counts; the sum of all is 1.
class WeightedPaths {
 public:
  /// `rows`: the functions of the paths whose weighted means the weights are fitted to, by path.
  WeightedPaths(std::vector<double> weights, std::vector<std::vector<double>> rows);

  std::span<const double> weights() const { return weights_; }

  /// Σ w f, with the standard error of a calibration estimator (Deville & Särndal 1992): what of f the rows explain
  /// does not vary, so that it is sqrt(Σ w² e²) of the residuals e of the weighted regression of f on the rows.
  WeightedMean mean(std::span<const double> values) const;
  /// Mean of the values on the paths where `inside` is not 0, which are some.
  WeightedMean mean_inside(std::span<const double> values, std::span<const unsigned char> inside) const;
  /// sqrt(Σ w (x - mean)² / (1 - Σ w²)): with equal weights the divisor is n - 1.
  double sd(std::span<const double> values, double mean) const;
  /// Type 7 quantiles with weights (Akinshin 2023, Kish's effective sample size), at `percents`.
  std::vector<double> quantiles(std::span<const double> values, std::span<const double> percents) const;
  /// Of a yes/no question; the interval is Wilson's at as many paths as have that standard error.
  Proportion probability(std::span<const unsigned char> inside) const;

  double kish() const { return kish_; }

 private:
  double weighted_mean(std::span<const double> values) const;
  double length_of(const std::vector<double>& values) const;
  double residual_error(const std::vector<double>& deviations) const;

  std::vector<double> weights_;
  std::vector<std::vector<double>> rows_;  ///< less their weighted means, in standard deviations
  std::vector<double> inverse_;            ///< of the rows' weighted covariance
  double kish_ = 0;
};

}  // namespace moniac
