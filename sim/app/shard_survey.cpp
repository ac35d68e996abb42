#include "sim/app/shard_survey.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>

#include "sim/app/exit_code.h"
#include "sim/app/provenance.h"
#include "sim/app/shard_text.h"
#include "sim/app/text.h"

namespace moniac {

namespace {

constexpr std::size_t most_told = 20;

struct Found {
  Shard shard;
  std::optional<ShardRecord> record;  // unless it is damaged or not there yet
  WholeShards::Folder contents;       // without a folder while another process writes to it
};

std::optional<ShardRecord> record_of(const PartsPlace& place) {
  try {
    return read_shard_record(record_in(place));
  } catch (const PartError&) {
    return std::nullopt;
  }
}

Found look_at(const PartsPlace& place) {
  Found found{*place.shard, record_of(place), {}};
  try {
    const bool sweep = found.record && found.record->is_sweep();
    found.contents.folder = std::make_unique<PartsFolder>(place, sweep ? "cases" : "paths");
    found.contents.stock = found.contents.folder->stock();
  } catch (const PartsConflict&) {  // it is told as being written
  }
  return found;
}

std::vector<Found> look_at_all(const std::string& output) {
  std::vector<Found> all;
  if (std::filesystem::is_directory(PartsPlace{output}.beside_result())) {
    for (const Shard& shard : shards_of(output)) all.push_back(look_at({output, shard}));
  }
  return all;
}

[[noreturn]] void refuse(int code, const std::string& what, std::vector<std::string> lines, const std::string& remedy) {
  if (lines.size() > most_told) {
    const std::size_t more = lines.size() - most_told;
    lines.resize(most_told);
    lines.push_back(fmt::format("and {} more", more));
  }
  throw ProgramError(
      code, fmt::format("moniac: {}; nothing was written\n   {}\n   {}", what, fmt::join(lines, "\n   "), remedy));
}

// "shards 0, 1, 3 of 7".
std::string names_of(const std::vector<Shard>& shards) {
  std::vector<std::int64_t> indices;
  for (const Shard& shard : shards) indices.push_back(shard.index);
  return fmt::format("shard{} {} of {}", shards.size() == 1 ? "" : "s", fmt::join(indices, ", "), shards.front().count);
}

// Refuses shards of several runs, or of different numbers of shards, and says which is of which.
void require_one_run(const std::string& output, const std::vector<Found>& all) {
  struct Run {
    std::string text;
    std::vector<Shard> shards;
  };
  std::map<std::pair<std::int64_t, std::string>, Run> runs;
  for (const Found& found : all) {
    if (!found.record) continue;
    const ShardRecord& record = *found.record;
    Run& run = runs[{found.shard.count, record.hashes.result + (record.is_sweep() ? " sweep" : " run")}];
    run.text = fmt::format("{} ({})", printable(record.run.command), printable(record.run.version));
    run.shards.push_back(found.shard);
  }
  if (runs.size() == 1) return;
  std::vector<std::string> lines;
  for (const auto& [key, run] : runs) lines.push_back(names_of(run.shards) + ": " + run.text);
  refuse(exit_refused, fmt::format("{} holds shards of {} runs", PartsPlace{output}.beside_result(), runs.size()),
         lines, "remove the folders of those that do not belong, or move them beside a result file of another name");
}

// What of `share` no part holds, as text.
std::string missing_text(const PathRange& share, const std::vector<PartLabel>& parts, const std::string& noun) {
  std::vector<std::string> ranges;
  std::int64_t first = share.first;
  const auto until = [&](std::int64_t end) {
    if (end > first) {
      ranges.push_back(end - first == 1 ? grouped(first) : fmt::format("{} … {}", grouped(first), grouped(end - 1)));
    }
  };
  for (const PartLabel& part : parts) {
    until(part.range.first);
    first = std::max(first, part.range.end);
  }
  until(share.end);
  return ranges.empty() ? std::string{} : fmt::format("{} {}", noun, fmt::join(ranges, ", "));
}

// Why a shard cannot be joined; empty when it can.
std::string obstacle(const Found& found, const ShardRecord& record, const PathRange& share) {
  if (!found.contents.folder) return "is being written by another process";
  if (!found.record) return "has no record of its run, or a damaged one";
  const PartsStock& stock = found.contents.stock;
  const std::string missing = missing_text(share, stock.whole, record.is_sweep() ? "cases" : "paths");
  if (missing.empty()) return {};
  std::string text = "is not whole: " + missing + " are missing";
  if (!stock.damaged.empty()) text += fmt::format(" ({} is damaged)", fmt::join(stock.damaged, ", "));
  return text;
}

void require_whole(const std::vector<Found>& all, std::int64_t count, const ShardRecord& record) {
  std::vector<std::string> lines;
  bool busy = false;
  for (Shard shard{0, count}; shard.index < count; ++shard.index) {
    const PathRange share = record.share(shard);
    if (share.paths() == 0) continue;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Found& f) { return f.shard == shard; });
    const std::string why = found == all.end()
                                ? "is not there: " + missing_text(share, {}, record.is_sweep() ? "cases" : "paths")
                                : obstacle(*found, record, share);
    if (!why.empty()) lines.push_back(fmt::format("shard {} {}", shard_name(shard), why));
    busy |= found != all.end() && !found->contents.folder;
  }
  if (lines.empty()) return;
  refuse(busy ? exit_refused : exit_bad_data, "not all shards are there and whole", lines,
         fmt::format("run these with --shard i/{}; what they have saved is gone on with", count));
}

}  // namespace

WholeShards find_whole_shards(const std::string& output) {
  std::vector<Found> all;
  try {
    all = look_at_all(output);
  } catch (const std::system_error& error) {
    throw ProgramError(exit_io, fmt::format("moniac: cannot read {}: {}; nothing was written",
                                            PartsPlace{output}.beside_result(), error.code().message()));
  }
  if (all.empty()) {
    throw ProgramError(exit_no_input, fmt::format("moniac: there are no shards in {}; run them with --shard and -o {}",
                                                  PartsPlace{output}.beside_result(), shell_word(output)));
  }
  const auto recorded = std::find_if(all.begin(), all.end(), [](const Found& found) { return found.record; });
  if (recorded == all.end()) {
    refuse(exit_bad_data, "no shard has a whole record of its run", {names_of({all.front().shard})}, "run them again");
  }
  require_one_run(output, all);
  const std::int64_t count = recorded->shard.count;
  WholeShards whole{*recorded->record, count, {}};
  require_whole(all, count, whole.record);
  for (Found& found : all) {
    if (found.shard.count == count) whole.folders.push_back(std::move(found.contents));
  }
  return whole;
}

}  // namespace moniac
