// moniac schema: the JSON Schema of scenario files, of views or of mixtures, for editors.
#include "sim/app/schema.h"

#include <fmt/format.h>

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"

namespace moniac {

int schema_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const std::string of = options.arguments.empty() ? "scenario" : options.arguments.front();
  if (of == "scenario") {
    streams.out << scenario_schema(catalogue);
  } else if (of == "views") {
    streams.out << views_schema(catalogue);
  } else if (of == "mixture") {
    streams.out << mixture_schema();
  } else {
    throw ProgramError(exit_usage, fmt::format("moniac: there is no schema of '{}'; known: views, mixture", of));
  }
  return exit_ok;
}

}  // namespace moniac
