#include "sim/engine/plan.h"

#include <filesystem>

#include "sim/engine/plan_builder.h"

namespace moniac {

Plan Plan::make(const Scenario& scenario, const Catalogue& catalogue, Problems found) {
  return PlanBuilder(scenario, catalogue, std::move(found)).build();
}

PlanBuilder::PlanBuilder(const Scenario& scenario, const Catalogue& catalogue, Problems found)
    : scenario_(scenario), catalogue_(catalogue), problems_(std::move(found)) {
  plan_.title = scenario.title;
  plan_.description = scenario.description;
  plan_.time = scenario.time;
  plan_.paths = scenario.paths;
  plan_.seed = scenario.seed;
  plan_.max_failed = scenario.max_failed;
  if (scenario.source) {
    plan_.scenario_name = std::filesystem::path(scenario.source->name).filename().string();
    plan_.scenario_text = scenario.source->text;
  }
  plan_.resolved_scenario = write_document(scenario.resolved);
}

Plan PlanBuilder::build() {
  build_instances();
  if (plan_.placed.size() < scenario_.models.size()) problems_.raise();  // without its outputs all else would be noise
  declare_variables();
  declare_levers();
  wire_inputs();
  problems_.raise();  // what follows needs every variable and wire
  order_models();
  problems_.raise();
  plan_draws();
  plan_triggers();
  plan_levers();
  plan_impositions();
  arrange_operations();
  plan_outcomes();
  plan_numbers();
  plan_records();
  problems_.raise();
  return std::move(plan_);
}

}  // namespace moniac
