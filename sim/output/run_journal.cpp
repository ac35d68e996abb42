#include "sim/output/run_journal.h"

#include <algorithm>

namespace moniac {

namespace {

// Of the first so many paths of a run those in the range, as a range.
PathRange among_first(const PathRange& range, std::int64_t paths) {
  return {range.first, std::max(range.first, std::min(range.end, paths))};
}

}  // namespace

RunJournal::RunJournal(const JournalSetup& setup)
    : setup_(setup),
      parts_(
          setup.place, "paths", setup.hashes, setup.restart,
          setup.extend ? [this](const std::string& bytes) { return can_serve(read_part(bytes)); } : RunParts::Lend{}),
      pending_(setup.kept) {}

// The part of a shorter run serves when it is whole units of this one too, and holds all that is kept of them.
bool RunJournal::can_serve(const Part& part) const {
  const PathRange& range = part.summary.range;
  if (range.end % unit_paths != 0 || (setup_.exact && part.values.empty())) return false;
  const PathStorage &wanted = setup_.kept.recorded, &had = part.of_run.recorded;
  const PathRange recorded = among_first(range, wanted.paths), logged = among_first(range, setup_.kept.logged);
  const bool same_records =
      recorded == among_first(range, had.paths) && wanted.single_precision == had.single_precision;
  return (recorded.paths() == 0 || same_records) && (logged.paths() == 0 || logged.end <= part.of_run.logged);
}

FinishedRange RunJournal::load(const PathRange& range) const {
  Part part = read_part(parts_.read(range));
  std::erase_if(part.summary.trigger_log,
                [&](const TriggerFiring& firing) { return firing.path >= setup_.kept.logged; });
  return {std::move(part.summary), std::move(part.values)};
}

std::string RunJournal::encode(const KeptValues& values) const {
  return encode_paths(setup_.kept.recorded, values);
}

void RunJournal::add(const RangeSummary& unit, std::vector<std::string> kept, const ExactValues& values) {
  if (!pending_.goes_on_with(unit, !kept.empty(), setup_.keep)) flush(values);
  pending_.add(unit, std::move(kept));
  if (pending_.bytes() >= part_bytes_wanted || timer_.due()) flush(values);
}

void RunJournal::flush(const ExactValues& values) {
  timer_.restart();
  const PathRange range = pending_.range();
  if (range.paths() > 0) parts_.write(range, part_bytes(pending_.take(values), setup_.hashes));
}

void RunJournal::complete(const ExactValues& values) {
  if (setup_.keep) flush(values);
}

void RunJournal::visit(const Take& take) const {
  const auto visit_units = [&](const std::vector<KeptUnit>& units) {
    for (const KeptUnit& unit : units) {
      if (unit.first >= setup_.kept.recorded.paths) return;
      for (std::size_t r = 0; r < unit.encoded.size(); ++r) take(r, unit.first, unit.encoded[r]);
    }
  };
  std::vector<PathRange> ranges = parts_.ranges();
  const PathRange& pending = pending_.range();
  const auto later = [&](const PathRange& range) { return range.first > pending.first; };
  ranges.insert(std::find_if(ranges.begin(), ranges.end(), later), pending);
  for (const PathRange& range : ranges) {
    visit_units(range == pending ? pending_.kept() : read_part(parts_.read(range)).kept);
  }
}

}  // namespace moniac
