#include "sim/output/question_writer.h"

#include <fmt/core.h>

#include <cmath>
#include <limits>
#include <optional>

#include "sim/output/cf_units.h"
#include "sim/output/results_layout.h"
#include "sim/results/first_passage.h"

namespace moniac {

namespace {

// What the arrays of an outcome, or of the buckets of one, say of it.
OutcomeResult description_of(const OutcomeResult& outcome) {
  OutcomeResult description = outcome;
  if (outcome.bucket_of.empty()) return description;
  description.name = outcome.bucket_of;
  description.text = "";
  description.kind = "buckets";
  return description;
}

void describe(Hdf5Dataset& stored, const OutcomeResult& outcome, const char* statistic, const char* words,
              const std::string& units = "1") {
  stored.set_text("long_name", fmt::format("{}: {}", words, outcome.text.empty() ? outcome.name : outcome.text));
  stored.set_text("units", units);
  stored.set_text("moniac_outcome", outcome.name);
  stored.set_text("moniac_statistic", statistic);
  stored.set_text("condition", outcome.text);
  stored.set_text("kind", outcome.kind);
}

void describe(Hdf5Dataset& stored, const TriggerResult& trigger, const char* statistic, const char* words) {
  stored.set_text("long_name", fmt::format("{}: {}", words, trigger.text));
  stored.set_text("units", "1");
  stored.set_text("moniac_trigger", trigger.name);
  stored.set_text("moniac_statistic", statistic);
  stored.set_text("condition", trigger.text);
  stored.set_text("action", trigger.action);
}

// A number of `count` rows, from row `first` on, of the `per_case` rows of each case.
template <class Row, class T>
std::vector<T> of_cases(const std::vector<Row>& rows, std::size_t per_case, std::size_t first, std::size_t count,
                        T Row::*member) {
  std::vector<T> values;
  for (std::size_t i = first; i < rows.size(); i += per_case) {
    for (std::size_t r = i; r < i + count; ++r) values.push_back(rows[r].*member);
  }
  return values;
}

// The same of lists, one after the other.
template <class Row, class T>
std::vector<T> lists_of_cases(const std::vector<Row>& rows, std::size_t per_case, std::size_t index,
                              std::vector<T> Row::*member) {
  std::vector<T> values;
  for (std::size_t i = index; i < rows.size(); i += per_case) {
    values.insert(values.end(), (rows[i].*member).begin(), (rows[i].*member).end());
  }
  return values;
}

}  // namespace

QuestionWriter::QuestionWriter(ArrayWriter& arrays, Hdf5Group& root, const Results& results, const CaseWriter& cases,
                               const FileAxes& axes)
    : arrays_(arrays),
      root_(root),
      results_(results),
      cases_(cases),
      axes_(axes),
      outcomes_(results.outcomes.size() / case_count(results)),
      triggers_(results.triggers.size() / case_count(results)) {}

QuestionWriter::Written QuestionWriter::write_outcomes(std::size_t first) {
  const std::size_t count = rows_together(results_.outcomes, first, outcomes_);
  const OutcomeResult outcome = description_of(results_.outcomes[first]);
  const std::string name = arrays_.unused_name("outcome_" + outcome.name);
  Axes axes;
  if (!outcome.bucket_of.empty()) axes.push_back(&bucket_axis(first, count, name, outcome));
  const auto store = [&](const auto& column) {
    Hdf5Dataset stored = arrays_.add(root_, fmt::format("{}_{}", name, column.name), cases_.by_case(axes),
                                     of_cases(results_.outcomes, outcomes_, first, count, column.value));
    describe(stored, outcome, column.name, column.words);
  };
  for (const auto& column : outcome_numbers) store(column);
  for (const auto& column : outcome_counts) store(column);
  if (!outcome.first_passage.empty()) write_passages(first, name, outcome);
  Written written = {name, outcome, axes, count};
  if (!outcome.bucket_of.empty()) write_bucket_numbers(first, written);
  return written;
}

void QuestionWriter::write_bucket_numbers(std::size_t first, const Written& written) {
  for (const BucketColumn& column : bucket_columns) {
    std::vector<double> numbers;
    for (const std::optional<double>& number :
         of_cases(results_.outcomes, outcomes_, first, written.count, column.value)) {
      numbers.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    if (column.value == &OutcomeResult::stated && std::isnan(numbers.front())) continue;
    Hdf5Dataset stored =
        arrays_.add(root_, fmt::format("{}_{}", written.name, column.name), cases_.by_case(written.axes), numbers);
    describe(stored, written.outcome, column.name, column.words, cf_units(written.outcome.unit));
    stored.set_text("moniac_unit", written.outcome.unit);
  }
}

Axis& QuestionWriter::bucket_axis(std::size_t first, std::size_t count, const std::string& name,
                                  const OutcomeResult& outcome) {
  std::vector<std::string> labels, conditions;
  for (std::size_t b = first; b < first + count; ++b) {
    labels.push_back(results_.outcomes[b].label);
    conditions.push_back(results_.outcomes[b].text);
  }
  Axis& axis = arrays_.add_axis(root_, arrays_.unused_name(name + "_bucket"), labels);
  axis.scale.set_text("long_name", "Buckets of " + outcome.name);
  Hdf5Dataset stored = arrays_.add(root_, name + "_condition", {&axis}, conditions);
  stored.set_text("long_name", "Conditions of the buckets of " + outcome.name);
  stored.set_text("moniac_outcome", outcome.name);
  stored.set_text("moniac_statistic", "condition");
  stored.set_text("kind", outcome.kind);
  return axis;
}

void QuestionWriter::write_passages(std::size_t index, const std::string& name, const OutcomeResult& outcome) {
  Hdf5Dataset passages =
      arrays_.add(root_, name + "_first_passage", cases_.by_case({axes_.passage}),
                  lists_of_cases(results_.outcomes, outcomes_, index, &OutcomeResult::first_passage));
  describe(passages, outcome, "first_passage", "Paths whose first passage is in the step");
  passages.set_text("coordinates", "passage_time");
  std::vector<double> censored, quantiles;
  for (std::size_t i = index; i < results_.outcomes.size(); i += outcomes_) {
    const OutcomeResult& of_case = results_.outcomes[i];
    censored.push_back(censored_share(of_case));
    for (const double percent : results_.quantiles) {
      const std::optional<int> step = passage_quantile(of_case, percent);
      quantiles.push_back(step ? *step : std::numeric_limits<double>::quiet_NaN());
    }
  }
  Hdf5Dataset never = arrays_.add(root_, name + "_censored", cases_.by_case({}), censored);
  describe(never, outcome, "censored", "Share of the paths that never pass");
  if (axes_.quantile == nullptr) return;
  Hdf5Dataset steps = arrays_.add(root_, name + "_passage_quantile", cases_.by_case({axes_.quantile}), quantiles);
  describe(steps, outcome, "passage_quantile", "Step by whose end the percentage of all paths has passed");
}

void QuestionWriter::write_trigger(std::size_t index) {
  const TriggerResult& trigger = results_.triggers[index];
  const std::string name = arrays_.unused_name("trigger_" + trigger.name);
  const auto store = [&](const auto& column) {
    Hdf5Dataset stored = arrays_.add(root_, fmt::format("{}_{}", name, column.name), cases_.by_case({}),
                                     of_cases(results_.triggers, triggers_, index, 1, column.value));
    describe(stored, trigger, column.name, column.words);
  };
  for (const auto& column : trigger_numbers) store(column);
  for (const auto& column : trigger_counts) store(column);
  Hdf5Dataset first = arrays_.add(root_, name + "_first_firing", cases_.by_case({axes_.passage}),
                                  lists_of_cases(results_.triggers, triggers_, index, &TriggerResult::first_firing));
  describe(first, trigger, "first_firing", "Paths whose first firing is at the end of the step");
  first.set_text("coordinates", "passage_time");
}

}  // namespace moniac
