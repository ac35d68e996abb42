// The quantile sketch of one series: counts of its values in fixed buckets. Sketches of the same centre and scale merge
// by adding counts, so the result does not depend on order or on how the paths were split.
//
// Buckets of y = (x - center) / scale, from the lowest: below -2^16; 32 linear steps per octave from -2^16 to -4;
// 1/64 wide from -4 to 4; 32 per octave from 4 to 2^16; above. Bucket edges are exact up to the rounding of y.
#pragma once

#include <cstdint>
#include <span>

#include "sim/math/kernels.h"

namespace moniac {

/// The scale to sketch a series with, given mean and standard deviation of its first paths. Positive also where they
/// are all alike: |center| / 1024, or 1/1024 about 0.
double sketch_scale(double center, double standard_deviation);

/// What Kernels::sketch counted, with the exact extremes of the series.
struct Sketch {
  double center;
  double scale;
  std::span<const std::uint32_t> counts;  ///< sketch_buckets of them
  double minimum;
  double maximum;

  /// Type 7 quantile, 0 <= probability <= 1: values of a bucket are taken as evenly spaced, and cut to [minimum,
  /// maximum]. NaN where nothing was counted.
  double quantile(double probability) const;
  /// No quantile within 4 scales of the centre is off by more: the width of a bucket. Where the density is smooth the
  /// error is a small part of it.
  double error_bound() const;
};

}  // namespace moniac
