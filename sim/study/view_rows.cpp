#include "sim/study/view_rows.h"

#include <cmath>

#include "sim/study/ordered_sum.h"

namespace moniac {

namespace {

// (x - mean of x)(y - mean of y), path by path.
PathNumbers products(const PathNumbers& x, const PathNumbers& y, const std::vector<double>& weights) {
  const double mean_x = weighted_mean(x, weights), mean_y = weighted_mean(y, weights);
  PathNumbers result(x.size());
  for (std::size_t j = 0; j < x.size(); ++j) result[j] = (x[j] - mean_x) * (y[j] - mean_y);
  return result;
}

// x - level where `inside`, and 0 elsewhere.
PathNumbers distances(const PathNumbers& x, const PathNumbers& inside, double level) {
  PathNumbers result(x.size());
  for (std::size_t j = 0; j < x.size(); ++j) result[j] = inside[j] * (x[j] - level);
  return result;
}

}  // namespace

double weighted_mean(const PathNumbers& x, const std::vector<double>& weights) {
  return ordered_sum(0, x.size(), [&](std::size_t j) { return weights[j] * x[j]; });
}

double weighted_sd(const PathNumbers& x, const std::vector<double>& weights) {
  return std::sqrt(weighted_mean(products(x, x, weights), weights));
}

int StatedRow::stage() const {
  return moment == Moment::correlation ? 2 : moment == Moment::sd ? 1 : 0;
}

double StatedRow::value(const std::vector<double>& weights) const {
  switch (moment) {
    case Moment::probability:
    case Moment::mean:
      break;
    case Moment::mean_inside:
      return weighted_mean(distances(*x, *inside, 0), weights) / weighted_mean(*inside, weights);
    case Moment::sd:
      return weighted_sd(*x, weights);
    case Moment::correlation:
      return weighted_mean(products(*x, *y, weights), weights) / (weighted_sd(*x, weights) * weighted_sd(*y, weights));
  }
  return weighted_mean(*x, weights);
}

// Σ w x = level; Σ w 1(inside)(x - level) = 0; Σ w (x - mean)² = level²; Σ w (x - mean x)(y - mean y) = level sd x sd
// y.
ViewRow StatedRow::row(const std::vector<double>& weights) const {
  const Relation as = fixed ? Relation::is : relation;
  switch (moment) {
    case Moment::probability:
    case Moment::mean:
      break;
    case Moment::mean_inside:
      return {distances(*x, *inside, level), as, 0};
    case Moment::sd:
      return {products(*x, *x, weights), as, level * level};
    case Moment::correlation:
      return {products(*x, *y, weights), as, level * weighted_sd(*x, weights) * weighted_sd(*y, weights)};
  }
  return {*x, as, level};
}

double StatedRow::slope(const std::vector<double>& weights) const {
  switch (moment) {
    case Moment::probability:
    case Moment::mean:
      break;
    case Moment::mean_inside:
      return weighted_mean(*inside, weights);
    case Moment::sd:
      return 2 * level;
    case Moment::correlation:
      return weighted_sd(*x, weights) * weighted_sd(*y, weights);
  }
  return 1;
}

}  // namespace moniac
