// moniac validate: whether scenarios could run.
#include <fmt/format.h>

#include <algorithm>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_files.h"
#include "sim/app/text.h"
#include "sim/engine/plan.h"

namespace moniac {

namespace {

std::string verdict_text(const std::string& path, const Plan& plan) {
  return fmt::format("{}: ok ({}, {}, {} of {})\n", path,
                     counted(static_cast<std::int64_t>(plan.placed.size()), "model"), counted(plan.paths, "path"),
                     counted(plan.time.steps, "step"), plan.time.step_text());
}

// Exit code of one file; its problems go to stderr.
int validate(const std::string& path, const Options& options, const Catalogue& catalogue, Streams& streams) {
  try {
    const Plan plan = load_plan(path, options, catalogue);
    if (!options.quiet) streams.out << verdict_text(path, plan);
    return exit_ok;
  } catch (const ScenarioError& error) {
    streams.err << error.what() << "\n";
    return exit_bad_data;
  } catch (const ProgramError& error) {
    streams.err << error.what() << "\n";
    return error.code();
  }
}

}  // namespace

int validate_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  int worst = exit_ok;
  for (const std::string& path : options.arguments) {
    worst = std::max(worst, validate(path, options, catalogue, streams));
  }
  return worst;
}

}  // namespace moniac
