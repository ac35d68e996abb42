#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "sim/output/results_layout.h"

namespace moniac {

namespace {

// No run is longer or finer: the limits of a scenario.
constexpr int most_steps = 100'000;
constexpr int most_units_per_step = 1000;
constexpr int most_years = 1000;

// The inverse of Calendar::step_text: "1 month", "3 years".
void read_step(const std::string& text, Calendar& time) {
  for (const StepUnit unit :
       {StepUnit::day, StepUnit::weekday, StepUnit::week, StepUnit::month, StepUnit::quarter, StepUnit::year}) {
    time.unit = unit;
    std::from_chars(text.data(), text.data() + text.size(), time.every);
    if (time.step_text() == text) return;
  }
  throw Hdf5Error("'" + text + "' is not a length of a step");
}

class Reader {
 public:
  explicit Reader(const Hdf5File& file) : root_(file.root()), unread_(file.bytes()) {}

  Results read() {
    read_attributes();
    read_axes();
    if (root_.contains("case")) read_cases();
    for (const std::string& name : root_.datasets()) {
      const Hdf5Dataset dataset = root_.open(name);
      if (results_.cases && dataset.has("moniac_axis")) read_case_axis(dataset);
      if (dataset.has("moniac_name")) read_statistic(dataset);
      if (dataset.has("moniac_outcome")) read_outcome(dataset);
      if (dataset.has("moniac_trigger")) read_trigger(dataset);
    }
    read_diagnostics(root_.open_group("diagnostics"));
    if (root_.contains("weighting")) read_weighting(root_.open_group("weighting"));
    read_provenance(root_.open_group("provenance"));
    for (const RecordedVariable& variable : results_.variables) require_whole(variable);
    for (const TriggerResult& trigger : results_.triggers) {
      if (trigger.first_firing.empty()) throw Hdf5Error(trigger.name + " lacks its first firings");
    }
    if (results_.cases) {
      order_by_case(results_.outcomes);
      order_by_case(results_.triggers);
      join_measures();
    }
    return results_;
  }

 private:
  void read_attributes() {
    results_.title = root_.text("title");
    results_.description = root_.text("description");
    results_.version = root_.text("moniac_version");
    results_.scenario_name = root_.text("scenario");
    results_.seed = root_.number<std::uint64_t>("seed");
    results_.paths = root_.number<std::int64_t>("paths");
    results_.paths_used = root_.number<std::int64_t>("paths_used");
    results_.failed = root_.number<std::int64_t>("paths_failed");
    results_.quantile_method = root_.text("quantile_method");
    if (root_.has("paths_recorded")) results_.kept_paths = root_.number<std::int64_t>("paths_recorded");
    results_.single_precision = root_.text("path_precision") == "float32";
    if (root_.has("paths_logged")) results_.logged_paths = root_.number<std::int64_t>("paths_logged");
    const std::optional<Date> start = parse_date(root_.text("start"));
    if (!start) throw Hdf5Error("'" + root_.text("start") + "' is not a start date");
    results_.time.start = *start;
    read_step(root_.text("step"), results_.time);
    results_.time.steps = root_.number<std::int32_t>("steps");
    const Calendar& time = results_.time;
    if (time.steps < 0 || time.steps > most_steps || time.every < 1 || time.every > most_units_per_step ||
        time.dt() * time.steps > most_years)
      throw Hdf5Error(fmt::format("{} steps of {} are no run", time.steps, time.step_text()));
    if (std::min({results_.paths, results_.paths_used, results_.failed, results_.kept_paths, results_.logged_paths}) <
        0)
      throw Hdf5Error("it has less than no paths");
  }

  void read_axes() {
    if (root_.contains("time")) {
      const auto days = read_all<std::int32_t>(root_.open("time"));
      results_.steps = of_length<std::int32_t>(root_.open("step"), days.size());
      for (std::size_t i = 0; i < days.size(); ++i) results_.dates.push_back(date_of(results_.steps[i], days[i]));
    }
    if (root_.contains("quantile")) results_.quantiles = read_all<double>(root_.open("quantile"));
    for (const Hdf5Entry& entry : root_.entries()) names_.emplace(entry.reference, entry.name);
  }

