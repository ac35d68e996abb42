#include "sim/engine/cell_moments.h"

namespace moniac {

void CellMoments::append(const double* column, std::size_t paths, std::int64_t first, MomentTree& tree) {
  const std::int64_t first_cell = first / static_cast<std::int64_t>(cell_size);
  kernels_.cells(column, paths, cells_.data());
  for (std::size_t i = 0; i < cells_of(paths); ++i) {
    const Cell& cell = cells_[i];
    tree.append({.moments = {cell.count, cell.mean, cell.m2, cell.minimum, cell.maximum},
                 .level = 0,
                 .index = first_cell + static_cast<std::int64_t>(i)});
  }
}

}  // namespace moniac
