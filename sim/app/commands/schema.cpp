// moniac schema: the JSON Schema of scenario files, or of files of views, for editors.
#include "sim/app/schema.h"

#include <fmt/format.h>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"

namespace moniac {

int schema_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const bool views = !options.arguments.empty();
  if (views && options.arguments.front() != "views") {
    throw ProgramError(exit_usage,
                       fmt::format("moniac: there is no schema of '{}'; known: views", options.arguments.front()));
  }
  streams.out << (views ? views_schema(catalogue) : scenario_schema(catalogue));
  return exit_ok;
}

}  // namespace moniac
