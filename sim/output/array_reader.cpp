#include "sim/output/array_reader.h"

#include <fmt/core.h>

namespace moniac {

ArrayReader::ArrayReader(const Hdf5File& file) : root_(file.root()), unread_(file.bytes()) {
  for (const Hdf5Entry& entry : root_.entries()) names_.emplace(entry.reference, entry.name);
}

// Together the arrays cannot hold more than the file does: two that share their bytes are a trap.
void ArrayReader::count(std::uint64_t bytes, const Hdf5Dataset& dataset) {
  if (bytes > unread_) throw Hdf5Error(dataset.name() + " claims what the file does not hold");
  unread_ -= bytes;
}

const Dimension& ArrayReader::dimension_of(const Hdf5Dataset& dataset, std::size_t axis) {
  const std::uint64_t reference = dataset.scales().at(axis);
  if (const auto known = dimensions_.find(reference); known != dimensions_.end()) return known->second;
  const auto name = names_.find(reference);
  if (name == names_.end()) throw Hdf5Error(fmt::format("axis {} of {} has no scale", axis, dataset.name()));
  const Hdf5Dataset scale = root_.open(name->second);
  return dimensions_[reference] = {scale.text("moniac_dimension"), read_all<std::string>(scale)};
}

}  // namespace moniac
