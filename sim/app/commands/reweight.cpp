// moniac reweight: an ensemble weighed so that stated views hold.
#include <fmt/format.h>

#include <filesystem>

#include "sim/app/closing_table.h"
#include "sim/app/commands/commands.h"
#include "sim/app/compared_input.h"
#include "sim/app/execution.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_files.h"
#include "sim/app/output_file.h"
#include "sim/app/progress.h"
#include "sim/app/provenance.h"
#include "sim/app/text.h"
#include "sim/app/verdict.h"
#include "sim/app/version.h"
#include "sim/app/views_table.h"
#include "sim/output/results_file.h"
#include "sim/study/views.h"

namespace moniac {

namespace {

void describe(const ComparedInput& input, const Options& options, Results& results) {
  const std::string views = std::filesystem::path(options.arguments[1]).filename().string();
  results.command =
      fmt::format("moniac reweight {} {}{}", shell_word(std::filesystem::path(input.path).filename().string()),
                  shell_word(views), canonical_settings(options, results.paths, results.seed));
  results.version = version_text();
  results.weighting->views_name = views;
  if (input.stored) {
    results.scenario_name = input.stored->scenario_name;
    results.scenario_text = input.stored->scenario_text;
    if (!has_overrides(options)) results.parameters = input.stored->parameters;
  }
}

}  // namespace

int reweight_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const ComparedInput input = load_compared(options.arguments[0], options, catalogue);
  Problems problems;
  const std::string& file = options.arguments[1];
  Views views = reading(file, [&] { return read_views(file, input.plan.time, problems); });
  const Scenario scenario = weighable(asking(input.scenario, views, problems));
  problems.raise();
  const Plan plan = Plan::make(scenario, catalogue);
  check_units(plan, views, problems);
  problems.raise();
  if (options.output) check_output(*options.output, options);

  ProgressReport report(shown_progress(options), plan.paths, 0, streams);
  Execution execution = execution_of(options);
  execution.progress = [&](std::int64_t paths_done) { report(paths_done, 0); };
  const SampledRun run = run_sampled(plan, execution);
  const int code = exit_code_of(run.outcome.verdict);
  Results results = weighted_results(plan, run, weigh(plan, run.answers, views));
  describe(input, options, results);
  const double seconds = report.seconds();
  std::string written = fmt::format("{} in {}\n", counted(plan.paths, "path"), duration_text(seconds));
  if (options.output) {
    const std::string path = code == exit_ok ? *options.output : invalid_path(*options.output);
    write_results(path, results);
    written = written_text(plan.paths, seconds, path);
  }
  if (!options.quiet) {
    streams.out << printable(views_table(results) + "\n" + closing_table(results)) << std::flush;
    streams.err << printable(few_paths_text(results)) << written;
  }
  const std::string verdict = verdict_text(plan, run.outcome.results);
  if (!verdict.empty()) streams.err << fmt::format("moniac: {}: {}\n", input.path, verdict);
  return code;
}

}  // namespace moniac
