#include "models/trade/table_rows.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

namespace moniac {

namespace {

using Words = std::vector<std::string>;
using Complain = std::function<void(std::string, Words)>;

Words cells_of(const std::string& row) {
  Words cells(1);
  for (const char c : row) {
    if (c == ',') {
      cells.emplace_back();
    } else if (c != ' ' && c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

std::optional<double> number_of(const std::string& cell) {
  double number = 0;
  const char* end = cell.data() + cell.size();
  const auto [rest, error] = std::from_chars(cell.data(), end, number);
  if (error != std::errc() || rest != end) return {};
  return number;
}

std::optional<std::size_t> index_in(const Words& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return {};
  return static_cast<std::size_t>(found - names.begin());
}

// The columns of a header after the two that label a row.
Words columns_of(const Words& rows) {
  Words header = rows.empty() ? Words{} : cells_of(rows.front());
  header.erase(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, header.size())));
  return header;
}

// Rows with two labels and a number per column, in the order of the names: [first][second][column].
class LabelledRows {
 public:
  LabelledRows(std::string list, const Words& regions, const Words& sectors, const Words& columns,
               const Complain& complain)
      : list_(std::move(list)), regions_(regions), sectors_(sectors), columns_(columns), complain_(complain) {}

  std::vector<double> read(const Words& rows) {
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    values_.assign(regions_.size() * sectors_.size() * columns_.size(), missing);
    seen_.assign(regions_.size() * sectors_.size(), false);
    if (columns_of(rows) != columns_) tell("the columns are not those of the table, in its order");
    for (std::size_t row = 1; row < rows.size(); ++row) take(cells_of(rows[row]), row);
    for (std::size_t at = 0; at < seen_.size(); ++at)
      if (!seen_[at])
        tell("there is no row for " + regions_[at / sectors_.size()] + " " + sectors_[at % sectors_.size()]);
    return std::move(values_);
  }

 private:
  void tell(const std::string& what) const { complain_(list_ + ": " + what, {"table_" + list_}); }

  void take(const Words& cells, std::size_t row) {
    const std::string where = "row " + std::to_string(row);
    if (cells.size() != columns_.size() + 2)
      return tell(where + " has " + std::to_string(cells.size()) + " cells, the table " +
                  std::to_string(columns_.size() + 2));
    const auto region = index_in(regions_, cells[0]), sector = index_in(sectors_, cells[1]);
    if (!region) tell("'" + cells[0] + "' in " + where + " is no region of the table");
    if (!sector) tell("'" + cells[1] + "' in " + where + " is no sector of the table");
    if (!region || !sector) return;
    const std::size_t at = *region * sectors_.size() + *sector;
    if (seen_[at]) tell("there are two rows for " + cells[0] + " " + cells[1]);
    seen_[at] = true;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      const auto number = number_of(cells[column + 2]);
      if (!number)
        tell("'" + cells[column + 2] + "' in the row of " + cells[0] + " " + cells[1] + " under " + columns_[column] +
             " is no number");
      values_[at * columns_.size() + column] = number.value_or(0);
    }
  }

  std::string list_;
  const Words &regions_, &sectors_, &columns_;
  const Complain& complain_;
  std::vector<double> values_;
  std::vector<bool> seen_;
};

// From [importer][sector][exporter] to links.
std::vector<double> by_link(const TradeShape& shape, const std::vector<double>& rows) {
  std::vector<double> values(shape.links());
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      for (std::size_t i = 0; i < shape.regions; ++i)
        values[shape.link(n, i, j)] = rows[(n * shape.sectors + j) * shape.regions + i];
    }
  }
  return values;
}

bool has_twice(Words names) {
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

}  // namespace

TradeTable read_table(const TableRows& rows, const Complain& complain) {
  int complaints = 0;
  const Complain tell = [&](std::string message, Words lists) {
    if (++complaints <= most_complaints) complain(std::move(message), std::move(lists));
  };
  TradeTable table{
      .regions = columns_of(rows.flows), .sectors = columns_of(rows.inputs), .flow = {}, .tariff = {}, .input = {}};
  if (table.regions.empty())
    tell("flows have a header 'importer,sector' with the exporters, and rows", {"table_flows"});
  if (table.sectors.empty()) tell("inputs have a header 'region,input' with the sectors, and rows", {"table_inputs"});
  if (has_twice(table.regions)) tell("flows name an exporter twice", {"table_flows"});
  if (has_twice(table.sectors)) tell("inputs name a sector twice", {"table_inputs"});
  if (complaints > 0) return table;

  const TradeShape shape = table.shape();
  table.flow =
      by_link(shape, LabelledRows("flows", table.regions, table.sectors, table.regions, tell).read(rows.flows));
  table.tariff =
      by_link(shape, LabelledRows("tariffs", table.regions, table.sectors, table.regions, tell).read(rows.tariffs));
  table.input = LabelledRows("inputs", table.regions, table.sectors, table.sectors, tell).read(rows.inputs);
  if (complaints == 0)
    for (const std::string& problem : problems_of(table))
      tell(problem, {"table_flows", "table_tariffs", "table_inputs"});
  if (complaints > most_complaints)
    complain("and " + std::to_string(complaints - most_complaints) + " problems more", {"table_flows"});
  return table;
}

}  // namespace moniac
