// The groups of a result file beside the root, as they are read.
#include <algorithm>

#include "sim/output/array_reader.h"
#include "sim/output/results_layout.h"

namespace moniac {

namespace {

void read_trigger_log(ArrayReader& arrays, const Hdf5Group& group, Results& results) {
  auto& log = results.trigger_log;
  arrays.read_column<std::int64_t>(group, "firing_path", log, [](auto& row, auto x) { row.path = x; });
  arrays.read_column<std::int32_t>(group, "firing_step", log, [](auto& row, auto x) { row.step = x; });
  arrays.read_column<std::int32_t>(group, "firing_trigger", log, [](auto& row, auto x) { row.trigger = x; });
  const auto triggers = static_cast<std::int64_t>(results.triggers.size());
  const bool known = std::all_of(log.begin(), log.end(), [&](const TriggerFiring& firing) {
    return firing.trigger >= 0 && firing.trigger < triggers && firing.step >= 0 && firing.step <= results.time.steps;
  });
  if (!known) throw Hdf5Error("its log of triggers does not fit the run");
}

}  // namespace

void read_diagnostics(ArrayReader& arrays, const Hdf5Group& group, Results& results) {
  auto& identities = results.identities;
  arrays.read_column<std::string>(group, "identity", identities, [](auto& row, const auto& x) { row.name = x; });
  arrays.read_column<std::string>(group, "identity_unit", identities, [](auto& row, const auto& x) { row.unit = x; });
  arrays.read_column<double>(group, "identity_maximum", identities, [](auto& row, double x) { row.maximum = x; });
  arrays.read_column<double>(group, "identity_tolerance", identities, [](auto& row, double x) { row.tolerance = x; });
  arrays.read_column<std::int64_t>(group, "identity_path", identities, [](auto& row, auto x) { row.path = x; });
  arrays.read_column<std::int32_t>(group, "identity_step", identities, [](auto& row, auto x) { row.step = x; });
  arrays.read_column<std::int32_t>(group, "identity_closed_by_impose", identities,
                                   [](auto& row, auto x) { row.closed_by_impose = x != 0; });
  arrays.read_column<std::int64_t>(group, "identity_case", identities, [](auto& row, auto x) { row.of_case = x; });
  auto& clamps = results.clamps;
  arrays.read_column<std::string>(group, "clamp", clamps, [](auto& row, const auto& x) { row.name = x; });
  arrays.read_column<std::string>(group, "clamp_description", clamps, [](auto& row, const auto& x) { row.doc = x; });
  arrays.read_column<std::int64_t>(group, "clamp_held", clamps, [](auto& row, auto x) { row.held = x; });
  arrays.read_column<std::int64_t>(group, "clamp_path_steps", clamps, [](auto& row, auto x) { row.path_steps = x; });
  auto& failures = results.failures;
  arrays.read_column<std::int64_t>(group, "failure_path", failures, [](auto& row, auto x) { row.path = x; });
  arrays.read_column<std::int32_t>(group, "failure_step", failures, [](auto& row, auto x) { row.step = x; });
  arrays.read_column<std::string>(group, "failure_model", failures, [](auto& row, const auto& x) { row.model = x; });
  arrays.read_column<std::string>(group, "failure_cause", failures, [](auto& row, const auto& x) { row.cause = x; });
  arrays.read_column<std::int64_t>(group, "failure_case", failures, [](auto& row, auto x) { row.of_case = x; });
  read_trigger_log(arrays, group, results);
}

void read_weighting(ArrayReader& arrays, const Hdf5Group& group, Results& results) {
  Weighting& weighting = results.weighting.emplace();
  weighting.views_name = arrays.scalar<std::string>(group.open("views_name"));
  weighting.views_text = arrays.scalar<std::string>(group.open("views_text"));
  weighting.divergence = arrays.scalar<double>(group.open("divergence"));
  weighting.kish = arrays.scalar<double>(group.open("effective_paths"));
  weighting.entropy = arrays.scalar<double>(group.open("effective_scenarios"));
  weighting.weights = arrays.read_all<double>(group.open("weight"));
  for (const auto& [name, value] : view_texts) {
    arrays.read_column<std::string>(group, name, weighting.views, [&](auto& row, const auto& x) { row.*value = x; });
  }
  for (const auto& [name, value] : view_numbers) {
    arrays.read_column<double>(group, name, weighting.views, [&](auto& row, double x) { row.*value = x; });
  }
  arrays.read_column<std::int64_t>(group, "inside", weighting.views, [](auto& row, std::int64_t x) {
    if (x >= 0) row.inside = x;
  });
}

void read_provenance(ArrayReader& arrays, const Hdf5Group& group, Results& results) {
  for (const auto& text : provenance_texts) results.*text.value = arrays.scalar<std::string>(group.open(text.name));
  for (const auto& column : parameter_columns) {
    arrays.read_column<std::string>(group, column.name, results.parameters,
                                    [&](auto& row, const auto& x) { row.*column.value = x; });
  }
  if (group.contains("defaults_used"))
    results.defaults_used = arrays.read_all<std::string>(group.open("defaults_used"));
}

}  // namespace moniac
