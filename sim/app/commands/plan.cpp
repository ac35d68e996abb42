// moniac plan: how a scenario was understood.
#include "sim/engine/plan.h"

#include "sim/app/commands/commands.h"
#include "sim/app/drift_table.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_files.h"

namespace moniac {

int plan_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const std::string& path = options.arguments.front();
  const Plan plan = load_plan(path, options, catalogue);
  if (!options.drift) {
    streams.out << plan.text();
    return exit_ok;
  }
  Problems none;  // a scenario with problems has no plan
  streams.out << drift_text(load_scenario(path, options, none), catalogue);
  return exit_ok;
}

}  // namespace moniac
