// The sensitivity measures of a sweep as they are read: parts of each variable and outcome, joined.
#pragma once

#include <string>
#include <vector>

#include "sim/output/array_reader.h"

namespace moniac {

class MeasureReader {
 public:
  explicit MeasureReader(ArrayReader& arrays);

  /// A measure of one variable or outcome, whose arrays have `of_response` as their shape in one case.
  void read(const Hdf5Dataset& dataset, const std::string& statistic, const Hdf5Shape& of_response);
  /// Once all are read: the measures of all variables and outcomes.
  std::vector<SensitivityMeasure> joined() const;

 private:
  struct Measure {
    std::string name, words;
    bool by_axis = true;
    bool in_unit = false;
    std::vector<std::vector<double>> parts;  // of each variable and outcome in turn
  };

  ArrayReader& arrays_;
  std::size_t axes_ = 0;
  std::vector<Measure> measures_;
};

}  // namespace moniac
