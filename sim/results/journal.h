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

/// A range of paths that an earlier attempt finished.
struct FinishedRange {
  RangeSummary summary;        ///< without counts where it has values
  std::vector<double> values;  ///< for exact quantiles, [series][path of the range]; empty when counts are there
};

/// Keeps the units of a run. Functions that are const are called from any thread.
class Journal {
 public:
  virtual ~Journal() = default;

  /// Ranges of paths that an earlier attempt finished: disjoint, increasing, cut at units of work.
  virtual std::vector<PathRange> finished() const = 0;
  /// One of them. Where quantiles are exact it has values; where they come from a sketch it has counts, or values that
  /// are still to be counted.
  virtual FinishedRange load(const PathRange& range) const = 0;

  /// The bytes in which recorded paths of a variable are kept.
  virtual std::string encode(const KeptValues& values) const = 0;
  /// Takes the next unit in order of path, with the encoded paths of each recorded variable (empty when none are
  /// kept), one at a time.
  virtual void add(const RangeSummary& unit, std::vector<std::string> kept, const ExactValues& values) = 0;
  /// Secures what was added, because the run ends early.
  virtual void flush(const ExactValues& values) = 0;
  /// Every unit was added.
  virtual void complete(const ExactValues& values) = 0;
};

}  // namespace moniac
