// Files of what a study finds and no run holds: columns over named dimensions, as HDF5 that is netCDF-4 as well.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace moniac {

/// Numbers or texts, row-major over `axes`.
struct TableColumn {
  std::string name;
  std::string words;              ///< `long_name`
  std::vector<std::string> axes;  ///< names of axes of the table, slowest first; none of an axis itself
  std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::string>> values;
};

/// All names are letters, digits and underscores.
struct TableFile {
  std::string format;  ///< "moniac-ledger"
  std::string title;
  std::string version;            ///< of the program
  std::vector<TableColumn> axes;  ///< coordinates of each dimension
  std::vector<TableColumn> columns;
};

/// Writes to a temporary name beside `path`, syncs and renames. Equal tables give equal bytes. Throws OutputError;
/// std::logic_error when a column has no such axis or not its length.
void write_table(const std::string& path, const TableFile& table);

}  // namespace moniac
