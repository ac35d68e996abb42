// moniac export: what a result file holds, for other programs.
#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_files.h"
#include "sim/app/isolated.h"
#include "sim/app/output_file.h"
#include "sim/output/csv.h"
#include "sim/output/results_file.h"

namespace moniac {

int export_command(const Options& options, const Catalogue&, Streams& streams) {
  if (!options.csv) throw ProgramError(exit_usage, "moniac export: say --csv, the one format there is");
  const std::string& path = options.arguments.front();
  if (options.output) check_not_there(*options.output, options, "result");
  const std::string text = isolated(path, [&] {
    const Results results = load_results(path);
    return options.outcomes ? outcomes_csv(results) : summaries_csv(results);
  });
  if (options.output) {
    write_text(*options.output, text);
  } else {
    streams.out << text;
  }
  return exit_ok;
}

}  // namespace moniac
