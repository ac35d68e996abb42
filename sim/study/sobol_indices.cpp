#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "sim/study/bootstrap.h"
#include "sim/study/case_responses.h"

namespace moniac {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// What a row of the base design adds to the averages: five columns for the variance, then two for each axis.
enum Column : std::size_t { mean_first, mean_second, product, mean_whole, square_whole, shares };

std::vector<std::size_t> complete_rows(const CaseResponses& responses, std::size_t points, std::size_t axes) {
  std::vector<std::size_t> complete;
  for (std::size_t row = 0; row < points; ++row) {
    bool failed = false;
    for (std::size_t block = 0; block < axes + 2; ++block) failed = failed || responses.failed(block * points + row);
    if (!failed) complete.push_back(row);
  }
  return complete;
}

// The cases of A and of B in these rows.
std::vector<std::size_t> base_cases(const std::vector<std::size_t>& rows, std::size_t points) {
  std::vector<std::size_t> cases = rows;
  for (const std::size_t row : rows) cases.push_back(points + row);
  return cases;
}

std::vector<double> contributions(const CaseResponses& responses, std::size_t row, std::size_t points, std::size_t axes,
                                  const CaseResponse& center) {
  const CaseResponse a = responses[row] - center;
  const CaseResponse b = responses[points + row] - center;
  std::vector<double> columns(shares + 2 * axes);
  columns[mean_first] = (a.first + b.first) / 2;
  columns[mean_second] = (a.second + b.second) / 2;
  columns[product] = (a.first * a.second + b.first * b.second) / 2;
  columns[mean_whole] = (a.whole + b.whole) / 2;
  columns[square_whole] = (a.whole * a.whole + b.whole * b.whole) / 2;
  for (std::size_t axis = 0; axis < axes; ++axis) {
    const CaseResponse ab = responses[(axis + 2) * points + row] - center;
    columns[shares + 2 * axis] = (b.first * (ab.second - a.second) + b.second * (ab.first - a.first)) / 2;
    columns[shares + 2 * axis + 1] = (a.first - ab.first) * (a.second - ab.second) / 2;
  }
  return columns;
}

// variance, noise share, interactions, then the first-order and total share of each axis
Statistics statistics_of(const Means& means, bool halves, double rounding_variance) {
  const double covariance = means[product] - means[mean_first] * means[mean_second];
  const double variance = std::abs(covariance) > rounding_variance ? covariance : 0;
  const double spread = means[square_whole] - means[mean_whole] * means[mean_whole];
  Statistics statistics{variance, halves && spread > rounding_variance ? 1 - variance / spread : nan, 1};
  for (std::size_t c = shares; c < means.size(); ++c) {
    const double share = variance > 0 ? means[c] / variance : nan;
    statistics.push_back(share);
    if ((c - shares) % 2 == 0) statistics[2] -= share;
  }
  return statistics;
}

SobolIndices without_rows(std::size_t axes, std::size_t left_out) {
  constexpr Estimate unknown{nan, nan, nan, nan};
  return {std::vector<SobolAxis>(axes, {unknown, unknown}), unknown, unknown, unknown, 0, left_out};
}

}  // namespace

SobolIndices sobol_indices(const Responses& responses, std::size_t points, std::size_t axes,
                           const BootstrapOptions& bootstrap) {
  assert(responses.whole.size() == points * (axes + 2));
  const CaseResponses cases(responses);
  const std::vector<std::size_t> used = complete_rows(cases, points, axes);
  if (used.empty()) return without_rows(axes, points);
  const std::vector<std::size_t> base = base_cases(used, points);
  const CaseResponse center = mean_of(cases, base);
  const double rounding = rounding_error(cases, base);
  std::vector<std::vector<double>> rows;
  for (const std::size_t row : used) rows.push_back(contributions(cases, row, points, axes, center));
  const std::vector<Estimate> estimates = bootstrapped(
      rows, [&](const Means& means) { return statistics_of(means, cases.halves(), rounding * rounding); }, bootstrap);
  SobolIndices indices{{}, estimates[2], estimates[0], estimates[1], used.size(), points - used.size()};
  for (std::size_t axis = 0; axis < axes; ++axis)
    indices.axes.push_back({estimates[3 + 2 * axis], estimates[4 + 2 * axis]});
  return indices;
}

std::optional<std::size_t> points_for_half_width(const SobolIndices& indices, double half_width) {
  double widest = nan;
  for (const SobolAxis& axis : indices.axes)
    for (const Estimate& share : {axis.first, axis.total}) widest = std::fmax(widest, (share.high - share.low) / 2);
  if (std::isnan(widest)) return std::nullopt;
  const double ratio = widest / half_width;
  return static_cast<std::size_t>(std::ceil(static_cast<double>(indices.points) * ratio * ratio));
}

}  // namespace moniac
