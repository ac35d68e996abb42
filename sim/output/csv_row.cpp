#include "sim/output/csv_row.h"

#include <array>
#include <charconv>
#include <cmath>

namespace moniac {

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += c;
    quoted += c;
  }
  return quoted + "\"";
}

std::string csv_cell(double number) {
  if (std::isnan(number)) return "";
  std::array<char, 32> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

std::string csv_cell(std::int64_t number) {
  return std::to_string(number);
}

}  // namespace moniac
