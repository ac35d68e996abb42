// What ranks tell each other.
#pragma once

#include <cstdint>
#include <string>

#include "sim/results/range_summary.h"

namespace moniac {

/// From a worker to rank 0.
struct Report {
  enum class Kind : std::int32_t {
    hello,   ///< `bytes` says who it is
    part,    ///< `bytes` is a part of what the range in work becomes
    done,    ///< all parts of a range were sent
    failed,  ///< it can do no more; `code` is its exit code
  };
  Kind kind = Kind::hello;
  std::string bytes = {};
  std::int32_t threads = 1;
  double worked = 0;  ///< seconds on the range
  std::int32_t code = 0;
};

std::string to_bytes(const Report& report);
Report read_report(const std::string& bytes);

/// From rank 0 to a worker: the next range; an empty one when there is none left.
std::string to_bytes(const PathRange& range);
PathRange read_range(const std::string& bytes);

}  // namespace moniac
