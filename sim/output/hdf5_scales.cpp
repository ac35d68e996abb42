// Dimension scales: which array measures which axis.
#include <fmt/core.h>

#include <cstddef>
#include <string_view>

#include "sim/output/hdf5_internal.h"

namespace moniac {

namespace {

constexpr const char* scales_attribute = "DIMENSION_LIST";
constexpr std::string_view bare_dimension = "This is a netCDF dimension but not a netCDF variable.";

void write_list(hid_t dataset, const char* attribute, const Hdf5Id& type, hsize_t length, const void* values) {
  const Hdf5Id space = space_of({length});
  const Hdf5Id made(
      checked(H5Acreate2(dataset, attribute, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT), "adding", attribute),
      H5Aclose);
  checked(H5Awrite(made.get(), type.get(), values), "writing", attribute);
}

Hdf5Id reference_lists() {
  return {checked(H5Tvlen_create(H5T_STD_REF_OBJ), "making", "a type"), H5Tclose};
}

}  // namespace

void Hdf5Dataset::make_scale(const std::string& scale_name) {
  checked(H5DSset_scale(id(), scale_name.c_str()), "making a scale of", name());
}

void Hdf5Dataset::make_bare_scale(std::uint64_t length) {
  make_scale(fmt::format("{}{:10d}", bare_dimension, length));
}

// What H5DSattach_scale writes, but each attribute once: that function reads and rewrites the list of all uses of the
// scale at every call, which for a thousand variables takes minutes.
void Hdf5Dataset::set_scales(const std::vector<const Hdf5Dataset*>& scales) {
  if (scales.empty()) return;
  std::vector<hobj_ref_t> references;
  for (const Hdf5Dataset* scale : scales) references.push_back(scale->reference());
  std::vector<hvl_t> lists;
  for (hobj_ref_t& reference : references) lists.push_back({1, &reference});
  write_list(id(), scales_attribute, reference_lists(), lists.size(), lists.data());
}

void Hdf5Dataset::set_uses(const std::vector<ScaleUse>& uses) {
  if (uses.empty()) return;
  static_assert(sizeof(hobj_ref_t) == sizeof(ScaleUse::dataset));
  const Hdf5Id type(checked(H5Tcreate(H5T_COMPOUND, sizeof(ScaleUse)), "making", "a type"), H5Tclose);
  checked(H5Tinsert(type.get(), "dataset", offsetof(ScaleUse, dataset), H5T_STD_REF_OBJ), "making", "a type");
  checked(H5Tinsert(type.get(), "dimension", offsetof(ScaleUse, axis), H5T_NATIVE_INT), "making", "a type");
  write_list(id(), "REFERENCE_LIST", type, uses.size(), uses.data());
}

std::uint64_t Hdf5Dataset::reference() const {
  hobj_ref_t reference = 0;
  checked(H5Rcreate(&reference, id(), ".", H5R_OBJECT, -1), "referring to", name());
  return reference;
}

bool Hdf5Dataset::is_scale() const {
  return has("CLASS") && text("CLASS") == "DIMENSION_SCALE";
}

bool Hdf5Dataset::is_bare_scale() const {
  return is_scale() && has("NAME") && text("NAME").starts_with(bare_dimension);
}

std::vector<std::uint64_t> Hdf5Dataset::scales() const {
  std::vector<std::uint64_t> found(shape().size(), 0);
  if (found.empty() || !has(scales_attribute)) return found;
  const Hdf5Id attribute = open_attribute(scales_attribute);
  const Hdf5Id stored(checked(H5Aget_type(attribute.get()), "reading the axes of", name()), H5Tclose);
  const Hdf5Id space(checked(H5Aget_space(attribute.get()), "reading the axes of", name()), H5Sclose);
  const Hdf5Id type = reference_lists();
  if (H5Tequal(stored.get(), type.get()) <= 0 ||
      H5Sget_simple_extent_npoints(space.get()) != static_cast<hssize_t>(found.size()))
    throw Hdf5Error("the axes of " + name() + " are not those of a result");
  std::vector<hvl_t> lists(found.size());
  checked(H5Aread(attribute.get(), type.get(), lists.data()), "reading the axes of", name());
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (lists[i].len > 0) found[i] = *static_cast<const hobj_ref_t*>(lists[i].p);
  }
  checked(H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, lists.data()), "reading the axes of", name());
  return found;
}

}  // namespace moniac
