// What the files hdf5_*.cpp share: the library itself, its errors, types and shapes. Nobody else includes this.
#pragma once

#include <hdf5.h>
#include <hdf5_hl.h>

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "sim/output/hdf5_file.h"

namespace moniac {

static_assert(std::is_same_v<hid_t, std::int64_t>);

/// The error that HDF5 has just met while `doing` something to `name`.
Hdf5Error failure(const std::string& doing, const std::string& name);

/// `status`, unless it says that a call failed.
template <class Status>
Status checked(Status status, const char* doing, const std::string& name) {
  if (status < 0) throw failure(doing, name);
  return status;
}

template <class T>
constexpr bool is_text = std::is_same_v<T, std::string>;

/// Type of a number in the file: little-endian.
template <class T>
hid_t file_type() {
  if constexpr (std::is_same_v<T, float>) return H5T_IEEE_F32LE;
  if constexpr (std::is_same_v<T, double>) return H5T_IEEE_F64LE;
  if constexpr (std::is_same_v<T, std::int32_t>) return H5T_STD_I32LE;
  if constexpr (std::is_same_v<T, std::int64_t>) return H5T_STD_I64LE;
  if constexpr (std::is_same_v<T, std::uint64_t>) return H5T_STD_U64LE;
}

/// Type of a number in memory.
template <class T>
hid_t memory_type() {
  if constexpr (std::is_same_v<T, float>) return H5T_NATIVE_FLOAT;
  if constexpr (std::is_same_v<T, double>) return H5T_NATIVE_DOUBLE;
  if constexpr (std::is_same_v<T, std::int32_t>) return H5T_NATIVE_INT32;
  if constexpr (std::is_same_v<T, std::int64_t>) return H5T_NATIVE_INT64;
  if constexpr (std::is_same_v<T, std::uint64_t>) return H5T_NATIVE_UINT64;
}

/// UTF-8 text of `length` bytes; H5T_VARIABLE for text of any length.
Hdf5Id text_type(std::size_t length);

/// "float32", "float64", "int32", "int64", "uint64" of little-endian numbers, "text", or "other".
std::string type_name(hid_t type);

bool is_number_type(hid_t type);

/// Number of elements. Throws Hdf5Error when 64 bits do not hold it.
std::uint64_t elements(const Hdf5Shape& shape);

/// The hash of an array of texts.
std::string text_hash(const std::vector<std::string>& texts);

Hdf5Id scalar_space();
Hdf5Id space_of(const Hdf5Shape& shape);

/// Properties that every object shares: attributes in order of creation, few enough to stay in the object's header, and
/// no time stamps.
Hdf5Id object_properties(hid_t kind);
/// Those of a group or file: the same, and links in order of creation.
Hdf5Id group_properties(hid_t kind);

/// Size of the file that an object lies in.
std::uint64_t file_bytes(hid_t object);

// --- refusing what is hostile or damaged, before it is read (hdf5_safety.cpp) -------------------------------------

/// Refuses links other than hard ones.
void require_hard_link(hid_t group, const std::string& name);

/// Refuses a data set that keeps its data outside the file or needs foreign code to be read.
void require_own_storage(hid_t dataset, const std::string& name);

/// Refuses a data set that claims more than the file holds: every element must have been written.
void require_whole(hid_t dataset, const std::string& name);

/// Gives HDF5 memory for texts of variable length, no more than a limit, and takes all of it back in the destructor.
class TextMemory {
 public:
  explicit TextMemory(std::uint64_t limit);
  TextMemory(const TextMemory&) = delete;
  TextMemory& operator=(const TextMemory&) = delete;
  ~TextMemory() = default;
  /// The transfer properties that make a read use it.
  hid_t properties() const { return properties_.get(); }

 private:
  static void* allocate(std::size_t bytes, void* self);
  static void release(void* memory, void* self);

  std::uint64_t left_;
  std::vector<std::vector<std::uint64_t>> blocks_;
  Hdf5Id properties_;
};

}  // namespace moniac
