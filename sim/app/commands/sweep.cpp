// moniac sweep: scenario with a sweep -> cases -> results -> file and table.
#include <fmt/format.h>

#include "sim/app/commands/commands.h"
#include "sim/app/dry_run.h"
#include "sim/app/execution.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_files.h"
#include "sim/app/output_file.h"
#include "sim/app/progress.h"
#include "sim/app/provenance.h"
#include "sim/app/resumable.h"
#include "sim/app/shard_record.h"
#include "sim/app/shard_text.h"
#include "sim/app/sweep_result.h"
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

// A sweep or a shard of it, ready to be simulated.
struct Job {
  const SweepStudy& study;
  Execution execution;
  PathRange share;  ///< cases to simulate
  std::string output;
  SweepJournal& journal;
  const Options& options;
  Streams& streams;
};

std::vector<std::int64_t> cases_left(const Job& job) {
  std::vector<std::int64_t> left;
  for (std::int64_t c = job.share.first; c < job.share.end; ++c) {
    if (!job.journal.parts().holds(c)) left.push_back(c);
  }
  return left;
}

// Returns seconds.
double simulate(const Job& job) {
  const Options& options = job.options;
  SweepJournal& journal = job.journal;
  const std::int64_t paths = job.study.base().paths;
  const std::int64_t before = journal.parts().total() * paths;
  ProgressReport report(shown_progress(options), job.share.paths() * paths, before, job.streams);
  Execution execution = job.execution;
  execution.progress = [&](std::int64_t done) { report(before + done, journal.parts().total() * paths); };
  const CaseList cases{.indices = cases_left(job),
                       .paths = paths,
                       .halves = asks_for_sensitivity(job.study.table()),
                       .plan = [&](std::int64_t index) { return job.study.plan(index); }};
  try {
    run_cases(cases, execution, [&](CaseResult result) { journal.add(std::move(result)); });
  } catch (...) {
    journal.flush();
    throw;
  }
  return report.seconds();
}

int run_and_write(const Job& job) {
  const double seconds = simulate(job);
  Results sweep = collect(job.study, job.journal, job.options.threads);
  add_provenance(job.options, sweep);
  const Verdict verdict = judge(job.study.base(), sweep);
  const std::string path = verdict == Verdict::ok ? job.output : invalid_path(job.output);
  write_results(path, sweep);
  job.journal.parts().discard();
  if (!job.options.quiet) {
    job.streams.out << sweep_table(sweep) << std::flush;
    job.streams.err << written_text(sweep.cases->count * sweep.paths, seconds, path);
  }
  job.streams.err << verdict_message(job.study.base(), sweep, path);
  return exit_code_of(verdict);
}

int run_shard(const Job& job) {
  Results question = job.study.question();
  question.cases->count = job.study.table().count();
  add_provenance(job.options, question);
  job.journal.parts().write_record(record_bytes({job.journal.parts().hashes(), stored_run_of(question)}));
  const double seconds = simulate(job);
  job.journal.flush();
  if (!job.options.quiet) {
    job.streams.err << shard_text(*job.options.shard, counted(job.share.paths(), "case"), seconds,
                                  job.journal.parts().folder(), job.output);
  }
  return exit_ok;
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
  const PathRange share = share_of(options.shard.value_or(Shard{}), study.table().count());
  if (share.paths() == 0) {
    if (!options.quiet) streams.err << no_work_text(*options.shard, counted(study.table().count(), "case"));
    return exit_ok;
  }
  const std::string output = output_path(options);
  check_output(output, options);
  for (const std::string& note : study.table().notes()) streams.err << note << "\n";
  SweepJournal journal({output, options.shard}, part_hashes(study.scenario()).result, options.restart);
  const Job job{study, execution, share, output, journal, options, streams};
  return resumable([&] { return saved_in(job.journal.parts(), job.share, "cases"); }, options, streams,
                   [&] { return options.shard ? run_shard(job) : run_and_write(job); });
}

}  // namespace moniac
