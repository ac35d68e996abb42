// moniac validate: whether scenarios could run.
#include <fmt/format.h>

#include <algorithm>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/failure.h"
#include "sim/app/input_files.h"
#include "sim/app/text.h"
#include "sim/engine/plan.h"
#include "sim/study/sweep_study.h"

namespace moniac {

namespace {

std::string verdict_text(const std::string& path, const Plan& plan, std::int64_t cases) {
  return fmt::format("{}: ok ({}, {}, {} of {}{})\n", path,
                     counted(static_cast<std::int64_t>(plan.placed.size()), "model"), counted(plan.paths, "path"),
                     counted(plan.time.steps, "step"), plan.time.step_text(),
                     cases > 0 ? "; a sweep of " + counted(cases, "case") : "");
}

// Throws ScenarioError (65) holding every problem of the scenario and of its sweep, or ProgramError (66).
std::string checked(const std::string& path, const Options& options, const Catalogue& catalogue) {
  Problems problems;
  const Scenario scenario = load_scenario(path, options, problems);
  if (!scenario.sweep) return verdict_text(path, Plan::make(scenario, catalogue, problems), 0);
  const SweepStudy study(scenario, catalogue, problems);
  return verdict_text(path, study.base(), study.table().count());
}

}  // namespace

int validate_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  int worst = exit_ok;
  for (const std::string& path : options.arguments) {
    const int code = reported(streams, [&] {
      const std::string verdict = checked(path, options, catalogue);
      if (!options.quiet) streams.out << verdict;
      return int{exit_ok};
    });
    worst = std::max(worst, code);
  }
  return worst;
}

}  // namespace moniac