  // --- the cases of a sweep ---------------------------------------------------------------------------------------

  void read_cases() {
    Cases& cases = results_.cases.emplace();
    cases.design = root_.text("design");
    cases.paths_used = read_all<std::int64_t>(root_.open("case_paths_used"));
    cases.failed = of_length<std::int64_t>(root_.open("case_paths_failed"), cases.paths_used.size());
    cases.count = static_cast<std::int64_t>(cases.paths_used.size());
    if (cases.count == 0) throw Hdf5Error("a sweep without cases");
    if (root_.contains("axis")) axes_ = read_all<std::string>(root_.open("axis")).size();
    if (root_.contains("sensitivity")) cases.sentences = read_all<std::string>(root_.open("sensitivity"));
  }

  void read_case_axis(const Hdf5Dataset& dataset) {
    CaseAxis& axis = results_.cases->axes.emplace_back();
    axis.name = dataset.text("moniac_axis");
    axis.unit = dataset.text("moniac_unit");
    if (dataset.type() == "text") {
      axis.words = of_length<std::string>(dataset, case_count());
    } else {
      axis.numbers = of_length<double>(dataset, case_count());
    }
  }

  std::size_t case_count() const { return moniac::case_count(results_); }

  Hdf5Shape by_case(Hdf5Shape shape) const {
    if (results_.cases) shape.insert(shape.begin(), case_count());
    return shape;
  }

  // A sensitivity measure of one variable or outcome; those of all are joined at the end.
  void read_measure(const Hdf5Dataset& dataset, const std::string& statistic, const Hdf5Shape& of_response) {
    const bool by_axis = dataset.shape().size() > of_response.size();
    Hdf5Shape shape = of_response;
    if (by_axis) shape.insert(shape.begin(), axes_);
    Measure& measure = named(measures_, statistic);
    measure.words = dataset.text("moniac_measure");
    measure.by_axis = by_axis;
    measure.in_unit = measure.in_unit || dataset.text("units") != "1";
    measure.parts.push_back(of_shape<double>(dataset, shape));
  }

  // [axis][response] of the parts, each [axis][responses of a variable or outcome].
  void join_measures() {
    for (const Measure& measure : measures_) {
      SensitivityMeasure& joined = results_.cases->sensitivity.emplace_back();
      joined.name = measure.name;
      joined.words = measure.words;
      joined.by_axis = measure.by_axis;
      joined.in_unit = measure.in_unit;
      const std::size_t rows = measure.by_axis ? axes_ : 1;
      for (std::size_t row = 0; row < rows; ++row) {
        for (const std::vector<double>& part : measure.parts) {
          const auto length = static_cast<std::ptrdiff_t>(part.size() / rows);
          const auto begin = part.begin() + static_cast<std::ptrdiff_t>(row) * length;
          joined.values.insert(joined.values.end(), begin, begin + length);
        }
      }
    }
  }

  // Rows that were read [row][case] and are kept [case][row].
  template <class Row>
  void order_by_case(std::vector<Row>& rows) {
    const std::vector<Row> read = std::move(rows);
    const std::size_t per_case = read.size() / case_count();
    rows.clear();
    for (std::size_t c = 0; c < case_count(); ++c) {
      for (std::size_t r = 0; r < per_case; ++r) rows.push_back(read[r * case_count() + c]);
    }
  }

  // The row of that name of the first case; those of the other cases follow it.
  template <class Row>
  Row* rows_named(std::vector<Row>& all, const std::string& name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Row& known) { return known.name == name; });
    if (found != all.end()) return &*found;
    all.resize(all.size() + case_count());
    Row* rows = &all[all.size() - case_count()];
    for (std::size_t c = 0; c < case_count(); ++c) rows[c].name = name;
    return rows;
  }

