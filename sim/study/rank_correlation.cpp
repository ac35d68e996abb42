#include "sim/study/rank_correlation.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "sim/math/cholesky.h"
#include "sim/math/hash.h"
#include "sim/math/scalar.h"
#include "sim/study/draws.h"
#include "sim/study/normal_quantile.h"

namespace moniac {
namespace {

using Columns = std::vector<std::vector<double>>;  // [axis][case]

// van der Waerden's scores Φ⁻¹(i / (n + 1)), in random order, one column per axis.
Columns normal_scores(std::size_t points, std::size_t axes, std::uint64_t seed) {
  std::vector<double> ascending;
  for (std::size_t i = 1; i <= points; ++i)
    ascending.push_back(normal_quantile(static_cast<double>(i) / static_cast<double>(points + 1)));
  const std::uint64_t key = stream_key(seed, "study/rank_correlation");
  Columns scores(axes);
  for (std::size_t axis = 0; axis < axes; ++axis)
    for (const std::size_t i : random_permutation(key, static_cast<std::uint32_t>(axis), 0, points))
      scores[axis].push_back(ascending[i]);
  return scores;
}

// Pearson's, of columns with mean 0 and the same sum of squares.
ExactMatrix correlation_of(const Columns& scores) {
  const auto axes = static_cast<Eigen::Index>(scores.size());
  const auto product = [&](Eigen::Index i, Eigen::Index j) {
    const std::vector<double>& x = scores[static_cast<std::size_t>(i)];
    const std::vector<double>& y = scores[static_cast<std::size_t>(j)];
    double sum = 0;
    for (std::size_t r = 0; r < x.size(); ++r) sum += x[r] * y[r];
    return sum;
  };
  ExactMatrix correlation = ExactMatrix::Identity(axes, axes);
  for (Eigen::Index i = 0; i < axes; ++i)
    for (Eigen::Index j = 0; j < i; ++j) correlation(i, j) = correlation(j, i) = product(i, j) / product(i, i);
  return correlation;
}

ExactMatrix lower_root(const ExactMatrix& correlation) {
  const auto root = cholesky(correlation);
  if (const auto* lower = std::get_if<ExactMatrix>(&root)) return *lower;
  return std::get<ExactMatrix>(cholesky(nearest_correlation(correlation).matrix));
}

// The Pearson correlations of normals whose Spearman correlations these are (Pearson 1907).
ExactMatrix of_normals(const ExactMatrix& spearman) {
  constexpr double sixth_of_pi = 0.52359877559829887308;
  ExactMatrix pearson = spearman;
  for (Eigen::Index i = 0; i < spearman.rows(); ++i)
    for (Eigen::Index j = 0; j < spearman.cols(); ++j)
      if (i != j) pearson(i, j) = 2 * sin(sixth_of_pi * spearman(i, j).value);
  return pearson;
}

// The scores mapped by P F⁻¹: from correlations F Fᵀ to P Pᵀ.
Columns mapped(const Columns& scores, const ExactMatrix& map) {
  Columns result(scores.size(), std::vector<double>(scores.front().size(), 0.0));
  for (std::size_t i = 0; i < scores.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      const double weight = map(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)).value;
      for (std::size_t r = 0; r < scores[j].size(); ++r) result[i][r] += weight * scores[j][r];
    }
  return result;
}

using Orders = std::vector<std::vector<std::size_t>>;  // [axis]: the cases by ascending score

Orders orders_of(const Columns& scores) {
  Orders orders;
  for (const std::vector<double>& axis : scores) orders.push_back(ascending_order(axis));
  return orders;
}

// Spearman's correlations of columns in these orders: Pearson's of the ranks less their mean.
ExactMatrix spearman_of(const Orders& orders) {
  Columns ranks;
  for (const std::vector<std::size_t>& order : orders) {
    ranks.emplace_back(order.size());
    const double mean = static_cast<double>(order.size() - 1) / 2;
    for (std::size_t i = 0; i < order.size(); ++i) ranks.back()[order[i]] = static_cast<double>(i) - mean;
  }
  return correlation_of(ranks);
}

// Orders with rank correlations close to those of a correlation matrix: what one attempt misses, the next aims beyond.
Orders correlated_orders(const Columns& scores, const ExactMatrix& target) {
  constexpr int attempts = 8;
  constexpr double close = 1e-3;
  const ExactMatrix identity = ExactMatrix::Identity(target.rows(), target.cols());
  const ExactMatrix from = lower_root(correlation_of(scores));
  const ExactMatrix inverse = from.triangularView<Eigen::Lower>().solve(identity);
  ExactMatrix aim = target;
  Orders best;
  double smallest_miss = 3;  // more than any
  for (int attempt = 0; attempt < attempts && smallest_miss > close; ++attempt) {
    Orders orders = orders_of(mapped(scores, lower_root(of_normals(aim)) * inverse));
    const ExactMatrix miss = target - spearman_of(orders);
    const double largest = miss.cwiseAbs().maxCoeff().value;
    aim = (aim + miss).cwiseMin(Exact(1)).cwiseMax(Exact(-1));
    if (largest >= smallest_miss) continue;
    smallest_miss = largest;
    best = std::move(orders);
  }
  return best;
}

}  // namespace

Points with_rank_correlation(Points points, const ExactMatrix& target, std::uint64_t seed) {
  const auto axes = static_cast<std::size_t>(target.rows());
  if (axes == 0) return points;
  assert(points.size() > axes && points.front().size() == axes && target.cols() == target.rows());
  const Columns scores = normal_scores(points.size(), axes, seed);
  const Orders orders = correlated_orders(scores, nearest_correlation(target).matrix);
  for (std::size_t axis = 0; axis < axes; ++axis) {
    std::vector<double> values;
    for (const std::vector<double>& row : points) values.push_back(row[axis]);
    std::sort(values.begin(), values.end());
    for (std::size_t i = 0; i < values.size(); ++i) points[orders[axis][i]][axis] = values[i];
  }
  return points;
}

}  // namespace moniac
