#include "sim/engine/finished_range.h"

#include <cstring>

#include "sim/math/sketch.h"

namespace moniac {

void keep_values(FinishedRange& finished, const Keeping& keeping, const Kernels& kernels) {
  if (finished.values.empty()) return;
  const auto paths = static_cast<std::size_t>(finished.summary.range.paths());
  const std::size_t series = finished.values.size() / paths;
  const bool sketched = !keeping.frames.empty();
  if (sketched) finished.summary.counts.assign(series * sketch_buckets, 0);
  Eigen::ArrayXd column(static_cast<Eigen::Index>(sketched ? paths : 0));  // aligned, as kernels need it
  for (std::size_t s = 0; s < series; ++s) {
    const double* values = finished.values.data() + s * paths;
    if (sketched) {
      const SketchFrame& frame = keeping.frames[s];
      std::memcpy(column.data(), values, paths * sizeof(double));
      kernels.sketch(column.data(), paths, frame.center, frame.scale,
                     finished.summary.counts.data() + s * sketch_buckets);
    } else {
      double* row = keeping.values.data + static_cast<std::int64_t>(s) * keeping.values.stride;
      std::memcpy(row + finished.summary.range.first, values, paths * sizeof(double));
    }
  }
}

}  // namespace moniac
