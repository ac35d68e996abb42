// Tables of reference numbers, and how close is equal.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/reference.h"

namespace moniac::testing {

using Row = std::map<std::string, double>;

/// The rows of {"columns": […], "rows": [[…], …]}, each by column name.
inline std::vector<Row> rows(const nlohmann::json& table) {
  std::vector<Row> result;
  for (const auto& numbers : table.at("rows")) {
    Row row;
    for (std::size_t i = 0; i < numbers.size(); ++i)
      row[table.at("columns").at(i).get<std::string>()] = numbers.at(i).get<double>();
    result.push_back(row);
  }
  return result;
}

/// Equal within a relative error.
inline Approx near(double expected, double tolerance) {
  return Approx(expected).epsilon(tolerance).margin(0);
}

}  // namespace moniac::testing
