// Arrays: their numbers and texts.
#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <span>

#include "sim/output/hdf5_internal.h"
#include "sim/output/sha256.h"

namespace moniac {

static_assert(std::endian::native == std::endian::little, "files hold little-endian numbers");

std::string text_hash(const std::vector<std::string>& texts) {
  Sha256 hash;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) hash.update(std::string_view("\0", 1));
    hash.update(texts[i]);
  }
  return hash.finish();
}

namespace {

std::vector<const char*> pointers(const std::vector<std::string>& texts, const std::string& name) {
  std::vector<const char*> found;
  found.reserve(texts.size());
  for (const std::string& text : texts) {
    if (text.find('\0') != std::string::npos) throw Hdf5Error("a text contains NUL (writing " + name + ")");
    found.push_back(text.c_str());
  }
  return found;
}

std::vector<std::string> read_texts(hid_t dataset, hid_t stored, std::uint64_t count, const std::string& name) {
  if (type_name(stored) != "text" || H5Tis_variable_str(stored) <= 0)
    throw Hdf5Error(name + " is not text of variable length");
  const Hdf5Id type = text_type(H5T_VARIABLE);
  // Every text lies in the file by itself, with its NUL only in memory.
  TextMemory memory(file_bytes(dataset) + count);
  std::vector<char*> read(count, nullptr);
  checked(H5Dread(dataset, type.get(), H5S_ALL, H5S_ALL, memory.properties(), read.data()), "reading", name);
  std::vector<std::string> texts;
  texts.reserve(count);
  for (const char* text : read) texts.emplace_back(text != nullptr ? text : "");
  return texts;
}

}  // namespace

Hdf5Shape Hdf5Dataset::shape() const {
  const Hdf5Id space(checked(H5Dget_space(id()), "reading", name()), H5Sclose);
  std::vector<hsize_t> lengths(
      static_cast<std::size_t>(checked(H5Sget_simple_extent_ndims(space.get()), "reading", name())));
  if (!lengths.empty()) {
    checked(H5Sget_simple_extent_dims(space.get(), lengths.data(), nullptr), "reading", name());
  }
  return {lengths.begin(), lengths.end()};
}

std::string Hdf5Dataset::type() const {
  const Hdf5Id stored(checked(H5Dget_type(id()), "reading", name()), H5Tclose);
  return type_name(stored.get());
}

std::uint64_t Hdf5Dataset::stored_bytes() const {
  return H5Dget_storage_size(id());
}

template <class T>
void Hdf5Dataset::write(const std::vector<T>& values) {
  if (values.size() != elements(shape())) throw std::logic_error("the values do not fill " + name());
  if constexpr (is_text<T>) {
    const Hdf5Id type = text_type(H5T_VARIABLE);
    checked(H5Dwrite(id(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers(values, name()).data()), "writing",
            name());
    set_text(hash_attribute, text_hash(values));
  } else {
    checked(H5Dwrite(id(), memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "writing", name());
    Sha256 hash;
    hash.update(std::as_bytes(std::span(values)));
    set_text(hash_attribute, hash.finish());
  }
}

template void Hdf5Dataset::write(const std::vector<double>&);
template void Hdf5Dataset::write(const std::vector<std::int32_t>&);
template void Hdf5Dataset::write(const std::vector<std::int64_t>&);
template void Hdf5Dataset::write(const std::vector<std::string>&);

template <class T>
std::vector<T> Hdf5Dataset::read() const {
  require_whole(id(), name());
  const std::uint64_t count = elements(shape());
  const Hdf5Id stored(checked(H5Dget_type(id()), "reading", name()), H5Tclose);
  if constexpr (is_text<T>) {
    return read_texts(id(), stored.get(), count, name());
  } else {
    if (!is_number_type(stored.get())) throw Hdf5Error(name() + " does not hold numbers");
    std::vector<T> values(count);
    checked(H5Dread(id(), memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "reading", name());
    return values;
  }
}

template std::vector<double> Hdf5Dataset::read() const;
template std::vector<std::int32_t> Hdf5Dataset::read() const;
template std::vector<std::int64_t> Hdf5Dataset::read() const;
template std::vector<std::string> Hdf5Dataset::read() const;

}  // namespace moniac
