// A probability estimated from counts.
#pragma once

#include <cstdint>

namespace moniac {

struct Proportion {
  double probability;
  double se;   ///< sqrt(p (1 - p) / n)
  double low;  ///< Wilson (1927) 95 % interval
  double high;
};

/// `hits` of `trials`; NaN without trials.
Proportion proportion(std::int64_t hits, std::int64_t trials);

}  // namespace moniac
