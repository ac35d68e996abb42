#include <fmt/core.h>

#include <algorithm>
#include <stdexcept>

#include "sim/output/array_writer.h"
#include "sim/output/case_writer.h"
#include "sim/output/cf_units.h"
#include "sim/output/manifest.h"
#include "sim/output/path_array.h"
#include "sim/output/question_writer.h"
#include "sim/output/results_layout.h"

namespace moniac {

namespace {

// "0.1.0" of "moniac 0.1.0 (0123456789ab)".
std::string release(const std::string& version) {
  const auto first = std::min(version.find_first_of("0123456789"), version.size());
  return version.substr(first, version.find(' ', first) - first);
}

std::int32_t days_since(Date start, Date date) {
  return static_cast<std::int32_t>((date - start).count());
}

class Writer {
 public:
  Writer(Hdf5File& file, const Results& results, const PathSource* paths, const Comparison* comparison)
      : results_(results),
        paths_(paths),
        comparison_(comparison),
        root_(file.root()),
        cases_(arrays_, root_, results) {}

  void write() {
    write_attributes();
    cases_.write();
    write_time();
    write_quantile_axis();
    for (std::size_t v = 0; v < results_.variables.size(); ++v) write_variable(v);
    if (paths_ != nullptr && results_.kept_paths > 0) write_kept_paths();
    write_passage_axis();
    write_questions();
    write_diagnostics(arrays_, root_, results_);
    write_weighting(arrays_, root_, results_);
    write_provenance(arrays_, root_, results_);
    if (comparison_ != nullptr) write_comparison(arrays_, root_, *comparison_);
    arrays_.finish();
  }

 private:
  struct LabelAxis {
    Dimension dimension;
    Axis* axis;
  };

  // --- the root -----------------------------------------------------------------------------------------------

  void write_attributes() {
    root_.set_text("_NCProperties",
                   fmt::format("version=2,moniac={},hdf5={}", release(results_.version), hdf5_version()));
    root_.set_text("Conventions", "CF-1.8");
    root_.set_text("title", results_.title);
    root_.set_text("description", results_.description);
    root_.set_text("format", format_name);
    root_.set_text("format_version", fmt::format("{}.{}", format_major, format_minor));
    root_.set_text("moniac_version", results_.version);
    root_.set_text("scenario", results_.scenario_name);
    root_.set_text("command", results_.command);
    root_.set_number("seed", results_.seed);
    root_.set_number("paths", results_.paths);
    root_.set_number("paths_used", results_.paths_used);
    root_.set_number("paths_failed", results_.failed);
    root_.set_text("quantile_method", results_.quantile_method);
    if (results_.kept_paths > 0) {
      root_.set_number("paths_recorded", results_.kept_paths);
      root_.set_text("path_precision", results_.single_precision ? "float32" : "float64");
    }
    if (results_.logged_paths > 0) root_.set_number("paths_logged", results_.logged_paths);
    root_.set_text("start", iso(results_.time.start));
    root_.set_text("step", results_.time.step_text());
    root_.set_number("steps", static_cast<std::int32_t>(results_.time.steps));
  }

  // --- axes ---------------------------------------------------------------------------------------------------

  void describe_dates(Hdf5Dataset& dates) const {
    dates.set_text("units", "days since " + iso(results_.time.start));
    dates.set_text("calendar", "proleptic_gregorian");
  }

  void write_time() {
    if (results_.dates.empty()) return;
    std::vector<std::int32_t> ends, bounds;
    for (std::size_t i = 0; i < results_.dates.size(); ++i) {
      ends.push_back(days_since(results_.time.start, results_.dates[i]));
      bounds.push_back(days_since(results_.time.start, results_.time.date(std::max(results_.steps.at(i) - 1, 0))));
      bounds.push_back(ends.back());
    }
    time_ = &arrays_.add_axis(root_, "time", ends);
    Hdf5Dataset& time = time_->scale;
    time.set_text("standard_name", "time");
    time.set_text("long_name", "Date at the end of the step");
    time.set_text("axis", "T");
    time.set_text("bounds", "time_bounds");
    describe_dates(time);
    Axis& edges = arrays_.add_bare_axis(root_, "bounds", 2);
    Hdf5Dataset covered = arrays_.add(root_, "time_bounds", {time_, &edges}, bounds);
    covered.set_text("long_name", "The step ends at the second date and begins after the first");
    describe_dates(covered);
    Hdf5Dataset steps =
        arrays_.add(root_, "step", {time_}, std::vector<std::int32_t>(results_.steps.begin(), results_.steps.end()));
    steps.set_text("long_name", "Index of the step; 0 is the state at the start");
    steps.set_text("units", "1");
  }

