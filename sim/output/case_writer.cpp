#include "sim/output/case_writer.h"

#include <fmt/core.h>

#include <functional>
#include <numeric>

#include "sim/output/cf_units.h"

namespace moniac {

namespace {

std::size_t elements_of(const Axes& axes) {
  const Hdf5Shape shape = ArrayWriter::shape_of(axes);
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

// Of each of the `rows` of a measure the `count` responses from `first` on.
std::vector<double> values_of(const SensitivityMeasure& measure, std::size_t rows, std::size_t first,
                              std::size_t count) {
  const std::size_t responses = measure.values.size() / rows;
  std::vector<double> values;
  for (std::size_t row = 0; row < rows; ++row) {
    const auto begin = measure.values.begin() + static_cast<std::ptrdiff_t>(row * responses + first);
    values.insert(values.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
  }
  return values;
}

}  // namespace

void CaseWriter::write() {
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
    write_axis(axis);
    names.push_back(axis.name);
  }
  const auto count = [&](const char* name, const char* words, const std::vector<std::int64_t>& values) {
    arrays_.add(root_, name, {case_}, values).set_text("long_name", words);
  };
  count("case_paths_used", "Paths of the case that count in its statistics", cases.paths_used);
  count("case_paths_failed", "Paths of the case that failed", cases.failed);
  if (cases.sensitivity.empty()) return;
  varied_ = &arrays_.add_axis(root_, "axis", names);
  varied_->scale.set_text("long_name", "What varies between the cases");
  Axis& sentences = arrays_.add_bare_axis(root_, "sentence", cases.sentences.size());
  arrays_.add(root_, "sensitivity", {&sentences}, cases.sentences)
      .set_text("long_name", "What the sensitivity measures say");
}

void CaseWriter::write_axis(const CaseAxis& axis) {
  const std::string name = arrays_.unused_name("axis_" + axis.name);
  Hdf5Dataset stored = axis.words.empty() ? arrays_.add(root_, name, {case_}, axis.numbers)
                                          : arrays_.add(root_, name, {case_}, axis.words);
  stored.set_text("long_name", "Value of " + axis.name + " in the case");
  stored.set_text("moniac_axis", axis.name);
  if (!axis.words.empty()) return;
  stored.set_text("units", cf_units(axis.unit));
  stored.set_text("moniac_unit", axis.unit);
}

Axes CaseWriter::by_case(Axes axes) const {
  if (case_ != nullptr) axes.insert(axes.begin(), case_);
  return axes;
}

void CaseWriter::write_sensitivity(const std::string& name, const std::string& unit, const Axes& axes,
                                   const Describe& describe) {
  if (!results_.cases) return;
  const std::size_t count = elements_of(axes);
  for (const SensitivityMeasure& measure : results_.cases->sensitivity) {
    Axes over = axes;
    if (measure.by_axis) over.insert(over.begin(), varied_);
    const std::size_t rows = measure.by_axis ? results_.cases->axes.size() : 1;
    Hdf5Dataset stored =
        arrays_.add(root_, fmt::format("{}_{}", name, measure.name), over, values_of(measure, rows, responses_, count));
    describe(stored, measure);
    stored.set_text("units", measure.in_unit ? cf_units(unit) : "1");
    stored.set_text("moniac_statistic", measure.name);
    stored.set_text("moniac_measure", measure.words);
  }
  responses_ += count;
}

}  // namespace moniac
