// Files of what a study finds and no run holds: columns over named dimensions, as HDF5 that is netCDF-4 as well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace moniac {

using TableValues = std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::string>>;

/// Values row-major over `axes`, names of axes of the table, slowest first; none of an axis itself.
struct TableColumn {
  std::string name;
  std::string words;  ///< `long_name`
  std::vector<std::string> axes;
  TableValues values;
};

/// All names are letters, digits and underscores.
struct TableFile {
  std::string format;  ///< "moniac-ledger"
  std::string title;
  std::string version;                    ///< of the program
  std::vector<TableColumn> axes = {};     ///< coordinates of each dimension
  std::vector<TableColumn> columns = {};  ///< in the order of the file

  void add_axis(const std::string& name, const std::string& words, TableValues values) {
    axes.push_back({name, words, {}, std::move(values)});
  }
  void add(const std::string& name, const std::string& words, const std::vector<std::string>& over,
           TableValues values) {
    columns.push_back({name, words, over, std::move(values)});
  }
  /// value(row) of each row over one axis.
  template <class Row, class Value>
  void add_column(const std::string& name, const std::string& words, const std::string& axis,
                  const std::vector<Row>& rows, const Value& value) {
    std::vector<std::decay_t<decltype(value(rows.front()))>> values;
    for (const Row& row : rows) values.push_back(value(row));
    add(name, words, {axis}, std::move(values));
  }
};

/// 0, 1, … as coordinates of rows that have no name.
std::vector<std::int64_t> row_numbers(std::size_t rows);

/// Writes to a temporary name beside `path`, syncs and renames. Equal tables give equal bytes. Throws OutputError;
/// std::logic_error when a column has no such axis or not its length.
void write_table(const std::string& path, const TableFile& table);

}  // namespace moniac
