// moniac export: what a result file holds, for other programs.
#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_files.h"
#include "sim/app/isolated.h"
#include "sim/output/csv.h"
#include "sim/output/replacement.h"
#include "sim/output/results_file.h"

namespace moniac {

namespace fs = std::filesystem;

namespace {

void check_output(const std::string& path, const Options& options) {
  std::error_code ignored;
  if (fs::equivalent(path, options.arguments.front(), ignored))
    throw ProgramError(exit_usage, fmt::format("moniac: {} is the result; give another file with -o", path));
  if (fs::exists(fs::symlink_status(path, ignored)) && !options.force) {
    throw ProgramError(
        exit_refused,
        fmt::format("moniac: {} is there already\n   replace it with --force, or give another file with -o", path));
  }
}

void write(const std::string& path, const std::string& text) {
  try {
    Replacement replacement(path);
    errno = 0;
    std::ofstream file(replacement.temporary(), std::ios::binary);
    if (!(file << text << std::flush)) throw std::system_error(errno, std::generic_category());
    replacement.commit();
  } catch (const std::system_error& error) {
    throw OutputError(fmt::format("cannot write {}: {}", path, error.code().message()));
  }
}

}  // namespace

int export_command(const Options& options, const Catalogue&, Streams& streams) {
  if (!options.csv) throw ProgramError(exit_usage, "moniac export: say --csv, the one format there is");
  const std::string& path = options.arguments.front();
  if (options.output) check_output(*options.output, options);
  const std::string text = isolated(path, [&] {
    const Results results = load_results(path);
    return options.outcomes ? outcomes_csv(results) : summaries_csv(results);
  });
  if (options.output) {
    write(*options.output, text);
  } else {
    streams.out << text;
  }
  return exit_ok;
}

}  // namespace moniac
