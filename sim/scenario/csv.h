// CSV files as tables of cells with places.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/scenario/problem.h"

namespace moniac {

struct CsvCell {
  std::string text;  ///< without quotes and outer blanks
  Place place;
};

struct CsvTable {
  std::vector<CsvCell> header;
  std::vector<std::vector<CsvCell>> rows;  ///< each as long as the header
};

/// A line of a table: its cells with commas between.
using CsvLine = CsvCell;

/// Splits a text into cells: commas between cells, "…" around a cell that holds commas or quotes, which are then
/// doubled; the first line that is neither blank nor a comment (#) names the columns, each in its own way. Everything
/// wrong goes to `problems`.
CsvTable read_csv(const std::shared_ptr<const SourceText>& source, Problems& problems);

/// The lines of such a text, header first. A large table takes little more memory than its text.
std::vector<CsvLine> read_csv_lines(const std::shared_ptr<const SourceText>& source, Problems& problems);

}  // namespace moniac
