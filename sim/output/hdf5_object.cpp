// Attributes.
#include <fmt/core.h>

#include <algorithm>

#include "sim/output/hdf5_internal.h"

namespace moniac {

namespace {

constexpr std::size_t longest_attribute = std::size_t{16} << 20;  // bytes

void add(hid_t object, const std::string& attribute, hid_t stored, hid_t given, const void* value) {
  const Hdf5Id space = scalar_space();
  const Hdf5Id made(checked(H5Acreate2(object, attribute.c_str(), stored, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                            "adding", attribute),
                    H5Aclose);
  checked(H5Awrite(made.get(), given, value), "writing", attribute);
}

bool is_single(hid_t attribute, const std::string& name) {
  const Hdf5Id space(checked(H5Aget_space(attribute), "opening attribute", name), H5Sclose);
  return H5Sget_simple_extent_npoints(space.get()) == 1;
}

Hdf5Id type_of(hid_t attribute, const std::string& name) {
  return {checked(H5Aget_type(attribute), "reading attribute", name), H5Tclose};
}

bool is_fixed_text(hid_t type) {
  return H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0;
}

std::string bytes_of(hid_t attribute, hid_t type, const std::string& name) {
  const std::size_t length = H5Tget_size(type);
  if (length > longest_attribute) throw Hdf5Error(fmt::format("attribute {} has {} bytes", name, length));
  std::string bytes(length, '\0');
  checked(H5Aread(attribute, type, bytes.data()), "reading attribute", name);
  return bytes;
}

// Of type H5A_operator2_t: keeps the names of all attributes.
herr_t keep_name(hid_t, const char* name, const H5A_info_t*, void* data) {
  static_cast<std::vector<std::string>*>(data)->emplace_back(name);
  return 0;
}

}  // namespace

void Hdf5Object::set_text(const std::string& attribute, const std::string& text) {
  if (text.empty()) return;
  const Hdf5Id type = text_type(text.size());
  add(id(), attribute, type.get(), type.get(), text.data());
}

template <class T>
void Hdf5Object::set_number(const std::string& attribute, T value) {
  add(id(), attribute, file_type<T>(), memory_type<T>(), &value);
}

template void Hdf5Object::set_number(const std::string&, float);
template void Hdf5Object::set_number(const std::string&, double);
template void Hdf5Object::set_number(const std::string&, std::int32_t);
template void Hdf5Object::set_number(const std::string&, std::int64_t);
template void Hdf5Object::set_number(const std::string&, std::uint64_t);

bool Hdf5Object::has(const std::string& attribute) const {
  return checked(H5Aexists(id(), attribute.c_str()), "looking for", attribute) > 0;
}

Hdf5Id Hdf5Object::open_attribute(const std::string& attribute) const {
  return {checked(H5Aopen(id(), attribute.c_str(), H5P_DEFAULT), "opening attribute", attribute), H5Aclose};
}

std::string Hdf5Object::text(const std::string& attribute) const {
  if (!has(attribute)) return {};
  const Hdf5Id found = open_attribute(attribute), type = type_of(found.get(), attribute);
  if (!is_single(found.get(), attribute) || !is_fixed_text(type.get()))
    throw Hdf5Error(fmt::format("attribute {} of {} is not a text of fixed length", attribute, name_));
  std::string text = bytes_of(found.get(), type.get(), attribute);
  text.resize(std::min(text.find('\0'), text.size()));
  return text;
}

template <class T>
T Hdf5Object::number(const std::string& attribute) const {
  const Hdf5Id found = open_attribute(attribute), type = type_of(found.get(), attribute);
  if (!is_single(found.get(), attribute) || !is_number_type(type.get()))
    throw Hdf5Error(fmt::format("attribute {} of {} is not a number", attribute, name_));
  T value{};
  checked(H5Aread(found.get(), memory_type<T>(), &value), "reading attribute", attribute);
  return value;
}

template float Hdf5Object::number(const std::string&) const;
template double Hdf5Object::number(const std::string&) const;
template std::int32_t Hdf5Object::number(const std::string&) const;
template std::int64_t Hdf5Object::number(const std::string&) const;
template std::uint64_t Hdf5Object::number(const std::string&) const;

std::vector<std::string> Hdf5Object::attributes() const {
  std::vector<std::string> names;
  checked(H5Aiterate2(id(), H5_INDEX_NAME, H5_ITER_INC, nullptr, keep_name, &names), "listing attributes of", name_);
  std::sort(names.begin(), names.end());
  return names;
}

Hdf5Value Hdf5Object::value(const std::string& attribute) const {
  const Hdf5Id found = open_attribute(attribute), type = type_of(found.get(), attribute);
  const std::string kind = type_name(type.get());
  const bool plain = kind == "text" ? is_fixed_text(type.get()) : kind != "other";
  if (!plain || !is_single(found.get(), attribute)) return {"other", ""};
  return {kind, bytes_of(found.get(), type.get(), attribute)};
}

}  // namespace moniac
