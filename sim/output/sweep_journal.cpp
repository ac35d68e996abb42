#include "sim/output/sweep_journal.h"

#include <algorithm>

namespace moniac {

namespace {

constexpr std::chrono::seconds flush_interval{2};

}  // namespace

SweepJournal::SweepJournal(const std::string& folder, std::string result_hash, bool restart)
    : folder_(in_folder(folder, [&] { return PartsFolder(folder, "cases"); })), result_hash_(std::move(result_hash)) {
  in_folder(folder, [&] {
    if (restart) folder_.clear();
    saved_ = folder_.take_stock(result_hash_);
  });
}

std::int64_t SweepJournal::saved_cases() const {
  std::int64_t cases = 0;
  for (const PathRange& range : saved_) cases += range.paths();
  return cases;
}

bool SweepJournal::holds(std::int64_t index) const {
  return std::any_of(saved_.begin(), saved_.end(),
                     [&](const PathRange& range) { return range.first <= index && index < range.end; });
}

void SweepJournal::add(CaseResult result) {
  const std::int64_t index = result.index;
  if (pending_.range.end != index) flush();
  if (pending_.cases.empty()) pending_.range.first = index;
  pending_.range.end = index + 1;
  pending_.cases.push_back(std::move(result));
  if (Clock::now() - flushed_ >= flush_interval) flush();
}

void SweepJournal::flush() {
  flushed_ = Clock::now();
  if (pending_.cases.empty()) return;
  in_folder(folder_.path(), [&] { folder_.write(pending_.range, part_bytes(pending_, result_hash_)); });
  saved_.insert(std::upper_bound(saved_.begin(), saved_.end(), pending_.range, comes_before), pending_.range);
  pending_ = {};
}

void SweepJournal::visit(const std::function<void(CaseResult)>& take) const {
  bool pending = !pending_.cases.empty();
  const auto take_pending = [&] {
    for (const CaseResult& result : pending_.cases) take(result);
    pending = false;
  };
  for (const PathRange& range : saved_) {
    if (pending && pending_.range.first < range.first) take_pending();
    CasePart part = read_case_part(in_folder(folder_.path(), [&] { return folder_.read(range); }));
    for (CaseResult& result : part.cases) take(std::move(result));
  }
  if (pending) take_pending();
}

void SweepJournal::discard() {
  in_folder(folder_.path(), [&] { folder_.clear(); });
}

}  // namespace moniac