  template <class Row, class T>
  void read_by_case(const Hdf5Dataset& dataset, Row* rows, T Row::*member) {
    const std::vector<T> values = of_shape<T>(dataset, by_case({}));
    for (std::size_t c = 0; c < values.size(); ++c) rows[c].*member = values[c];
  }

  // A count for each step of the run.
  template <class Row>
  void read_steps_by_case(const Hdf5Dataset& dataset, Row* rows, std::vector<std::int64_t> Row::*member) {
    const std::size_t steps = static_cast<std::size_t>(results_.time.steps) + 1;
    const auto values = of_shape<std::int64_t>(dataset, by_case({steps}));
    for (std::size_t c = 0; c < case_count(); ++c) {
      const auto begin = values.begin() + static_cast<std::ptrdiff_t>(c * steps);
      (rows[c].*member).assign(begin, begin + static_cast<std::ptrdiff_t>(steps));
    }
  }

  Date date_of(int step, std::int32_t days) const {
    const Date date = results_.time.start + std::chrono::days{days};
    if (step < 0 || step > results_.time.steps || date != results_.time.date(step))
      throw Hdf5Error(fmt::format("day {} is not the end of step {}", days, step));
    return date;
  }

  // Together the arrays cannot hold more than the file does: two that share their bytes are a trap.
  void count(std::uint64_t bytes, const Hdf5Dataset& dataset) {
    if (bytes > unread_) throw Hdf5Error(dataset.name() + " claims what the file does not hold");
    unread_ -= bytes;
  }

  template <class T>
  std::vector<T> read_all(const Hdf5Dataset& dataset) {
    count(dataset.stored_bytes(), dataset);
    std::vector<T> values = dataset.read<T>();
    if constexpr (std::is_same_v<T, std::string>) {
      for (const std::string& text : values) count(text.size(), dataset);
    }
    return values;
  }

  template <class T>
  std::vector<T> of_shape(const Hdf5Dataset& dataset, const Hdf5Shape& shape) {
    if (dataset.shape() != shape) throw Hdf5Error(dataset.name() + " does not fit its axes");
    return read_all<T>(dataset);
  }

  template <class T>
  std::vector<T> of_length(const Hdf5Dataset& dataset, std::size_t length) {
    return of_shape<T>(dataset, {length});
  }

