// moniac merge: the parts of all shards -> the file that one process would have written.
#include <fmt/format.h>

#include <filesystem>

#include "sim/app/commands/commands.h"
#include "sim/app/execution.h"
#include "sim/app/exit_code.h"
#include "sim/app/findings.h"
#include "sim/app/output_file.h"
#include "sim/app/provenance.h"
#include "sim/app/shard_survey.h"
#include "sim/app/sweep_result.h"
#include "sim/app/sweep_table.h"
#include "sim/app/text.h"
#include "sim/app/verdict.h"
#include "sim/app/version.h"
#include "sim/output/results_file.h"
#include "sim/output/run_journal.h"

namespace moniac {

namespace {

void require_this_version(const ShardRecord& record) {
  if (record.run.version == version_text()) return;
  throw ProgramError(exit_refused, fmt::format("moniac: the shards were made by {}, and this is {}; nothing was "
                                               "written\n   merge them with the program that made them",
                                               printable(record.run.version), version_text()));
}

// Parts that a run without --shard left beside those of the shards would be taken for theirs.
void take_over(WholeShards& shards, RunParts& parts) {
  if (parts.total() > 0) {
    throw ProgramError(
        exit_refused, fmt::format("moniac: {} also holds parts of a run without --shard; nothing was written\n   go on "
                                  "with that run, or remove its *.part files",
                                  parts.folder()));
  }
  for (WholeShards::Folder& one : shards.folders) parts.take_over(std::move(one.folder), one.stock);
}

std::string merged_text(const WholeShards& shards, std::int64_t number, const std::string& noun,
                        const std::string& path) {
  return fmt::format("{} of {}; {} in {}\n", counted(number, noun), counted(shards.count, "shard"),
                     bytes_text(static_cast<double>(std::filesystem::file_size(path))), path);
}

int merge_run(WholeShards& shards, const Options& options, const Catalogue& catalogue, Streams& streams) {
  const std::string& output = options.arguments.front();
  const Plan plan = Plan::make(scenario_of(shards.record), catalogue);
  RunJournal journal(journal_setup(plan, {output}, shards.record.hashes));
  take_over(shards, journal.parts());
  Execution execution = execution_of(options);
  execution.journal = &journal;
  RunOutcome outcome = run(plan, execution);
  put_into(shards.record.run, outcome.results);
  const std::string path = outcome.verdict == Verdict::ok ? output : invalid_path(output);
  write_results(path, outcome.results, &journal);
  if (!options.keep_parts) journal.parts().discard();
  if (!options.quiet) {
    print_findings(outcome.results, streams);
    streams.err << merged_text(shards, plan.paths, "path", path);
  }
  streams.err << verdict_message(plan, outcome.results, path);
  return exit_code_of(outcome.verdict);
}

int merge_sweep(WholeShards& shards, const Options& options, const Catalogue& catalogue, Streams& streams) {
  const std::string& output = options.arguments.front();
  const Scenario scenario = scenario_of(shards.record);
  const SweepStudy study(scenario, catalogue);
  SweepJournal journal({output}, shards.record.hashes.result, false);
  take_over(shards, journal.parts());
  Results sweep = collect(study, journal, options.threads);
  put_into(shards.record.run, sweep);
  const Verdict verdict = judge(study.base(), sweep);
  const std::string path = verdict == Verdict::ok ? output : invalid_path(output);
  write_results(path, sweep);
  if (!options.keep_parts) journal.parts().discard();
  if (!options.quiet) {
    streams.out << sweep_table(sweep) << std::flush;
    streams.err << merged_text(shards, sweep.cases->count, "case", path);
  }
  streams.err << verdict_message(study.base(), sweep, path);
  return exit_code_of(verdict);
}

// What a shell completes is the folder.
void require_result_name(const std::string& output) {
  if (!std::filesystem::is_directory(output)) return;
  const std::string name = output.substr(0, output.find_last_not_of('/') + 1);
  const bool is_parts = std::filesystem::path(name).extension() == ".parts";
  throw ProgramError(exit_usage,
                     fmt::format("moniac: {} is a folder; give the result file{}", output,
                                 is_parts ? ": moniac merge " + shell_word(name.substr(0, name.size() - 6)) : ""));
}

}  // namespace

int merge_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const std::string& output = options.arguments.front();
  require_result_name(output);
  check_free(output, options, "; nothing was written");
  WholeShards shards = find_whole_shards(output);
  require_this_version(shards.record);
  try {
    return shards.record.is_sweep() ? merge_sweep(shards, options, catalogue, streams)
                                    : merge_run(shards, options, catalogue, streams);
  } catch (const PartsConflict& error) {
    throw ProgramError(exit_refused, fmt::format("moniac: {}; nothing was written", error.what()));
  }
}

}  // namespace moniac
