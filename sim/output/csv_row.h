// Cells and rows of comma-separated values (RFC 4180).
#pragma once

#include <cstdint>
#include <string>

namespace moniac {

/// In quotes where it holds a separator, a quote or a line break; a quote within is doubled.
std::string csv_cell(const std::string& text);
/// The shortest text that reads back as the number; empty for NaN.
std::string csv_cell(double number);
std::string csv_cell(std::int64_t number);

/// The cells with commas between them and a line feed behind.
template <class... Cells>
std::string csv_row(const Cells&... cells) {
  std::string text;
  ((text += csv_cell(cells) + ","), ...);
  text.back() = '\n';
  return text;
}

}  // namespace moniac
