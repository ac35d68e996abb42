// moniac hindcast: the record of the scenarios of past episodes.
#include <fmt/format.h>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/hindcast.h"
#include "sim/app/output_file.h"
#include "sim/app/text.h"
#include "sim/app/trial_files.h"
#include "sim/app/trial_runs.h"
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
  TrialRuns runs(options, paths, streams);
  std::vector<HindcastResult> results;
  for (const Hindcast& hindcast : hindcasts) {
    results.push_back(runs("hindcast " + hindcast.name, hindcast.scenario.paths,
                           [&](const Execution& execution) { return run(hindcast, catalogue, execution); }));
  }
  if (options.output) write_text(*options.output, hindcast_csv(results));
  if (!options.quiet) {
    streams.out << printable(options.markdown ? hindcast_markdown(results) : hindcast_table(results)) << std::flush;
    streams.err << runs.summary();
  }
  return exit_code_of(runs.worst());
}

}  // namespace moniac
