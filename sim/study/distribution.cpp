#include "sim/study/distribution.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "sim/math/scalar.h"
#include "sim/study/incomplete_beta.h"
#include "sim/study/normal_quantile.h"

namespace moniac {
namespace {

using Problem = std::optional<std::string>;

// Far inside the range of doubles, so that sums and products of parameters and quantiles are finite.
constexpr double largest = 1e100;

struct Named {
  std::string_view name;
  double value;
};

Problem not_finite(std::initializer_list<Named> parameters) {
  for (const auto& [name, value] : parameters)
    if (!(std::abs(value) <= largest)) return std::string(name) + " must be a number between -1e100 and 1e100";
  return std::nullopt;
}

Problem not_ascending(double low, double high) {
  return low < high ? std::nullopt : Problem("low must be below high");
}

Problem not_a_bound(double low, double high) {
  if (std::isnan(low) || std::isnan(high)) return "a bound must be a number";
  return not_ascending(low, high);
}

double lower_tail(double z) {
  if (z == -unbounded) return 0;
  return z == unbounded ? 1 : normal_cdf(z);
}

// A standard normal between two bounds.
struct Truncated {
  double low;
  double high;

  // Taken in the tail where it keeps its digits.
  double probability() const {
    return low > 0 ? lower_tail(-low) - lower_tail(-high) : lower_tail(high) - lower_tail(low);
  }

  double quantile(double u) const {
    if (low == -unbounded && high == unbounded) return normal_quantile(u);
    const double below = lower_tail(low) * (1 - u) + lower_tail(high) * u;
    const double above = lower_tail(-low) * (1 - u) + lower_tail(-high) * u;
    return std::clamp(below <= 0.5 ? normal_quantile(below) : -normal_quantile(above), low, high);
  }
};

Truncated standardised(const NormalDistribution& d) {
  return {(d.low - d.mean) / d.sd, (d.high - d.mean) / d.sd};
}

Truncated standardised(const LognormalDistribution& d) {
  const auto z = [&](double bound) {
    if (bound == 0) return -unbounded;
    return bound == unbounded ? unbounded : (log(bound) - log(d.median)) / d.log_sd;
  };
  return {z(d.low), z(d.high)};
}

Problem nothing_between(const Truncated& truncated) {
  constexpr double smallest = 1e-280;
  return truncated.probability() > smallest
             ? std::nullopt
             : Problem("no probability that could be computed lies between low and high");
}

Problem problem_of(const UniformDistribution& d) {
  if (Problem found = not_finite({{"low", d.low}, {"high", d.high}})) return found;
  return not_ascending(d.low, d.high);
}

Problem problem_of(const NormalDistribution& d) {
  if (Problem found = not_finite({{"mean", d.mean}, {"sd", d.sd}})) return found;
  if (!(d.sd > 0)) return "sd must be above 0";
  if (Problem found = not_a_bound(d.low, d.high)) return found;
  return nothing_between(standardised(d));
}

Problem problem_of(const LognormalDistribution& d) {
  if (Problem found = not_finite({{"median", d.median}, {"log_sd", d.log_sd}})) return found;
  if (!(d.median > 0)) return "median must be above 0";
  if (!(d.log_sd > 0 && d.log_sd <= 20)) return "log_sd must be above 0 and at most 20";
  if (Problem found = not_a_bound(d.low, d.high)) return found;
  if (d.low < 0) return "low must not be below 0";
  return nothing_between(standardised(d));
}

Problem problem_of(const TriangularDistribution& d) {
  if (Problem found = not_finite({{"low", d.low}, {"mode", d.mode}, {"high", d.high}})) return found;
  if (Problem found = not_ascending(d.low, d.high)) return found;
  return d.low <= d.mode && d.mode <= d.high ? std::nullopt : Problem("mode must lie between low and high");
}

Problem problem_of(const BetaDistribution& d) {
  const auto shape = [](double x) { return x >= 0.01 && x <= 1e4; };
  if (!shape(d.a) || !shape(d.b)) return "a and b must lie between 0.01 and 10000";
  return problem_of(UniformDistribution{d.low, d.high});
}

Problem problem_of(const DiscreteDistribution& d) {
  if (d.values.empty()) return "values must not be empty";
  if (d.values.size() != d.weights.size()) return "values and weights must be equally many";
  for (const double value : d.values)
    if (Problem found = not_finite({{"each value", value}})) return found;
  for (std::size_t i = 1; i < d.values.size(); ++i)
    if (!(d.values[i - 1] < d.values[i])) return "values must ascend";
  double total = 0;
  for (const double weight : d.weights) {
    if (!(weight >= 0 && weight <= largest)) return "weights must be numbers from 0 to 1e100";
    total += weight;
  }
  return total > 0 ? std::nullopt : Problem("one weight must be above 0");
}

double quantile_of(const UniformDistribution& d, double u) {
  return std::clamp(d.low + u * (d.high - d.low), d.low, d.high);
}

double quantile_of(const NormalDistribution& d, double u) {
  return std::clamp(d.mean + d.sd * standardised(d).quantile(u), d.low, d.high);
}

double quantile_of(const LognormalDistribution& d, double u) {
  return std::clamp(d.median * exp(d.log_sd * standardised(d).quantile(u)), d.low, d.high);
}

double quantile_of(const TriangularDistribution& d, double u) {
  const double width = d.high - d.low;
  const double left = d.mode - d.low;
  const double x =
      u * width < left ? d.low + std::sqrt(u * width * left) : d.high - std::sqrt((1 - u) * width * (d.high - d.mode));
  return std::clamp(x, d.low, d.high);
}

double quantile_of(const BetaDistribution& d, double u) {
  return quantile_of(UniformDistribution{d.low, d.high}, beta_quantile(d.a, d.b, u));
}

double quantile_of(const DiscreteDistribution& d, double u) {
  double total = 0;
  for (const double weight : d.weights) total += weight;
  double reached = 0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < d.values.size(); ++i) {
    if (d.weights[i] == 0) continue;
    last = i;
    reached += d.weights[i];
    if (u * total < reached) break;
  }
  return d.values[last];
}

}  // namespace

Problem problem(const Distribution& distribution) {
  return std::visit([](const auto& d) { return problem_of(d); }, distribution);
}

double quantile(const Distribution& distribution, double u) {
  return std::visit([u](const auto& d) { return quantile_of(d, u); }, distribution);
}

}  // namespace moniac
