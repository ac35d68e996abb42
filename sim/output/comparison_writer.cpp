// What a comparison knows beside its differences: outcomes, both runs, and the inputs that differ.
#include <fmt/core.h>

#include <span>
#include <type_traits>

#include "sim/output/array_writer.h"
#include "sim/output/results_layout.h"

namespace moniac {

namespace {

std::string condition_of(const OutcomeDifference& outcome) {
  return outcome.text_a == outcome.text_b ? outcome.text_a : outcome.text_a + " in A, " + outcome.text_b + " in B";
}

// Outcomes from `first` on: one, or the `count` buckets of one.
class OutcomeDifferences {
 public:
  OutcomeDifferences(ArrayWriter& arrays, Hdf5Group& root, const std::vector<OutcomeDifference>& all, std::size_t first,
                     std::size_t count)
      : arrays_(arrays),
        root_(root),
        rows_(std::span(all).subspan(first, count)),
        buckets_(!rows_.front().bucket_of.empty()),
        outcome_(buckets_ ? rows_.front().bucket_of : rows_.front().name),
        condition_(buckets_ ? "" : condition_of(rows_.front())),
        name_(arrays.unused_name("outcome_" + outcome_)) {}

  void write() {
    if (buckets_) {
      std::vector<std::string> labels;
      for (const OutcomeDifference& row : rows_) labels.push_back(row.label);
      axes_ = {&arrays_.add_axis(root_, arrays_.unused_name(name_ + "_bucket"), labels)};
      axes_.front()->scale.set_text("long_name", "Buckets of " + outcome_);
      store("condition", "Conditions of the buckets", condition_of);
    }
    using Row = OutcomeDifference;
    store("probability_a", "Probability in A", [](const Row& row) { return row.probability_a; });
    store("probability_b", "Probability in B", [](const Row& row) { return row.probability_b; });
    store("difference", "Probability in B less that in A", [](const Row& row) { return row.difference.difference; });
    store("difference_se", "Paired standard error of the difference", [](const Row& row) { return row.difference.se; });
    store("difference_low", "Lower end of the 95 % interval of the difference",
          [](const Row& row) { return row.difference.low; });
    store("difference_high", "Upper end of the 95 % interval of the difference",
          [](const Row& row) { return row.difference.high; });
    store("both", "Paths on which it happened in both", [](const Row& row) { return row.counts.both; });
    store("only_a", "Paths on which it happened in A only", [](const Row& row) { return row.counts.only_a; });
    store("only_b", "Paths on which it happened in B only", [](const Row& row) { return row.counts.only_b; });
    store("neither", "Paths on which it happened in neither", [](const Row& row) { return row.counts.neither; });
  }

 private:
  template <class Value>
  void store(const char* statistic, const char* words, const Value& value) {
    std::vector<std::decay_t<decltype(value(rows_.front()))>> values;
    for (const OutcomeDifference& row : rows_) values.push_back(value(row));
    Hdf5Dataset stored = arrays_.add(root_, fmt::format("{}_{}", name_, statistic), axes_, values);
    stored.set_text("long_name", fmt::format("{}: {}", words, condition_.empty() ? outcome_ : condition_));
    if (!std::is_same_v<typename decltype(values)::value_type, std::string>) stored.set_text("units", "1");
    stored.set_text("moniac_outcome_difference", outcome_);
    stored.set_text("moniac_statistic", statistic);
    stored.set_text("condition", condition_);
  }

  ArrayWriter& arrays_;
  Hdf5Group& root_;
  const std::span<const OutcomeDifference> rows_;
  const bool buckets_;
  const std::string outcome_, condition_, name_;
  Axes axes_;
};

void write_outcomes(ArrayWriter& arrays, Hdf5Group& root, const std::vector<OutcomeDifference>& outcomes) {
  for (std::size_t o = 0; o < outcomes.size();) {
    const std::size_t together = rows_together(outcomes, o, outcomes.size());
    OutcomeDifferences(arrays, root, outcomes, o, together).write();
    o += together;
  }
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
  write_outcomes(arrays, root, comparison.outcomes);
  write_run(arrays, root, "a", comparison.a);
  write_run(arrays, root, "b", comparison.b);
  Hdf5Group provenance = root.open_group("provenance");
  write_inputs(arrays, provenance, comparison.inputs);
  if (comparison.left_out.empty()) return;
  Axis& axis = arrays.add_bare_axis(provenance, "not_compared_item", comparison.left_out.size());
  arrays.add(provenance, "not_compared", {&axis}, comparison.left_out);
}

}  // namespace moniac
