// moniac run: scenario -> plan -> results -> file and table.
#include <fmt/format.h>

#include <functional>
#include <utility>

#include "sim/app/commands/commands.h"
#include "sim/app/dry_run.h"
#include "sim/app/effects.h"
#include "sim/app/execution.h"
#include "sim/app/exit_code.h"
#include "sim/app/extension.h"
#include "sim/app/findings.h"
#include "sim/app/input_files.h"
#include "sim/app/output_file.h"
#include "sim/app/progress.h"
#include "sim/app/provenance.h"
#include "sim/app/ranks_work.h"
#include "sim/app/resumable.h"
#include "sim/app/shard_record.h"
#include "sim/app/shard_text.h"
#include "sim/app/text.h"
#include "sim/app/verdict.h"
#include "sim/app/version.h"
#include "sim/engine/ensemble.h"
#include "sim/output/part_collector.h"
#include "sim/output/results_file.h"
#include "sim/output/run_journal.h"

namespace moniac {

namespace {

// A run or a shard of it, ready to be simulated.
struct Job {
  const Plan& plan;
  Execution execution;
  PathRange share;  ///< paths to simulate
  std::string output;
  RunJournal& journal;
  const Options& options;
  Streams& streams;
  Foreman* foreman;
};

struct Work {
  std::int64_t simulated;  ///< paths that this attempt did
  double seconds;
};

std::string record_of(const Job& job) {
  Results question = question_of(job.plan);
  add_provenance(job.options, question);
  return record_bytes({job.journal.parts().hashes(), stored_run_of(question)});
}

// The workers of the foreman simulate what the journal lacks, into its parts.
void simulate_elsewhere(const Job& job, const Progress& progress) {
  RunParts& parts = job.journal.parts();
  const std::int64_t before = parts.total();
  PartCollector<Part> collector(parts);
  hand_out(
      *job.foreman, {.setup = record_of(job), .todo = left_of(job.share, parts.ranges()), .grain = unit_paths},
      [&](std::string_view bytes) { collector.add(bytes); }, [&] { collector.flush(); },
      [&](std::int64_t done) { progress(before + done); });
  if (!job.options.quiet) job.streams.err << effort_text(job.foreman->effort(), "unit");
}

// Calls `simulate`, after other ranks did the most of it, with progress shown and everything kept in the journal.
Work timed(const Job& job, const std::function<void(const Execution&)>& simulate) {
  const Options& options = job.options;
  const std::int64_t before = job.journal.parts().total();
  ProgressReport report(shown_progress(options), job.share.paths(), before, job.streams);
  Execution execution = job.execution;
  execution.progress = [&](std::int64_t paths_done) { report(paths_done, job.journal.parts().total()); };
  execution.journal = &job.journal;
  if (job.foreman) simulate_elsewhere(job, std::exchange(execution.progress, {}));
  simulate(execution);
  return {job.share.paths() - before, report.seconds()};
}

void print_preparation(const Plan& plan, const Execution& execution, Streams& streams) {
  streams.err << plan.text()
              << fmt::format("\n{}, {} kernels, blocks of {} paths\n", version_text(), execution.kernels->name,
                             execution.lanes(plan));
}

std::string defaults_note(const Plan& plan, const Options& options) {
  if (plan.defaults_used.empty()) return {};
  const bool one = plan.defaults_used.size() == 1;
  return fmt::format("{} {} (moniac plan {} tells which)\n",
                     counted(static_cast<std::int64_t>(plan.defaults_used.size()), "input"),
                     one ? "is at its default" : "are at their defaults", shell_word(options.arguments.front()));
}

int run_and_write(const Job& job) {
  const Options& options = job.options;
  RunOutcome outcome;
  const Work work = timed(job, [&](const Execution& execution) { outcome = run(job.plan, execution); });
  add_provenance(options, outcome.results);
  const std::string path = outcome.verdict == Verdict::ok ? job.output : invalid_path(job.output);
  write_results(path, outcome.results, &job.journal);
  if (options.keep_parts) {
    job.journal.parts().keep();
  } else {
    job.journal.parts().discard();
  }
  if (!options.quiet) {
    print_findings(outcome.results, job.streams);
    job.streams.err << defaults_note(job.plan, options) << written_text(work.simulated, work.seconds, path);
  }
  job.streams.err << verdict_message(job.plan, outcome.results, path);
  return exit_code_of(outcome.verdict);
}

int run_shard(const Job& job) {
  job.journal.parts().write_record(record_of(job));
  const Work work = timed(job, [&](const Execution& execution) { run_share(job.plan, job.share, execution); });
  if (!job.options.quiet) {
    job.streams.err << shard_text(*job.options.shard, counted(job.share.paths(), "path"), work.seconds,
                                  job.journal.parts().folder(), job.output);
  }
  return exit_ok;
}

}  // namespace

int run_command(const Options& options, const Catalogue& catalogue, Streams& streams, Foreman* foreman) {
  const Execution execution = execution_of(options);
  Problems problems;
  const Scenario scenario = load_scenario(options.arguments.front(), options, problems);
  const Plan plan = Plan::make(scenario, catalogue, problems);
  if (options.dry_run) {
    streams.out << dry_run_text(scenario, plan, catalogue, execution);
    return exit_ok;
  }
  const PathRange share = options.shard ? share_of_paths(*options.shard, plan.paths) : PathRange{0, plan.paths};
  if (share.paths() == 0) {
    if (!options.quiet)
      streams.err << no_work_text(*options.shard, counted(unit_count(plan.paths), "unit") + " of work");
    return exit_ok;
  }
  const std::string output = output_path(options);
  if (options.extend) {
    require_shorter_run(output, scenario);
    check_writable(output);
  } else {
    check_output(output, options);
  }
  if (options.verbose) print_preparation(plan, execution, streams);
  if (options.check_effects) streams.err << effects_text(scenario, plan, options, catalogue, execution) << std::flush;
  JournalSetup setup = journal_setup(plan, {output, options.shard}, part_hashes(scenario));
  setup.restart = options.restart;
  setup.keep = options.keep_parts || options.shard;
  setup.extend = options.extend;
  RunJournal journal(setup);
  if (options.extend) take_over_kept_parts(output, journal.parts());
  const Job job{plan, execution, share, output, journal, options, streams, foreman};
  return resumable([&] { return saved_in(job.journal.parts(), job.share, "paths"); }, options, streams,
                   [&] { return options.shard ? run_shard(job) : run_and_write(job); });
}

}  // namespace moniac