  // The element of `list` with this name; a new one at the end when there is none.
  template <class T>
  static T& named(std::vector<T>& list, const std::string& name) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const T& known) { return known.name == name; });
    if (found != list.end()) return *found;
    list.emplace_back().name = name;
    return list.back();
  }

  // The labels along an axis; many variables share one.
  const Dimension& dimension_of(const Hdf5Dataset& dataset, std::size_t axis) {
    const std::uint64_t reference = dataset.scales().at(axis);
    if (const auto known = dimensions_.find(reference); known != dimensions_.end()) return known->second;
    const auto name = names_.find(reference);
    if (name == names_.end()) throw Hdf5Error(fmt::format("axis {} of {} has no scale", axis, dataset.name()));
    const Hdf5Dataset scale = root_.open(name->second);
    return dimensions_[reference] = {scale.text("moniac_dimension"), read_all<std::string>(scale)};
  }

  const Dimension& last_dimension_of(const Hdf5Dataset& dataset) {
    return dimension_of(dataset, dataset.shape().size() - 1);
  }

  void read_description(const Hdf5Dataset& dataset, RecordedVariable& variable) {
    variable.unit = dataset.text("moniac_unit");
    variable.doc = dataset.text("moniac_doc");
    variable.model = dataset.text("model");
    variable.flow = dataset.text("cell_methods") == "time: sum";
    for (std::size_t axis = by_case({results_.dates.size()}).size(); axis < dataset.shape().size(); ++axis)
      variable.dimensions.push_back(dimension_of(dataset, axis));
  }

  void require_whole(const RecordedVariable& variable) const {
    const std::size_t series = case_count() * results_.dates.size() * variable.width();
    const bool whole =
        variable.quantiles.size() == series * results_.quantiles.size() &&
        std::all_of(statistic_columns.begin(), statistic_columns.end(),
                    [&](const StatisticColumn& column) { return (variable.*column.values).size() == series; });
    if (!whole) throw Hdf5Error(variable.name + " lacks some of its statistics");
  }

  // The mean is the first of a variable's statistics; it describes the variable.
  void read_statistic(const Hdf5Dataset& dataset) {
    RecordedVariable& variable = named(results_.variables, dataset.text("moniac_name"));
    const std::string statistic = dataset.text("moniac_statistic");
    if (statistic == statistic_columns.front().name) read_description(dataset, variable);
    Hdf5Shape shape = {results_.dates.size()};
    if (statistic == "quantile" || statistic == "quantile_se") shape.push_back(results_.quantiles.size());
    for (const Dimension& dimension : variable.dimensions) shape.push_back(dimension.labels.size());
    if (dataset.has("moniac_measure")) return read_measure(dataset, statistic, shape);
    shape = by_case(shape);
    for (const StatisticColumn& column : statistic_columns) {
      if (statistic == column.name) variable.*column.values = of_shape<double>(dataset, shape);
    }
    if (statistic == "quantile") variable.quantiles = of_shape<double>(dataset, shape);
    if (statistic == "quantile_se") variable.quantile_se = of_shape<double>(dataset, shape);
    if (statistic == "quantile_error") variable.quantile_error = of_shape<double>(dataset, shape);
  }

  template <class T>
  T scalar(const Hdf5Dataset& dataset) {
    return of_shape<T>(dataset, {}).front();
  }

  void read_outcome(const Hdf5Dataset& dataset) {
    const std::string statistic = dataset.text("moniac_statistic"), name = dataset.text("moniac_outcome");
    if (dataset.text("kind") == "buckets") return read_buckets(dataset, statistic, name);
    if (dataset.has("moniac_measure")) return read_measure(dataset, statistic, {});
    OutcomeResult* outcomes = rows_named(results_.outcomes, name);
    for (std::size_t c = 0; c < case_count(); ++c) {
      outcomes[c].text = dataset.text("condition");
      outcomes[c].kind = dataset.text("kind");
    }
    for (const NumberColumn<double>& column : outcome_numbers) {
      if (statistic == column.name) read_by_case(dataset, outcomes, column.value);
    }
    for (const NumberColumn<std::int64_t>& column : outcome_counts) {
      if (statistic == column.name) read_by_case(dataset, outcomes, column.value);
    }
    if (statistic == "first_passage") read_steps_by_case(dataset, outcomes, &OutcomeResult::first_passage);
  }

  // Index of the first of the rows [bucket][case] of an outcome; they are made for the first of its arrays.
  std::size_t bucket_rows(const Hdf5Dataset& dataset, const std::string& outcome,
                          const std::vector<std::string>& labels) {
    std::vector<OutcomeResult>& rows = results_.outcomes;
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const OutcomeResult& known) { return known.bucket_of == outcome; });
    const auto first = static_cast<std::size_t>(found - rows.begin());
    const std::size_t count = labels.size() * case_count();
    if (found == rows.end()) {
      rows.resize(first + count);
      for (std::size_t r = 0; r < count; ++r) {
        OutcomeResult& row = rows[first + r];
        row.label = labels[r / case_count()];
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
  void read_buckets(const Hdf5Dataset& dataset, const std::string& statistic, const std::string& outcome) {
    if (dataset.shape().empty()) throw Hdf5Error(dataset.name() + " lacks its buckets");
    const std::vector<std::string>& labels = last_dimension_of(dataset).labels;
    const Hdf5Shape shape = {labels.size()};
    if (dataset.has("moniac_measure")) return read_measure(dataset, statistic, shape);
    const std::size_t first = bucket_rows(dataset, outcome, labels);
    const auto to_rows = [&](const auto& values, auto OutcomeResult::*member) {
      for (std::size_t b = 0; b < labels.size(); ++b) {
        for (std::size_t c = 0; c < case_count(); ++c) {
          const std::size_t value = values.size() == labels.size() ? b : c * labels.size() + b;
          results_.outcomes[first + b * case_count() + c].*member = values[value];
        }
      }
    };
    if (statistic == "condition") to_rows(of_shape<std::string>(dataset, shape), &OutcomeResult::text);
    for (const NumberColumn<double>& column : outcome_numbers) {
      if (statistic == column.name) to_rows(of_shape<double>(dataset, by_case(shape)), column.value);
    }
    for (const NumberColumn<std::int64_t>& column : outcome_counts) {
      if (statistic == column.name) to_rows(of_shape<std::int64_t>(dataset, by_case(shape)), column.value);
    }
    for (const BucketColumn& column : bucket_columns) {
      if (statistic != column.name) continue;
      std::vector<std::optional<double>> numbers;
      for (const double number : of_shape<double>(dataset, by_case(shape))) {
        numbers.push_back(std::isnan(number) ? std::nullopt : std::optional(number));
      }
      to_rows(numbers, column.value);
      to_rows(std::vector<std::string>(labels.size(), dataset.text("moniac_unit")), &OutcomeResult::unit);
    }
  }

  void read_trigger(const Hdf5Dataset& dataset) {
    TriggerResult* triggers = rows_named(results_.triggers, dataset.text("moniac_trigger"));
    for (std::size_t c = 0; c < case_count(); ++c) {
      triggers[c].text = dataset.text("condition");
      triggers[c].action = dataset.text("action");
    }
    const std::string statistic = dataset.text("moniac_statistic");
    if (statistic == "share") read_by_case(dataset, triggers, &TriggerResult::share);
    if (statistic == "se") read_by_case(dataset, triggers, &TriggerResult::se);
    if (statistic == "low") read_by_case(dataset, triggers, &TriggerResult::low);
    if (statistic == "high") read_by_case(dataset, triggers, &TriggerResult::high);
    if (statistic == "fired") read_by_case(dataset, triggers, &TriggerResult::fired);
    if (statistic == "paths") read_by_case(dataset, triggers, &TriggerResult::paths);
    if (statistic == "firings") read_by_case(dataset, triggers, &TriggerResult::firings);
    if (statistic == "first_firing") read_steps_by_case(dataset, triggers, &TriggerResult::first_firing);
  }

  // Puts column `name` of `group` into the rows, which are as many as the column is long or already there.
  template <class T, class Row, class Set>
  void read_column(const Hdf5Group& group, const std::string& name, std::vector<Row>& rows, Set set) {
    if (!group.contains(name)) return;
    const Hdf5Dataset dataset = group.open(name);
    const std::vector<T> values = rows.empty() ? read_all<T>(dataset) : of_length<T>(dataset, rows.size());
    rows.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) set(rows[i], values[i]);
  }

  void read_diagnostics(const Hdf5Group& group) {
    auto& identities = results_.identities;
    read_column<std::string>(group, "identity", identities, [](auto& row, const auto& x) { row.name = x; });
    read_column<std::string>(group, "identity_unit", identities, [](auto& row, const auto& x) { row.unit = x; });
    read_column<double>(group, "identity_maximum", identities, [](auto& row, double x) { row.maximum = x; });
    read_column<double>(group, "identity_tolerance", identities, [](auto& row, double x) { row.tolerance = x; });
    read_column<std::int64_t>(group, "identity_path", identities, [](auto& row, auto x) { row.path = x; });
    read_column<std::int32_t>(group, "identity_step", identities, [](auto& row, auto x) { row.step = x; });
    read_column<std::int32_t>(group, "identity_closed_by_impose", identities,
                              [](auto& row, auto x) { row.closed_by_impose = x != 0; });
    read_column<std::int64_t>(group, "identity_case", identities, [](auto& row, auto x) { row.of_case = x; });
    auto& clamps = results_.clamps;
    read_column<std::string>(group, "clamp", clamps, [](auto& row, const auto& x) { row.name = x; });
    read_column<std::string>(group, "clamp_description", clamps, [](auto& row, const auto& x) { row.doc = x; });
    read_column<std::int64_t>(group, "clamp_held", clamps, [](auto& row, auto x) { row.held = x; });
    read_column<std::int64_t>(group, "clamp_path_steps", clamps, [](auto& row, auto x) { row.path_steps = x; });
    auto& failures = results_.failures;
    read_column<std::int64_t>(group, "failure_path", failures, [](auto& row, auto x) { row.path = x; });
    read_column<std::int32_t>(group, "failure_step", failures, [](auto& row, auto x) { row.step = x; });
    read_column<std::string>(group, "failure_model", failures, [](auto& row, const auto& x) { row.model = x; });
    read_column<std::string>(group, "failure_cause", failures, [](auto& row, const auto& x) { row.cause = x; });
    read_column<std::int64_t>(group, "failure_case", failures, [](auto& row, auto x) { row.of_case = x; });
    read_trigger_log(group);
  }

  void read_trigger_log(const Hdf5Group& group) {
    auto& log = results_.trigger_log;
    read_column<std::int64_t>(group, "firing_path", log, [](auto& row, auto x) { row.path = x; });
    read_column<std::int32_t>(group, "firing_step", log, [](auto& row, auto x) { row.step = x; });
    read_column<std::int32_t>(group, "firing_trigger", log, [](auto& row, auto x) { row.trigger = x; });
    const auto triggers = static_cast<std::int64_t>(results_.triggers.size());
    const bool known = std::all_of(log.begin(), log.end(), [&](const TriggerFiring& firing) {
      return firing.trigger >= 0 && firing.trigger < triggers && firing.step >= 0 && firing.step <= results_.time.steps;
    });
    if (!known) throw Hdf5Error("its log of triggers does not fit the run");
  }

  void read_weighting(const Hdf5Group& group) {
    Weighting& weighting = results_.weighting.emplace();
    weighting.views_name = scalar<std::string>(group.open("views_name"));
    weighting.views_text = scalar<std::string>(group.open("views_text"));
    weighting.divergence = scalar<double>(group.open("divergence"));
    weighting.kish = scalar<double>(group.open("effective_paths"));
    weighting.entropy = scalar<double>(group.open("effective_scenarios"));
    weighting.weights = read_all<double>(group.open("weight"));
    for (const auto& [name, value] : view_texts) {
      read_column<std::string>(group, name, weighting.views, [&](auto& row, const auto& x) { row.*value = x; });
    }
    for (const auto& [name, value] : view_numbers) {
      read_column<double>(group, name, weighting.views, [&](auto& row, double x) { row.*value = x; });
    }
    read_column<std::int64_t>(group, "inside", weighting.views, [](auto& row, std::int64_t x) {
      if (x >= 0) row.inside = x;
    });
  }

  void read_provenance(const Hdf5Group& group) {
    for (const auto& text : provenance_texts) results_.*text.value = scalar<std::string>(group.open(text.name));
    for (const auto& column : parameter_columns) {
      read_column<std::string>(group, column.name, results_.parameters,
                               [&](auto& row, const auto& x) { row.*column.value = x; });
    }
    if (group.contains("defaults_used")) results_.defaults_used = read_all<std::string>(group.open("defaults_used"));
  }

  Hdf5Group root_;
  std::uint64_t unread_;                           // bytes of the file that no array has claimed yet
  std::map<std::uint64_t, std::string> names_;     // of what is in the root, by reference
  std::map<std::uint64_t, Dimension> dimensions_;  // by reference
  struct Measure {
    std::string name, words;
    bool by_axis = true;
    bool in_unit = false;
    std::vector<std::vector<double>> parts;  // of each variable and outcome in turn
  };
  std::vector<Measure> measures_;
  std::size_t axes_ = 0;  // of the measures
  Results results_;
};

}  // namespace

Results read_contents(const Hdf5File& file) {
  return Reader(file).read();
}

}  // namespace moniac
