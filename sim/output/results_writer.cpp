#include <fmt/core.h>

#include <algorithm>
#include <deque>
#include <set>
#include <span>
#include <stdexcept>

#include "sim/output/cf_units.h"
#include "sim/output/path_encoding.h"
#include "sim/output/results_layout.h"
#include "sim/output/sha256.h"

namespace moniac {

namespace {

// A name as HDF5, netCDF, Python attributes and R all accept it: letters, digits and underscores.
std::string plain_name(std::string name) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  std::replace_if(
      name.begin(), name.end(), [&](char c) { return !is_plain(c); }, '_');
  return name;
}

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
    write_diagnostics();
    write_provenance();
    for (Axis& axis : axes_) axis.scale.set_uses(axis.uses);
  }

 private:
  // --- axes ---------------------------------------------------------------------------------------------------

  struct Axis {
    std::string name;
    std::uint64_t length;
    Hdf5Dataset scale;
    std::vector<ScaleUse> uses;
  };
  using Axes = std::vector<Axis*>;
  struct LabelAxis {
    std::string dimension;
    std::vector<std::string> labels;
    Axis* axis;
  };

  // A dimension with coordinates: its scale holds them and has its name.
  template <class T>
  Axis& add_axis(Hdf5Group& group, const std::string& name, const std::vector<T>& coordinates) {
    Hdf5Dataset scale = group.create<T>(name, {coordinates.size()});
    scale.make_scale(name);
    scale.set_number("_Netcdf4Dimid", next_dimension_++);
    scale.write(coordinates);
    return axes_.emplace_back(Axis{name, coordinates.size(), std::move(scale), {}});
  }

  Axis& add_bare_axis(Hdf5Group& group, const std::string& name, std::uint64_t length) {
    Hdf5Dataset scale = group.create_dimension(name, length);
    scale.set_number("_Netcdf4Dimid", next_dimension_++);
    return axes_.emplace_back(Axis{name, length, std::move(scale), {}});
  }

  // Every array comes after its axes: its shape is theirs.
  static Hdf5Shape shape_of(const Axes& axes) {
    Hdf5Shape shape;
    for (const Axis* axis : axes) shape.push_back(axis->length);
    return shape;
  }

  static void attach(Hdf5Dataset& made, const Axes& axes) {
    std::vector<const Hdf5Dataset*> scales;
    for (const Axis* axis : axes) scales.push_back(&axis->scale);
    made.set_scales(scales);
    for (std::size_t i = 0; i < axes.size(); ++i)
      axes[i]->uses.push_back({.dataset = made.reference(), .axis = static_cast<std::int32_t>(i)});
  }

  template <class T>
  Hdf5Dataset add(Hdf5Group& group, const std::string& name, const Axes& axes, const std::vector<T>& values,
                  Hdf5Storage storage = Hdf5Storage::plain) {
    Hdf5Dataset made = group.create<T>(name, shape_of(axes), storage);
    attach(made, axes);
    made.write(values);
    return made;
  }

  // Two names of a scenario may become one plain name, and two dimensions of one name may differ in their labels.
  std::string unused_name(const std::string& wanted) {
    std::string name = plain_name(wanted);
    for (int n = 2; !used_.insert(name).second; ++n) name = fmt::format("{}_{}", plain_name(wanted), n);
    return name;
  }

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
    time_ = &add_axis(root_, "time", ends);
    Hdf5Dataset& time = time_->scale;
    time.set_text("standard_name", "time");
    time.set_text("long_name", "Date at the end of the step");
    time.set_text("axis", "T");
    time.set_text("bounds", "time_bounds");
    describe_dates(time);
    Axis& edges = add_bare_axis(root_, "bounds", 2);
    Hdf5Dataset covered = add(root_, "time_bounds", {time_, &edges}, bounds);
    covered.set_text("long_name", "The step ends at the second date and begins after the first");
    describe_dates(covered);
    Hdf5Dataset steps =
        add(root_, "step", {time_}, std::vector<std::int32_t>(results_.steps.begin(), results_.steps.end()));
    steps.set_text("long_name", "Index of the step; 0 is the state at the start");
    steps.set_text("units", "1");
  }

  void write_quantile_axis() {
    if (results_.quantiles.empty()) return;
    quantile_ = &add_axis(root_, "quantile", results_.quantiles);
    quantile_->scale.set_text("long_name", "Quantile of the distribution over paths");
    quantile_->scale.set_text("units", "percent");
  }

  Axis& label_axis(const RecordedVariable& variable) {
    const auto same = std::find_if(label_axes_.begin(), label_axes_.end(), [&](const LabelAxis& known) {
      return known.dimension == variable.dimension && known.labels == variable.labels;
    });
    if (same != label_axes_.end()) return *same->axis;
    Axis& made = add_axis(root_, unused_name(variable.dimension), variable.labels);
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
    const std::string& name = names_.emplace_back(unused_name(variable.name));
    Axes axes = {time_}, quantile_axes = axes;
    if (quantile_ != nullptr) quantile_axes.push_back(quantile_);
    if (!variable.dimension.empty()) {
      Axis& labels = label_axis(variable);
      axes.push_back(&labels);
      quantile_axes.push_back(&labels);
    }
    const auto store = [&](const char* statistic, const char* words, const Axes& over,
                           const std::vector<double>& values) {
      Hdf5Dataset stored = add(root_, fmt::format("{}_{}", name, statistic), over, values, Hdf5Storage::compressed);
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
    const Hdf5Shape shape = shape_of(axes);
    const auto labels = static_cast<std::int64_t>(variable.labels.size());
    const std::int64_t dates = static_cast<std::int64_t>(results_.dates.size());
    const std::int64_t chunk = chunk_paths({results_.kept_paths, results_.single_precision}, dates, labels);
    Hdf5Dataset stored = results_.single_precision
                             ? root_.create_chunked(name, shape, static_cast<std::uint64_t>(chunk))
                             : root_.create<double>(name, shape);
    attach(stored, axes);
    describe(stored, variable, "path", "paths");
    return {std::move(stored), static_cast<std::size_t>(dates * labels), chunk, {}};
  }

  void write_kept_paths() {
    Axis& realization = add_bare_axis(root_, "realization", static_cast<std::uint64_t>(results_.kept_paths));
    std::vector<KeptArray> arrays;
    for (std::size_t v = 0; v < names_.size(); ++v) {
      arrays.push_back(make_kept_array(results_.variables[v], names_[v], realization));
    }
    paths_->visit([&](std::size_t recorded, std::int64_t first, std::string_view encoded) {
      write_unit(arrays.at(recorded), first, encoded);
    });
    for (KeptArray& array : arrays) array.stored.set_text("sha256", array.hash.finish());
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
    if (std::none_of(results_.outcomes.begin(), results_.outcomes.end(),
                     [](const OutcomeResult& outcome) { return !outcome.first_passage.empty(); }))
      return;
    std::vector<std::int32_t> steps, days;
    for (int k = 0; k <= results_.time.steps; ++k) {
      steps.push_back(k);
      days.push_back(days_since(results_.time.start, results_.time.date(k)));
    }
    passage_ = &add_axis(root_, "passage_step", steps);
    passage_->scale.set_text("long_name", "Index of the step of first passage");
    passage_->scale.set_text("units", "1");
    Hdf5Dataset dates = add(root_, "passage_time", {passage_}, days);
    dates.set_text("standard_name", "time");
    dates.set_text("long_name", "Date at the end of the step of first passage");
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
    const std::string name = unused_name("outcome_" + outcome.name);
    const auto store = [&](const char* statistic, const char* words, auto value) {
      Hdf5Dataset stored = add(root_, fmt::format("{}_{}", name, statistic), {}, std::vector{value});
      describe(stored, outcome, statistic, words);
    };
    store("probability", "Probability", outcome.probability);
    store("se", "Standard error of the probability", outcome.se);
    store("low", "Lower end of the 95 % interval of the probability", outcome.low);
    store("high", "Upper end of the 95 % interval of the probability", outcome.high);
    store("hits", "Paths on which it happened", outcome.hits);
    store("paths", "Paths that count", outcome.paths);
    if (outcome.first_passage.empty()) return;
    Hdf5Dataset passages = add(root_, name + "_first_passage", {passage_}, outcome.first_passage);
    describe(passages, outcome, "first_passage", "Paths whose first passage is in the step");
    passages.set_text("coordinates", "passage_time");
  }

  // --- diagnostics and provenance -----------------------------------------------------------------------------

  // One array over `axis` with a value from each row.
  template <class Row, class Value>
  Hdf5Dataset add_column(Hdf5Group& group, const char* name, Axis& axis, const std::vector<Row>& rows, Value value) {
    std::vector<decltype(value(rows.front()))> values;
    for (const Row& row : rows) values.push_back(value(row));
    return add(group, name, {&axis}, values);
  }

  void write_diagnostics() {
    Hdf5Group group = root_.create_group("diagnostics");
    write_identities(group);
    write_failures(group);
  }

  void write_identities(Hdf5Group& group) {
    const auto& rows = results_.identities;
    if (rows.empty()) return;
    std::vector<std::string> names;
    for (const IdentityResult& row : rows) names.push_back(row.name);
    Axis& axis = add_axis(group, "identity", names);
    add_column(group, "identity_unit", axis, rows, [](const auto& row) { return row.unit; });
    add_column(group, "identity_maximum", axis, rows, [](const auto& row) {
      return row.maximum;
    }).set_text("long_name", "Largest absolute residual over paths and steps");
    add_column(group, "identity_tolerance", axis, rows, [](const auto& row) {
      return row.tolerance;
    }).set_text("long_name", "Largest residual that is rounding");
    add_column(group, "identity_path", axis, rows, [](const auto& row) {
      return row.path;
    }).set_text("long_name", "Path of the largest residual");
    add_column(group, "identity_step", axis, rows, [](const auto& row) {
      return std::int32_t{row.step};
    }).set_text("long_name", "Step of the largest residual");
    add_column(group, "identity_closed_by_impose", axis, rows, [](const auto& row) {
      return std::int32_t{row.closed_by_impose};
    }).set_text("long_name", "1 where an imposed variable closes the identity");
  }

  void write_failures(Hdf5Group& group) {
    const auto& rows = results_.failures;
    if (rows.empty()) return;
    Axis& axis = add_bare_axis(group, "failure", rows.size());
    add_column(group, "failure_path", axis, rows, [](const auto& row) { return row.path; });
    add_column(group, "failure_step", axis, rows, [](const auto& row) { return std::int32_t{row.step}; });
    add_column(group, "failure_model", axis, rows, [](const auto& row) { return row.model; });
    add_column(group, "failure_cause", axis, rows, [](const auto& row) { return row.cause; });
  }

  void write_provenance() {
    Hdf5Group group = root_.create_group("provenance");
    group.set_text("moniac_version", results_.version);
    group.set_text("hdf5_version", hdf5_version());
    for (const auto& text : provenance_texts) add(group, text.name, {}, std::vector{results_.*text.value});
    if (!results_.parameters.empty()) write_parameters(group);
    if (!results_.defaults_used.empty()) {
      Axis& axis = add_bare_axis(group, "default_input", results_.defaults_used.size());
      add(group, "defaults_used", {&axis}, results_.defaults_used);
    }
  }

  void write_parameters(Hdf5Group& group) {
    std::vector<std::string> names;
    for (const ParameterRecord& row : results_.parameters) names.push_back(row.name);
    Axis& axis = add_axis(group, parameter_columns.front().name, names);
    for (const auto& column : parameter_columns) {
      if (column.name == axis.name) continue;
      add_column(group, column.name, axis, results_.parameters, [&](const auto& row) { return row.*column.value; });
    }
  }

  const Results& results_;
  const PathSource* paths_;
  Hdf5Group root_;
  std::int32_t next_dimension_ = 0;
  std::set<std::string> used_ = {"time",        "bounds",       "time_bounds",  "step",        "quantile",
                                 "realization", "passage_step", "passage_time", "diagnostics", "provenance"};
  std::vector<std::string> names_;  // of the recorded variables
  std::deque<Axis> axes_;           // all of them; a deque, because others point into it
  Axis* time_ = nullptr;
  Axis* quantile_ = nullptr;
  Axis* passage_ = nullptr;
  std::vector<LabelAxis> label_axes_;
};

}  // namespace

void write_contents(Hdf5File& file, const Results& results, const PathSource* paths) {
  Writer(file, results, paths).write();
}

}  // namespace moniac
