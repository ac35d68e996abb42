#include "sim/study/entropy_pooling.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/math/lu.h"
#include "sim/math/scalar.h"
#include "sim/study/ordered_sum.h"

namespace moniac {

namespace {

constexpr double tolerance = 1e-12;        // of the rows' means, in standard deviations
constexpr double loose_tolerance = 1e-10;  // where rounding stops the search
constexpr int most_iterations = 300;
constexpr double largest_multiplier = 1e3;  // of rows in standard deviations

// A row as distances from its level in standard deviations, turned so that an inequality says Σ q y ≤ 0.
struct Standardised {
  std::vector<double> y;
  double scale = 1;  // with its sign
  bool inequality = false;
};

double deviation(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = ordered_sum(0, values.size(), [&](std::size_t j) { return values[j]; }) / n;
  return std::sqrt(
      ordered_sum(0, values.size(), [&](std::size_t j) { return (values[j] - mean) * (values[j] - mean); }) / n);
}

Standardised standardised(const ViewRow& row) {
  const double spread = deviation(row.values);
  const double sign = row.relation == Relation::at_least ? -1 : 1;
  Standardised result{
      .y = row.values, .scale = sign / (spread > 0 ? spread : 1), .inequality = row.relation != Relation::is};
  for (double& y : result.y) y = (y - row.level) * result.scale;
  return result;
}

class Dual {
 public:
  Dual(std::span<const ViewRow> rows, std::size_t paths) : paths_(paths) {
    for (const ViewRow& row : rows) rows_.push_back(standardised(row));
    multipliers_.assign(rows_.size(), 0);
  }

  Pooled solve() {
    Pooled pooled;
    evaluate(multipliers_);
    double before = std::numeric_limits<double>::infinity();
    for (; pooled.iterations < most_iterations; ++pooled.iterations) {
      if (residual() < tolerance || (value_ == before && residual() < loose_tolerance)) return finished(pooled);
      before = value_;
      if (hopeless() || !improve()) break;
    }
    if (residual() < loose_tolerance) return finished(pooled);
    return pooled;
  }

 private:
  // At `multipliers`: the objective, the weights and the means of the rows, which are the gradient with the sign
  // turned.
  void evaluate(const std::vector<double>& multipliers) {
    weights_.assign(paths_, 0);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const double* y = rows_[i].y.data();
      const double l = multipliers[i];
      for (std::size_t j = 0; j < paths_; ++j) weights_[j] -= l * y[j];
    }
    const double top = *std::max_element(weights_.begin(), weights_.end());
    for (double& weight : weights_) weight = exp(weight - top);
    const double total = ordered_sum(0, paths_, [&](std::size_t j) { return weights_[j]; });
    for (double& weight : weights_) weight /= total;
    value_ = top + log(total / static_cast<double>(paths_));
    means_.resize(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) means_[i] = mean_of(rows_[i].y);
  }

  double mean_of(const std::vector<double>& values) const {
    return ordered_sum(0, paths_, [&](std::size_t j) { return weights_[j] * values[j]; });
  }

