#include <fmt/core.h>

#include <algorithm>
#include <span>
#include <stdexcept>

#include "sim/output/array_writer.h"
#include "sim/output/cf_units.h"
#include "sim/output/manifest.h"
#include "sim/output/path_encoding.h"
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
  Writer(Hdf5File& file, const Results& results, const PathSource* paths)
      : results_(results), paths_(paths), root_(file.root()) {}

  void write() {
    write_attributes();
    write_time();
    write_quantile_axis();
    for (const RecordedVariable& variable : results_.variables) write_variable(variable);
    if (paths_ != nullptr && results_.kept_paths > 0) write_kept_paths();
    write_passage_axis();
    for (const OutcomeResult& outcome : results_.outcomes) write_outcome(outcome);
    for (const TriggerResult& trigger : results_.triggers) write_trigger(trigger);
    write_diagnostics(arrays_, root_, results_);
    write_provenance(arrays_, root_, results_);
    arrays_.finish();
  }

 private:
  struct LabelAxis {
    std::string dimension;
    std::vector<std::string> labels;
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

  Axis& label_axis(const RecordedVariable& variable) {
    const auto same = std::find_if(label_axes_.begin(), label_axes_.end(), [&](const LabelAxis& known) {
      return known.dimension == variable.dimension && known.labels == variable.labels;
    });
    if (same != label_axes_.end()) return *same->axis;
    Axis& made = arrays_.add_axis(root_, arrays_.unused_name(variable.dimension), variable.labels);
    made.scale.set_text("long_name", variable.dimension);
    made.scale.set_text("moniac_dimension", variable.dimension);
    label_axes_.push_back({variable.dimension, variable.labels, &made});
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

  void write_variable(const RecordedVariable& variable) {
    if (time_ == nullptr) throw std::logic_error(variable.name + " is recorded, but no date is");
    const std::string& name = names_.emplace_back(arrays_.unused_name(variable.name));
    Axes axes = {time_}, quantile_axes = axes;
    if (quantile_ != nullptr) quantile_axes.push_back(quantile_);
    if (!variable.dimension.empty()) {
      Axis& labels = label_axis(variable);
      axes.push_back(&labels);
      quantile_axes.push_back(&labels);
    }
    const auto store = [&](const char* statistic, const char* words, const Axes& over,
                           const std::vector<double>& values) {
      Hdf5Dataset stored =
          arrays_.add(root_, fmt::format("{}_{}", name, statistic), over, values, Hdf5Storage::compressed);
      describe(stored, variable, statistic, words);
    };
    for (const StatisticColumn& column : statistic_columns)
      store(column.name, column.words, axes, variable.*column.values);
    if (quantile_ != nullptr) store("quantile", "quantiles", quantile_axes, variable.quantiles);
    if (!variable.quantile_error.empty())
      store("quantile_error", "bound on the error of the quantiles", axes, variable.quantile_error);
  }

  // --- recorded paths -----------------------------------------------------------------------------------------

  // The array of one variable's paths while it is filled, unit by unit.
  struct KeptArray {
    Hdf5Dataset stored;
    std::size_t per_path;      // dates x labels
    std::int64_t chunk_paths;  // of a compressed array
    Sha256 hash;
  };

  KeptArray make_kept_array(const RecordedVariable& variable, const std::string& name, Axis& realization) {
    Axes axes = {&realization, time_};
    if (!variable.dimension.empty()) axes.push_back(&label_axis(variable));
    const Hdf5Shape shape = ArrayWriter::shape_of(axes);
    const auto labels = variable.dimension.empty() ? 1 : static_cast<std::int64_t>(variable.labels.size());
    const std::int64_t dates = static_cast<std::int64_t>(results_.dates.size());
    const std::int64_t chunk = chunk_paths({results_.kept_paths, results_.single_precision}, dates, labels);
    Hdf5Dataset stored = results_.single_precision
                             ? root_.create_chunked(name, shape, static_cast<std::uint64_t>(chunk))
                             : root_.create<double>(name, shape);
    ArrayWriter::attach(stored, axes);
    describe(stored, variable, path_statistic, "paths");
    return {std::move(stored), static_cast<std::size_t>(dates * labels), chunk, {}};
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

  // --- outcomes -----------------------------------------------------------------------------------------------

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

  void describe(Hdf5Dataset& stored, const OutcomeResult& outcome, const char* statistic, const char* words) const {
    stored.set_text("long_name", fmt::format("{}: {}", words, outcome.text));
    stored.set_text("units", "1");
    stored.set_text("moniac_outcome", outcome.name);
    stored.set_text("moniac_statistic", statistic);
    stored.set_text("condition", outcome.text);
    stored.set_text("kind", outcome.kind);
  }

  void write_outcome(const OutcomeResult& outcome) {
    const std::string name = arrays_.unused_name("outcome_" + outcome.name);
    const auto store = [&](const char* statistic, const char* words, auto value) {
      Hdf5Dataset stored = arrays_.add(root_, fmt::format("{}_{}", name, statistic), {}, std::vector{value});
      describe(stored, outcome, statistic, words);
    };
    store("probability", "Probability", outcome.probability);
    store("se", "Standard error of the probability", outcome.se);
    store("low", "Lower end of the 95 % interval of the probability", outcome.low);
    store("high", "Upper end of the 95 % interval of the probability", outcome.high);
    store("hits", "Paths on which it happened", outcome.hits);
    store("paths", "Paths that count", outcome.paths);
    if (outcome.first_passage.empty()) return;
    Hdf5Dataset passages = arrays_.add(root_, name + "_first_passage", {passage_}, outcome.first_passage);
    describe(passages, outcome, "first_passage", "Paths whose first passage is in the step");
    passages.set_text("coordinates", "passage_time");
  }

  // --- triggers -----------------------------------------------------------------------------------------------

  void describe(Hdf5Dataset& stored, const TriggerResult& trigger, const char* statistic, const char* words) const {
    stored.set_text("long_name", fmt::format("{}: {}", words, trigger.text));
    stored.set_text("units", "1");
    stored.set_text("moniac_trigger", trigger.name);
    stored.set_text("moniac_statistic", statistic);
    stored.set_text("condition", trigger.text);
    stored.set_text("action", trigger.action);
  }

  void write_trigger(const TriggerResult& trigger) {
    const std::string name = arrays_.unused_name("trigger_" + trigger.name);
    const auto store = [&](const char* statistic, const char* words, auto value) {
      Hdf5Dataset stored = arrays_.add(root_, fmt::format("{}_{}", name, statistic), {}, std::vector{value});
      describe(stored, trigger, statistic, words);
    };
    store("share", "Share of the paths on which it fired", trigger.share);
    store("se", "Standard error of the share", trigger.se);
    store("low", "Lower end of the 95 % interval of the share", trigger.low);
    store("high", "Upper end of the 95 % interval of the share", trigger.high);
    store("fired", "Paths on which it fired", trigger.fired);
    store("paths", "Paths that count", trigger.paths);
    store("firings", "Firings over all paths", trigger.firings);
    Hdf5Dataset first = arrays_.add(root_, name + "_first_firing", {passage_}, trigger.first_firing);
    describe(first, trigger, "first_firing", "Paths whose first firing is at the end of the step");
    first.set_text("coordinates", "passage_time");
  }

  const Results& results_;
  const PathSource* paths_;
  Hdf5Group root_;
  ArrayWriter arrays_;
  std::vector<std::string> names_;  // of the recorded variables
  Axis* time_ = nullptr;
  Axis* quantile_ = nullptr;
  Axis* passage_ = nullptr;
  std::vector<LabelAxis> label_axes_;
};

}  // namespace

void write_contents(Hdf5File& file, const Results& results, const PathSource* paths) {
  Writer(file, results, paths).write();
  add_manifest(file);
}

}  // namespace moniac
