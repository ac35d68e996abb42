#include "sim/output/run_parts.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "sim/output/replacement.h"

namespace moniac {

RunParts::RunParts(const PartsPlace& place, const std::string& of, PartHashes hashes, bool restart, Lend lend)
    : own_(in_folder(place.path(), [&] { return std::make_unique<PartsFolder>(place, of); })),
      hashes_(std::move(hashes)),
      lend_(std::move(lend)) {
  in_folder(folder(), [&] {
    own_->remove_temporary();
    if (!place.shard) remove_abandoned(place.result);
    if (restart) own_->clear();
    PartsStock stock = own_->stock();
    for (const std::string& damaged : stock.damaged) own_->remove(damaged);  // it will be simulated again
    take_stock(*own_, std::move(stock.whole));
  });
}

// A record without parts is worth nothing.
RunParts::~RunParts() {
  if (!wrote_record_ || !entries_.empty()) return;
  try {
    own_->remove_record();
  } catch (const std::system_error&) {  // it stays, and does no harm
  }
}

void RunParts::write_record(const std::string& bytes) {
  in_folder(folder(), [&] { own_->write_record(bytes); });
  wrote_record_ = true;
}

void RunParts::take_over(std::unique_ptr<PartsFolder> folder, const PartsStock& stock) {
  others_.push_back(std::move(folder));
  in_folder(others_.back()->path(), [&] { take_stock(*others_.back(), stock.whole); });
}

// Parts of the very run come first: what a shorter one has of their ranges is not needed.
void RunParts::take_stock(PartsFolder& folder, std::vector<PartLabel> labels) {
  for (const PartLabel& label : labels) require_known(label, folder);
  std::stable_partition(labels.begin(), labels.end(), [&](const PartLabel& label) { return label.hashes == hashes_; });
  for (const PartLabel& label : labels) {
    found_shorter_run_ |= label.hashes != hashes_;
    const Entry entry{label.range, &folder};
    if (!overlaps(label.range) && serves(label, folder)) {
      insert(entry);
    } else {
      unused_.push_back(entry);
    }
  }
}

void RunParts::require_known(const PartLabel& label, const PartsFolder& folder) const {
  if (label.hashes == hashes_ || (lend_ && label.hashes.summary == hashes_.summary)) return;
  throw PartsConflict(
      label.hashes.summary == hashes_.summary
          ? fmt::format("{} holds the parts of this run with another number of paths or other records, which --extend "
                        "can take over",
                        folder.path())
          : fmt::format("{} holds the parts of a run with another scenario, settings or version of moniac",
                        folder.path()));
}

bool RunParts::serves(const PartLabel& label, const PartsFolder& folder) const {
  return label.hashes == hashes_ || lend_(folder.read(label.range));
}

// The first entry that does not end before `number`.
std::vector<RunParts::Entry>::const_iterator RunParts::first_after(std::int64_t number) const {
  return std::partition_point(entries_.begin(), entries_.end(),
                              [&](const Entry& entry) { return entry.range.end <= number; });
}

bool RunParts::overlaps(const PathRange& range) const {
  const auto entry = first_after(range.first);
  return entry != entries_.end() && entry->range.first < range.end;
}

void RunParts::insert(const Entry& entry) {
  entries_.insert(first_after(entry.range.first), entry);
}

std::vector<PathRange> RunParts::ranges() const {
  std::vector<PathRange> all;
  for (const Entry& entry : entries_) all.push_back(entry.range);
  return all;
}

std::int64_t RunParts::total() const {
  std::int64_t sum = 0;
  for (const Entry& entry : entries_) sum += entry.range.paths();
  return sum;
}

bool RunParts::holds(std::int64_t number) const {
  return overlaps({number, number + 1});
}

std::string RunParts::read(const PathRange& range) const {
  const PartsFolder& folder = *first_after(range.first)->folder;
  return in_folder(folder.path(), [&] { return folder.read(range); });
}

void RunParts::write(const PathRange& range, const std::string& bytes) {
  in_folder(folder(), [&] { own_->write(range, bytes); });
  // What lay there under that name was of no use.
  std::erase_if(unused_, [&](const Entry& entry) { return entry.range == range && entry.folder == own_.get(); });
  insert({range, own_.get()});
}

void RunParts::discard() {
  in_folder(folder(), [&] {
    own_->clear();
    for (const auto& other : others_) other->clear();
  });
  entries_.clear();
  unused_.clear();
}

void RunParts::keep() {
  in_folder(folder(), [&] {
    for (const Entry& entry : unused_) entry.folder->remove(entry.range);
  });
  unused_.clear();
}

}  // namespace moniac
