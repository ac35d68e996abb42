// Where finished work goes while a run goes on, so that a run that ends early need not begin again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/results/range_summary.h"

namespace moniac {

/// The recorded values of one variable over the paths of a unit: that of path p, date d and label l is
/// data[d x date_stride + l x label_stride + p].
struct KeptValues {
  const double* data = nullptr;
  std::int64_t paths = 0;
  std::int64_t dates = 0;
  std::int64_t labels = 1;
  std::int64_t date_stride = 0;
  std::int64_t label_stride = 0;
};

/// Keeps the units of a run. Functions that are const are called from any thread.
class Journal {
 public:
  virtual ~Journal() = default;

  /// Ranges of paths that an earlier attempt finished: disjoint, increasing, cut at units of work.
  virtual std::vector<PathRange> finished() const = 0;
  /// The summary of one of them; what it kept for exact quantiles is put into `values`.
  virtual RangeSummary load(const PathRange& range, const ExactValues& values) const = 0;

  /// The bytes in which recorded paths of a variable are kept.
  virtual std::string encode(const KeptValues& values) const = 0;
  /// Takes the next unit in order of path, with the encoded paths of each recorded variable (empty when none are
  /// kept), one at a time.
  virtual void add(const RangeSummary& unit, std::vector<std::string> kept, const ExactValues& values) = 0;
  /// Secures what was added, because the run ends early.
  virtual void flush(const ExactValues& values) = 0;
};

}  // namespace moniac
