// What a comparison knows beside its differences: outcomes, both runs, and the inputs that differ.
#include <fmt/core.h>

#include "sim/output/array_writer.h"
#include "sim/output/results_layout.h"

namespace moniac {

namespace {

std::string condition_of(const OutcomeDifference& outcome) {
  return outcome.text_a == outcome.text_b ? outcome.text_a : outcome.text_a + " in A, " + outcome.text_b + " in B";
}

void write_outcome(ArrayWriter& arrays, Hdf5Group& root, const OutcomeDifference& outcome) {
  const std::string name = arrays.unused_name("outcome_" + outcome.name);
  const auto store = [&](const char* statistic, const char* words, auto value) {
    Hdf5Dataset stored = arrays.add(root, fmt::format("{}_{}", name, statistic), {}, std::vector{value});
    stored.set_text("long_name", fmt::format("{}: {}", words, condition_of(outcome)));
    stored.set_text("units", "1");
    stored.set_text("moniac_outcome_difference", outcome.name);
    stored.set_text("moniac_statistic", statistic);
    stored.set_text("condition", condition_of(outcome));
  };
  store("probability_a", "Probability in A", outcome.probability_a);
  store("probability_b", "Probability in B", outcome.probability_b);
  store("difference", "Probability in B less that in A", outcome.difference.difference);
  store("difference_se", "Paired standard error of the difference", outcome.difference.se);
  store("difference_low", "Lower end of the 95 % interval of the difference", outcome.difference.low);
  store("difference_high", "Upper end of the 95 % interval of the difference", outcome.difference.high);
  store("both", "Paths on which it happened in both", outcome.counts.both);
  store("only_a", "Paths on which it happened in A only", outcome.counts.only_a);
  store("only_b", "Paths on which it happened in B only", outcome.counts.only_b);
  store("neither", "Paths on which it happened in neither", outcome.counts.neither);
}

// A run by itself: its texts, and the groups that its own file has.
void write_run(ArrayWriter& arrays, Hdf5Group& root, const char* name, const Results& results) {
  Hdf5Group group = root.create_group(name);
  group.set_text("title", results.title);
  group.set_text("description", results.description);
  group.set_text("scenario", results.scenario_name);
  group.set_number("paths_used", results.paths_used);
  group.set_number("paths_failed", results.failed);
  write_diagnostics(arrays, group, results);
  write_provenance(arrays, group, results);
}

void write_inputs(ArrayWriter& arrays, Hdf5Group& group, const std::vector<InputDifference>& inputs) {
  if (inputs.empty()) return;
  std::vector<std::string> names;
  for (const InputDifference& input : inputs) names.push_back(input.name);
  Axis& axis = arrays.add_axis(group, "input", names);
  arrays.add_column(group, "value_a", axis, inputs, [](const auto& input) { return input.a; });
  arrays.add_column(group, "value_b", axis, inputs, [](const auto& input) { return input.b; });
}

}  // namespace

void write_comparison(ArrayWriter& arrays, Hdf5Group& root, const Comparison& comparison) {
  root.set_text("comparison", "B less A");
  for (const OutcomeDifference& outcome : comparison.outcomes) write_outcome(arrays, root, outcome);
  write_run(arrays, root, "a", comparison.a);
  write_run(arrays, root, "b", comparison.b);
  Hdf5Group provenance = root.open_group("provenance");
  write_inputs(arrays, provenance, comparison.inputs);
  if (comparison.left_out.empty()) return;
  Axis& axis = arrays.add_bare_axis(provenance, "not_compared_item", comparison.left_out.size());
  arrays.add(provenance, "not_compared", {&axis}, comparison.left_out);
}

}  // namespace moniac
