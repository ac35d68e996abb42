#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <span>
#include <stdexcept>

#include "sim/output/array_writer.h"
#include "sim/output/cf_units.h"
#include "sim/output/manifest.h"
#include "sim/output/path_encoding.h"
#include "sim/output/question_writer.h"
#include "sim/output/results_layout.h"
#include "sim/output/sha256.h"

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
      : results_(results), paths_(paths), comparison_(comparison), root_(file.root()) {}

  void write() {
    write_attributes();
    write_cases();
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

  // --- the cases of a sweep -----------------------------------------------------------------------------------

  void write_cases() {
    if (!results_.cases) return;
    const Cases& cases = *results_.cases;
    root_.set_text("design", cases.design);
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(cases.count));
    std::iota(numbers.begin(), numbers.end(), 0);
    case_ = &arrays_.add_axis(root_, "case", numbers);
    case_->scale.set_text("long_name", "Number of the case");
    case_->scale.set_text("units", "1");
    std::vector<std::string> names;
    for (const CaseAxis& axis : cases.axes) {
      write_case_axis(axis);
      names.push_back(axis.name);
    }
    const auto count = [&](const char* name, const char* words, const std::vector<std::int64_t>& values) {
      arrays_.add(root_, name, {case_}, values).set_text("long_name", words);
    };
    count("case_paths_used", "Paths of the case that count in its statistics", cases.paths_used);
    count("case_paths_failed", "Paths of the case that failed", cases.failed);
    if (cases.sensitivity.empty()) return;
    axis_ = &arrays_.add_axis(root_, "axis", names);
    axis_->scale.set_text("long_name", "What varies between the cases");
    Axis& sentences = arrays_.add_bare_axis(root_, "sentence", cases.sentences.size());
    arrays_.add(root_, "sensitivity", {&sentences}, cases.sentences)
        .set_text("long_name", "What the sensitivity measures say");
  }

  void write_case_axis(const CaseAxis& axis) {
    const std::string name = arrays_.unused_name("axis_" + axis.name);
    Hdf5Dataset stored = axis.words.empty() ? arrays_.add(root_, name, {case_}, axis.numbers)
                                            : arrays_.add(root_, name, {case_}, axis.words);
    stored.set_text("long_name", "Value of " + axis.name + " in the case");
    stored.set_text("moniac_axis", axis.name);
    if (!axis.words.empty()) return;
    stored.set_text("units", cf_units(axis.unit));
    stored.set_text("moniac_unit", axis.unit);
  }

  // Measures of the responses `first` … of one variable or outcome, over its axes without that of the cases.
  // `describe` says which it is.
  template <class Describe>
  void write_sensitivity(const std::string& name, const std::string& unit, std::size_t first, const Axes& axes,
                         const Describe& describe) {
    if (!results_.cases) return;
    const std::size_t count = elements_of(axes);
    for (const SensitivityMeasure& measure : results_.cases->sensitivity) {
      const std::size_t rows = measure.by_axis ? results_.cases->axes.size() : 1;
      const std::size_t responses = measure.values.size() / rows;
      std::vector<double> values;
      for (std::size_t row = 0; row < rows; ++row) {
        const auto begin = measure.values.begin() + static_cast<std::ptrdiff_t>(row * responses + first);
        values.insert(values.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
      }
      Axes over = axes;
      if (measure.by_axis) over.insert(over.begin(), axis_);
      Hdf5Dataset stored = arrays_.add(root_, fmt::format("{}_{}", name, measure.name), over, values);
      describe(stored, measure);
      stored.set_text("units", measure.in_unit ? cf_units(unit) : "1");
      stored.set_text("moniac_statistic", measure.name);
      stored.set_text("moniac_measure", measure.words);
    }
  }

  static std::size_t elements_of(const Axes& axes) {
    const Hdf5Shape shape = ArrayWriter::shape_of(axes);
    return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
  }

  // The axis of the cases in front of others.
  Axes by_case(Axes axes) const {
    if (case_ != nullptr) axes.insert(axes.begin(), case_);
    return axes;
  }

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
      Hdf5Dataset stored =
          arrays_.add(root_, fmt::format("{}_{}", name, statistic), by_case(over), values, Hdf5Storage::compressed);
      describe(stored, variable, statistic, words);
    };
    for (const StatisticColumn& column : statistic_columns)
      store(column.name, column.words, axes, variable.*column.values);
    if (quantile_ != nullptr) store("quantile", "quantiles", quantile_axes, variable.quantiles);
    if (!variable.quantile_se.empty())
      store("quantile_se", "standard error of the quantiles", quantile_axes, variable.quantile_se);
    if (!variable.quantile_error.empty())
      store("quantile_error", "bound on the error of the quantiles", axes, variable.quantile_error);
    write_sensitivity(name, variable.unit, responses_, axes,
                      [&](Hdf5Dataset& stored, const SensitivityMeasure& measure) {
                        stored.set_text("long_name", fmt::format("{}, {}", variable.doc, measure.words));
                        stored.set_text("moniac_name", variable.name);
                      });
    responses_ += elements_of(axes);
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

  // The array of one variable's paths while it is filled, unit by unit.
  struct KeptArray {
    Hdf5Dataset stored;
    std::size_t per_path;      // dates x values
    std::int64_t chunk_paths;  // of a compressed array
    Sha256 hash;
  };

  KeptArray make_kept_array(const RecordedVariable& variable, const std::string& name, Axis& realization) {
    Axes axes = {&realization, time_};
    for (const Dimension& dimension : variable.dimensions) axes.push_back(&label_axis(dimension));
    const Hdf5Shape shape = ArrayWriter::shape_of(axes);
    const auto values = static_cast<std::int64_t>(variable.width());
    const auto dates = static_cast<std::int64_t>(results_.dates.size());
    const std::int64_t chunk = chunk_paths({results_.kept_paths, results_.single_precision}, dates, values);
    Hdf5Dataset stored = results_.single_precision
                             ? root_.create_chunked(name, shape, static_cast<std::uint64_t>(chunk))
                             : root_.create<double>(name, shape);
    ArrayWriter::attach(stored, axes);
    describe(stored, variable, path_statistic, "paths");
    return {std::move(stored), static_cast<std::size_t>(dates * values), chunk, {}};
  }

  void write_kept_paths() {
    Axis& realization = arrays_.add_bare_axis(root_, "realization", static_cast<std::uint64_t>(results_.kept_paths));
    std::vector<KeptArray> arrays;
    for (std::size_t v = 0; v < names_.size(); ++v) {
      arrays.push_back(make_kept_array(results_.variables[v], names_[v], realization));
    }
    paths_->visit([&](std::size_t recorded, std::int64_t first, std::string_view encoded) {
      write_unit(arrays.at(recorded), first, encoded);
    });
    for (KeptArray& array : arrays) array.stored.set_text(hash_attribute, array.hash.finish());
  }

  void write_unit(KeptArray& array, std::int64_t first, std::string_view encoded) const {
    if (!results_.single_precision) {
      array.stored.write_rows(
          static_cast<std::uint64_t>(first),
          std::span(reinterpret_cast<const double*>(encoded.data()), encoded.size() / sizeof(double)));
      array.hash.update(encoded);
      return;
    }
    for (const std::string_view chunk : chunks_of(encoded)) {
      array.stored.write_chunk(static_cast<std::uint64_t>(first), chunk);
      const std::int64_t paths = std::min(array.chunk_paths, results_.kept_paths - first);
      const std::vector<float> numbers =
          decode_chunk(chunk, static_cast<std::size_t>(array.chunk_paths) * array.per_path);
      array.hash.update(std::as_bytes(std::span(numbers).first(static_cast<std::size_t>(paths) * array.per_path)));
      first += paths;
    }
  }

  // --- outcomes and triggers
  // -----------------------------------------------------------------------------------------------

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
    QuestionWriter questions(arrays_, root_, results_, {case_, passage_, quantile_});
    for (std::size_t o = 0; o < results_.outcomes.size() / case_count(results_);) {
      const QuestionWriter::Written written = questions.write_outcomes(o);
      const OutcomeResult& outcome = written.outcome;
      write_sensitivity(
          written.name, "1", responses_, written.axes, [&](Hdf5Dataset& stored, const SensitivityMeasure& measure) {
            stored.set_text("long_name", fmt::format("Probability of {}, {}", outcome.name, measure.words));
            stored.set_text("moniac_outcome", outcome.name);
            stored.set_text("kind", outcome.kind);
          });
      responses_ += written.count;
      o += written.count;
    }
    for (std::size_t t = 0; t < results_.triggers.size() / case_count(results_); ++t) questions.write_trigger(t);
  }

  const Results& results_;
  const PathSource* paths_;
  const Comparison* comparison_;
  Hdf5Group root_;
  ArrayWriter arrays_;
  std::vector<std::string> names_;  // of the recorded variables
  std::size_t responses_ = 0;       // that came before the variable or outcome in writing
  Axis* case_ = nullptr;
  Axis* axis_ = nullptr;
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
