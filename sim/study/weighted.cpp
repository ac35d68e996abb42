#include "sim/study/weighted.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/math/lu.h"
#include "sim/study/ordered_sum.h"

namespace moniac {

namespace {

std::vector<double> as_numbers(std::span<const unsigned char> inside) {
  return {inside.begin(), inside.end()};
}

}  // namespace

WeightedPaths::WeightedPaths(std::vector<double> weights, std::vector<std::vector<double>> rows)
    : weights_(std::move(weights)) {
  const std::size_t paths = weights_.size();
  kish_ = 1 / ordered_sum(0, paths, [&](std::size_t j) { return weights_[j] * weights_[j]; });
  for (std::vector<double>& row : rows) {
    const double mean = weighted_mean(row);
    for (double& value : row) value -= mean;
    const double variance = ordered_sum(0, paths, [&](std::size_t j) { return weights_[j] * row[j] * row[j]; });
    if (!(variance > 0)) continue;
    for (double& value : row) value /= std::sqrt(variance);
    rows_.push_back(std::move(row));
  }
  const std::size_t n = rows_.size();
  constexpr double ridge = 1e-12;  // rows may say the same
  LuFactors factors(n);
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      factors.matrix()[a * n + b] =
          ordered_sum(0, paths, [&](std::size_t j) { return weights_[j] * rows_[a][j] * rows_[b][j]; }) +
          (a == b ? ridge : 0);
    }
  }
  inverse_.resize(n * n);
  for (std::size_t a = 0; a < n; ++a) inverse_[a * n + a] = 1;
  if (factors.factor()) factors.solve(inverse_.data(), n);
}

double WeightedPaths::weighted_mean(std::span<const double> values) const {
  return ordered_sum(0, weights_.size(), [&](std::size_t j) { return weights_[j] * values[j]; });
}

// Of deviations f - mean.
double WeightedPaths::residual_error(const std::vector<double>& deviations) const {
  const std::size_t n = rows_.size();
  std::vector<double> with(n), slopes(n), residuals = deviations;
  for (std::size_t a = 0; a < n; ++a) {
    with[a] =
        ordered_sum(0, residuals.size(), [&](std::size_t j) { return weights_[j] * deviations[j] * rows_[a][j]; });
  }
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) slopes[a] += inverse_[a * n + b] * with[b];
    for (std::size_t j = 0; j < residuals.size(); ++j) residuals[j] -= slopes[a] * rows_[a][j];
  }
  const double error = length_of(residuals), plain = length_of(deviations);
  constexpr double rounding = 1e-10;  // of what the rows explain to the last digits
  return error > rounding * plain ? error : 0;
}

// sqrt(Σ w² x²)
double WeightedPaths::length_of(const std::vector<double>& values) const {
  return std::sqrt(ordered_sum(0, values.size(), [&](std::size_t j) {
    const double term = weights_[j] * values[j];
    return term * term;
  }));
}

WeightedMean WeightedPaths::mean(std::span<const double> values) const {
  WeightedMean result{.mean = weighted_mean(values)};
  std::vector<double> deviations(values.begin(), values.end());
  for (double& deviation : deviations) deviation -= result.mean;
  result.se = residual_error(deviations);
  return result;
}

// A ratio of means, by its linear part.
WeightedMean WeightedPaths::mean_inside(std::span<const double> values, std::span<const unsigned char> inside) const {
  const std::size_t paths = weights_.size();
  const double share = ordered_sum(0, paths, [&](std::size_t j) { return inside[j] ? weights_[j] : 0; });
  WeightedMean result;
  result.mean = ordered_sum(0, paths, [&](std::size_t j) { return inside[j] ? weights_[j] * values[j] : 0; }) / share;
  std::vector<double> deviations(paths);
  for (std::size_t j = 0; j < paths; ++j) deviations[j] = inside[j] ? (values[j] - result.mean) / share : 0;
  result.se = residual_error(deviations);
  return result;
}

double WeightedPaths::sd(std::span<const double> values, double mean) const {
  const double spread = ordered_sum(
      0, weights_.size(), [&](std::size_t j) { return weights_[j] * (values[j] - mean) * (values[j] - mean); });
  return kish_ > 1 ? std::sqrt(spread / (1 - 1 / kish_)) : 0;
}

// The mean of the step function of the sorted values over a window of the cumulated weight, 1/n wide and from
// p (1 - 1/n), where n is the effective sample size.
std::vector<double> WeightedPaths::quantiles(std::span<const double> values, std::span<const double> percents) const {
  std::vector<std::pair<double, double>> sorted(values.size());  // value, weight
  for (std::size_t j = 0; j < values.size(); ++j) sorted[j] = {values[j], weights_[j]};
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> cumulated(sorted.size());
  double total = 0;
  for (std::size_t j = 0; j < sorted.size(); ++j) cumulated[j] = total += sorted[j].second;
  std::vector<double> result;
  for (const double percent : percents) {
    const double low = percent / 100 * (1 - 1 / kish_) * total, high = low + total / kish_;
    auto j = static_cast<std::size_t>(std::upper_bound(cumulated.begin(), cumulated.end(), low) - cumulated.begin());
    const double least = sorted[std::min(j, sorted.size() - 1)].first;
    double sum = 0, covered = low;  // above the least, so that equal values have no rounding error
    for (; j + 1 < sorted.size() && cumulated[j] < high; ++j) {
      sum += (sorted[j].first - least) * (cumulated[j] - covered);
      covered = cumulated[j];
    }
    sum += (sorted[std::min(j, sorted.size() - 1)].first - least) * (high - covered);
    result.push_back(least + sum / (high - low));
  }
  return result;
}

Proportion WeightedPaths::probability(std::span<const unsigned char> inside) const {
  const WeightedMean share = mean(as_numbers(inside));
  return proportion(std::clamp(share.mean, 0.0, 1.0), share.se, kish_);
}

}  // namespace moniac
