#include "sim/output/pending_part.h"

#include <utility>

namespace moniac {

namespace {

// Of a range of paths, [series][path], out of the values of all paths.
std::vector<double> cut_out(const ExactValues& all, const PathRange& range, std::size_t series) {
  std::vector<double> values;
  if (all.data == nullptr) return values;
  values.reserve(series * static_cast<std::size_t>(range.paths()));
  for (std::size_t s = 0; s < series; ++s) {
    const double* row = all.data + static_cast<std::int64_t>(s) * all.stride;
    values.insert(values.end(), row + range.first, row + range.end);
  }
  return values;
}

}  // namespace

bool PendingPart::goes_on_with(const RangeSummary& unit, bool recorded, bool serving) const {
  if (range().end != unit.range.first) return false;
  return !serving || of_one_kind(!kept().empty(), unit.range, recorded);
}

void PendingPart::add(const RangeSummary& unit, std::vector<std::string> kept) {
  part_.summary.append(unit);
  if (kept.empty()) return;
  for (const std::string& encoded : kept) bytes_ += encoded.size();
  part_.kept.push_back({unit.range.first, std::move(kept)});
}

Part PendingPart::take(const ExactValues& values) {
  Part part = std::exchange(part_, {});
  part.values = cut_out(values, part.summary.range, part.summary.moments.size());
  part.of_run = of_run_;
  bytes_ = 0;
  return part;
}

}  // namespace moniac
