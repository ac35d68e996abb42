#include "sim/math/sketch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace moniac {

namespace {

constexpr std::size_t first_core = 1 + sketch_tail;
constexpr std::size_t first_upper = first_core + sketch_core;
constexpr double core_half_width = 4;
constexpr double per_octave = 32;

// 4, 4 (1 + 1/32), …, 8, 8 (1 + 1/32), …, 2^16
double tail_edge(std::size_t i) {
  const std::size_t octave = i / static_cast<std::size_t>(per_octave);
  const auto step = static_cast<double>(i % static_cast<std::size_t>(per_octave));
  return std::ldexp(core_half_width * (1 + step / per_octave), static_cast<int>(octave));
}

// Of y, for bucket 1 … sketch_buckets - 1; bucket 0 has none.
double lower_edge(std::size_t bucket) {
  if (bucket < first_core) return -tail_edge(first_core - bucket);
  if (bucket >= first_upper) return tail_edge(bucket - first_upper);
  return -core_half_width + static_cast<double>(bucket - first_core) / 64;
}

}  // namespace

double sketch_scale(double center, double standard_deviation) {
  const double size = std::abs(center);
  if (standard_deviation > 0) return std::max(standard_deviation, size * 0x1p-40);
  return size > 0 ? size / 1024 : 1.0 / 1024;
}

double Sketch::quantile(double probability) const {
  const std::int64_t total = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  if (total == 0) return std::numeric_limits<double>::quiet_NaN();

  const double position = probability * static_cast<double>(total - 1);
  const double fraction = position - std::floor(position);
  auto rank = static_cast<std::int64_t>(position);
  std::size_t bucket = 0;
  std::int64_t before = 0;  // values in lower buckets
  const auto value_at = [&](std::int64_t wanted) {
    if (wanted == 0) return minimum;
    if (wanted == total - 1) return maximum;
    while (before + counts[bucket] <= wanted) before += counts[bucket++];
    const double low = bucket == 0 ? minimum : std::max(minimum, center + scale * lower_edge(bucket));
    const double high =
        bucket + 1 == sketch_buckets ? maximum : std::min(maximum, center + scale * lower_edge(bucket + 1));
    return low + (high - low) * ((static_cast<double>(wanted - before) + 0.5) / static_cast<double>(counts[bucket]));
  };
  const double at = value_at(rank);
  return fraction > 0 ? at + fraction * (value_at(rank + 1) - at) : at;
}

double Sketch::error_bound() const {
  return scale / 64;
}

}  // namespace moniac
