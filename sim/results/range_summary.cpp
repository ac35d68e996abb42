#include "sim/results/range_summary.h"

#include <algorithm>
#include <utility>

namespace moniac {

namespace {

void add_up(std::vector<std::int64_t>& histogram, const std::vector<std::int64_t>& other) {
  histogram.resize(std::max(histogram.size(), other.size()));
  for (std::size_t k = 0; k < other.size(); ++k) histogram[k] += other[k];
}

}  // namespace

void OutcomeCounts::add(const OutcomeCounts& other) {
  hits += other.hits;
  undefined += other.undefined;
  add_up(first_passage, other.first_passage);
}

void TriggerCounts::add(const TriggerCounts& other) {
  firings += other.firings;
  paths += other.paths;
  add_up(first_firing, other.first_firing);
}

void LargestResidual::take(const LargestResidual& other) {
  const bool larger = other.value > value;
  const bool earlier = other.value == value && std::pair(other.path, other.step) < std::pair(path, step);
  if (larger || earlier) *this = other;
}

void RangeSummary::append(const RangeSummary& next) {
  if (range.paths() == 0) {
    *this = next;
    return;
  }
  range.end = next.range.end;
  for (std::size_t s = 0; s < moments.size(); ++s) moments[s].append(next.moments[s]);
  for (std::size_t b = 0; b < counts.size(); ++b) counts[b] += next.counts[b];
  for (std::size_t o = 0; o < outcomes.size(); ++o) outcomes[o].add(next.outcomes[o]);
  for (std::size_t o = 0; o < binned.size(); ++o) binned[o].append(next.binned[o]);
  for (std::size_t t = 0; t < triggers.size(); ++t) triggers[t].add(next.triggers[t]);
  trigger_log.insert(trigger_log.end(), next.trigger_log.begin(), next.trigger_log.end());
  for (std::size_t i = 0; i < residuals.size(); ++i) residuals[i].take(next.residuals[i]);
  for (std::size_t c = 0; c < clamped.size(); ++c) clamped[c] += next.clamped[c];
  failures.insert(failures.end(), next.failures.begin(), next.failures.end());
}

}  // namespace moniac
