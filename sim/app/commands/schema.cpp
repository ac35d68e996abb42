// moniac schema: the JSON Schema of scenario files, for editors.
#include "sim/app/schema.h"

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"

namespace moniac {

int schema_command(const Options&, const Catalogue& catalogue, Streams& streams) {
  streams.out << scenario_schema(catalogue);
  return exit_ok;
}

}  // namespace moniac
