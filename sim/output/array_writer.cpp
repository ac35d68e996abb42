#include "sim/output/array_writer.h"

#include <fmt/core.h>

#include <algorithm>

namespace moniac {

namespace {

// A name as HDF5, netCDF, Python attributes and R all accept it: letters, digits and underscores.
std::string plain_name(std::string name) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  std::replace_if(
      name.begin(), name.end(), [&](char c) { return !is_plain(c); }, '_');
  return name;
}

}  // namespace

Axis& ArrayWriter::add_bare_axis(Hdf5Group& group, const std::string& name, std::uint64_t length) {
  Hdf5Dataset scale = group.create_dimension(name, length);
  scale.set_number("_Netcdf4Dimid", next_dimension_++);
  return axes_.emplace_back(Axis{name, length, std::move(scale), {}});
}

Hdf5Shape ArrayWriter::shape_of(const Axes& axes) {
  Hdf5Shape shape;
  for (const Axis* axis : axes) shape.push_back(axis->length);
  return shape;
}

void ArrayWriter::attach(Hdf5Dataset& made, const Axes& axes) {
  std::vector<const Hdf5Dataset*> scales;
  for (const Axis* axis : axes) scales.push_back(&axis->scale);
  made.set_scales(scales);
  for (std::size_t i = 0; i < axes.size(); ++i)
    axes[i]->uses.push_back({.dataset = made.reference(), .axis = static_cast<std::int32_t>(i)});
}

std::string ArrayWriter::unused_name(const std::string& wanted) {
  std::string name = plain_name(wanted);
  for (int n = 2; !used_.insert(name).second; ++n) name = fmt::format("{}_{}", plain_name(wanted), n);
  return name;
}

void ArrayWriter::finish() {
  for (Axis& axis : axes_) axis.scale.set_uses(axis.uses);
}

}  // namespace moniac
