// Dated values in their forms: one value, dates with values, `values` with options, CSV files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario.h"

namespace moniac {

/// Dated values as written, before they belong to a variable or a parameter.
struct DatedValues {
  std::vector<Schedule::Point> points;  ///< dates increase
  std::vector<Place> places;            ///< of the dates
  bool constant = false;                ///< one value without a date: it holds from the start; its date is unset
  bool linear = false;
  bool open = false;  ///< a longer record (`values:`), whose dates may reach beyond the run
  std::optional<Date> until;
  Place until_place;
};

/// Reads `5 %/year`, `{2023-06-01: 0.5, …}` or `{interpolate: linear, values: {…}}`; `until` where `allow_until`.
std::optional<DatedValues> read_dated_values(const Node& node, const std::string& what, bool allow_until,
                                             Problems& problems);

/// Replaces each `{csv: file, column: name, interpolate: …, unit: …}` of levers, impose and model parameters by its
/// values; their places point into the CSV file. A path is relative to the file that names it, or to `scenario` when
/// a --set option does.
void inline_csv_series(Node& tree, const SourceText& scenario, Problems& problems);

}  // namespace moniac
