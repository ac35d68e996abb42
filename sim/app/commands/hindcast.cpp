// moniac hindcast: the record of the scenarios of past episodes.
#include <fmt/format.h>

#include <algorithm>

#include "sim/app/commands/commands.h"
#include "sim/app/execution.h"
#include "sim/app/exit_code.h"
#include "sim/app/hindcast.h"
#include "sim/app/output_file.h"
#include "sim/app/progress.h"
#include "sim/app/text.h"
#include "sim/app/trial_files.h"
#include "sim/app/verdict.h"

namespace moniac {

namespace {

// The one that --only names, or all.
std::vector<Hindcast> chosen(std::vector<Hindcast> hindcasts, const Options& options) {
  if (!options.only) return hindcasts;
  std::vector<std::string> names;
  for (const Hindcast& hindcast : hindcasts) names.push_back(hindcast.name);
  std::erase_if(hindcasts, [&](const Hindcast& hindcast) { return hindcast.name != *options.only; });
  if (!hindcasts.empty()) return hindcasts;
  throw ProgramError(exit_bad_data, fmt::format("moniac: there is no hindcast {}\n   {}", in_quotes(*options.only),
                                                suggestion(*options.only, names)));
}

}  // namespace

int hindcast_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const std::string folder = options.arguments.empty() ? "hindcasts" : options.arguments.front();
  Problems problems;
  std::vector<Hindcast> found = read_hindcasts(folder, given_paths(options), catalogue, problems);
  problems.raise();
  const std::vector<Hindcast> hindcasts = chosen(std::move(found), options);
  if (options.output) check_free(*options.output, options, "; nothing was run");
  if (options.output) check_writable(*options.output);

  std::int64_t paths = 0;
  for (const Hindcast& hindcast : hindcasts) paths += hindcast.scenario.paths;
  ProgressReport report(shown_progress(options), paths, 0, streams);
  std::vector<HindcastResult> results;
  std::int64_t before = 0;
  Verdict worst = Verdict::ok;
  for (const Hindcast& hindcast : hindcasts) {
    Execution execution = execution_of(options);
    execution.progress = [&](std::int64_t done) { report(before + done, 0); };
    results.push_back(run(hindcast, catalogue, execution));
    before += hindcast.scenario.paths;
    worst = std::max(worst, results.back().runs);
    if (results.back().runs != Verdict::ok) {
      streams.err << fmt::format("moniac: hindcast {}: too many paths fail, or an identity does not hold\n",
                                 hindcast.name);
    }
  }
  if (options.output) write_text(*options.output, hindcast_csv(results));
  if (!options.quiet) {
    streams.out << printable(options.markdown ? hindcast_markdown(results) : hindcast_table(results)) << std::flush;
    streams.err << fmt::format("{} in {}\n", counted(paths, "path"), duration_text(report.seconds()));
  }
  return exit_code_of(worst);
}

}  // namespace moniac
