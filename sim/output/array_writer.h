// Arrays and their dimensions, as netCDF-4 wants them: each axis of an array has a scale, and both know each other.
#pragma once

#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <vector>

#include "sim/output/hdf5_file.h"

namespace moniac {

/// A dimension: a scale, and the arrays that it measures.
struct Axis {
  std::string name;
  std::uint64_t length;
  Hdf5Dataset scale;
  std::vector<ScaleUse> uses;
};
using Axes = std::vector<Axis*>;

/// Adds axes and arrays to the groups of a new file. An array comes after its axes; finish() comes last.
class ArrayWriter {
 public:
  /// A dimension with coordinates: its scale holds them and has its name. Lives as long as this object.
  template <class T>
  Axis& add_axis(Hdf5Group& group, const std::string& name, const std::vector<T>& coordinates) {
    Hdf5Dataset scale = group.create<T>(name, {coordinates.size()});
    scale.make_scale(name);
    scale.set_number("_Netcdf4Dimid", next_dimension_++);
    scale.write(coordinates);
    return axes_.emplace_back(Axis{name, coordinates.size(), std::move(scale), {}});
  }

  /// A dimension without coordinates.
  Axis& add_bare_axis(Hdf5Group& group, const std::string& name, std::uint64_t length);

  /// An array over `axes`, complete.
  template <class T>
  Hdf5Dataset add(Hdf5Group& group, const std::string& name, const Axes& axes, const std::vector<T>& values,
                  Hdf5Storage storage = Hdf5Storage::plain) {
    Hdf5Dataset made = group.create<T>(name, shape_of(axes), storage);
    attach(made, axes);
    made.write(values);
    return made;
  }

  /// One array over `axis` with value(row) of each row.
  template <class Row, class Value>
  Hdf5Dataset add_column(Hdf5Group& group, const char* name, Axis& axis, const std::vector<Row>& rows, Value value) {
    std::vector<decltype(value(rows.front()))> values;
    for (const Row& row : rows) values.push_back(value(row));
    return add(group, name, {&axis}, values);
  }

  /// Lengths of the axes.
  static Hdf5Shape shape_of(const Axes& axes);
  /// Makes an array that somebody else created know its axes, and them it.
  static void attach(Hdf5Dataset& made, const Axes& axes);

  /// `wanted` with letters, digits and underscores only, and with _2, _3 … where that is taken. Two names of a scenario
  /// may become one, and two dimensions of one name may differ in their labels.
  std::string unused_name(const std::string& wanted);

  /// Tells every scale where it is used.
  void finish();

 private:
  std::int32_t next_dimension_ = 0;
  std::set<std::string> used_ = {
      "time",         "bounds",      "time_bounds", "step", "quantile",        "realization",       "passage_step",
      "passage_time", "diagnostics", "provenance",  "case", "case_paths_used", "case_paths_failed", "axis",
      "sentence",     "sensitivity", "a",           "b"};
  std::deque<Axis> axes_;  // a deque, because others point into it
};

}  // namespace moniac
