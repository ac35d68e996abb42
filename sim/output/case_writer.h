// Arrays of the cases of a sweep: what varies between them, and how sensitive variables and outcomes are to it.
#pragma once

#include <functional>
#include <string>

#include "sim/output/array_writer.h"
#include "sim/results/results.h"

namespace moniac {

/// Writes nothing where the results are those of a single run.
class CaseWriter {
 public:
  CaseWriter(ArrayWriter& arrays, Hdf5Group& root, const Results& results)
      : arrays_(arrays), root_(root), results_(results) {}

  /// The axis of the cases, and an array for each of theirs. Comes first.
  void write();

  /// The axis of the cases in front of others, where there is one.
  Axes by_case(Axes axes) const;

  /// Says of an array what it measures.
  using Describe = std::function<void(Hdf5Dataset& stored, const SensitivityMeasure& measure)>;
  /// The sensitivity measures of a variable or an outcome, over its axes without that of the cases. Variables, then
  /// outcomes, come in the order of the results.
  void write_sensitivity(const std::string& name, const std::string& unit, const Axes& axes, const Describe& describe);

 private:
  void write_axis(const CaseAxis& axis);

  ArrayWriter& arrays_;
  Hdf5Group& root_;
  const Results& results_;
  Axis* case_ = nullptr;
  Axis* varied_ = nullptr;     // what varies between the cases
  std::size_t responses_ = 0;  // whose measures are written
};

}  // namespace moniac
