// From columns of values to the moments of their cells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/math/kernels.h"
#include "sim/results/moments.h"

namespace moniac {

/// Moments of the cells of a column, which its tree joins. A worker owns one.
class CellMoments {
 public:
  /// For at most so many paths at a time.
  CellMoments(const Kernels& kernels, std::size_t most_paths) : kernels_(kernels), cells_(cells_of(most_paths)) {}

  /// Appends the cells of paths first … first + paths - 1 to the tree; `first` is a multiple of 64, NaN is left out.
  void append(const double* column, std::size_t paths, std::int64_t first, MomentTree& tree);

 private:
  static std::size_t cells_of(std::size_t paths) { return (paths + cell_size - 1) / cell_size; }

  const Kernels& kernels_;
  std::vector<Cell> cells_;
};

}  // namespace moniac
