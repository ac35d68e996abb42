// Damaged and hostile files: what is refused before any data is touched.
#include <fmt/core.h>

#include "sim/output/hdf5_internal.h"

namespace moniac {

namespace {

constexpr int most_axes = 8;
constexpr std::uint64_t largest_chunk = std::uint64_t{16} << 20;  // bytes; we write 1 MiB
constexpr std::uint64_t most_deflated = 1032;                     // deflate's best ratio (zlib, "Technical details")

Hdf5Id creation_properties(hid_t dataset, const std::string& name) {
  return {checked(H5Dget_create_plist(dataset), "opening", name), H5Pclose};
}

void require_known_filters(hid_t properties, const std::string& name) {
  const int filters = checked(H5Pget_nfilters(properties), "opening", name);
  for (int i = 0; i < filters; ++i) {
    unsigned flags = 0;
    std::size_t values = 0;
    const H5Z_filter_t filter =
        checked(H5Pget_filter2(properties, static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, nullptr),
                "opening", name);
    if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32)
      throw Hdf5Error(fmt::format("{} uses filter {}; only shuffle, gzip and fletcher32 are read", name, filter));
  }
}

[[noreturn]] void not_whole(const std::string& name, const std::string& claimed) {
  throw Hdf5Error(fmt::format("{} claims {}, which the file does not hold", name, claimed));
}

struct Extent {
  Hdf5Shape shape;
  Hdf5Id space;
  std::uint64_t element_bytes;
};

Extent extent_of(hid_t dataset, const std::string& name) {
  Hdf5Id space(checked(H5Dget_space(dataset), "reading", name), H5Sclose);
  if (H5Sget_simple_extent_type(space.get()) == H5S_NULL) throw Hdf5Error(name + " has no shape");
  const int axes = checked(H5Sget_simple_extent_ndims(space.get()), "reading", name);
  if (axes > most_axes) throw Hdf5Error(fmt::format("{} has {} axes", name, axes));
  std::vector<hsize_t> lengths(static_cast<std::size_t>(axes));
  checked(H5Sget_simple_extent_dims(space.get(), lengths.data(), nullptr), "reading", name);
  const Hdf5Id type(checked(H5Dget_type(dataset), "reading", name), H5Tclose);
  return {{lengths.begin(), lengths.end()}, std::move(space), H5Tget_size(type.get())};
}

void require_whole_chunks(hid_t dataset, const Hdf5Id& properties, const Extent& extent, const std::string& name) {
  const std::size_t axes = extent.shape.size();
  std::vector<hsize_t> chunk(axes);
  const int chunk_axes = checked(H5Pget_chunk(properties.get(), static_cast<int>(axes), chunk.data()), "reading", name);
  if (static_cast<std::size_t>(chunk_axes) != axes) throw Hdf5Error(name + " has chunks of another shape");
  const std::uint64_t chunk_elements = elements({chunk.begin(), chunk.end()});
  if (chunk_elements == 0 || chunk_elements > largest_chunk / extent.element_bytes)
    throw Hdf5Error(fmt::format("{} has chunks of more than {} MiB", name, largest_chunk >> 20));
  Hdf5Shape counts;
  for (std::size_t i = 0; i < axes; ++i)
    counts.push_back(extent.shape[i] / chunk[i] + (extent.shape[i] % chunk[i] != 0 ? 1 : 0));
  const std::uint64_t needed = elements(counts);
  if (needed > file_bytes(dataset)) not_whole(name, fmt::format("{} chunks", needed));
  hsize_t stored = 0;
  checked(H5Dget_num_chunks(dataset, extent.space.get(), &stored), "reading", name);
  if (stored != needed) not_whole(name, fmt::format("{} chunks", needed));
}

}  // namespace

void require_hard_link(hid_t group, const std::string& name) {
  H5L_info_t info;
  checked(H5Lget_info(group, name.c_str(), &info, H5P_DEFAULT), "looking for", name);
  if (info.type != H5L_TYPE_HARD) throw Hdf5Error(name + " is a link that may lead out of the file");
}

void require_own_storage(hid_t dataset, const std::string& name) {
  const Hdf5Id properties = creation_properties(dataset, name);
  if (checked(H5Pget_external_count(properties.get()), "opening", name) != 0)
    throw Hdf5Error(name + " keeps its data in another file");
  if (checked(H5Pget_layout(properties.get()), "opening", name) == H5D_VIRTUAL)
    throw Hdf5Error(name + " is a virtual data set");
  require_known_filters(properties.get(), name);
}

void require_whole(hid_t dataset, const std::string& name) {
  const Extent extent = extent_of(dataset, name);
  const std::uint64_t count = elements(extent.shape);
  std::uint64_t bytes = 0;
  if (__builtin_mul_overflow(count, extent.element_bytes, &bytes)) not_whole(name, fmt::format("{} elements", count));
  const Hdf5Id properties = creation_properties(dataset, name);
  const bool chunked = checked(H5Pget_layout(properties.get()), "reading", name) == H5D_CHUNKED;
  if (chunked) require_whole_chunks(dataset, properties, extent, name);
  const std::uint64_t stored = H5Dget_storage_size(dataset),
                      filters = static_cast<std::uint64_t>(H5Pget_nfilters(properties.get()));
  if (stored > file_bytes(dataset) || bytes / (filters > 0 ? most_deflated : 1) > stored)
    not_whole(name, fmt::format("{} elements", count));
}

TextMemory::TextMemory(std::uint64_t limit)
    : left_(limit), properties_(checked(H5Pcreate(H5P_DATASET_XFER), "making", "properties"), H5Pclose) {
  checked(H5Pset_vlen_mem_manager(properties_.get(), allocate, this, release, this), "making", "properties");
}

// Called by HDF5, which is C: no exception may leave.
void* TextMemory::allocate(std::size_t bytes, void* self) {
  auto& memory = *static_cast<TextMemory*>(self);
  if (bytes > memory.left_) return nullptr;
  memory.left_ -= bytes;
  try {
    return memory.blocks_.emplace_back(bytes / sizeof(std::uint64_t) + 1).data();
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

void TextMemory::release(void*, void*) {}

}  // namespace moniac
