#include "models/trade/table_rows.h"

#include <algorithm>
#include <charconv>
#include <cmath>
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
  if (error != std::errc() || rest != end || !std::isfinite(number)) return {};
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

// The labels of a table: regions and sectors of its rows, and its columns.
struct Labels {
  const Words &regions, &sectors, &columns;
};

// Rows with two labels and a number per column, in the order of the names: [first][second][column].
class LabelledRows {
 public:
  LabelledRows(std::string list, const Labels& labels, const Complain& complain)
      : list_(std::move(list)), labels_(labels), complain_(complain) {}

  std::vector<double> read(const Words& rows) {
    values_.resize(labels_.regions.size() * labels_.sectors.size() * labels_.columns.size());
    row_.assign(labels_.regions.size() * labels_.sectors.size(), 0);
    if (columns_of(rows) != labels_.columns)
      tell("the columns are not those of the table, in its order", "table_" + list_);
    for (std::size_t row = 1; row < rows.size(); ++row) take(cells_of(rows[row]), row);
    for (std::size_t at = 0; at < row_.size(); ++at)
      if (row_[at] == 0) tell("there is no row for " + name_of(at), "table_" + list_);
    return std::move(values_);
  }

  /// Where the row of a region and sector was given, as a parameter.
  std::string place_of(std::size_t region, std::size_t sector) const {
    return param(row_[region * labels_.sectors.size() + sector]);
  }

 private:
  std::string param(std::size_t row) const { return "table_" + list_ + "[" + std::to_string(row) + "]"; }
  std::string name_of(std::size_t at) const {
    return labels_.regions[at / labels_.sectors.size()] + " " + labels_.sectors[at % labels_.sectors.size()];
  }
  void tell(const std::string& what, const std::string& where) const { complain_(list_ + ": " + what, {where}); }

  void take(const Words& cells, std::size_t row) {
    if (cells.size() != labels_.columns.size() + 2)
      return tell("this row has " + std::to_string(cells.size()) + " cells, the table " +
                      std::to_string(labels_.columns.size() + 2),
                  param(row));
    const auto region = index_in(labels_.regions, cells[0]), sector = index_in(labels_.sectors, cells[1]);
    if (!region) tell("'" + cells[0] + "' is no region of the table", param(row));
    if (!sector) tell("'" + cells[1] + "' is no sector of the table", param(row));
    if (!region || !sector) return;
    const std::size_t at = *region * labels_.sectors.size() + *sector;
    if (row_[at] != 0) tell("there are two rows for " + name_of(at), param(row));
    row_[at] = row;
    for (std::size_t column = 0; column < labels_.columns.size(); ++column) {
      const auto number = number_of(cells[column + 2]);
      if (!number)
        tell("'" + cells[column + 2] + "' in the row of " + name_of(at) + " under " + labels_.columns[column] +
                 " is no number",
             param(row));
      values_[at * labels_.columns.size() + column] = number.value_or(0);
    }
  }

  std::string list_;
  Labels labels_;
  const Complain& complain_;
  std::vector<double> values_;
  std::vector<std::size_t> row_;  // of each region and sector; 0, the header, where there is none
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

// Before memory is taken for them.
void check_most(const char* names, std::size_t count, std::size_t most, const char* list, const Complain& complain) {
  if (count > most)
    complain(std::to_string(count) + " " + names + ", where a table has at most " + std::to_string(most),
             {std::string(list) + "[0]"});
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
  check_most("exporters", table.regions.size(), max_trade_regions, "table_flows", tell);
  check_most("sectors", table.sectors.size(), max_trade_sectors, "table_inputs", tell);
  if (has_twice(table.regions)) tell("flows name an exporter twice", {"table_flows"});
  if (has_twice(table.sectors)) tell("inputs name a sector twice", {"table_inputs"});
  if (complaints > 0) return table;

  const TradeShape shape = table.shape();
  const Labels of_links{table.regions, table.sectors, table.regions},
      of_inputs{table.regions, table.sectors, table.sectors};
  LabelledRows flows("flows", of_links, tell), tariffs("tariffs", of_links, tell), inputs("inputs", of_inputs, tell);
  table.flow = by_link(shape, flows.read(rows.flows));
  table.tariff = by_link(shape, tariffs.read(rows.tariffs));
  table.input = inputs.read(rows.inputs);
  const auto place_of = [&](const TablePlace& place) {
    switch (place.part) {
      case TablePlace::Part::flows:
        return flows.place_of(place.region, place.sector);
      case TablePlace::Part::tariffs:
        return tariffs.place_of(place.region, place.sector);
      case TablePlace::Part::inputs:
        break;
    }
    return inputs.place_of(place.region, place.sector);
  };
  if (complaints == 0) {
    for (TableProblem& problem : problems_of(table))
      tell(std::move(problem.message),
           problem.place ? Words{place_of(*problem.place)} : Words{"table_flows", "table_inputs"});
  }
  if (complaints > most_complaints)
    complain("and " + std::to_string(complaints - most_complaints) + " problems more", {"table_flows"});
  return table;
}

}  // namespace moniac
