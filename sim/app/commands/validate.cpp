// moniac validate: whether scenarios could run.
#include <fmt/format.h>

#include <algorithm>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/failure.h"
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

}  // namespace

int validate_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  int worst = exit_ok;
  for (const std::string& path : options.arguments) {
    const int code = reported(streams, [&] {
      const Plan plan = load_plan(path, options, catalogue);
      if (!options.quiet) streams.out << verdict_text(path, plan);
      return int{exit_ok};
    });
    worst = std::max(worst, code);
  }
  return worst;
}

}  // namespace moniac
