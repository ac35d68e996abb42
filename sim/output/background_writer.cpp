// The groups /diagnostics and /provenance: how a run went, and what it was made from.
#include "sim/output/array_writer.h"
#include "sim/output/results_layout.h"

namespace moniac {

namespace {

// Which case of a sweep the rows belong to.
template <class Row>
void write_case_of(ArrayWriter& arrays, Hdf5Group& group, const char* name, Axis& axis, const std::vector<Row>& rows,
                   const Results& results) {
  if (!results.cases) return;
  arrays.add_column(group, name, axis, rows, [](const auto& row) { return row.of_case; });
}

void write_identities(ArrayWriter& arrays, Hdf5Group& group, const Results& results) {
  const auto& rows = results.identities;
  if (rows.empty()) return;
  std::vector<std::string> names;
  for (const IdentityResult& row : rows) names.push_back(row.name);
  Axis& axis = arrays.add_axis(group, "identity", names);
  arrays.add_column(group, "identity_unit", axis, rows, [](const auto& row) { return row.unit; });
  arrays.add_column(group, "identity_maximum", axis, rows, [](const auto& row) { return row.maximum; })
      .set_text("long_name", "Largest absolute residual over paths and steps");
  arrays.add_column(group, "identity_tolerance", axis, rows, [](const auto& row) { return row.tolerance; })
      .set_text("long_name", "Largest residual that is rounding");
  arrays.add_column(group, "identity_path", axis, rows, [](const auto& row) { return row.path; })
      .set_text("long_name", "Path of the largest residual");
  arrays.add_column(group, "identity_step", axis, rows, [](const auto& row) { return std::int32_t{row.step}; })
      .set_text("long_name", "Step of the largest residual");
  arrays
      .add_column(group, "identity_closed_by_impose", axis, rows,
                  [](const auto& row) { return std::int32_t{row.closed_by_impose}; })
      .set_text("long_name", "1 where an imposed variable closes the identity");
  write_case_of(arrays, group, "identity_case", axis, rows, results);
}

void write_clamps(ArrayWriter& arrays, Hdf5Group& group, const Results& results) {
  const auto& rows = results.clamps;
  if (rows.empty()) return;
  std::vector<std::string> names;
  for (const ClampResult& row : rows) names.push_back(row.name);
  Axis& axis = arrays.add_axis(group, "clamp", names);
  arrays.add_column(group, "clamp_description", axis, rows, [](const auto& row) { return row.doc; });
  arrays.add_column(group, "clamp_held", axis, rows, [](const auto& row) { return row.held; })
      .set_text("long_name", "Path-steps in which the bound held");
  arrays.add_column(group, "clamp_path_steps", axis, rows, [](const auto& row) { return row.path_steps; })
      .set_text("long_name", "Path-steps of paths that count");
}

void write_failures(ArrayWriter& arrays, Hdf5Group& group, const Results& results) {
  const auto& rows = results.failures;
  if (rows.empty()) return;
  Axis& axis = arrays.add_bare_axis(group, "failure", rows.size());
  arrays.add_column(group, "failure_path", axis, rows, [](const auto& row) { return row.path; });
  arrays.add_column(group, "failure_step", axis, rows, [](const auto& row) { return std::int32_t{row.step}; });
  arrays.add_column(group, "failure_model", axis, rows, [](const auto& row) { return row.model; });
  arrays.add_column(group, "failure_cause", axis, rows, [](const auto& row) { return row.cause; });
  write_case_of(arrays, group, "failure_case", axis, rows, results);
}

void write_trigger_log(ArrayWriter& arrays, Hdf5Group& group, const Results& results) {
  const auto& rows = results.trigger_log;
  if (rows.empty()) return;
  std::vector<std::string> names;
  for (const TriggerResult& trigger : results.triggers) names.push_back(trigger.name);
  arrays.add_axis(group, "trigger", names).scale.set_text("long_name", "Triggers, in the order of the scenario");
  Axis& axis = arrays.add_bare_axis(group, "firing", rows.size());
  arrays.add_column(group, "firing_path", axis, rows, [](const auto& row) { return row.path; });
  arrays.add_column(group, "firing_step", axis, rows, [](const auto& row) { return row.step; });
  arrays.add_column(group, "firing_trigger", axis, rows, [](const auto& row) { return row.trigger; })
      .set_text("long_name", "Which trigger fired, as index into `trigger`");
}

void write_parameters(ArrayWriter& arrays, Hdf5Group& group, const Results& results) {
  std::vector<std::string> names;
  for (const ParameterRecord& row : results.parameters) names.push_back(row.name);
  Axis& axis = arrays.add_axis(group, parameter_columns.front().name, names);
  for (const auto& column : parameter_columns) {
    if (column.name == axis.name) continue;
    arrays.add_column(group, column.name, axis, results.parameters, [&](const auto& row) { return row.*column.value; });
  }
}

}  // namespace

void write_diagnostics(ArrayWriter& arrays, Hdf5Group& root, const Results& results) {
  Hdf5Group group = root.create_group("diagnostics");
  write_identities(arrays, group, results);
  write_clamps(arrays, group, results);
  write_failures(arrays, group, results);
  write_trigger_log(arrays, group, results);
}

void write_weighting(ArrayWriter& arrays, Hdf5Group& root, const Results& results) {
  if (!results.weighting) return;
  const Weighting& weighting = *results.weighting;
  Hdf5Group group = root.create_group("weighting");
  arrays.add(group, "views_name", {}, std::vector{weighting.views_name});
  arrays.add(group, "views_text", {}, std::vector{weighting.views_text});
  const auto number = [&](const char* name, double value, const char* words) {
    arrays.add(group, name, {}, std::vector{value}).set_text("long_name", words);
  };
  number("divergence", weighting.divergence, "Relative entropy of the weights to equal ones, nats");
  number("effective_paths", weighting.kish, "Effective sample size, 1 / sum of the squared weights");
  number("effective_scenarios", weighting.entropy, "Effective number of scenarios, exp of the entropy of the weights");
  Axis& path = arrays.add_bare_axis(group, "path", weighting.weights.size());
  arrays.add(group, "weight", {&path}, weighting.weights, Hdf5Storage::compressed)
      .set_text("long_name", "Weight of the path, with the sum 1; 0 of a path that failed");
  Axis& axis = arrays.add_bare_axis(group, "view", weighting.views.size());
  for (const auto& [name, value] : view_texts) {
    arrays.add_column(group, name, axis, weighting.views, [&](const auto& row) { return row.*value; });
  }
  for (const auto& [name, value] : view_numbers) {
    arrays.add_column(group, name, axis, weighting.views, [&](const auto& row) { return row.*value; });
  }
  arrays.add_column(group, "inside", axis, weighting.views, [](const auto& row) { return row.inside.value_or(-1); })
      .set_text("long_name", "Paths in the event of the view; -1 where it is of no event");
}

void write_provenance(ArrayWriter& arrays, Hdf5Group& root, const Results& results) {
  Hdf5Group group = root.create_group("provenance");
  group.set_text("moniac_version", results.version);
  group.set_text("hdf5_version", hdf5_version());
  for (const auto& text : provenance_texts) arrays.add(group, text.name, {}, std::vector{results.*text.value});
  if (!results.parameters.empty()) write_parameters(arrays, group, results);
  if (!results.defaults_used.empty()) {
    Axis& axis = arrays.add_bare_axis(group, "default_input", results.defaults_used.size());
    arrays.add(group, "defaults_used", {&axis}, results.defaults_used);
  }
}

}  // namespace moniac
