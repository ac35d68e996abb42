// Arrays of a result file as they are read, with the bytes that they claim counted.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <type_traits>
#include <vector>

#include "sim/output/hdf5_file.h"
#include "sim/results/results.h"

namespace moniac {

/// The element of `list` with this name; a new one at the end when there is none.
template <class T>
T& named(std::vector<T>& list, const std::string& name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const T& known) { return known.name == name; });
  if (found != list.end()) return *found;
  list.emplace_back().name = name;
  return list.back();
}

/// Reads arrays of a file. All throw Hdf5Error.
class ArrayReader {
 public:
  explicit ArrayReader(const Hdf5File& file);

  const Hdf5Group& root() const { return root_; }

  template <class T>
  std::vector<T> read_all(const Hdf5Dataset& dataset) {
    count(dataset.stored_bytes(), dataset);
    std::vector<T> values = dataset.read<T>();
    if constexpr (std::is_same_v<T, std::string>) {
      for (const std::string& text : values) count(text.size(), dataset);
    }
    return values;
  }

  template <class T>
  std::vector<T> of_shape(const Hdf5Dataset& dataset, const Hdf5Shape& shape) {
    if (dataset.shape() != shape) throw Hdf5Error(dataset.name() + " does not fit its axes");
    return read_all<T>(dataset);
  }

  template <class T>
  std::vector<T> of_length(const Hdf5Dataset& dataset, std::size_t length) {
    return of_shape<T>(dataset, {length});
  }

  template <class T>
  T scalar(const Hdf5Dataset& dataset) {
    return of_shape<T>(dataset, {}).front();
  }

  /// Puts column `name` of `group` into the rows, which are as many as the column is long or already there.
  template <class T, class Row, class Set>
  void read_column(const Hdf5Group& group, const std::string& name, std::vector<Row>& rows, Set set) {
    if (!group.contains(name)) return;
    const Hdf5Dataset dataset = group.open(name);
    const std::vector<T> values = rows.empty() ? read_all<T>(dataset) : of_length<T>(dataset, rows.size());
    rows.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) set(rows[i], values[i]);
  }

  /// The labels along an axis; many variables share one.
  const Dimension& dimension_of(const Hdf5Dataset& dataset, std::size_t axis);

 private:
  void count(std::uint64_t bytes, const Hdf5Dataset& dataset);

  Hdf5Group root_;
  std::uint64_t unread_;                           // bytes of the file that no array has claimed yet
  std::map<std::uint64_t, std::string> names_;     // of what is in the root, by reference
  std::map<std::uint64_t, Dimension> dimensions_;  // by reference
};

}  // namespace moniac
