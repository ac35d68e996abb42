#include "sim/app/extension.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "sim/app/exit_code.h"
#include "sim/app/provenance.h"
#include "sim/app/stored_run.h"
#include "sim/app/text.h"
#include "sim/app/version.h"

namespace moniac {

void require_shorter_run(const std::string& output, const Scenario& scenario) {
  const auto refuse = [&](int code, const std::string& why) {
    throw ProgramError(code, fmt::format("moniac: cannot extend {}: {}; nothing was run", output, why));
  };
  if (!std::filesystem::exists(output)) refuse(exit_no_input, "it is not there");
  const StoredRun shorter = read_stored_run(output);
  if (shorter.cases) refuse(exit_bad_data, "it holds a sweep, and --extend adds paths to a run");
  if (shorter.version != version_text()) {
    refuse(exit_bad_data,
           fmt::format("it was written by {}, and this is {}", printable(shorter.version), version_text()));
  }
  const Scenario before = read_scenario(scenario_source(output, shorter));
  if (part_hashes(before).summary != part_hashes(scenario).summary) {
    refuse(exit_bad_data,
           fmt::format("only the number of paths may differ from what made it, {}", printable(shorter.command)));
  }
  if (before.paths >= scenario.paths) {
    refuse(exit_bad_data, fmt::format("it has {} already, and {} are asked for", counted(before.paths, "path"),
                                      grouped(scenario.paths)));
  }
}

void take_over_kept_parts(const std::string& output, RunParts& parts) {
  const auto fits = [&](const PartLabel& label) { return label.hashes.summary == parts.hashes().summary; };
  in_folder(parts.folder(), [&] {
    for (const Shard& shard : shards_of(output)) {
      auto folder = std::make_unique<PartsFolder>(PartsPlace{output, shard}, "paths");
      const PartsStock stock = folder->stock();
      const bool all_fit = std::all_of(stock.whole.begin(), stock.whole.end(), fits);
      if (all_fit && !stock.whole.empty()) parts.take_over(std::move(folder), stock);
    }
  });
  if (parts.found_shorter_run() || parts.total() > 0) return;
  throw ProgramError(exit_no_input,
                     fmt::format("moniac: cannot extend {}: its parts were not kept; nothing was run\n   run it once "
                                 "with --keep-parts (and --force), then --extend can add paths to it",
                                 output));
}

}  // namespace moniac
