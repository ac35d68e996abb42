// Count, mean, variance and range of an ensemble, built as a tree over path ids that depends on their number only.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace moniac {

/// Summary of a set of values.
struct Moments {
  std::int64_t count = 0;
  double mean = 0;
  double m2 = 0;  ///< sum of squared deviations from the mean
  double minimum = std::numeric_limits<double>::infinity();
  double maximum = -std::numeric_limits<double>::infinity();

  double variance() const;        ///< m2 / (n - 1); 0 for a single value
  double standard_error() const;  ///< of the mean
  bool operator==(const Moments&) const = default;
};

/// Moments of the union of two neighbours (Chan, Golub, LeVeque 1979).
Moments join(const Moments& left, const Moments& right);

/// The dyadic tree over cells of 64 paths: complete siblings join as soon as both exist. Whatever the order of work,
/// the joins are the same, so that the bits are.
class MomentTree {
 public:
  void clear() { nodes_.clear(); }
  /// Appends the next node of 2^level cells. Nodes must arrive in path order, each at a multiple of its own size.
  void append(const Moments& node, int level = 0);
  /// Appends every node of a tree over the next range of cells.
  void append(const MomentTree& next);
  /// The remaining nodes joined from the right.
  Moments total() const;
  std::size_t nodes() const { return nodes_.size(); }

 private:
  struct Node {
    Moments moments;
    int level;
  };
  std::vector<Node> nodes_;  ///< levels strictly decreasing
};

}  // namespace moniac
