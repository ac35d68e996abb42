#include "sim/engine/drift.h"

#include <algorithm>
#include <cmath>

#include "sim/engine/block.h"
#include "sim/units/units.h"

namespace moniac {

namespace {

constexpr std::size_t shocked_paths = 512;

Plan undisturbed(Scenario scenario, const Catalogue& catalogue) {
  scenario.events.clear();
  scenario.impose.clear();
  Plan plan = Plan::make(scenario, catalogue);
  for (LeverPath& lever : plan.levers) std::fill(lever.values.begin(), lever.values.end(), lever.values.front());
  return plan;
}

std::vector<Drift> columns_of(const Plan& plan, std::vector<int>& columns) {
  std::vector<Drift> found;
  for (const Variable& variable : plan.variables) {
    if (variable.kind == Variable::Kind::lever || variable.identity) continue;
    for (int i = 0; i < variable.width(); ++i) {
      found.push_back({.name = variable.name_of(i), .unit = variable.unit});
      columns.push_back(variable.column + i);
    }
  }
  return found;
}

double standard_deviation(const double* values, std::size_t count) {
  double mean = 0, squares = 0;
  for (std::size_t i = 0; i < count; ++i) mean += values[i] / static_cast<double>(count);
  for (std::size_t i = 0; i < count; ++i) squares += (values[i] - mean) * (values[i] - mean);
  return std::sqrt(squares / static_cast<double>(count - 1));
}

}  // namespace

std::vector<Drift> drifts(Scenario scenario, int steps, const Catalogue& catalogue, const Kernels& kernels) {
  const Plan plan = undisturbed(std::move(scenario), catalogue);
  std::vector<int> columns;
  std::vector<Drift> found = columns_of(plan, columns);

  const SharedDraws none = SharedDraws::still(plan);
  Block still(plan, kernels, cell_size, false, &none);
  still.begin(0, 1);
  still.start();
  for (std::size_t i = 0; i < found.size(); ++i) found[i].start = still.now(columns[i])[0];
  for (int k = 1; k <= steps; ++k) {
    still.step();
    for (std::size_t i = 0; k == 1 && i < found.size(); ++i)
      if (is_flow(found[i].unit)) found[i].start = still.now(columns[i])[0];
  }
  for (std::size_t i = 0; i < found.size(); ++i) found[i].end = still.now(columns[i])[0];

  Block shocked(plan, kernels, shocked_paths, false);
  shocked.begin(0, shocked_paths);
  shocked.start();
  for (int k = 1; k <= steps; ++k) shocked.step();
  for (std::size_t i = 0; i < found.size(); ++i)
    found[i].shocked_sd = standard_deviation(shocked.now(columns[i]), shocked_paths);
  return found;
}

}  // namespace moniac
