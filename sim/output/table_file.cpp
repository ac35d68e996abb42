#include "sim/output/table_file.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "sim/output/array_writer.h"
#include "sim/output/results_layout.h"

namespace moniac {

namespace {

class TableWriter {
 public:
  TableWriter(Hdf5File& file, const TableFile& table) : table_(table), root_(file.root()) {}

  void write() {
    root_.set_text("_NCProperties", "version=2,hdf5=" + hdf5_version());
    root_.set_text("Conventions", "CF-1.8");
    root_.set_text("title", table_.title);
    root_.set_text("format", table_.format);
    root_.set_text("format_version", "1.0");
    root_.set_text("moniac_version", table_.version);
    for (const TableColumn& axis : table_.axes) add_axis(axis);
    for (const TableColumn& column : table_.columns) add_column(column);
    arrays_.finish();
  }

 private:
  void add_axis(const TableColumn& axis) {
    std::visit([&](const auto& values) { axes_.push_back(&arrays_.add_axis(root_, axis.name, values)); }, axis.values);
    axes_.back()->scale.set_text("long_name", axis.words);
  }

  void add_column(const TableColumn& column) {
    Axes axes;
    std::size_t length = 1;
    for (const std::string& name : column.axes) {
      const auto axis = std::find_if(axes_.begin(), axes_.end(), [&](const Axis* one) { return one->name == name; });
      if (axis == axes_.end()) throw std::logic_error(column.name + " has no axis " + name);
      axes.push_back(*axis);
      length *= (*axis)->length;
    }
    const auto add = [&](const auto& values) {
      if (values.size() != length) throw std::logic_error(column.name + " is not as long as its axes");
      arrays_.add(root_, column.name, axes, values).set_text("long_name", column.words);
    };
    std::visit(add, column.values);
  }

  const TableFile& table_;
  Hdf5Group root_;
  ArrayWriter arrays_;
  Axes axes_;
};

}  // namespace

std::vector<std::int64_t> row_numbers(std::size_t rows) {
  std::vector<std::int64_t> numbers(rows);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

void write_table(const std::string& path, const TableFile& table) {
  write_file(path, [&](Hdf5File& file) { TableWriter(file, table).write(); });
}

}  // namespace moniac