  void write_quantile_axis() {
    if (results_.quantiles.empty()) return;
    quantile_ = &arrays_.add_axis(root_, "quantile", results_.quantiles);
    quantile_->scale.set_text("long_name", "Quantile of the distribution over paths");
    quantile_->scale.set_text("units", "percent");
  }

  Axis& label_axis(const Dimension& dimension) {
    const auto same = std::find_if(label_axes_.begin(), label_axes_.end(),
                                   [&](const LabelAxis& known) { return known.dimension == dimension; });
    if (same != label_axes_.end()) return *same->axis;
    Axis& made = arrays_.add_axis(root_, arrays_.unused_name(dimension.name), dimension.labels);
    made.scale.set_text("long_name", dimension.name);
    made.scale.set_text("moniac_dimension", dimension.name);
    label_axes_.push_back({dimension, &made});
    return made;
  }

  // --- variables ----------------------------------------------------------------------------------------------

  void describe(Hdf5Dataset& stored, const RecordedVariable& variable, const char* statistic, const char* words) const {
    stored.set_text("long_name", fmt::format("{}, {}", variable.doc.empty() ? variable.name : variable.doc, words));
    stored.set_text("units", cf_units(variable.unit));
    stored.set_text("cell_methods", variable.flow ? "time: sum" : "time: point");
    stored.set_text("coordinates", "step");
    stored.set_text("moniac_name", variable.name);
    stored.set_text("moniac_statistic", statistic);
    stored.set_text("moniac_unit", variable.unit);
    stored.set_text("moniac_doc", variable.doc);
    stored.set_text("model", variable.model);
  }

  void write_variable(std::size_t index) {
    const RecordedVariable& variable = results_.variables[index];
    if (time_ == nullptr) throw std::logic_error(variable.name + " is recorded, but no date is");
    const std::string& name = names_.emplace_back(arrays_.unused_name(variable.name));
    Axes axes = {time_}, quantile_axes = axes;
    if (quantile_ != nullptr) quantile_axes.push_back(quantile_);
    for (const Dimension& dimension : variable.dimensions) {
      Axis& labels = label_axis(dimension);
      axes.push_back(&labels);
      quantile_axes.push_back(&labels);
    }
    const auto store = [&](const char* statistic, const char* words, const Axes& over,
                           const std::vector<double>& values) {
      Hdf5Dataset stored = arrays_.add(root_, fmt::format("{}_{}", name, statistic), cases_.by_case(over), values,
                                       Hdf5Storage::compressed);
      describe(stored, variable, statistic, words);
    };
    for (const StatisticColumn& column : statistic_columns)
      store(column.name, column.words, axes, variable.*column.values);
    if (quantile_ != nullptr) store("quantile", "quantiles", quantile_axes, variable.quantiles);
    if (!variable.quantile_se.empty())
      store("quantile_se", "standard error of the quantiles", quantile_axes, variable.quantile_se);
    if (!variable.quantile_error.empty())
      store("quantile_error", "bound on the error of the quantiles", axes, variable.quantile_error);
    cases_.write_sensitivity(name, variable.unit, axes, [&](Hdf5Dataset& stored, const SensitivityMeasure& measure) {
      stored.set_text("long_name", fmt::format("{}, {}", variable.doc, measure.words));
      stored.set_text("moniac_name", variable.name);
    });
    if (comparison_ != nullptr) write_compared(variable, comparison_->variables.at(names_.size() - 1), axes);
  }

  // --- comparisons --------------------------------------------------------------------------------------------

