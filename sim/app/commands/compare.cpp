// moniac compare: two scenarios or results on the same paths.
#include <fmt/format.h>

#include <filesystem>

#include "sim/app/closing_table.h"
#include "sim/app/commands/commands.h"
#include "sim/app/compared_input.h"
#include "sim/app/comparison_table.h"
#include "sim/app/execution.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_differences.h"
#include "sim/app/output_file.h"
#include "sim/app/progress.h"
#include "sim/app/provenance.h"
#include "sim/app/text.h"
#include "sim/app/verdict.h"
#include "sim/app/version.h"
#include "sim/engine/comparison.h"
#include "sim/output/results_file.h"

namespace moniac {

namespace fs = std::filesystem;

namespace {

struct TimedComparison {
  Comparison comparison;
  double seconds;
};
TimedComparison timed_comparison(const ComparedInput& a, const ComparedInput& b, const Options& options,
                                 Streams& streams) {
  ProgressReport report(shown_progress(options), a.plan.paths, 0, streams);
  Execution execution = execution_of(options);
  execution.progress = [&](std::int64_t paths_done) { report(paths_done, 0); };
  Comparison comparison = compare(a.plan, b.plan, execution);
  return {std::move(comparison), report.seconds()};
}

// What made a side: what the result says, or what a run of the scenario would say.
void add_side(const ComparedInput& input, const Options& options, Results& results) {
  if (!input.stored) {
    Options one = options;
    one.arguments = {input.path};
    add_provenance(one, results);
    return;
  }
  results.scenario_name = input.stored->scenario_name;
  results.scenario_text = input.stored->scenario_text;
  results.command = input.stored->command;
  results.version = has_overrides(options) ? version_text() : input.stored->version;
  if (!has_overrides(options)) results.parameters = input.stored->parameters;
}

// Paths as seen from the folder of A, so that the bytes do not depend on where the program was started.
std::string compare_command_of(const Options& options, const Results& differences) {
  const fs::path a = fs::absolute(options.arguments[0]).lexically_normal();
  const fs::path b = fs::absolute(options.arguments[1]).lexically_normal();
  return fmt::format("moniac compare {} {}{}", shell_word(a.filename().string()),
                     shell_word(b.lexically_relative(a.parent_path()).generic_string()),
                     canonical_settings(options, differences.paths, differences.seed));
}

void complete(const ComparedInput& a, const ComparedInput& b, const Options& options, Comparison& comparison) {
  comparison.inputs = input_differences(a.scenario, b.scenario, comparison.a, comparison.b);
  add_side(a, options, comparison.a);
  add_side(b, options, comparison.b);
  comparison.differences.title = difference_title(a, b);
  comparison.differences.scenario_name = comparison.a.scenario_name + ", " + comparison.b.scenario_name;
  comparison.differences.version = version_text();
  comparison.differences.command = compare_command_of(options, comparison.differences);
}

// Why a side is not to be relied on; empty when it is.
std::string verdict_of(const ComparedInput& input, const Results& results) {
  const std::string text = verdict_text(input.plan, results);
  return text.empty() ? "" : fmt::format("moniac: {}: {}\n", input.path, text);
}

std::string left_out_text(const Comparison& comparison) {
  std::string text;
  for (const std::string& what : comparison.left_out) text += fmt::format("not compared: {}\n", what);
  return text;
}

}  // namespace

int compare_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const ComparedInput a = load_compared(options.arguments[0], options, catalogue);
  const ComparedInput b = load_compared(options.arguments[1], options, catalogue);
  require_comparable(a, b);
  if (options.output) check_output(*options.output, options);
  TimedComparison timed = timed_comparison(a, b, options, streams);
  Comparison& comparison = timed.comparison;
  for (const auto& [input, results] : {std::pair(&a, &comparison.a), std::pair(&b, &comparison.b)}) {
    if (!input->stored) continue;
    if (!has_overrides(options)) {
      require_reproduced(*input, *results);
    } else if (!options.quiet) {
      streams.err << fmt::format("{}: its scenario with other settings; what the file holds is not compared\n",
                                 input->path);
    }
  }
  complete(a, b, options, comparison);
  const int code = std::max(exit_code_of(judge(a.plan, comparison.a)), exit_code_of(judge(b.plan, comparison.b)));
  std::string written = fmt::format("{} of both in {}\n", counted(a.plan.paths, "path"), duration_text(timed.seconds));
  if (options.output) {
    const std::string path = code == exit_ok ? *options.output : invalid_path(*options.output);
    write_comparison(path, comparison);
    written = written_text(2 * a.plan.paths, timed.seconds, path);
  }
  if (!options.quiet) {
    streams.out << printable(comparison_table(comparison)) << std::flush;
    streams.err << printable(left_out_text(comparison)) << written;
  }
  streams.err << verdict_of(a, comparison.a) << verdict_of(b, comparison.b);
  return code;
}

}  // namespace moniac
