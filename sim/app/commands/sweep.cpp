// moniac sweep: scenario with a sweep -> cases -> results -> file and table.
#include <fmt/format.h>

#include <algorithm>

#include "sim/app/commands/commands.h"
#include "sim/app/dry_run.h"
#include "sim/app/execution.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_files.h"
#include "sim/app/output_file.h"
#include "sim/app/progress.h"
#include "sim/app/provenance.h"
#include "sim/app/sweep_table.h"
#include "sim/app/text.h"
#include "sim/app/verdict.h"
#include "sim/engine/cases.h"
#include "sim/output/results_file.h"
#include "sim/output/sweep_journal.h"
#include "sim/study/sweep_sensitivity.h"
#include "sim/study/sweep_study.h"

namespace moniac {

namespace {

std::vector<std::int64_t> cases_left(const SweepStudy& study, const SweepJournal& journal) {
  std::vector<std::int64_t> left;
  for (std::int64_t c = 0; c < study.table().count(); ++c) {
    if (!journal.holds(c)) left.push_back(c);
  }
  return left;
}

// Returns seconds.
double simulate(const SweepStudy& study, Execution execution, SweepJournal& journal, const Options& options,
                Streams& streams) {
  const std::int64_t paths = study.base().paths;
  const std::int64_t before = journal.saved_cases() * paths;
  const bool silent = options.quiet && options.progress == ProgressMode::automatic;
  ProgressReport report(silent ? ProgressMode::never : options.progress, study.table().count() * paths, before,
                        streams);
  execution.progress = [&](std::int64_t done) { report(before + done, journal.saved_cases() * paths); };
  const CaseList cases{.indices = cases_left(study, journal),
                       .paths = paths,
                       .halves = asks_for_sensitivity(study.table()),
                       .plan = [&](std::int64_t index) { return study.plan(index); }};
  try {
    run_cases(cases, execution, [&](CaseResult result) { journal.add(std::move(result)); });
  } catch (...) {
    journal.flush();
    throw;
  }
  return report.seconds();
}

Results collect(const SweepStudy& study, const SweepJournal& journal, const Options& options) {
  Results sweep = study.question();
  std::vector<CaseHalves> halves;
  journal.visit([&](CaseResult result) {
    halves.push_back({std::move(result.first_half), std::move(result.second_half)});
    append_case(sweep, std::move(result.results));
  });
  add_sensitivity(sweep, halves, study.table(), options.threads);
  return sweep;
}

std::string saved_text(const SweepStudy& study, const SweepJournal& journal) {
  return fmt::format("{} of {} cases are in {}", grouped(journal.saved_cases()), grouped(study.table().count()),
                     journal.folder());
}

int conclude(const SweepStudy& study, const Results& sweep, const std::string& path, double seconds,
             const Options& options, Streams& streams) {
  if (!options.quiet) {
    streams.out << sweep_table(sweep) << std::flush;
    streams.err << written_text(sweep.cases->count * sweep.paths, seconds, path);
  }
  streams.err << verdict_message(study.base(), sweep, path);
  return exit_code_of(judge(study.base(), sweep));
}

int run_and_write(const SweepStudy& study, const Execution& execution, SweepJournal& journal, const Options& options,
                  Streams& streams) {
  const double seconds = simulate(study, execution, journal, options, streams);
  Results sweep = collect(study, journal, options);
  add_provenance(options, sweep);
  const std::string output = output_path(options);
  const std::string path = judge(study.base(), sweep) == Verdict::ok ? output : invalid_path(output);
  write_results(path, sweep);
  journal.discard();
  return conclude(study, sweep, path, seconds, options, streams);
}

}  // namespace

int sweep_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const Execution execution = execution_of(options);
  Problems problems;
  const Scenario scenario = load_scenario(options.arguments.front(), options, problems);
  const SweepStudy study(scenario, catalogue, problems);
  if (options.dry_run) {
    streams.out << sweep_dry_run_text(study, execution);
    return exit_ok;
  }
  const std::string output = output_path(options);
  check_output(output, options);
  for (const std::string& note : study.table().notes()) streams.err << note << "\n";
  SweepJournal journal(output + ".parts", result_hash(study.scenario()), options.restart);
  if (journal.saved_cases() > 0 && !options.quiet) {
    streams.err << fmt::format("going on: {}\n", saved_text(study, journal));
  }
  try {
    return run_and_write(study, execution, journal, options, streams);
  } catch (const Interrupted&) {
    if (journal.saved_cases() == 0) throw;
    streams.err << fmt::format("moniac: interrupted; {}\n   to go on: {}\n", saved_text(study, journal),
                               resume_command(options));
    return exit_resumable;
  } catch (const OutputError& error) {
    if (journal.saved_cases() == 0) throw;
    throw OutputError(fmt::format("{}; {}, and the same command goes on", error.what(), saved_text(study, journal)));
  }
}

}  // namespace moniac