  void write_compared(const RecordedVariable& difference, const ComparedVariable& variable, const Axes& axes) {
    const auto store = [&](const RecordedVariable& described, const char* statistic, const char* words,
                           const std::vector<double>& values) {
      const std::string name = arrays_.unused_name(fmt::format("{}_{}", variable.name, statistic));
      Hdf5Dataset stored = arrays_.add(root_, name, axes, values, Hdf5Storage::compressed);
      describe(stored, described, statistic, words);
    };
    store(difference, "mean_a", "mean of A", variable.mean_a);
    store(difference, "mean_b", "mean of B", variable.mean_b);
    RecordedVariable factor;  // a number without unit
    factor.name = difference.name;
    factor.doc = difference.doc;
    factor.model = difference.model;
    store(factor, "variance_reduction", "factor by which common random numbers reduce its variance",
          variable.variance_reduction);
  }

  // --- recorded paths -----------------------------------------------------------------------------------------

  PathArray path_array(const RecordedVariable& variable, const std::string& name, Axis& realization) {
    Axes axes = {&realization, time_};
    for (const Dimension& dimension : variable.dimensions) axes.push_back(&label_axis(dimension));
    PathArray array(root_, name, axes, {results_.kept_paths, results_.single_precision});
    describe(array.stored(), variable, path_statistic, "paths");
    return array;
  }

  void write_kept_paths() {
    Axis& realization = arrays_.add_bare_axis(root_, "realization", static_cast<std::uint64_t>(results_.kept_paths));
    std::vector<PathArray> arrays;
    for (std::size_t v = 0; v < names_.size(); ++v) {
      arrays.push_back(path_array(results_.variables[v], names_[v], realization));
    }
    paths_->visit([&](std::size_t recorded, std::int64_t first, std::string_view encoded) {
      arrays.at(recorded).write(first, encoded);
    });
    for (PathArray& array : arrays) array.finish();
  }

  // --- outcomes and triggers ----------------------------------------------------------------------------------

  void write_passage_axis() {
    const bool passages = std::any_of(results_.outcomes.begin(), results_.outcomes.end(),
                                      [](const OutcomeResult& outcome) { return !outcome.first_passage.empty(); });
    if (!passages && results_.triggers.empty()) return;
    std::vector<std::int32_t> steps, days;
    for (int k = 0; k <= results_.time.steps; ++k) {
      steps.push_back(k);
      days.push_back(days_since(results_.time.start, results_.time.date(k)));
    }
    passage_ = &arrays_.add_axis(root_, "passage_step", steps);
    passage_->scale.set_text("long_name", "Index of the step of first passage or firing");
    passage_->scale.set_text("units", "1");
    Hdf5Dataset dates = arrays_.add(root_, "passage_time", {passage_}, days);
    dates.set_text("standard_name", "time");
    dates.set_text("long_name", "Date at the end of the step of first passage or firing");
    describe_dates(dates);
  }

  void write_questions() {
    QuestionWriter questions(arrays_, root_, results_, cases_, {passage_, quantile_});
    for (std::size_t o = 0; o < results_.outcomes.size() / case_count(results_);) {
      const QuestionWriter::Written written = questions.write_outcomes(o);
      const OutcomeResult& outcome = written.outcome;
      cases_.write_sensitivity(
          written.name, "1", written.axes, [&](Hdf5Dataset& stored, const SensitivityMeasure& measure) {
            stored.set_text("long_name", fmt::format("Probability of {}, {}", outcome.name, measure.words));
            stored.set_text("moniac_outcome", outcome.name);
            stored.set_text("kind", outcome.kind);
          });
      o += written.count;
    }
    for (std::size_t t = 0; t < results_.triggers.size() / case_count(results_); ++t) questions.write_trigger(t);
  }

  const Results& results_;
  const PathSource* paths_;
  const Comparison* comparison_;
  Hdf5Group root_;
  ArrayWriter arrays_;
  CaseWriter cases_;
  std::vector<std::string> names_;  // of the recorded variables
  Axis* time_ = nullptr;
  Axis* quantile_ = nullptr;
  Axis* passage_ = nullptr;
  std::vector<LabelAxis> label_axes_;
};

}  // namespace

void write_contents(Hdf5File& file, const Results& results, const PathSource* paths, const Comparison* comparison) {
  Writer(file, results, paths, comparison).write();
  add_manifest(file);
}

}  // namespace moniac
