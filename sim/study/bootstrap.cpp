#include "sim/study/bootstrap.h"

#include <cmath>
#include <limits>

#include "sim/math/hash.h"
#include "sim/math/quantile.h"
#include "sim/study/draws.h"

namespace moniac {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Row r counts times[r] times.
Means means_of(const std::vector<std::vector<double>>& rows, const std::vector<double>& times) {
  Means means(rows.empty() ? 0 : rows.front().size(), 0.0);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (times[r] == 0) continue;
    for (std::size_t c = 0; c < means.size(); ++c) means[c] += times[r] * rows[r][c];
  }
  for (double& mean : means) mean /= static_cast<double>(rows.size());
  return means;
}

double standard_deviation(const std::vector<double>& values) {
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

Estimate estimate(double value, std::vector<double> replicates) {
  std::erase_if(replicates, [](double x) { return std::isnan(x); });
  if (std::isnan(value) || replicates.size() < 2) return {value, nan, nan, nan};
  const std::vector<double> ends = exact_quantiles(replicates, std::vector<double>{2.5, 97.5});
  return {value, standard_deviation(replicates), ends[0], ends[1]};
}

}  // namespace

std::vector<Estimate> bootstrapped(const std::vector<std::vector<double>>& rows,
                                   const std::function<Statistics(const Means&)>& statistics,
                                   const BootstrapOptions& options) {
  const Statistics values = statistics(means_of(rows, std::vector<double>(rows.size(), 1.0)));
  std::vector<std::vector<double>> replicates(values.size());
  const std::uint64_t key = stream_key(options.seed, "study/bootstrap");
  for (std::size_t replicate = 0; rows.size() >= 2 && replicate < options.replicates; ++replicate) {
    std::vector<double> times(rows.size(), 0.0);
    for (const double uniform : uniform_draws(key, static_cast<std::uint32_t>(replicate), 0, rows.size()))
      times[pick(uniform, rows.size())] += 1;
    const Statistics drawn = statistics(means_of(rows, times));
    for (std::size_t s = 0; s < drawn.size(); ++s) replicates[s].push_back(drawn[s]);
  }
  std::vector<Estimate> estimates;
  for (std::size_t s = 0; s < values.size(); ++s) estimates.push_back(estimate(values[s], std::move(replicates[s])));
  return estimates;
}

}  // namespace moniac
