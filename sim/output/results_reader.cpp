#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "sim/output/results_layout.h"

namespace moniac {

namespace {

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
  explicit Reader(const Hdf5File& file) : root_(file.root()) {}

  Results read() {
    read_attributes();
    read_axes();
    for (const std::string& name : root_.datasets()) {
      const Hdf5Dataset dataset = root_.open(name);
      if (dataset.has("moniac_name")) read_statistic(dataset);
      if (dataset.has("moniac_outcome")) read_outcome(dataset);
    }
    read_diagnostics(root_.open_group("diagnostics"));
    read_provenance(root_.open_group("provenance"));
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
    const std::optional<Date> start = parse_date(root_.text("start"));
    if (!start) throw Hdf5Error("'" + root_.text("start") + "' is not a start date");
    results_.time.start = *start;
    read_step(root_.text("step"), results_.time);
    results_.time.steps = root_.number<std::int32_t>("steps");
  }

  void read_axes() {
    if (root_.contains("time")) {
      for (const std::int32_t days : root_.open("time").read<std::int32_t>())
        results_.dates.push_back(results_.time.start + std::chrono::days{days});
      results_.steps = of_length<std::int32_t>(root_.open("step"), results_.dates.size());
    }
    if (root_.contains("quantile")) results_.quantiles = root_.open("quantile").read<double>();
  }

  template <class T>
  static std::vector<T> of_shape(const Hdf5Dataset& dataset, const Hdf5Shape& shape) {
    if (dataset.shape() != shape) throw Hdf5Error(dataset.name() + " does not fit its axes");
    return dataset.read<T>();
  }

  template <class T>
  static std::vector<T> of_length(const Hdf5Dataset& dataset, std::size_t length) {
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

  void read_description(const Hdf5Dataset& dataset, RecordedVariable& variable) const {
    variable.unit = dataset.text("moniac_unit");
    variable.doc = dataset.text("moniac_doc");
    variable.model = dataset.text("model");
    variable.flow = dataset.text("cell_methods") == "time: sum";
    if (dataset.shape().size() < 2) return;
    const Hdf5Dataset labels = root_.open(dataset.scale_of(1));
    variable.dimension = labels.text("moniac_dimension");
    variable.labels = labels.read<std::string>();
  }

  // The mean is the first of a variable's statistics; it describes the variable.
  void read_statistic(const Hdf5Dataset& dataset) {
    RecordedVariable& variable = named(results_.variables, dataset.text("moniac_name"));
    const std::string statistic = dataset.text("moniac_statistic");
    if (statistic == statistic_columns.front().name) read_description(dataset, variable);
    Hdf5Shape shape = {results_.dates.size()};
    if (statistic == "quantile") shape.push_back(results_.quantiles.size());
    if (!variable.dimension.empty()) shape.push_back(variable.labels.size());
    for (const StatisticColumn& column : statistic_columns) {
      if (statistic == column.name) variable.*column.values = of_shape<double>(dataset, shape);
    }
    if (statistic == "quantile") variable.quantiles = of_shape<double>(dataset, shape);
    if (statistic == "quantile_error") variable.quantile_error = of_shape<double>(dataset, shape);
  }

  template <class T>
  static T scalar(const Hdf5Dataset& dataset) {
    return of_shape<T>(dataset, {}).front();
  }

  void read_outcome(const Hdf5Dataset& dataset) {
    OutcomeResult& outcome = named(results_.outcomes, dataset.text("moniac_outcome"));
    outcome.text = dataset.text("condition");
    outcome.kind = dataset.text("kind");
    const std::string statistic = dataset.text("moniac_statistic");
    if (statistic == "probability") outcome.probability = scalar<double>(dataset);
    if (statistic == "se") outcome.se = scalar<double>(dataset);
    if (statistic == "low") outcome.low = scalar<double>(dataset);
    if (statistic == "high") outcome.high = scalar<double>(dataset);
    if (statistic == "hits") outcome.hits = scalar<std::int64_t>(dataset);
    if (statistic == "paths") outcome.paths = scalar<std::int64_t>(dataset);
    if (statistic == "first_passage")
      outcome.first_passage = of_length<std::int64_t>(dataset, static_cast<std::size_t>(results_.time.steps) + 1);
  }

  // Puts column `name` of `group` into the rows, which are as many as the column is long or already there.
  template <class T, class Row, class Set>
  static void read_column(const Hdf5Group& group, const std::string& name, std::vector<Row>& rows, Set set) {
    if (!group.contains(name)) return;
    const Hdf5Dataset dataset = group.open(name);
    const std::vector<T> values = rows.empty() ? dataset.read<T>() : of_length<T>(dataset, rows.size());
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
    auto& failures = results_.failures;
    read_column<std::int64_t>(group, "failure_path", failures, [](auto& row, auto x) { row.path = x; });
    read_column<std::int32_t>(group, "failure_step", failures, [](auto& row, auto x) { row.step = x; });
    read_column<std::string>(group, "failure_model", failures, [](auto& row, const auto& x) { row.model = x; });
    read_column<std::string>(group, "failure_cause", failures, [](auto& row, const auto& x) { row.cause = x; });
  }

  void read_provenance(const Hdf5Group& group) {
    for (const auto& text : provenance_texts) results_.*text.value = scalar<std::string>(group.open(text.name));
    for (const auto& column : parameter_columns) {
      read_column<std::string>(group, column.name, results_.parameters,
                               [&](auto& row, const auto& x) { row.*column.value = x; });
    }
    if (group.contains("defaults_used")) results_.defaults_used = group.open("defaults_used").read<std::string>();
  }

  Hdf5Group root_;
  Results results_;
};

}  // namespace

Results read_contents(const Hdf5File& file) {
  return Reader(file).read();
}

}  // namespace moniac
