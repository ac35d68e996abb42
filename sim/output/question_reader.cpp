#include "sim/output/question_reader.h"

#include <algorithm>
#include <cmath>

#include "sim/output/results_layout.h"

namespace moniac {

Hdf5Shape QuestionReader::by_case(Hdf5Shape shape) const {
  if (results_.cases) shape.insert(shape.begin(), cases_);
  return shape;
}

void QuestionReader::finish() {
  for (const TriggerResult& trigger : results_.triggers) {
    if (trigger.first_firing.empty()) throw Hdf5Error(trigger.name + " lacks its first firings");
  }
  if (!results_.cases) return;
  order_by_case(results_.outcomes);
  order_by_case(results_.triggers);
}

// Rows that were read [row][case] and are kept [case][row].
template <class Row>
void QuestionReader::order_by_case(std::vector<Row>& rows) const {
  const std::vector<Row> read = std::move(rows);
  const std::size_t per_case = read.size() / cases_;
  rows.clear();
  for (std::size_t c = 0; c < cases_; ++c) {
    for (std::size_t r = 0; r < per_case; ++r) rows.push_back(read[r * cases_ + c]);
  }
}

// The row of that name of the first case; those of the other cases follow it.
template <class Row>
Row* QuestionReader::rows_named(std::vector<Row>& all, const std::string& name) const {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Row& known) { return known.name == name; });
  if (found != all.end()) return &*found;
  all.resize(all.size() + cases_);
  Row* rows = &all[all.size() - cases_];
  for (std::size_t c = 0; c < cases_; ++c) rows[c].name = name;
  return rows;
}

template <class Row, class T>
void QuestionReader::read_by_case(const Hdf5Dataset& dataset, Row* rows, T Row::*member) {
  const std::vector<T> values = arrays_.of_shape<T>(dataset, by_case({}));
  for (std::size_t c = 0; c < values.size(); ++c) rows[c].*member = values[c];
}

// A count for each step of the run.
template <class Row>
void QuestionReader::read_steps_by_case(const Hdf5Dataset& dataset, Row* rows, std::vector<std::int64_t> Row::*member) {
  const std::size_t steps = static_cast<std::size_t>(results_.time.steps) + 1;
  const auto values = arrays_.of_shape<std::int64_t>(dataset, by_case({steps}));
  for (std::size_t c = 0; c < cases_; ++c) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(c * steps);
    (rows[c].*member).assign(begin, begin + static_cast<std::ptrdiff_t>(steps));
  }
}

void QuestionReader::read_outcome(const Hdf5Dataset& dataset) {
  const std::string statistic = dataset.text("moniac_statistic"), name = dataset.text("moniac_outcome");
  if (dataset.text("kind") == "buckets") return read_buckets(dataset, statistic, name);
  if (dataset.has("moniac_measure")) return measures_.read(dataset, statistic, {});
  OutcomeResult* outcomes = rows_named(results_.outcomes, name);
  for (std::size_t c = 0; c < cases_; ++c) {
    outcomes[c].text = dataset.text("condition");
    outcomes[c].kind = dataset.text("kind");
  }
  const auto read = [&](const auto& column) {
    if (statistic == column.name) read_by_case(dataset, outcomes, column.value);
  };
  for (const auto& column : outcome_numbers) read(column);
  for (const auto& column : outcome_counts) read(column);
  if (statistic == "first_passage") read_steps_by_case(dataset, outcomes, &OutcomeResult::first_passage);
}

// Index of the first of the rows [bucket][case] of an outcome; they are made for the first of its arrays.
std::size_t QuestionReader::bucket_rows(const Hdf5Dataset& dataset, const std::string& outcome,
                                        const std::vector<std::string>& labels) {
  std::vector<OutcomeResult>& rows = results_.outcomes;
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const OutcomeResult& known) { return known.bucket_of == outcome; });
  const auto first = static_cast<std::size_t>(found - rows.begin());
  const std::size_t count = labels.size() * cases_;
  if (found == rows.end()) {
    rows.resize(first + count);
    for (std::size_t r = 0; r < count; ++r) {
      OutcomeResult& row = rows[first + r];
      row.label = labels[r / cases_];
      row.name = outcome + "[" + row.label + "]";
      row.kind = "bucket";
      row.bucket_of = outcome;
    }
  }
  if (count == 0 || first + count > rows.size() || rows[first + count - 1].label != labels.back())
    throw Hdf5Error(dataset.name() + " does not fit the other arrays of its buckets");
  return first;
}

// An array of the buckets of an outcome, each of which is an outcome.
void QuestionReader::read_buckets(const Hdf5Dataset& dataset, const std::string& statistic,
                                  const std::string& outcome) {
  if (dataset.shape().empty()) throw Hdf5Error(dataset.name() + " lacks its buckets");
  const std::vector<std::string>& labels = arrays_.dimension_of(dataset, dataset.shape().size() - 1).labels;
  const Hdf5Shape shape = {labels.size()};
  if (dataset.has("moniac_measure")) return measures_.read(dataset, statistic, shape);
  const std::size_t first = bucket_rows(dataset, outcome, labels);
  const auto to_rows = [&](const auto& values, auto OutcomeResult::*member) {
    for (std::size_t b = 0; b < labels.size(); ++b) {
      for (std::size_t c = 0; c < cases_; ++c) {
        const std::size_t value = values.size() == labels.size() ? b : c * labels.size() + b;
        results_.outcomes[first + b * cases_ + c].*member = values[value];
      }
    }
  };
  if (statistic == "condition") to_rows(arrays_.of_shape<std::string>(dataset, shape), &OutcomeResult::text);
  for (const auto& column : outcome_numbers) {
    if (statistic == column.name) to_rows(arrays_.of_shape<double>(dataset, by_case(shape)), column.value);
  }
  for (const auto& column : outcome_counts) {
    if (statistic == column.name) to_rows(arrays_.of_shape<std::int64_t>(dataset, by_case(shape)), column.value);
  }
  for (const BucketColumn& column : bucket_columns) {
    if (statistic != column.name) continue;
    std::vector<std::optional<double>> numbers;
    for (const double number : arrays_.of_shape<double>(dataset, by_case(shape))) {
      numbers.push_back(std::isnan(number) ? std::nullopt : std::optional(number));
    }
    to_rows(numbers, column.value);
    to_rows(std::vector<std::string>(labels.size(), dataset.text("moniac_unit")), &OutcomeResult::unit);
  }
}

void QuestionReader::read_trigger(const Hdf5Dataset& dataset) {
  TriggerResult* triggers = rows_named(results_.triggers, dataset.text("moniac_trigger"));
  for (std::size_t c = 0; c < cases_; ++c) {
    triggers[c].text = dataset.text("condition");
    triggers[c].action = dataset.text("action");
  }
  const std::string statistic = dataset.text("moniac_statistic");
  const auto read = [&](const auto& column) {
    if (statistic == column.name) read_by_case(dataset, triggers, column.value);
  };
  for (const auto& column : trigger_numbers) read(column);
  for (const auto& column : trigger_counts) read(column);
  if (statistic == "first_firing") read_steps_by_case(dataset, triggers, &TriggerResult::first_firing);
}

}  // namespace moniac
