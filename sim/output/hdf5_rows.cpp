// Arrays part by part: recorded paths on their way into a file, and hashes of what is in one.
#include <algorithm>

#include "sim/output/hdf5_internal.h"
#include "sim/output/sha256.h"

namespace moniac {

namespace {

// The rows of an array, in the file and in memory.
struct RowSpaces {
  Hdf5Id file;
  Hdf5Id memory;
};
RowSpaces rows_of(hid_t dataset, Hdf5Shape shape, std::uint64_t first, std::uint64_t count, const std::string& name) {
  if (shape.empty() || first + count > shape.front()) throw Hdf5Error(name + " does not have these rows");
  std::vector<hsize_t> start(shape.size(), 0), length(shape.begin(), shape.end());
  start.front() = first;
  length.front() = count;
  shape.front() = count;
  Hdf5Id file(checked(H5Dget_space(dataset), "opening", name), H5Sclose);
  checked(H5Sselect_hyperslab(file.get(), H5S_SELECT_SET, start.data(), nullptr, length.data(), nullptr), "selecting",
          name);
  return {std::move(file), space_of(shape)};
}

}  // namespace

void Hdf5Dataset::write_rows(std::uint64_t first, std::span<const double> values) {
  const Hdf5Shape whole = shape();
  const std::uint64_t row = whole.empty() ? 1 : elements({whole.begin() + 1, whole.end()});
  const RowSpaces spaces = rows_of(id(), whole, first, values.size() / row, name());
  checked(H5Dwrite(id(), H5T_NATIVE_DOUBLE, spaces.memory.get(), spaces.file.get(), H5P_DEFAULT, values.data()),
          "writing", name());
}

void Hdf5Dataset::write_chunk(std::uint64_t first, std::string_view bytes) {
  std::vector<hsize_t> offset(shape().size(), 0);
  offset.front() = first;
  checked(H5Dwrite_chunk(id(), H5P_DEFAULT, 0, offset.data(), bytes.size(), bytes.data()), "writing", name());
}

std::vector<double> Hdf5Dataset::read_rows(std::uint64_t first, std::uint64_t count) const {
  const Hdf5Shape whole = shape();
  const RowSpaces spaces = rows_of(id(), whole, first, count, name());
  std::vector<double> values(count * elements({whole.begin() + 1, whole.end()}));
  checked(H5Dread(id(), H5T_NATIVE_DOUBLE, spaces.memory.get(), spaces.file.get(), H5P_DEFAULT, values.data()),
          "reading", name());
  return values;
}

namespace {

constexpr std::uint64_t slab_bytes = std::uint64_t{8} << 20;  // read at once for a hash

// A part of an array: whole along the axes behind `axis`, one element along those before it.
struct Slab {
  std::vector<hsize_t> first, count;
};

// Calls visit(slab) for parts of at most slab_bytes (or one chunk) that together are the array in row-major order.
template <class Visit>
void in_slabs(const Hdf5Shape& shape, const Hdf5Shape& chunk, std::uint64_t element_bytes, const Visit& visit) {
  std::size_t axis = 0;
  std::uint64_t inner = element_bytes;  // bytes of one element of `axis`
  for (std::size_t i = 1; i < shape.size(); ++i) inner *= shape[i];
  while (axis + 1 < shape.size() && inner * chunk[axis] > slab_bytes)
    inner /= std::max<std::uint64_t>(shape[++axis], 1);
  const hsize_t step =
      std::max<std::uint64_t>(slab_bytes / std::max<std::uint64_t>(inner, 1) / chunk[axis], 1) * chunk[axis];
  Slab slab{std::vector<hsize_t>(shape.size(), 0), {shape.begin(), shape.end()}};
  std::fill_n(slab.count.begin(), axis, 1);
  const auto advance = [&] {
    slab.first[axis] += slab.count[axis];
    for (std::size_t i = axis; slab.first[i] == shape[i]; --i) {
      if (i == 0) return false;
      slab.first[i] = 0;
      ++slab.first[i - 1];
    }
    return true;
  };
  do {
    slab.count[axis] = std::min(step, shape[axis] - slab.first[axis]);
    visit(slab);
  } while (advance());
}

Hdf5Shape chunk_of(hid_t dataset, std::size_t axes, const std::string& name) {
  const Hdf5Id properties(checked(H5Dget_create_plist(dataset), "reading", name), H5Pclose);
  std::vector<hsize_t> chunk(axes, 1);
  if (H5Pget_layout(properties.get()) == H5D_CHUNKED)
    checked(H5Pget_chunk(properties.get(), static_cast<int>(axes), chunk.data()), "reading", name);
  return {chunk.begin(), chunk.end()};
}

std::string numbers_hash(hid_t dataset, hid_t stored, const Hdf5Shape& shape, const std::string& name) {
  Sha256 hash;
  const std::size_t element_bytes = H5Tget_size(stored);
  const Hdf5Id space(checked(H5Dget_space(dataset), "reading", name), H5Sclose);
  std::vector<std::byte> bytes;
  const auto take = [&](const Slab& slab) {
    const Hdf5Shape counts(slab.count.begin(), slab.count.end());
    bytes.resize(elements(counts) * element_bytes);
    const Hdf5Id memory = space_of(counts);
    if (!shape.empty()) {
      checked(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, slab.first.data(), nullptr, slab.count.data(), nullptr),
              "reading", name);
    }
    checked(H5Dread(dataset, stored, memory.get(), space.get(), H5P_DEFAULT, bytes.data()), "reading", name);
    hash.update(bytes);
  };
  if (shape.empty()) {
    take({});
  } else if (elements(shape) > 0) {
    in_slabs(shape, chunk_of(dataset, shape.size(), name), element_bytes, take);
  }
  return hash.finish();
}

}  // namespace

std::string Hdf5Dataset::hash() const {
  const std::string kind = type();
  if (kind == "other") throw Hdf5Error(name() + " is of a type that no result has");
  if (kind == "text") return text_hash(read<std::string>());
  require_whole(id(), name());
  const Hdf5Id stored(checked(H5Dget_type(id()), "reading", name()), H5Tclose);
  return numbers_hash(id(), stored.get(), shape(), name());
}

}  // namespace moniac
