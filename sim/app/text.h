// Numbers, sizes and tables as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace moniac {

/// "20,000".
std::string grouped(std::int64_t number);

/// Decimals that show a difference of `spread` with `digits` significant digits; at most 9. 0 for 0.
int decimals_for(double spread, int digits);

/// x with a fixed number of decimals; in scientific notation where that would take more than 12 characters.
std::string fixed(double x, int decimals);

/// "1.3 MB".
std::string bytes_text(double bytes);

/// "3.2 s", "4 min 10 s", "2 h 3 min".
std::string duration_text(double seconds);

/// "64,500 paths/s", "1.25 million paths/s".
std::string rate_text(double paths_per_second);

/// "1 model", "2 models".
std::string counted(std::int64_t number, const std::string& noun);

/// Rows of cells in aligned columns, two blanks apart; trailing blanks are left out.
class TextTable {
 public:
  /// One letter per column: 'l' or 'r'.
  explicit TextTable(std::string alignment) : alignment_(std::move(alignment)) {}
  /// As many cells as there are columns.
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.empty(); }
  /// Every line starts with `indent` blanks.
  std::string text(std::size_t indent = 0) const;

 private:
  std::string alignment_;
  std::vector<std::vector<std::string>> rows_;
};

/// A table in Markdown; a bar in a cell is escaped.
class MarkdownTable {
 public:
  explicit MarkdownTable(const std::vector<std::string>& header);
  /// As many cells as there are columns.
  void add(const std::vector<std::string>& row);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// `text` with a question mark in place of each control character but the line feed: what comes from a file must not
/// command a terminal.
std::string printable(std::string text);

/// `text` broken at blanks into lines of at most `width` characters, each after `indent` blanks.
std::string wrapped(const std::string& text, std::size_t indent, std::size_t width = 80);

}  // namespace moniac
