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
#include "sim/engine/common_record.h"
#include "sim/engine/comparison.h"
#include "sim/output/results_file.h"

namespace moniac {

namespace fs = std::filesystem;

namespace {

std::string time_text(const Calendar& time) {
  return fmt::format("{} of {} from {}", counted(time.steps, "step"), time.step_text(), iso(time.start));
}

[[noreturn]] void refuse(const ComparedInput& a, const ComparedInput& b, const std::string& what) {
  throw ProgramError(exit_bad_data, fmt::format("moniac: {} and {} {}", a.path, b.path, what));
}

// Without one grid, one seed and one number of paths there are no pairs of paths.
void require_comparable(const ComparedInput& a, const ComparedInput& b) {
  const Plan &in_a = a.plan, &in_b = b.plan;
  if (in_a.time != in_b.time) {
    refuse(a, b,
           fmt::format("do not have the same steps: {}, {}\n   give both the same with --set time.start=…, "
                       "--set time.step=… or --set time.horizon=…",
                       time_text(in_a.time), time_text(in_b.time)));
  }
  if (in_a.seed != in_b.seed) {
    refuse(a, b,
           fmt::format("do not have the same seed: {}, {}\n   give both the same with --seed {}", in_a.seed, in_b.seed,
                       in_a.seed));
  }
  if (in_a.paths != in_b.paths) {
    refuse(a, b,
           fmt::format("do not have as many paths: {}, {}\n   give both as many with --paths {}", grouped(in_a.paths),
                       grouped(in_b.paths), std::min(in_a.paths, in_b.paths)));
  }
  const CommonRecord common = common_record(in_a, in_b);
  if (common.variables.empty() && common.outcomes.empty()) {
    refuse(a, b, "have no recorded variable and no outcome in common");
  }
}

void check_outputs(const Options& options) {
  if (!options.output) return;
  for (const std::string& input : options.arguments) {
    Options one = options;
    one.arguments = {input};
    check_output(*options.output, one);
  }
}

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

// "Dovish rule less Baseline"; file names where the titles do not tell them apart.
std::string title_of(const Comparison& comparison, const ComparedInput& a, const ComparedInput& b) {
  const std::string &title_a = comparison.a.title, &title_b = comparison.b.title;
  const bool told_apart = title_a != title_b && !title_a.empty() && !title_b.empty();
  const auto name = [](const ComparedInput& input) { return fs::path(input.path).filename().string(); };
  return told_apart ? fmt::format("{} (B) less {} (A)", title_b, title_a)
                    : fmt::format("{} (B) less {} (A)", name(b), name(a));
}

void complete(const ComparedInput& a, const ComparedInput& b, const Options& options, Comparison& comparison) {
  comparison.inputs = input_differences(a.scenario, b.scenario, comparison.a, comparison.b);
  add_side(a, options, comparison.a);
  add_side(b, options, comparison.b);
  comparison.differences.title = title_of(comparison, a, b);
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
  check_outputs(options);
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
