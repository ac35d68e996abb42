#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "sim/output/question_reader.h"
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
  explicit Reader(const Hdf5File& file) : arrays_(file), measures_(arrays_), root_(arrays_.root()) {}

  Results read() {
    read_attributes();
    read_axes();
    if (root_.contains("case")) read_cases();
    QuestionReader questions(arrays_, measures_, results_);
    for (const std::string& name : root_.datasets()) {
      const Hdf5Dataset dataset = root_.open(name);
      if (results_.cases && dataset.has("moniac_axis")) read_case_axis(dataset);
      if (dataset.has("moniac_name")) read_statistic(dataset);
      if (dataset.has("moniac_outcome")) questions.read_outcome(dataset);
      if (dataset.has("moniac_trigger")) questions.read_trigger(dataset);
    }
    read_diagnostics(arrays_, root_.open_group("diagnostics"), results_);
    if (root_.contains("weighting")) read_weighting(arrays_, root_.open_group("weighting"), results_);
    read_provenance(arrays_, root_.open_group("provenance"), results_);
    for (const RecordedVariable& variable : results_.variables) require_whole(variable);
    questions.finish();
    if (results_.cases) results_.cases->sensitivity = measures_.joined();
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
      const auto days = arrays_.read_all<std::int32_t>(root_.open("time"));
      results_.steps = arrays_.of_length<std::int32_t>(root_.open("step"), days.size());
      for (std::size_t i = 0; i < days.size(); ++i) results_.dates.push_back(date_of(results_.steps[i], days[i]));
    }
    if (root_.contains("quantile")) results_.quantiles = arrays_.read_all<double>(root_.open("quantile"));
  }

  // --- the cases of a sweep ---------------------------------------------------------------------------------------

  void read_cases() {
    Cases& cases = results_.cases.emplace();
    cases.design = root_.text("design");
    cases.paths_used = arrays_.read_all<std::int64_t>(root_.open("case_paths_used"));
    cases.failed = arrays_.of_length<std::int64_t>(root_.open("case_paths_failed"), cases.paths_used.size());
    cases.count = static_cast<std::int64_t>(cases.paths_used.size());
    if (cases.count == 0) throw Hdf5Error("a sweep without cases");
    if (root_.contains("sensitivity")) cases.sentences = arrays_.read_all<std::string>(root_.open("sensitivity"));
  }

  void read_case_axis(const Hdf5Dataset& dataset) {
    CaseAxis& axis = results_.cases->axes.emplace_back();
    axis.name = dataset.text("moniac_axis");
    axis.unit = dataset.text("moniac_unit");
    if (dataset.type() == "text") {
      axis.words = arrays_.of_length<std::string>(dataset, case_count());
    } else {
      axis.numbers = arrays_.of_length<double>(dataset, case_count());
    }
  }

  std::size_t case_count() const { return moniac::case_count(results_); }

  Hdf5Shape by_case(Hdf5Shape shape) const {
    if (results_.cases) shape.insert(shape.begin(), case_count());
    return shape;
  }

  Date date_of(int step, std::int32_t days) const {
    const Date date = results_.time.start + std::chrono::days{days};
    if (step < 0 || step > results_.time.steps || date != results_.time.date(step))
      throw Hdf5Error(fmt::format("day {} is not the end of step {}", days, step));
    return date;
  }

  void read_description(const Hdf5Dataset& dataset, RecordedVariable& variable) {
    variable.unit = dataset.text("moniac_unit");
    variable.doc = dataset.text("moniac_doc");
    variable.model = dataset.text("model");
    variable.flow = dataset.text("cell_methods") == "time: sum";
    for (std::size_t axis = by_case({results_.dates.size()}).size(); axis < dataset.shape().size(); ++axis)
      variable.dimensions.push_back(arrays_.dimension_of(dataset, axis));
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
    if (dataset.has("moniac_measure")) return measures_.read(dataset, statistic, shape);
    shape = by_case(shape);
    for (const StatisticColumn& column : statistic_columns) {
      if (statistic == column.name) variable.*column.values = arrays_.of_shape<double>(dataset, shape);
    }
    if (statistic == "quantile") variable.quantiles = arrays_.of_shape<double>(dataset, shape);
    if (statistic == "quantile_se") variable.quantile_se = arrays_.of_shape<double>(dataset, shape);
    if (statistic == "quantile_error") variable.quantile_error = arrays_.of_shape<double>(dataset, shape);
  }

  ArrayReader arrays_;
  MeasureReader measures_;
  const Hdf5Group& root_;
  Results results_;
};

}  // namespace

Results read_contents(const Hdf5File& file) {
  return Reader(file).read();
}

}  // namespace moniac
