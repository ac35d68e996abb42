// Count, mean, variance and range of an ensemble, built as a tree over path ids that depends on their number only.
#pragma once

#include <cstdint>
#include <limits>
#include <utility>
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
/// and wherever the cells were cut into ranges, the joins are the same, so that the bits are.
class MomentTree {
 public:
  /// Moments of cells index x 2^level … (index + 1) x 2^level - 1.
  struct Node {
    Moments moments;
    std::int32_t level = 0;
    std::int64_t index = 0;

    bool operator==(const Node&) const = default;
  };

  MomentTree() = default;
  /// A tree with these nodes, as another one had them.
  explicit MomentTree(std::vector<Node> nodes) : nodes_(std::move(nodes)) {}

  void clear() { nodes_.clear(); }
  /// Appends cells in order.
  void append(const Node& node);
  /// Appends every node of a tree over the next range of cells.
  void append(const MomentTree& next);
  /// The remaining nodes joined from the right.
  Moments total() const;
  /// What is left to join, in order.
  const std::vector<Node>& nodes() const { return nodes_; }

  bool operator==(const MomentTree&) const = default;

 private:
  std::vector<Node> nodes_;
};

}  // namespace moniac
