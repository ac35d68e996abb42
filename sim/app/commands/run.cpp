// moniac run: scenario -> plan -> results -> file and table.
#include <fmt/format.h>

#include <algorithm>

#include "sim/app/closing_table.h"
#include "sim/app/commands/commands.h"
#include "sim/app/dry_run.h"
#include "sim/app/effects.h"
#include "sim/app/execution.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_files.h"
#include "sim/app/output_file.h"
#include "sim/app/progress.h"
#include "sim/app/provenance.h"
#include "sim/app/text.h"
#include "sim/app/trace_text.h"
#include "sim/app/verdict.h"
#include "sim/app/version.h"
#include "sim/engine/ensemble.h"
#include "sim/output/results_file.h"
#include "sim/output/run_journal.h"

namespace moniac {

namespace {

constexpr std::size_t most_failures = 3;  // named on stderr; the file lists all that were kept

struct TimedRun {
  RunOutcome outcome;
  std::int64_t simulated;  // paths that this attempt did
  double seconds;
};
TimedRun timed_run(const Plan& plan, Execution execution, RunJournal& journal, const Options& options,
                   Streams& streams) {
  const bool silent = options.quiet && options.progress == ProgressMode::automatic;
  const std::int64_t before = journal.saved_paths();
  ProgressReport report(silent ? ProgressMode::never : options.progress, plan.paths, before, streams);
  execution.progress = [&](std::int64_t paths_done) { report(paths_done, journal.saved_paths()); };
  execution.journal = &journal;
  RunOutcome outcome = run(plan, execution);
  return {std::move(outcome), plan.paths - before, report.seconds()};
}

void print_preparation(const Plan& plan, const Execution& execution, Streams& streams) {
  streams.err << plan.text()
              << fmt::format("\n{}, {} kernels, blocks of {} paths\n", version_text(), execution.kernels->name,
                             execution.block);
}

std::string failures_text(const Results& results) {
  std::string text;
  const std::size_t shown = std::min(results.failures.size(), most_failures);
  for (std::size_t i = 0; i < shown; ++i) {
    text += "   " + failure_text(results.failures[i], results.time) + "\n";
  }
  return text;
}

std::string silent_triggers_text(const Results& results) {
  std::string text;
  for (const TriggerResult& trigger : results.triggers) {
    if (trigger.fired == 0) text += fmt::format("trigger {} never fired: {}\n", trigger.name, trigger.text);
  }
  return text;
}

std::string defaults_note(const Plan& plan, const Options& options) {
  if (plan.defaults_used.empty()) return {};
  const bool one = plan.defaults_used.size() == 1;
  return fmt::format("{} {} (moniac plan {} tells which)\n",
                     counted(static_cast<std::int64_t>(plan.defaults_used.size()), "input"),
                     one ? "is at its default" : "are at their defaults", shell_word(options.arguments.front()));
}

// Says how the run went and what it found; the verdict decides the exit code.
int conclude(const Plan& plan, const TimedRun& timed, const std::string& path, const Options& options,
             Streams& streams) {
  const Results& results = timed.outcome.results;
  if (!options.quiet) {
    streams.out << closing_table(results) << std::flush;
    streams.err << failures_text(results) << silent_triggers_text(results) << defaults_note(plan, options)
                << written_text(timed.simulated, timed.seconds, path);
  }
  streams.err << verdict_message(plan, results, path);
  return exit_code_of(timed.outcome.verdict);
}

std::string saved_text(const Plan& plan, const RunJournal& journal) {
  return fmt::format("{} of {} paths are in {}", grouped(journal.saved_paths()), grouped(plan.paths), journal.folder());
}

// What is on the disk stays there; the same command goes on with it.
int interrupted(const Plan& plan, const RunJournal& journal, const Options& options, Streams& streams) {
  if (journal.saved_paths() == 0) throw Interrupted{};
  streams.err << fmt::format("moniac: interrupted; {}\n   to go on: {}\n", saved_text(plan, journal),
                             resume_command(options));
  return exit_resumable;
}

[[noreturn]] void output_failed(const OutputError& error, const Plan& plan, const RunJournal& journal) {
  if (journal.saved_paths() == 0) throw error;
  throw OutputError(fmt::format("{}; {}, and the same command goes on", error.what(), saved_text(plan, journal)));
}

int run_and_write(const Plan& plan, const Execution& execution, RunJournal& journal, const Options& options,
                  Streams& streams) {
  TimedRun timed = timed_run(plan, execution, journal, options, streams);
  Results& results = timed.outcome.results;
  add_provenance(options, results);
  const std::string output = output_path(options);
  const std::string path = timed.outcome.verdict == Verdict::ok ? output : invalid_path(output);
  write_results(path, results, &journal);
  journal.discard();
  return conclude(plan, timed, path, options, streams);
}

}  // namespace

int run_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const Execution execution = execution_of(options);
  Problems problems;
  const Scenario scenario = load_scenario(options.arguments.front(), options, problems);
  const Plan plan = Plan::make(scenario, catalogue, problems);
  if (options.dry_run) {
    streams.out << dry_run_text(scenario, plan, catalogue, execution);
    return exit_ok;
  }
  const std::string output = output_path(options);
  check_output(output, options);
  if (options.verbose) print_preparation(plan, execution, streams);
  if (options.check_effects) streams.err << effects_text(scenario, plan, options, catalogue, execution) << std::flush;
  RunJournal journal(output, result_hash(scenario), {plan.kept_paths, plan.single_precision}, options.restart);
  if (journal.saved_paths() > 0 && !options.quiet) {
    streams.err << fmt::format("going on: {}\n", saved_text(plan, journal));
  }
  try {
    return run_and_write(plan, execution, journal, options, streams);
  } catch (const Interrupted&) {
    return interrupted(plan, journal, options, streams);
  } catch (const OutputError& error) {
    output_failed(error, plan, journal);
  }
}

}  // namespace moniac
