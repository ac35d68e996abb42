// moniac score: a scenario held against what came about.
#include <fmt/format.h>

#include "sim/app/commands/commands.h"
#include "sim/app/compared_input.h"
#include "sim/app/execution.h"
#include "sim/app/exit_code.h"
#include "sim/app/output_file.h"
#include "sim/app/progress.h"
#include "sim/app/scorecard.h"
#include "sim/app/text.h"
#include "sim/app/verdict.h"

namespace moniac {

int score_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const ComparedInput input = load_compared(options.arguments[0], options, catalogue);
  const Observations observed = read_observations(options.arguments[1], input.scenario, input.plan);
  const Plan plan = Plan::make(recording(input.scenario, observed), catalogue);
  if (options.output) check_not_there(*options.output, options, "scenario");

  ProgressReport report(shown_progress(options), plan.paths, 0, streams);
  Execution execution = execution_of(options);
  execution.progress = [&](std::int64_t paths_done) { report(paths_done, 0); };
  const SampledRun run = run_sampled(plan, execution);
  const Scorecard scorecard = score(plan, run, observed);
  if (options.output) write_text(*options.output, scorecard_csv(scorecard));
  if (!options.quiet) {
    streams.out << printable(scorecard_text(scorecard)) << std::flush;
    streams.err << fmt::format("{} in {}\n", counted(plan.paths, "path"), duration_text(report.seconds()));
  }
  const std::string verdict = verdict_text(plan, run.outcome.results);
  if (!verdict.empty()) streams.err << fmt::format("moniac: {}: {}\n", input.path, verdict);
  return exit_code_of(run.outcome.verdict);
}

}  // namespace moniac
