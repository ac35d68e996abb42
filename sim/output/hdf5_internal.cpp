#include "sim/output/hdf5_internal.h"

#include <fmt/core.h>

#include <string_view>

namespace moniac {

namespace {

// HDF5 reports a failed system call as one long text with "error message = 'No space left on device'" in its middle.
// That message is the cause; without one, the innermost entry of the error stack is.
struct Cause {
  std::string innermost;
  std::string system;
};

herr_t collect(unsigned depth, const H5E_error2_t* entry, void* data) {
  auto& cause = *static_cast<Cause*>(data);
  const std::string text = entry->desc != nullptr ? entry->desc : "";
  constexpr std::string_view mark = "error message = '";
  if (const auto at = text.find(mark); at != std::string::npos && cause.system.empty()) {
    const auto first = at + mark.size();
    cause.system = text.substr(first, text.find('\'', first) - first);
  }
  if (depth == 0) cause.innermost = text;
  return 0;
}

bool equal_types(hid_t a, hid_t b) {
  return H5Tequal(a, b) > 0;
}

}  // namespace

Hdf5Error failure(const std::string& doing, const std::string& name) {
  Cause cause;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, collect, &cause);
  const std::string& text = cause.system.empty() ? cause.innermost : cause.system;
  return Hdf5Error(fmt::format("{} ({} {})", text.empty() ? "HDF5 gives no reason" : text, doing, name));
}

Hdf5Id text_type(std::size_t length) {
  Hdf5Id type(checked(H5Tcopy(H5T_C_S1), "making", "a text type"), H5Tclose);
  checked(H5Tset_size(type.get(), length), "making", "a text type");
  checked(H5Tset_strpad(type.get(), length == H5T_VARIABLE ? H5T_STR_NULLTERM : H5T_STR_NULLPAD), "making",
          "a text type");
  checked(H5Tset_cset(type.get(), H5T_CSET_UTF8), "making", "a text type");
  return type;
}

std::string type_name(hid_t type) {
  if (H5Tget_class(type) == H5T_STRING) return "text";
  if (equal_types(type, H5T_IEEE_F64LE)) return "float64";
  if (equal_types(type, H5T_IEEE_F32LE)) return "float32";
  if (equal_types(type, H5T_STD_I32LE)) return "int32";
  if (equal_types(type, H5T_STD_I64LE)) return "int64";
  if (equal_types(type, H5T_STD_U64LE)) return "uint64";
  return "other";
}

bool is_number_type(hid_t type) {
  const std::string name = type_name(type);
  return name != "text" && name != "other";
}

std::uint64_t elements(const Hdf5Shape& shape) {
  std::uint64_t count = 1;
  for (const std::uint64_t length : shape) {
    if (__builtin_mul_overflow(count, length, &count)) throw Hdf5Error("an array is too large to have been written");
  }
  return count;
}

Hdf5Id scalar_space() {
  return {checked(H5Screate(H5S_SCALAR), "making", "a scalar"), H5Sclose};
}

Hdf5Id space_of(const Hdf5Shape& shape) {
  if (shape.empty()) return scalar_space();
  const std::vector<hsize_t> lengths(shape.begin(), shape.end());
  return {checked(H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), nullptr), "making", "a shape"),
          H5Sclose};
}

Hdf5Id object_properties(hid_t kind) {
  Hdf5Id properties(checked(H5Pcreate(kind), "making", "properties"), H5Pclose);
  checked(H5Pset_attr_creation_order(properties.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "making",
          "properties");
  checked(H5Pset_attr_phase_change(properties.get(), 64, 32), "making", "properties");
  checked(H5Pset_obj_track_times(properties.get(), false), "making", "properties");
  return properties;
}

Hdf5Id group_properties(hid_t kind) {
  Hdf5Id properties = object_properties(kind);
  checked(H5Pset_link_creation_order(properties.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "making",
          "properties");
  return properties;
}

std::uint64_t file_bytes(hid_t object) {
  const Hdf5Id file(checked(H5Iget_file_id(object), "asking for", "the file"), H5Fclose);
  hsize_t bytes = 0;
  checked(H5Fget_filesize(file.get(), &bytes), "asking for", "the size of the file");
  return bytes;
}

}  // namespace moniac
