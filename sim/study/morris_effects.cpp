#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "sim/study/bootstrap.h"
#include "sim/study/case_responses.h"

namespace moniac {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// An effect as each half of the paths sees it.
struct Effect {
  double first;
  double second;
};

using Trajectory = std::vector<Effect>;  // [axis]

// What a trajectory adds to the averages: five columns for the noise, then five for each axis.
enum CaseColumn : std::size_t { mean_first, mean_second, product, mean_whole, square_whole, case_columns };
enum EffectColumn : std::size_t { direction, size, effect_first, effect_second, effect_product, effect_columns };

std::vector<std::size_t> complete_trajectories(const CaseResponses& responses, std::size_t trajectories,
                                               std::size_t length) {
  std::vector<std::size_t> starts;
  for (std::size_t start = 0; start < trajectories * length; start += length) {
    bool failed = false;
    for (std::size_t i = start; i < start + length; ++i) failed = failed || responses.failed(i);
    if (!failed) starts.push_back(start);
  }
  return starts;
}

// The one axis in which two points differ.
std::size_t moved_axis(const std::vector<double>& from, const std::vector<double>& to) {
  const auto moved = std::mismatch(from.begin(), from.end(), to.begin()).first;
  assert(moved != from.end());
  return static_cast<std::size_t>(moved - from.begin());
}

// Changes up to `rounding` are none.
Trajectory effects_along(const CaseResponses& responses, const Points& points, std::size_t start, double rounding) {
  const auto effect = [&](double change, double step) { return std::abs(change) <= rounding ? 0.0 : change / step; };
  Trajectory effects(points[start].size());
  for (std::size_t i = start; i < start + effects.size(); ++i) {
    const std::size_t axis = moved_axis(points[i], points[i + 1]);
    const double step = points[i + 1][axis] - points[i][axis];
    const CaseResponse change = responses[i + 1] - responses[i];
    effects[axis] = {effect(change.first, step), effect(change.second, step)};
  }
  return effects;
}

Trajectory mean_of(const std::vector<Trajectory>& trajectories) {
  Trajectory means(trajectories.front().size(), Effect{0, 0});
  const auto n = static_cast<double>(trajectories.size());
  for (const Trajectory& effects : trajectories)
    for (std::size_t axis = 0; axis < means.size(); ++axis) {
      means[axis].first += effects[axis].first / n;
      means[axis].second += effects[axis].second / n;
    }
  return means;
}

double sign(double x) {
  return x > 0 ? 1 : x < 0 ? -1 : 0;
}

void append(std::vector<double>& columns, const Effect& effect, const Effect& mean) {
  const double first = effect.first - mean.first;
  const double second = effect.second - mean.second;
  columns.push_back((effect.first + effect.second) / 2);
  columns.push_back((sign(effect.first) * effect.second + sign(effect.second) * effect.first) / 2);
  columns.push_back(first);
  columns.push_back(second);
  columns.push_back(first * second);
}

std::vector<double> of_cases(const CaseResponses& responses, std::size_t start, std::size_t length,
                             const CaseResponse& center) {
  std::vector<double> columns(case_columns, 0.0);
  for (std::size_t i = start; i < start + length; ++i) {
    const CaseResponse y = responses[i] - center;
    const double values[] = {y.first, y.second, y.first * y.second, y.whole, y.whole * y.whole};
    for (std::size_t c = 0; c < case_columns; ++c) columns[c] += values[c] / static_cast<double>(length);
  }
  return columns;
}

// noise share, then mu, mu_star and sigma of each axis
Statistics statistics_of(const Means& means, std::size_t trajectories, bool halves, double rounding_variance) {
  const double variance = means[product] - means[mean_first] * means[mean_second];
  const double spread = means[square_whole] - means[mean_whole] * means[mean_whole];
  Statistics statistics{halves && spread > rounding_variance ? 1 - variance / spread : nan};
  const auto n = static_cast<double>(trajectories);
  for (std::size_t axis = case_columns; axis < means.size(); axis += effect_columns) {
    const double* mean = means.data() + axis;
    const double covariance = (mean[effect_product] - mean[effect_first] * mean[effect_second]) * n / (n - 1);
    statistics.push_back(mean[direction]);
    statistics.push_back(mean[size]);
    statistics.push_back(trajectories < 2 ? nan : std::sqrt(std::max(0.0, covariance)));
  }
  return statistics;
}

MorrisEffects without_trajectories(std::size_t axes, std::size_t left_out) {
  constexpr Estimate unknown{nan, nan, nan, nan};
  return {std::vector<MorrisAxis>(axes, {unknown, unknown, unknown}), unknown, 0, left_out};
}

}  // namespace

MorrisEffects morris_effects(const Responses& responses, const Points& unit_points, std::size_t trajectories,
                             const BootstrapOptions& bootstrap) {
  const std::size_t axes = unit_points.empty() ? 0 : unit_points.front().size();
  const std::size_t length = axes + 1;
  assert(unit_points.size() == trajectories * length && responses.whole.size() == unit_points.size());
  const CaseResponses cases(responses);
  const std::vector<std::size_t> starts = complete_trajectories(cases, trajectories, length);
  if (starts.empty()) return without_trajectories(axes, trajectories);
  std::vector<std::size_t> used;
  for (const std::size_t start : starts)
    for (std::size_t i = start; i < start + length; ++i) used.push_back(i);
  const double rounding = rounding_error(cases, used);
  std::vector<Trajectory> effects;
  for (const std::size_t start : starts) effects.push_back(effects_along(cases, unit_points, start, rounding));
  const CaseResponse center = mean_of(cases, used);
  const Trajectory means = mean_of(effects);
  std::vector<std::vector<double>> rows;
  for (std::size_t t = 0; t < starts.size(); ++t) {
    rows.push_back(of_cases(cases, starts[t], length, center));
    for (std::size_t axis = 0; axis < axes; ++axis) append(rows.back(), effects[t][axis], means[axis]);
  }
  const std::vector<Estimate> estimates = bootstrapped(
      rows, [&](const Means& m) { return statistics_of(m, rows.size(), cases.halves(), rounding * rounding); },
      bootstrap);
  MorrisEffects result{{}, estimates[0], rows.size(), trajectories - rows.size()};
  for (std::size_t i = 1; i < estimates.size(); i += 3)
    result.axes.push_back({estimates[i], estimates[i + 1], estimates[i + 2]});
  return result;
}

}  // namespace moniac
