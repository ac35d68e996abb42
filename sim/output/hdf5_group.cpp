// Groups: making and finding arrays.
#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <limits>

#include "sim/output/hdf5_internal.h"

namespace moniac {

namespace {

// The whole array, with its slowest axes cut until a chunk takes at most 1 MiB.
std::vector<hsize_t> chunk_of(const Hdf5Shape& shape) {
  constexpr hsize_t most = (hsize_t{1} << 20) / sizeof(double);
  std::vector<hsize_t> chunk(shape.begin(), shape.end());
  hsize_t inner = 1;
  for (auto length = chunk.rbegin(); length != chunk.rend(); ++length) {
    *length = std::clamp<hsize_t>(most / inner, 1, *length);
    inner *= *length;
  }
  return chunk;
}

// The index of the chunks takes 2 KiB. (H5Pset_istore_k would make it smaller, but then the file has a superblock
// extension, and HDF5 writes the time into that.)
bool is_worth_compressing(const Hdf5Shape& shape) {
  return elements(shape) * sizeof(double) > 4096;
}

// Chunks go to the disk when they are written, not when the data set is closed: a destructor could not report that.
Hdf5Id without_chunk_cache() {
  Hdf5Id properties(checked(H5Pcreate(H5P_DATASET_ACCESS), "making", "properties"), H5Pclose);
  checked(H5Pset_chunk_cache(properties.get(), 0, 0, 1.0), "making", "properties");
  return properties;
}

void compress(const Hdf5Id& properties, const std::vector<hsize_t>& chunk, const std::string& name) {
  checked(H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data()), "chunking", name);
  checked(H5Pset_shuffle(properties.get()), "chunking", name);
  checked(H5Pset_deflate(properties.get(), 1), "compressing", name);
}

}  // namespace

Hdf5Group Hdf5Group::create_group(const std::string& name) {
  const Hdf5Id properties = group_properties(H5P_GROUP_CREATE);
  return {
      {checked(H5Gcreate2(id(), name.c_str(), H5P_DEFAULT, properties.get(), H5P_DEFAULT), "creating", name), H5Gclose},
      name};
}

template <class T>
Hdf5Dataset Hdf5Group::create(const std::string& name, const Hdf5Shape& shape, Hdf5Storage storage) {
  const Hdf5Id properties = object_properties(H5P_DATASET_CREATE);
  if (storage == Hdf5Storage::compressed && is_worth_compressing(shape)) compress(properties, chunk_of(shape), name);
  Hdf5Id type = [] {
    if constexpr (is_text<T>) return text_type(H5T_VARIABLE);
    if constexpr (!is_text<T>) return Hdf5Id(checked(H5Tcopy(file_type<T>()), "making", "a type"), H5Tclose);
  }();
  if constexpr (std::is_same_v<T, double>) {
    const double missing = std::numeric_limits<double>::quiet_NaN();
    checked(H5Pset_fill_value(properties.get(), H5T_NATIVE_DOUBLE, &missing), "creating", name);
  }
  const Hdf5Id space = space_of(shape), access = without_chunk_cache();
  Hdf5Dataset made(Hdf5Id(checked(H5Dcreate2(id(), name.c_str(), type.get(), space.get(), H5P_DEFAULT, properties.get(),
                                             access.get()),
                                  "creating", name),
                          H5Dclose),
                   name);
  if constexpr (std::is_same_v<T, double>) made.set_number("_FillValue", std::numeric_limits<double>::quiet_NaN());
  return made;
}

template Hdf5Dataset Hdf5Group::create<double>(const std::string&, const Hdf5Shape&, Hdf5Storage);
template Hdf5Dataset Hdf5Group::create<std::int32_t>(const std::string&, const Hdf5Shape&, Hdf5Storage);
template Hdf5Dataset Hdf5Group::create<std::int64_t>(const std::string&, const Hdf5Shape&, Hdf5Storage);
template Hdf5Dataset Hdf5Group::create<std::string>(const std::string&, const Hdf5Shape&, Hdf5Storage);

