#include "sim/output/measure_reader.h"

namespace moniac {

MeasureReader::MeasureReader(ArrayReader& arrays) : arrays_(arrays) {
  if (arrays.root().contains("axis")) axes_ = arrays.read_all<std::string>(arrays.root().open("axis")).size();
}

void MeasureReader::read(const Hdf5Dataset& dataset, const std::string& statistic, const Hdf5Shape& of_response) {
  const bool by_axis = dataset.shape().size() > of_response.size();
  Hdf5Shape shape = of_response;
  if (by_axis) shape.insert(shape.begin(), axes_);
  Measure& measure = named(measures_, statistic);
  measure.words = dataset.text("moniac_measure");
  measure.by_axis = by_axis;
  measure.in_unit = measure.in_unit || dataset.text("units") != "1";
  measure.parts.push_back(arrays_.of_shape<double>(dataset, shape));
}

// [axis][response] of the parts, each [axis][responses of a variable or outcome].
std::vector<SensitivityMeasure> MeasureReader::joined() const {
  std::vector<SensitivityMeasure> all;
  for (const Measure& measure : measures_) {
    SensitivityMeasure& joined = all.emplace_back();
    joined.name = measure.name;
    joined.words = measure.words;
    joined.by_axis = measure.by_axis;
    joined.in_unit = measure.in_unit;
    const std::size_t rows = measure.by_axis ? axes_ : 1;
    for (std::size_t row = 0; row < rows; ++row) {
      for (const std::vector<double>& part : measure.parts) {
        const auto length = static_cast<std::ptrdiff_t>(part.size() / rows);
        const auto begin = part.begin() + static_cast<std::ptrdiff_t>(row) * length;
        joined.values.insert(joined.values.end(), begin, begin + length);
      }
    }
  }
  return all;
}

}  // namespace moniac
