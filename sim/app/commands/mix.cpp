// moniac mix: the ensembles of several scenarios as one, with the probability of each.
#include <fmt/format.h>

#include <filesystem>

#include "sim/app/closing_table.h"
#include "sim/app/commands/commands.h"
#include "sim/app/compared_input.h"
#include "sim/app/execution.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_files.h"
#include "sim/app/mixture_table.h"
#include "sim/app/output_file.h"
#include "sim/app/progress.h"
#include "sim/app/provenance.h"
#include "sim/app/text.h"
#include "sim/app/verdict.h"
#include "sim/app/version.h"
#include "sim/output/results_file.h"
#include "sim/scenario/mixture.h"
#include "sim/study/mixture.h"
#include "sim/study/views.h"

namespace moniac {

namespace {

Options with_seed(Options options, std::uint64_t seed) {
  std::erase_if(options.set, [](const std::string& setting) { return setting.starts_with("ensemble.seed="); });
  options.seed = fmt::format("{}", seed);
  return options;
}

// Plans whose paths are drawn independently: the first has its seed, each next one more.
std::vector<Plan> load_plans(const Mixture& mixture, const Options& options, const Catalogue& catalogue) {
  std::vector<Plan> plans;
  Problems problems;
  for (const MixtureScenario& part : mixture.scenarios) {
    const Options given = plans.empty() ? options : with_seed(options, plans.front().seed + plans.size());
    const ComparedInput input = load_compared(part.path, given, catalogue);
    plans.push_back(Plan::make(weighable(input.scenario), catalogue));
    const std::string obstacle = mixing_obstacle(plans.front(), plans.back());
    if (!obstacle.empty())
      problems.add(part.place,
                   fmt::format("{} cannot be mixed with {}: {}", part.name, mixture.scenarios[0].name, obstacle),
                   "let them extend one scenario with the time, outcomes and record of both");
  }
  problems.raise();
  return plans;
}

std::string described(const Plan& plan, const MixtureScenario& part) {
  const std::string file = std::filesystem::path(part.path).filename().string();
  return plan.title.empty() ? file : fmt::format("{} ({})", plan.title, file);
}

// The options that fix the result, as they were given.
std::string settings_text(const Options& options, const Plan& first) {
  std::string text;
  if (options.paths) text += fmt::format(" --paths {}", first.paths);
  if (options.seed) text += fmt::format(" --seed {}", first.seed);
  for (const std::string& setting : options.set) text += " --set " + shell_word(setting);
  return text;
}

// A mixture is no run of one scenario: what was mixed stands in the place of it.
void describe(const Mixture& mixture, const std::string& file, const std::string& settings, Results& results) {
  results.title = mixture.title.empty() ? file : mixture.title;
  results.description.clear();
  results.command = fmt::format("moniac mix {}{}", shell_word(file), settings);
  results.version = version_text();
  results.scenario_name = file;
  results.scenario_text = mixture.source->text;
  results.resolved_scenario.clear();
  results.weighting->views_name = file;
  results.weighting->views_text = mixture.source->text;
}

std::int64_t paths_of(const std::vector<Plan>& plans) {
  std::int64_t paths = 0;
  for (const Plan& plan : plans) paths += plan.paths;
  return paths;
}

std::vector<MixedRun> run_all(const Mixture& mixture, const std::vector<Plan>& plans, Execution execution,
                              ProgressReport& report) {
  std::int64_t done = 0;
  execution.progress = [&](std::int64_t paths_done) { report(done + paths_done, 0); };
  std::vector<MixedRun> parts;
  for (std::size_t p = 0; p < plans.size(); ++p) {
    const MixtureScenario& part = mixture.scenarios[p];
    parts.push_back(
        {part.name, described(plans[p], part), part.probability, &plans[p], run_sampled(plans[p], execution)});
    const RunOutcome& outcome = parts.back().run.outcome;
    const std::string verdict = verdict_text(plans[p], outcome.results);
    if (outcome.verdict != Verdict::ok)
      throw ProgramError(exit_code_of(outcome.verdict), fmt::format("moniac: {}: {}", part.path, verdict));
    done += plans[p].paths;
  }
  return parts;
}

}  // namespace

int mix_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const std::string& path = options.arguments[0];
  const Mixture mixture = reading(path, [&] { return read_mixture(path); });
  const std::vector<Plan> plans = load_plans(mixture, options, catalogue);
  if (options.output) check_output(*options.output, options);
  ProgressReport report(shown_progress(options), paths_of(plans), 0, streams);
  const std::vector<MixedRun> parts = run_all(mixture, plans, execution_of(options), report);
  Results results = mixed_results(parts);
  const std::string file = std::filesystem::path(path).filename().string();
  describe(mixture, file, settings_text(options, plans.front()), results);
  const double seconds = report.seconds();
  if (options.output) write_results(*options.output, results);
  if (!options.quiet) {
    streams.out << printable(mixture_table(results, parts) + "\n" + closing_table(results)) << std::flush;
    streams.err << (options.output ? written_text(results.paths, seconds, *options.output)
                                   : fmt::format("{} in {}\n", counted(results.paths, "path"), duration_text(seconds)));
  }
  return exit_ok;
}

}  // namespace moniac