Hdf5Dataset Hdf5Group::create_chunked(const std::string& name, const Hdf5Shape& shape, std::uint64_t rows) {
  const Hdf5Id properties = object_properties(H5P_DATASET_CREATE), space = space_of(shape);
  std::vector<hsize_t> chunk(shape.begin(), shape.end());
  chunk.front() = rows;
  const float missing = std::numeric_limits<float>::quiet_NaN();
  compress(properties, chunk, name);
  checked(H5Pset_fill_value(properties.get(), H5T_NATIVE_FLOAT, &missing), "creating", name);
  Hdf5Dataset made(Hdf5Id(checked(H5Dcreate2(id(), name.c_str(), H5T_IEEE_F32LE, space.get(), H5P_DEFAULT,
                                             properties.get(), H5P_DEFAULT),
                                  "creating", name),
                          H5Dclose),
                   name);
  made.set_number("_FillValue", missing);
  return made;
}

Hdf5Dataset Hdf5Group::create_dimension(const std::string& name, std::uint64_t length) {
  const Hdf5Id properties = object_properties(H5P_DATASET_CREATE), space = space_of({length});
  Hdf5Dataset made(Hdf5Id(checked(H5Dcreate2(id(), name.c_str(), H5T_IEEE_F32BE, space.get(), H5P_DEFAULT,
                                             properties.get(), H5P_DEFAULT),
                                  "creating", name),
                          H5Dclose),
                   name);
  made.make_bare_scale(length);
  return made;
}

bool Hdf5Group::contains(const std::string& name) const {
  return checked(H5Lexists(id(), name.c_str(), H5P_DEFAULT), "looking for", name) > 0;
}

Hdf5Group Hdf5Group::open_group(const std::string& name) const {
  require_hard_link(id(), name);
  return {{checked(H5Gopen2(id(), name.c_str(), H5P_DEFAULT), "opening", name), H5Gclose}, name};
}

Hdf5Dataset Hdf5Group::open(const std::string& name) const {
  require_hard_link(id(), name);
  Hdf5Id found(checked(H5Dopen2(id(), name.c_str(), H5P_DEFAULT), "opening", name), H5Dclose);
  require_own_storage(found.get(), name);
  return {std::move(found), name};
}

namespace {

struct Link {
  std::string name;
  bool hard;
};

// Of type H5L_iterate_t: keeps all links.
herr_t keep_link(hid_t, const char* name, const H5L_info_t* info, void* data) {
  static_cast<std::vector<Link>*>(data)->push_back({name, info->type == H5L_TYPE_HARD});
  return 0;
}

// A group that somebody else added may not know in which order it was filled.
H5_index_t order_of(hid_t group, const std::string& name) {
  const Hdf5Id properties(checked(H5Gget_create_plist(group), "listing", name), H5Pclose);
  unsigned order = 0;
  checked(H5Pget_link_creation_order(properties.get(), &order), "listing", name);
  return (order & H5P_CRT_ORDER_TRACKED) != 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
}

// A name that is a path could lead elsewhere, and one with a blank would spoil the manifest.
bool is_name(const std::string& name) {
  return !name.empty() && name != "." && std::none_of(name.begin(), name.end(), [](char c) {
    return c == '/' || static_cast<unsigned char>(c) <= ' ';
  });
}

}  // namespace

std::vector<Hdf5Entry> Hdf5Group::entries() const {
  std::vector<Link> links;
  checked(H5Literate(id(), order_of(id(), name()), H5_ITER_INC, nullptr, keep_link, &links), "listing", name());
  for (const Link& link : links) {
    if (!is_name(link.name)) throw Hdf5Error(fmt::format("'{}' in {} is not a name", link.name, name()));
    if (!link.hard) throw Hdf5Error(link.name + " is a link that may lead out of the file");
  }
  std::vector<Hdf5Entry> found;
  for (const Link& link : links) {
    H5O_info_t info;
    checked(H5Oget_info_by_name2(id(), link.name.c_str(), &info, H5O_INFO_BASIC, H5P_DEFAULT), "opening", link.name);
    if (info.type != H5O_TYPE_DATASET && info.type != H5O_TYPE_GROUP)
      throw Hdf5Error(link.name + " is neither a group nor a data set");
    found.push_back({link.name, info.type == H5O_TYPE_GROUP, info.addr});
  }
  return found;
}

std::vector<std::string> Hdf5Group::datasets() const {
  std::vector<std::string> names;
  for (const Hdf5Entry& entry : entries()) {
    if (!entry.is_group) names.push_back(entry.name);
  }
  return names;
}

}  // namespace moniac
