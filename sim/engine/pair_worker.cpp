#include "sim/engine/pair_worker.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "sim/math/sketch.h"

namespace moniac {

namespace {

// Failures of either run in order of path; of a path that fails in both, that of A.
std::vector<Failure> failures_of_either(const RangeSummary& a, const RangeSummary& b) {
  std::vector<Failure> all = a.failures;
  for (const Failure& failure : b.failures) {
    const bool known = std::any_of(a.failures.begin(), a.failures.end(),
                                   [&](const Failure& other) { return other.path == failure.path; });
    if (!known) all.push_back(failure);
  }
  std::sort(all.begin(), all.end(), [](const Failure& x, const Failure& y) { return x.path < y.path; });
  return all;
}

void reset(std::vector<MomentTree>& trees, std::size_t series) {
  trees.resize(series);
  for (MomentTree& tree : trees) tree.clear();
}

}  // namespace

PairWorker::PairWorker(const Plan& a, const Plan& b, const CommonRecord& common, const Execution& execution)
    : common_(common),
      kernels_(*execution.kernels),
      a_(a, kernels_, execution.lanes(a), execution.poison),
      b_(b, kernels_, execution.lanes(b), execution.poison),
      values_a_(unit_paths),
      values_b_(unit_paths),
      difference_(unit_paths),
      moments_(kernels_, unit_paths) {
  for (Eigen::ArrayXd* column : {&values_a_, &values_b_, &difference_}) column->setZero();
}

void PairWorker::run(const PathRange& range, const ComparedKeeping& keeping, ComparedUnit& unit) {
  a_.run(range, keeping.a, unit.a);
  b_.run(range, keeping.b, unit.b);
  unit.differences.range = range;
  unit.differences.failures = failures_of_either(unit.a.summary, unit.b.summary);
  take_differences(keeping.differences, unit);
  count_outcomes(unit);
}

void PairWorker::take_differences(const Keeping& keeping, ComparedUnit& unit) {
  std::size_t columns = 0;
  for (const CommonVariable& pair : common_.variables) columns += pair.values_a.size();
  const std::size_t series = columns * common_.dates_a.size();
  reset(unit.differences.moments, series);
  reset(unit.moments_a, series);
  reset(unit.moments_b, series);
  unit.differences.counts.assign(keeping.frames.size() * sketch_buckets, 0);
  std::size_t column = 0;
  for (const CommonVariable& pair : common_.variables) {
    const KeptValues a = a_.kept(pair.a), b = b_.kept(pair.b);
    for (std::size_t value = 0; value < pair.values_a.size(); ++value, ++column) {
      const double* first_a = a.data + static_cast<std::int64_t>(pair.values_a[value]) * a.label_stride;
      const double* first_b = b.data + static_cast<std::int64_t>(pair.values_b[value]) * b.label_stride;
      for (std::size_t date = 0; date < common_.dates_a.size(); ++date) {
        subtract(first_a + static_cast<std::int64_t>(common_.dates_a[date]) * a.date_stride,
                 first_b + static_cast<std::int64_t>(common_.dates_b[date]) * b.date_stride, pair.factor,
                 unit.differences);
        summarise(date * columns + column, keeping, unit);
      }
    }
  }
}

// Values of both runs in A's unit, and B - A; NaN on paths that failed in either.
void PairWorker::subtract(const double* a, const double* b, double factor, const RangeSummary& unit) {
  const std::int64_t paths = unit.range.paths();
  for (Eigen::Index p = 0; p < paths; ++p) {
    values_a_[p] = a[p];
    values_b_[p] = b[p] * factor;
  }
  for (const Failure& failure : unit.failures) {
    values_a_[failure.path - unit.range.first] = std::numeric_limits<double>::quiet_NaN();
    values_b_[failure.path - unit.range.first] = std::numeric_limits<double>::quiet_NaN();
  }
  for (Eigen::Index p = 0; p < paths; ++p) difference_[p] = values_b_[p] - values_a_[p];
}

void PairWorker::summarise(std::size_t series, const Keeping& keeping, ComparedUnit& unit) {
  const PathRange& range = unit.differences.range;
  const auto paths = static_cast<std::size_t>(range.paths());
  moments_.append(values_a_.data(), paths, range.first, unit.moments_a[series]);
  moments_.append(values_b_.data(), paths, range.first, unit.moments_b[series]);
  moments_.append(difference_.data(), paths, range.first, unit.differences.moments[series]);
  if (keeping.values.data) {
    double* row = keeping.values.data + static_cast<std::int64_t>(series) * keeping.values.stride;
    std::memcpy(row + range.first, difference_.data(), paths * sizeof(double));
  }
  if (!keeping.frames.empty()) {
    const SketchFrame& frame = keeping.frames[series];
    kernels_.sketch(difference_.data(), paths, frame.center, frame.scale,
                    unit.differences.counts.data() + series * sketch_buckets);
  }
}

void PairWorker::count_outcomes(ComparedUnit& unit) const {
  const PathRange& range = unit.differences.range;
  std::vector<unsigned char> counts(static_cast<std::size_t>(range.paths()), 1);
  for (const Failure& failure : unit.differences.failures) {
    counts[static_cast<std::size_t>(failure.path - range.first)] = 0;
  }
  unit.outcomes.assign(common_.outcomes.size(), {});
  for (std::size_t o = 0; o < unit.outcomes.size(); ++o) {
    const std::vector<unsigned char>& in_a = a_.answers(common_.outcomes[o].first);
    const std::vector<unsigned char>& in_b = b_.answers(common_.outcomes[o].second);
    PairedCounts& paired = unit.outcomes[o];
    for (std::size_t p = 0; p < counts.size(); ++p) {
      if (!counts[p]) continue;
      ++(in_a[p] ? (in_b[p] ? paired.both : paired.only_a) : (in_b[p] ? paired.only_b : paired.neither));
    }
  }
}

}  // namespace moniac
