// moniac plan: how a scenario was understood.
#include "sim/engine/plan.h"

#include "sim/app/commands/commands.h"
#include "sim/app/drift_table.h"
#include "sim/app/exit_code.h"
#include "sim/app/input_files.h"

namespace moniac {

int plan_command(const Options& options, const Catalogue& catalogue, Streams& streams) {
  const std::string& path = options.arguments.front();
  Problems problems;
  const Scenario scenario = load_scenario(path, options, problems);
  const Plan plan = Plan::make(scenario, catalogue, problems);
  streams.out << (options.drift ? drift_text(scenario, catalogue) : plan.text());
  return exit_ok;
}

}  // namespace moniac
