#include "sim/study/scores.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "sim/math/scalar.h"

namespace moniac {

namespace {

double mean_distance(std::span<const double> values, double observed) {
  double sum = 0;
  for (const double x : values) sum += std::abs(x - observed);
  return sum / static_cast<double>(values.size());
}

// Σ_{i<j} |x_i - x_j| = Σ_i (2i - n - 1) x_(i), of deviations from the middle value, which keep their digits.
double sum_of_differences(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const double middle = values[values.size() / 2];
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) sum += (2 * static_cast<double>(i) + 1 - n) * (values[i] - middle);
  return sum;
}

}  // namespace

double crps(std::span<const double> values, double observed) {
  assert(!values.empty() && std::is_sorted(values.begin(), values.end()));
  const auto n = static_cast<double>(values.size());
  return mean_distance(values, observed) - sum_of_differences(values) / (n * n);
}

double fair_crps(std::span<const double> values, double observed) {
  assert(values.size() > 1 && std::is_sorted(values.begin(), values.end()));
  const auto n = static_cast<double>(values.size());
  return mean_distance(values, observed) - sum_of_differences(values) / (n * (n - 1));
}

double normal_crps(double distance, double sd) {
  if (sd == 0) return std::abs(distance);
  const double z = distance / sd;
  const double density = exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
  return sd * (z * (2 * normal_cdf(z) - 1) + 2 * density - 1 / std::sqrt(std::numbers::pi));
}

double probability_transform(std::span<const double> values, double observed, double uniform) {
  const auto [first, last] = std::equal_range(values.begin(), values.end(), observed);
  const auto below = static_cast<double>(first - values.begin());
  const auto equal = static_cast<double>(last - first);
  return (below + uniform * equal) / static_cast<double>(values.size());
}

double weighted_interval_score(double median, std::span<const CentralInterval> intervals, double observed) {
  double sum = std::abs(observed - median) / 2;
  for (const CentralInterval& interval : intervals) {
    const double missed = std::max(interval.low - observed, 0.0) + std::max(observed - interval.high, 0.0);
    sum += interval.outside / 2 * (interval.high - interval.low) + missed;
  }
  return sum / (static_cast<double>(intervals.size()) + 0.5);
}

double brier_score(double probability, bool happened) {
  const double error = probability - (happened ? 1 : 0);
  return error * error;
}

double log_score(double probability_of_what_came, std::int64_t paths) {
  return 0 - log(std::max(probability_of_what_came, 1 / (2 * static_cast<double>(paths))));
}

double waiting_time_crps(std::span<const std::int64_t> first, std::int64_t paths, std::size_t watched,
                         std::size_t observed) {
  std::int64_t passed = 0;
  double sum = 0;
  for (std::size_t k = 0; k < watched; ++k) {
    passed += first[k];
    sum += brier_score(static_cast<double>(passed) / static_cast<double>(paths), observed <= k);
  }
  return sum;
}

double ranked_probability_score(std::span<const double> probabilities, std::size_t observed) {
  double cumulated = 0, sum = 0;
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    cumulated += probabilities[k];
    sum += brier_score(cumulated, k >= observed);
  }
  return sum;
}

}  // namespace moniac