  // Of some rows, row-major. Stretch by stretch, so that what is read again is still near.
  std::vector<double> covariance(const std::vector<std::size_t>& free) const {
    constexpr std::size_t stretch = 4096;
    const std::size_t n = free.size();
    std::vector<double> matrix(n * n), weighted(stretch);
    for (std::size_t first = 0; first < paths_; first += stretch) {
      const std::size_t count = std::min(stretch, paths_ - first);
      for (std::size_t a = 0; a < n; ++a) {
        const double* ya = rows_[free[a]].y.data() + first;
        for (std::size_t j = 0; j < count; ++j) weighted[j] = weights_[first + j] * ya[j];
        for (std::size_t b = 0; b <= a; ++b) {
          const double* yb = rows_[free[b]].y.data() + first;
          matrix[a * n + b] += ordered_sum(0, count, [&](std::size_t j) { return weighted[j] * yb[j]; });
        }
      }
    }
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b <= a; ++b) {
        matrix[a * n + b] -= means_[free[a]] * means_[free[b]];
        matrix[b * n + a] = matrix[a * n + b];
      }
    }
    return matrix;
  }

  // How far the conditions of an optimum are missed: of rows that bind the mean, of the others what is above 0.
  double residual() const {
    double worst = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const bool binds = !rows_[i].inequality || multipliers_[i] > 0;
      worst = std::max(worst, binds ? std::abs(means_[i]) : means_[i]);
    }
    return worst;
  }

  // Below any divergence that N paths can have, or far out.
  bool hopeless() const {
    const bool far = std::any_of(multipliers_.begin(), multipliers_.end(),
                                 [](double l) { return std::abs(l) > largest_multiplier; });
    return far || value_ < -log(static_cast<double>(paths_)) - 1;
  }

  // Rows that the next step may move: all that bind, and the one that is missed most of those that do not.
  std::vector<std::size_t> free_rows() const {
    std::vector<std::size_t> free;
    std::size_t missed = rows_.size();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!rows_[i].inequality || multipliers_[i] > 0) {
        free.push_back(i);
      } else if (means_[i] > tolerance && (missed == rows_.size() || means_[i] > means_[missed])) {
        missed = i;
      }
    }
    if (missed < rows_.size()) free.push_back(missed);
    return free;
  }

  // The Newton step of some rows; none where the covariance is not one even with a ridge.
  std::vector<double> newton_step(const std::vector<std::size_t>& free) const {
    const std::size_t n = free.size();
    const std::vector<double> hessian = covariance(free);
    double trace = 0;
    for (std::size_t a = 0; a < n; ++a) trace += hessian[a * n + a];
    for (double ridge = 0; ridge < 1e-2; ridge = ridge == 0 ? 1e-12 : 100 * ridge) {
      LuFactors factors(n);
      factors.matrix() = hessian;
      for (std::size_t a = 0; a < n; ++a) factors.matrix()[a * n + a] += ridge * trace / static_cast<double>(n);
      if (!factors.factor()) continue;
      std::vector<double> step(n);
      for (std::size_t a = 0; a < n; ++a) step[a] = means_[free[a]];
      factors.solve(step.data(), 1);
      double slope = 0;
      for (std::size_t a = 0; a < n; ++a) slope += step[a] * means_[free[a]];
      if (slope > 0 && std::isfinite(slope)) return step;
    }
    return {};
  }

  // One step downhill; false where there is none.
  bool improve() {
    std::vector<std::size_t> free = free_rows();
    std::vector<double> step = newton_step(free);
    // A row that just starts to bind must not be drawn below 0 by the others.
    if (!step.empty() && multipliers_[free.back()] == 0 && rows_[free.back()].inequality && step.back() < 0) {
      free.pop_back();
      step = newton_step(free);
    }
    if (step.empty()) return false;
    double slope = 0, longest = 1;
    for (std::size_t a = 0; a < free.size(); ++a) {
      slope -= step[a] * means_[free[a]];
      if (rows_[free[a]].inequality && step[a] < 0) longest = std::min(longest, multipliers_[free[a]] / -step[a]);
    }
    return search(free, step, slope, longest);
  }

  // Halves the step until it pays (Armijo). One of length `longest` < 1 ends where a multiplier becomes 0.
  bool search(const std::vector<std::size_t>& free, const std::vector<double>& step, double slope, double longest) {
    constexpr double enough = 1e-4;
    const double before = value_, rounding = 1e-15 * std::max(1.0, std::abs(before));
    const std::vector<double> from = multipliers_;
    for (double length = longest; length > 1e-12; length /= 2) {
      std::vector<double> tried = from;
      for (std::size_t a = 0; a < free.size(); ++a) {
        double& l = tried[free[a]];
        l += length * step[a];
        if (rows_[free[a]].inequality && l <= 1e-15 * std::abs(step[a])) l = 0;
      }
      evaluate(tried);
      if (value_ <= before + enough * length * slope + rounding) {
        multipliers_ = tried;
        return true;
      }
    }
    evaluate(from);
    return false;
  }

  Pooled finished(Pooled pooled) const {
    pooled.weights = weights_;
    for (std::size_t i = 0; i < rows_.size(); ++i) pooled.multipliers.push_back(0 - multipliers_[i] * rows_[i].scale);
    pooled.largest = *std::max_element(weights_.begin(), weights_.end());
    const double log_weight =
        ordered_sum(0, paths_, [&](std::size_t j) { return weights_[j] > 0 ? weights_[j] * log(weights_[j]) : 0; });
    pooled.divergence = std::max(0.0, log_weight + log(static_cast<double>(paths_)));
    pooled.entropy = exp(0 - log_weight);
    pooled.kish = 1 / ordered_sum(0, paths_, [&](std::size_t j) { return weights_[j] * weights_[j]; });
    return pooled;
  }

  std::size_t paths_;
  std::vector<Standardised> rows_;
  std::vector<double> multipliers_;
  std::vector<double> weights_;
  std::vector<double> means_;
  double value_ = 0;
};

}  // namespace

bool in_support(const ViewRow& row) {
  const auto [low, high] = std::minmax_element(row.values.begin(), row.values.end());
  const bool above = row.relation == Relation::at_most || row.level <= *high;
  const bool below = row.relation == Relation::at_least || row.level >= *low;
  return above && below;
}

Pooled pool(std::span<const ViewRow> rows, std::size_t paths) {
  return Dual(rows, paths).solve();
}

std::vector<std::size_t> contradiction(std::span<const ViewRow> rows, std::size_t paths) {
  std::vector<std::size_t> kept(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) kept[i] = i;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<std::size_t> without = kept;
    std::erase(without, i);
    std::vector<ViewRow> rest;
    for (const std::size_t r : without) rest.push_back(rows[r]);
    if (pool(rest, paths).weights.empty()) kept = std::move(without);
  }
  return kept;
}

}  // namespace moniac
