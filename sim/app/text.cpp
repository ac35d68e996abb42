#include "sim/app/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "sim/scenario/utf8.h"

namespace moniac {

namespace {

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(character_count(text));
}

// floor(log10 |x|), read from the decimal notation.
int decimal_exponent(double x) {
  const std::string scientific = fmt::format("{:.17e}", x);
  return std::atoi(scientific.c_str() + scientific.find('e') + 1);
}

}  // namespace

std::string printable(std::string text) {
  unsigned char before = 0;
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool second_of_c1 = before == 0xC2 && byte >= 0x80 && byte < 0xA0;  // U+0080 … U+009F
    before = byte;
    if ((byte < 0x20 && c != '\n') || byte == 0x7F || second_of_c1) c = '?';
  }
  return text;
}

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t end = digits.size(); end > first + 3; end -= 3) digits.insert(end - 3, ",");
  return digits;
}

int decimals_for(double spread, int digits) {
  if (spread == 0 || !std::isfinite(spread)) return 0;
  return std::clamp(digits - 1 - decimal_exponent(spread), 0, 9);
}

std::string fixed(double x, int decimals) {
  const std::string plain = fmt::format("{:.{}f}", x, decimals);
  return plain.size() <= 12 ? plain : fmt::format("{:.4e}", x);
}

std::string bytes_text(double bytes) {
  if (bytes < 1000) return fmt::format("{:.0f} bytes", bytes);
  const char* const units[] = {"kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  double amount = bytes / 1000;
  for (; amount >= 999.5 && unit + 1 < std::size(units); ++unit) amount /= 1000;
  return fmt::format("{:.{}f} {}", amount, amount < 9.95 ? 1 : 0, units[unit]);
}

std::string duration_text(double seconds) {
  if (seconds < 0.995) return fmt::format("{:.2g} s", seconds);
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  const std::int64_t whole = std::llround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string rate_text(double paths_per_second) {
  if (!std::isfinite(paths_per_second)) return "? paths/s";
  if (paths_per_second >= 1e6) return fmt::format("{:.3g} million paths/s", paths_per_second / 1e6);
  const double unit = paths_per_second < 1000 ? 1 : 100;  // three digits are enough
  return grouped(std::llround(paths_per_second / unit) * std::llround(unit)) + " paths/s";
}

std::string counted(std::int64_t number, const std::string& noun) {
  return grouped(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string TextTable::text(std::size_t indent) const {
  std::vector<std::size_t> widths(alignment_.size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string text;
  for (const auto& row : rows_) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - width_of(row[i]), ' ');
      line += (i > 0 ? "  " : "") + (alignment_[i] == 'r' ? padding + row[i] : row[i] + padding);
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

MarkdownTable::MarkdownTable(const std::vector<std::string>& header) {
  add(header);
  for (std::size_t i = 0; i < header.size(); ++i) text_ += "|---";
  text_ += "|\n";
}

void MarkdownTable::add(const std::vector<std::string>& row) {
  for (std::string cell : row) {
    for (std::size_t at = cell.find('|'); at != std::string::npos; at = cell.find('|', at + 2))
      cell.insert(at, 1, '\\');
    text_ += "| " + cell + " ";
  }
  text_ += "|\n";
}

std::string wrapped(const std::string& text, std::size_t indent, std::size_t width) {
  std::string all, line(indent, ' ');
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const bool fresh = line.size() == indent;
    if (!fresh && width_of(line) + 1 + width_of(word) > width) {
      all += line + "\n";
      line = std::string(indent, ' ') + word;
    } else {
      line += (fresh ? "" : " ") + word;
    }
  }
  return line.size() == indent ? all : all + line + "\n";
}

}  // namespace moniac
