#include "sim/output/run_journal.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

#include "sim/output/results_file.h"

namespace moniac {

namespace {

constexpr std::chrono::seconds flush_interval{2};
constexpr std::size_t flush_bytes = std::size_t{32} << 20;

// Of a range of paths, [series][path], out of or into the values of all paths.
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

void put_back(const std::vector<double>& values, const PathRange& range, const ExactValues& all) {
  if (all.data == nullptr) return;
  const auto paths = static_cast<std::size_t>(range.paths());
  for (std::size_t at = 0; at < values.size(); at += paths) {
    std::memcpy(all.data + static_cast<std::int64_t>(at / paths) * all.stride + range.first, values.data() + at,
                paths * sizeof(double));
  }
}

}  // namespace

RunJournal::RunJournal(const std::string& output, std::string result_hash, PathStorage storage, bool restart)
    : folder_(in_folder(output + ".parts", [&] { return PartsFolder(output + ".parts", "paths"); })),
      result_hash_(std::move(result_hash)),
      storage_(storage) {
  in_folder(folder_.path(), [&] {
    if (restart) folder_.clear();
    parts_ = folder_.take_stock(result_hash_);
  });
}

RangeSummary RunJournal::load(const PathRange& range, const ExactValues& values) const {
  Part part = read_part(in_folder(folder_.path(), [&] { return folder_.read(range); }));
  put_back(part.values, range, values);
  return std::move(part.summary);
}

std::string RunJournal::encode(const KeptValues& values) const {
  return encode_paths(storage_, values);
}

void RunJournal::add(const RangeSummary& unit, std::vector<std::string> kept, const ExactValues& values) {
  if (pending_.summary.range.end != unit.range.first) flush(values);
  pending_.summary.append(unit);
  if (!kept.empty()) {
    for (const std::string& encoded : kept) pending_bytes_ += encoded.size();
    pending_.kept.push_back({unit.range.first, std::move(kept)});
  }
  if (pending_bytes_ >= flush_bytes || Clock::now() - flushed_ >= flush_interval) flush(values);
}

void RunJournal::flush(const ExactValues& values) {
  const PathRange range = pending_.summary.range;
  flushed_ = Clock::now();
  if (range.paths() == 0) return;
  pending_.values = cut_out(values, range, pending_.summary.moments.size());
  in_folder(folder_.path(), [&] { folder_.write(range, part_bytes(pending_, result_hash_)); });
  parts_.insert(std::upper_bound(parts_.begin(), parts_.end(), range, comes_before), range);
  pending_ = {};
  pending_bytes_ = 0;
}

void RunJournal::visit(const Take& take) const {
  const auto visit_units = [&](const std::vector<KeptUnit>& units) {
    for (const KeptUnit& unit : units) {
      for (std::size_t r = 0; r < unit.encoded.size(); ++r) take(r, unit.first, unit.encoded[r]);
    }
  };
  std::vector<PathRange> ranges = parts_;
  ranges.push_back(pending_.summary.range);
  std::sort(ranges.begin(), ranges.end(), comes_before);
  for (const PathRange& range : ranges) {
    if (range == pending_.summary.range) {
      visit_units(pending_.kept);
    } else {
      visit_units(read_part(in_folder(folder_.path(), [&] { return folder_.read(range); })).kept);
    }
  }
}

std::int64_t RunJournal::saved_paths() const {
  std::int64_t paths = 0;
  for (const PathRange& range : parts_) paths += range.paths();
  return paths;
}

void RunJournal::discard() {
  in_folder(folder_.path(), [&] { folder_.clear(); });
}

}  // namespace moniac
