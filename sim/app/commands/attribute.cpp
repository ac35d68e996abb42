// moniac attribute: the difference of two scenarios, shared out among the inputs that differ.
#include <fmt/format.h>

#include "sim/app/attribution.h"
#include "sim/app/attribution_table.h"
#include "sim/app/commands/commands.h"
#include "sim/app/execution.h"
#include "sim/app/exit_code.h"
#include "sim/app/output_file.h"
#include "sim/app/progress.h"
#include "sim/app/text.h"
#include "sim/app/verdict.h"

namespace moniac {

int attribute_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const ComparedInput a = load_compared(options.arguments[0], options, catalogue);
  const ComparedInput b = load_compared(options.arguments[1], options, catalogue);
  require_comparable(a, b);
  const std::vector<ChangedInputs> changes = changed_inputs(a, b, options.groups);
  if (options.output) check_output(*options.output, options);

  const std::int64_t paths = paths_to_attribute(a, changes.size());
  ProgressReport report(shown_progress(options), paths, 0, streams);
  Execution execution = execution_of(options);
  execution.progress = [&](std::int64_t done) { report(done, 0); };
  const Attribution attribution = attribute(a, b, changes, catalogue, execution);
  if (options.output) write_attribution(*options.output, attribution);
  if (!options.quiet) {
    streams.out << printable(attribution_table(attribution)) << std::flush;
    for (const std::string& what : attribution.left_out) streams.err << printable("not compared: " + what) << "\n";
    streams.err << fmt::format("{} in {}\n", counted(paths, "path"), duration_text(report.seconds()));
  }
  if (attribution.verdict != Verdict::ok) {
    streams.err << "moniac: too many paths fail, or an identity does not hold, in one of the mixtures of A and B\n"
                   "   moniac compare A B says more of both\n";
  }
  return exit_code_of(attribution.verdict);
}

}  // namespace moniac
