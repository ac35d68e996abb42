#include "sim/app/values_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "sim/app/text.h"

namespace moniac {

namespace {

// The values of one variable at the last date.
std::span<const double> values_of(const Results& results, const RecordedVariable& variable) {
  return std::span(variable.mean).subspan((results.dates.size() - 1) * variable.width(), variable.width());
}

// Decimals that show the largest of some values with five digits, at most four.
int common_decimals(std::span<const double> values) {
  double largest = 0;
  for (const double value : values) largest = std::isfinite(value) ? std::max(largest, std::abs(value)) : largest;
  return std::min(decimals_for(largest, 5), 4);
}

// Variables of the same one dimension, a column each.
std::string columns_text(const Results& results, std::span<const RecordedVariable> variables) {
  const Dimension& rows = variables.front().dimensions.front();
  TextTable table("l" + std::string(variables.size(), 'r'));
  std::vector<std::string> names = {rows.name}, units = {""};
  for (const RecordedVariable& variable : variables) {
    names.push_back(variable.name);
    units.push_back(variable.unit);
  }
  table.add(names);
  table.add(units);
  for (std::size_t label = 0; label < rows.labels.size(); ++label) {
    std::vector<std::string> row = {rows.labels[label]};
    for (const RecordedVariable& variable : variables) {
      const auto values = values_of(results, variable);
      row.push_back(fixed(values[label], common_decimals(values)));
    }
    table.add(row);
  }
  return table.text();
}

// A variable of two dimensions: the first down, the second across.
std::string matrix_text(const Results& results, const RecordedVariable& variable) {
  const Dimension& rows = variable.dimensions[0];
  const Dimension& columns = variable.dimensions[1];
  const auto values = values_of(results, variable);
  TextTable table("l" + std::string(columns.labels.size(), 'r'));
  std::vector<std::string> heading = {fmt::format("{}, {}", variable.name, variable.unit)};
  heading.insert(heading.end(), columns.labels.begin(), columns.labels.end());
  table.add(heading);
  for (std::size_t row = 0; row < rows.labels.size(); ++row) {
    std::vector<std::string> cells = {rows.labels[row]};
    for (std::size_t column = 0; column < columns.labels.size(); ++column)
      cells.push_back(fixed(values[row * columns.labels.size() + column], common_decimals(values)));
    table.add(cells);
  }
  return table.text();
}

std::string list_text(const Results& results, std::span<const RecordedVariable> variables) {
  TextTable table("llr");
  for (const RecordedVariable& variable : variables) {
    const auto values = values_of(results, variable);
    for (std::size_t i = 0; i < values.size(); ++i)
      table.add({variable.name_of(i), variable.unit, fixed(values[i], decimals_for(values[i], 5))});
  }
  return table.text();
}

// Whether both go into one table.
bool together(const RecordedVariable& a, const RecordedVariable& b) {
  const std::size_t dimensions = a.dimensions.size();
  if (dimensions != b.dimensions.size() || dimensions == 2) return false;
  return dimensions != 1 || a.dimensions == b.dimensions;
}

}  // namespace

std::string values_table(const Results& results) {
  if (results.variables.empty() || results.dates.empty()) return {};
  std::string text = "\nat " + iso(results.dates.back()) + "\n";
  const std::span<const RecordedVariable> all = results.variables;
  for (std::size_t first = 0, next = 1; first < all.size(); first = next++) {
    while (next < all.size() && together(all[first], all[next])) ++next;
    const auto group = all.subspan(first, next - first);
    const std::size_t dimensions = all[first].dimensions.size();
    text += (first > 0 ? "\n" : "") + (dimensions == 1   ? columns_text(results, group)
                                       : dimensions == 2 ? matrix_text(results, all[first])
                                                         : list_text(results, group));
  }
  return text;
}

}  // namespace moniac
