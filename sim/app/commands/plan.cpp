// moniac plan: how a scenario was understood.
#include "sim/engine/plan.h"

#include "sim/app/commands/commands.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_files.h"

namespace moniac {

int plan_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  streams.out << load_plan(options.arguments.front(), options, catalogue).text();
  return exit_ok;
}

}  // namespace moniac
