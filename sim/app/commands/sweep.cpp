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
#include "sim/app/ranks_work.h"
#include "sim/app/resumable.h"
#include "sim/app/shard_record.h"
#include "sim/app/shard_text.h"
#include "sim/app/sweep_result.h"
#include "sim/app/sweep_table.h"
#include "sim/app/text.h"
#include "sim/app/verdict.h"
#include "sim/engine/cases.h"
#include "sim/output/part_collector.h"
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
  Foreman* foreman;
};

std::vector<std::int64_t> cases_left(const Job& job) {
  std::vector<std::int64_t> left;
  for (std::int64_t c = job.share.first; c < job.share.end; ++c) {
    if (!job.journal.parts().holds(c)) left.push_back(c);
  }
  return left;
}

std::string record_of(const Job& job) {
  Results question = job.study.question();
  question.cases->count = job.study.table().count();
  add_provenance(job.options, question);
  return record_bytes({job.journal.parts().hashes(), stored_run_of(question)});
}

// The workers of the foreman simulate what the journal lacks, into its parts.
void simulate_elsewhere(const Job& job, const Progress& progress) {
  RunParts& parts = job.journal.parts();
  PartCollector<CasePart> collector(parts);
  hand_out(
      *job.foreman, {.setup = record_of(job), .todo = left_of(job.share, parts.ranges()), .grain = 1},
      [&](std::string_view bytes) { collector.add(bytes); }, [&] { collector.flush(); },
      [&](std::int64_t done) { progress(done * job.study.base().paths); });
  if (!job.options.quiet) job.streams.err << effort_text(job.foreman->effort(), "case");
}

void simulate_here(const Job& job, const Execution& execution) {
  SweepJournal& journal = job.journal;
  const CaseList cases{.indices = cases_left(job),
                       .paths = job.study.base().paths,
                       .halves = asks_for_sensitivity(job.study.table()),
                       .plan = [&](std::int64_t index) { return job.study.plan(index); }};
  try {
    run_cases(cases, execution, [&](CaseResult result) { journal.add(std::move(result)); });
  } catch (...) {
    journal.flush();
    throw;
  }
}

// Returns seconds.
double simulate(const Job& job) {
  const Options& options = job.options;
  const SweepJournal& journal = job.journal;
  const std::int64_t paths = job.study.base().paths;
  const std::int64_t before = journal.parts().total() * paths;
  ProgressReport report(shown_progress(options), job.share.paths() * paths, before, job.streams);
  Execution execution = job.execution;
  execution.progress = [&](std::int64_t done) { report(before + done, journal.parts().total() * paths); };
  if (job.foreman) {
    simulate_elsewhere(job, execution.progress);
  } else {
    simulate_here(job, execution);
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
  job.journal.parts().write_record(record_of(job));
  const double seconds = simulate(job);
  job.journal.flush();
  if (!job.options.quiet) {
    job.streams.err << shard_text(*job.options.shard, counted(job.share.paths(), "case"), seconds,
                                  job.journal.parts().folder(), job.output);
  }
  return exit_ok;
}

}  // namespace

int sweep_command(const Options& options, const Catalogue& catalogue, Streams& streams, Foreman* foreman) {
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
  const Job job{study, execution, share, output, journal, options, streams, foreman};
  return resumable([&] { return saved_in(job.journal.parts(), job.share, "cases"); }, options, streams,
                   [&] { return options.shard ? run_shard(job) : run_and_write(job); });
}

}  // namespace moniac
