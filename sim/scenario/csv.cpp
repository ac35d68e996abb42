#include "sim/scenario/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/scenario/utf8.h"

namespace moniac {

namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The text of a cell in quotes, in which a quote is written twice (RFC 4180); other text as it is.
std::string unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string{text};
  text = text.substr(1, text.size() - 2);
  std::string inside;
  for (std::size_t i = 0; i < text.size(); ++i) {
    inside += text[i];
    if (text.substr(i, 2) == "\"\"") ++i;
  }
  return inside;
}

// Splits one line; commas between quotes do not separate.
class LineSplitter {
 public:
  LineSplitter(const std::shared_ptr<const SourceText>& source, std::string_view line, int number, Problems& problems)
      : source_(source), line_(line), number_(number), problems_(problems) {}

  /// The cells; none when a quote is not closed.
  std::vector<CsvCell> split() {
    std::vector<CsvCell> cells;
    std::size_t start = 0;
    while (true) {
      const std::optional<std::size_t> end = cell_end(start);
      if (!end) return {};
      cells.push_back(cell(start, *end));
      if (*end >= line_.size()) return cells;
      start = *end + 1;
    }
  }

 private:
  std::optional<std::size_t> cell_end(std::size_t start) {
    bool open = false;
    for (std::size_t i = start; i < line_.size(); ++i) {
      if (line_[i] == '"') open = !open;
      if (line_[i] == ',' && !open) return i;
    }
    if (!open) return line_.size();
    problems_.add(place(start, 1), "a quote in this cell is not closed", "close it on the same line");
    return {};
  }

  CsvCell cell(std::size_t start, std::size_t end) {
    const std::string_view raw = line_.substr(start, end - start);
    const std::string_view text = trimmed(raw);
    const std::size_t lead = std::min(raw.find_first_not_of(" \t"), raw.size());
    const Place at = place(start + lead, std::max(character_count(text), 1));
    return {unquoted(text), at};
  }

  // Offsets grow from call to call, so counting goes on from the last one.
  Place place(std::size_t offset, int length) {
    column_ += character_count(line_.substr(counted_, offset - counted_));
    counted_ = offset;
    return {source_, number_, column_, length};
  }

  const std::shared_ptr<const SourceText>& source_;
  std::string_view line_;
  int number_;
  Problems& problems_;
  std::size_t counted_ = 0;
  int column_ = 1;
};

bool check_text(const std::shared_ptr<const SourceText>& source, Problems& problems) {
  if (source->text.size() > source->most_bytes) {
    problems.add({source, 0, 0, 0}, fmt::format("the file has more than {} MiB", source->most_bytes >> 20U),
                 "cut it to the columns, rows and digits that are used");
    return false;
  }
  if (!first_unreadable(source->text)) return true;
  problems.add({source, 0, 0, 0}, "the file is not UTF-8 text", "save it as UTF-8 text without control characters");
  return false;
}

// Columns without a name, as behind the last comma of some programs, are not asked for.
void check_names(const std::vector<CsvCell>& header, Problems& problems) {
  std::map<std::string_view, const CsvCell*> seen;
  for (const CsvCell& cell : header) {
    if (cell.text.empty()) continue;
    if (const auto [first, fresh] = seen.emplace(cell.text, &cell); !fresh) {
      problems.add(cell.place, fmt::format("two columns are named {}", in_quotes(cell.text)), "rename one of them",
                   first->second->place);
    }
  }
}

// Gives `take` the cells of each line that holds some, header first; all lines are as long as the header.
template <class Take>
void each_line(const std::shared_ptr<const SourceText>& source, Problems& problems, const Take& take) {
  if (!check_text(source, problems)) return;
  std::size_t columns = 0;
  std::string_view text = without_byte_order_mark(source->text);
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (trimmed(line).empty() || trimmed(line)[0] == '#') continue;
    std::vector<CsvCell> cells = LineSplitter{source, line, number, problems}.split();
    if (cells.empty() && columns == 0) return;  // without its header the rest means nothing
    if (cells.empty()) continue;
    if (columns == 0) {
      columns = cells.size();
      check_names(cells, problems);
    }
    if (cells.size() == columns) {
      take(std::move(cells));
    } else {
      problems.add(cells.back().place, fmt::format("cells in this line: {}; in the header: {}", cells.size(), columns),
                   "cells are separated by commas; put a cell that holds a comma in double quotes");
    }
  }
  if (columns == 0)
    problems.add({source, 0, 0, 0}, "the file has no header line", "write the names of its columns first");
}

}  // namespace

CsvTable read_csv(const std::shared_ptr<const SourceText>& source, Problems& problems) {
  CsvTable table;
  each_line(source, problems, [&](std::vector<CsvCell> cells) {
    if (table.header.empty()) {
      table.header = std::move(cells);
    } else {
      table.rows.push_back(std::move(cells));
    }
  });
  return table;
}

std::vector<CsvLine> read_csv_lines(const std::shared_ptr<const SourceText>& source, Problems& problems) {
  std::vector<CsvLine> lines;
  each_line(source, problems, [&](const std::vector<CsvCell>& cells) {
    CsvLine& line = lines.emplace_back(cells.front());
    for (std::size_t i = 1; i < cells.size(); ++i) line.text += "," + cells[i].text;
  });
  return lines;
}

}  // namespace moniac
