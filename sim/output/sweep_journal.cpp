#include "sim/output/sweep_journal.h"

namespace moniac {

SweepJournal::SweepJournal(const PartsPlace& place, const std::string& result_hash, bool restart)
    : parts_(place, "cases", {result_hash, result_hash}, restart) {}

void SweepJournal::add(CaseResult result) {
  const std::int64_t index = result.index;
  if (pending_.range.end != index) flush();
  if (pending_.cases.empty()) pending_.range.first = index;
  pending_.range.end = index + 1;
  pending_.cases.push_back(std::move(result));
  if (timer_.due()) flush();
}

void SweepJournal::flush() {
  timer_.restart();
  if (pending_.cases.empty()) return;
  parts_.write(pending_.range, part_bytes(pending_, parts_.hashes()));
  pending_ = {};
}

void SweepJournal::visit(const std::function<void(CaseResult)>& take) const {
  bool pending = !pending_.cases.empty();
  const auto take_pending = [&] {
    for (const CaseResult& result : pending_.cases) take(result);
    pending = false;
  };
  for (const PathRange& range : parts_.ranges()) {
    if (pending && pending_.range.first < range.first) take_pending();
    CasePart part = read_case_part(parts_.read(range));
    for (CaseResult& result : part.cases) take(std::move(result));
  }
  if (pending) take_pending();
}

}  // namespace moniac
