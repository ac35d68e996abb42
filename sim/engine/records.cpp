// Records: what is kept of the variables.
#include <algorithm>

#include "sim/engine/plan_builder.h"
#include "sim/engine/unit.h"

namespace moniac {

namespace {

void add_labels(Dimensions& dimensions, const Dimensions& more) {
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    Names& labels = dimensions[d].labels;
    for (const std::string& label : more[d].labels) {
      if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
    }
  }
}

}  // namespace

void PlanBuilder::plan_records() {
  const RecordSpec& record = scenario_.record;
  if (record.variables.empty()) {
    for (std::size_t v = 0; v < plan_.variables.size(); ++v) {
      const Variable& variable = plan_.variables[v];
      if (variable.kind == Variable::Kind::lever || variable.identity || variable.clamp) continue;
      plan_.recorded.push_back({.variable = static_cast<int>(v), .dimensions = variable.dimensions, .values = {}});
    }
  }
  for (const Name& name : record.variables) {
    const Addressed found = address(name);
    if (found.variable == nullptr) continue;
    const int index = static_cast<int>(found.variable - plan_.variables.data());
    auto slot = std::find_if(plan_.recorded.begin(), plan_.recorded.end(),
                             [&](const Recorded& recorded) { return recorded.variable == index; });
    if (slot == plan_.recorded.end()) {
      plan_.recorded.push_back({.variable = index, .dimensions = found.dimensions, .values = {}});
    } else {
      add_labels(slot->dimensions, found.dimensions);
    }
  }
  for (Recorded& recorded : plan_.recorded) {
    const Variable& variable = plan_.variables[static_cast<std::size_t>(recorded.variable)];
    recorded.values = find_values(variable.dimensions, recorded.dimensions);
  }
  plan_recorded_steps();
  plan_.quantiles = record.quantiles;
  plan_.kept_paths = std::min(record.paths, plan_.paths);
  plan_.logged_paths = std::min(record.trigger_log, plan_.paths);
  plan_.single_precision = record.precision == RecordSpec::Precision::float32;
  const double values = static_cast<double>(plan_.paths) * static_cast<double>(series_count(plan_));
  plan_.exact_quantiles = record.method == RecordSpec::Quantiles::exact ||
                          (record.method == RecordSpec::Quantiles::automatic && values <= 0x1p24);
}

void PlanBuilder::plan_recorded_steps() {
  const RecordSpec& record = scenario_.record;
  std::vector<int>& steps = plan_.recorded_steps;
  switch (record.dates) {
    case RecordSpec::Dates::all:
    case RecordSpec::Dates::every: {
      const auto gap = record.every ? read_steps(*record.every, scenario_.time, problems_) : std::optional(1);
      for (int k = 0; gap && k <= scenario_.time.steps; k += *gap) steps.push_back(k);
      break;
    }
    case RecordSpec::Dates::end:
      steps.push_back(scenario_.time.steps);
      break;
    case RecordSpec::Dates::list:
      for (const auto& [date, place] : record.list) {
        const auto step = date == scenario_.time.start ? std::optional(0) : scenario_.time.step_of(date);
        if (step && std::find(steps.begin(), steps.end(), *step) == steps.end()) steps.push_back(*step);
      }
      std::sort(steps.begin(), steps.end());
      break;
  }
}

}  // namespace moniac
