// The layout of a result file, as far as writer and reader must agree: docs/format.md in tables.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>

#include "sim/output/hdf5_file.h"
#include "sim/output/path_source.h"
#include "sim/output/results_file.h"
#include "sim/results/comparison.h"
#include "sim/results/results.h"

namespace moniac {

inline constexpr const char* format_name = "moniac-results";
inline constexpr int format_major = 1;
inline constexpr int format_minor = 8;

/// Fills a fresh file, with the recorded paths of `paths` where it is not null, and where `comparison` is not null with
/// what it knows beside its differences, which are `results`. Throws Hdf5Error, or std::logic_error when an array has
/// the wrong size.
void write_contents(Hdf5File& file, const Results& results, const PathSource* paths,
                    const Comparison* comparison = nullptr);

/// Writes to a temporary name beside `path`, syncs and renames. Throws OutputError and leaves nothing behind.
void write_file(const std::string& path, const std::function<void(Hdf5File& file)>& fill);

class ArrayWriter;
/// Adds the group /diagnostics.
void write_diagnostics(ArrayWriter& arrays, Hdf5Group& root, const Results& results);
/// Adds the group /provenance, but for its manifest.
void write_provenance(ArrayWriter& arrays, Hdf5Group& root, const Results& results);
/// Adds the group /weighting, where paths are weighed.
void write_weighting(ArrayWriter& arrays, Hdf5Group& root, const Results& results);
/// Adds the outcomes of a comparison, the groups /a and /b, and to /provenance which inputs differ.
void write_comparison(ArrayWriter& arrays, Hdf5Group& root, const Comparison& comparison);

class ArrayReader;
/// Reads the group /diagnostics, /weighting or /provenance. Throws Hdf5Error.
void read_diagnostics(ArrayReader& arrays, const Hdf5Group& group, Results& results);
void read_weighting(ArrayReader& arrays, const Hdf5Group& group, Results& results);
void read_provenance(ArrayReader& arrays, const Hdf5Group& group, Results& results);

/// Reads a file whose format and version are known to be right. Throws Hdf5Error.
Results read_contents(const Hdf5File& file);

/// Opens a file whose format and version are right. Throws FormatError, OutputError or Hdf5Error.
Hdf5File open_result(const std::string& path);

/// read(file) of the result at `path`, where an error of HDF5 says that the file is damaged. Throws FormatError or
/// OutputError.
template <class Read>
auto with_result(const std::string& path, const Read& read) {
  try {
    return read(open_result(path));
  } catch (const Hdf5Error& error) {
    throw FormatError(path + " is damaged: " + error.what());
  }
}

/// How many rows from `first` on share arrays: the buckets of one outcome, or a single outcome.
template <class Row>
std::size_t rows_together(const std::vector<Row>& rows, std::size_t first, std::size_t end) {
  std::size_t next = first + 1;
  const std::string& outcome = rows[first].bucket_of;
  while (!outcome.empty() && next < end && rows[next].bucket_of == outcome) ++next;
  return next - first;
}

/// `moniac_statistic` of recorded paths.
inline constexpr const char* path_statistic = "path";

/// A statistic over [date][label] and the ending of its variable's name.
struct StatisticColumn {
  const char* name;
  std::vector<double> RecordedVariable::*values;
  const char* words;  ///< behind the variable's doc in `long_name`
};
inline constexpr std::array<StatisticColumn, 5> statistic_columns = {{
    {"mean", &RecordedVariable::mean, "mean"},
    {"sd", &RecordedVariable::sd, "standard deviation"},
    {"se", &RecordedVariable::se, "standard error of the mean"},
    {"min", &RecordedVariable::minimum, "minimum"},
    {"max", &RecordedVariable::maximum, "maximum"},
}};

/// A number of an outcome or trigger and the ending of its variable's name.
template <class Row, class T>
struct NumberColumn {
  const char* name;
  T Row::*value;
  const char* words;  ///< in `long_name`
};
inline constexpr std::array<NumberColumn<OutcomeResult, double>, 4> outcome_numbers = {{
    {"probability", &OutcomeResult::probability, "Probability"},
    {"se", &OutcomeResult::se, "Standard error of the probability"},
    {"low", &OutcomeResult::low, "Lower end of the 95 % interval of the probability"},
    {"high", &OutcomeResult::high, "Upper end of the 95 % interval of the probability"},
}};
inline constexpr std::array<NumberColumn<OutcomeResult, std::int64_t>, 3> outcome_counts = {{
    {"hits", &OutcomeResult::hits, "Paths on which it happened"},
    {"paths", &OutcomeResult::paths, "Paths that count"},
    {"undefined", &OutcomeResult::undefined, "Paths on which something it tests had no value"},
}};

inline constexpr std::array<NumberColumn<TriggerResult, double>, 4> trigger_numbers = {{
    {"share", &TriggerResult::share, "Share of the paths on which it fired"},
    {"se", &TriggerResult::se, "Standard error of the share"},
    {"low", &TriggerResult::low, "Lower end of the 95 % interval of the share"},
    {"high", &TriggerResult::high, "Upper end of the 95 % interval of the share"},
}};
inline constexpr std::array<NumberColumn<TriggerResult, std::int64_t>, 3> trigger_counts = {{
    {"fired", &TriggerResult::fired, "Paths on which it fired"},
    {"paths", &TriggerResult::paths, "Paths that count"},
    {"firings", &TriggerResult::firings, "Firings over all paths"},
}};

/// A number of the buckets of an outcome, in their unit; NaN where there is none.
struct BucketColumn {
  const char* name;
  std::optional<double> OutcomeResult::*value;
  const char* words;  ///< in `long_name`
};
inline constexpr std::array<BucketColumn, 3> bucket_columns = {{
    {"mean", &OutcomeResult::mean, "Mean within the bucket"},
    {"mean_se", &OutcomeResult::mean_se, "Standard error of the mean within the bucket"},
    {"stated", &OutcomeResult::stated, "Stated for the bucket"},
}};

/// A column of text of one row type and the name of its variable.
template <class Row>
struct TextColumn {
  const char* name;
  std::string Row::*value;
};
inline constexpr std::array<TextColumn<ParameterRecord>, 8> parameter_columns = {{
    {"parameter", &ParameterRecord::name},
    {"value", &ParameterRecord::value},
    {"default", &ParameterRecord::fallback},
    {"unit", &ParameterRecord::unit},
    {"doc", &ParameterRecord::doc},
    {"status", &ParameterRecord::status},
    {"source", &ParameterRecord::source},
    {"set_by", &ParameterRecord::set_by},
}};
inline constexpr std::array<TextColumn<ViewResult>, 4> view_texts = {{
    {"view_name", &ViewResult::name},
    {"about", &ViewResult::text},
    {"relation", &ViewResult::relation},
    {"unit", &ViewResult::unit},
}};
struct ViewNumber {
  const char* name;
  double ViewResult::*value;
};
inline constexpr std::array<ViewNumber, 4> view_numbers = {{
    {"stated", &ViewResult::stated},
    {"before", &ViewResult::before},
    {"after", &ViewResult::after},
    {"multiplier", &ViewResult::multiplier},
}};
inline constexpr std::array<TextColumn<Results>, 3> provenance_texts = {{
    {"scenario", &Results::scenario_text},
    {"resolved_scenario", &Results::resolved_scenario},
    {"command", &Results::command},
}};

}  // namespace moniac
