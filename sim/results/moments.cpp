#include "sim/results/moments.h"

#include <algorithm>
#include <cmath>

namespace moniac {

double Moments::variance() const {
  return count > 1 ? m2 / static_cast<double>(count - 1) : 0.0;
}

double Moments::standard_error() const {
  return count > 0 ? std::sqrt(variance() / static_cast<double>(count)) : std::numeric_limits<double>::quiet_NaN();
}

Moments join(const Moments& left, const Moments& right) {
  if (left.count == 0) return right;
  if (right.count == 0) return left;
  const auto n_left = static_cast<double>(left.count), n_right = static_cast<double>(right.count);
  const double n = n_left + n_right;
  const double difference = right.mean - left.mean;
  return {.count = left.count + right.count,
          .mean = left.mean + difference * (n_right / n),
          .m2 = left.m2 + right.m2 + difference * difference * (n_left * n_right / n),
          .minimum = std::min(left.minimum, right.minimum),
          .maximum = std::max(left.maximum, right.maximum)};
}

void MomentTree::append(const Node& node) {
  Node joined = node;
  while (!nodes_.empty() && nodes_.back().level == joined.level && joined.index % 2 == 1) {
    joined = {join(nodes_.back().moments, joined.moments), joined.level + 1, joined.index / 2};
    nodes_.pop_back();
  }
  nodes_.push_back(joined);
}

void MomentTree::append(const MomentTree& next) {
  for (const Node& node : next.nodes_) append(node);
}

Moments MomentTree::total() const {
  Moments sum;
  for (auto node = nodes_.rbegin(); node != nodes_.rend(); ++node) sum = join(node->moments, sum);
  return sum;
}

}  // namespace moniac
