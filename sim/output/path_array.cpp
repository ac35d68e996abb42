#include "sim/output/path_array.h"

#include <algorithm>
#include <span>

namespace moniac {

namespace {

std::int64_t labels_of(const Axes& axes) {
  std::uint64_t labels = 1;
  for (std::size_t i = 2; i < axes.size(); ++i) labels *= axes[i]->length;
  return static_cast<std::int64_t>(labels);
}

Hdf5Dataset create(Hdf5Group& group, const std::string& name, const Axes& axes, bool single_precision,
                   std::int64_t chunk_paths) {
  const Hdf5Shape shape = ArrayWriter::shape_of(axes);
  Hdf5Dataset made = single_precision ? group.create_chunked(name, shape, static_cast<std::uint64_t>(chunk_paths))
                                      : group.create<double>(name, shape);
  ArrayWriter::attach(made, axes);
  return made;
}

}  // namespace

PathArray::PathArray(Hdf5Group& group, const std::string& name, const Axes& axes, const PathStorage& storage)
    : storage_(storage),
      per_path_(axes[1]->length * static_cast<std::size_t>(labels_of(axes))),
      chunk_paths_(chunk_paths(storage, static_cast<std::int64_t>(axes[1]->length), labels_of(axes))),
      stored_(create(group, name, axes, storage.single_precision, chunk_paths_)) {}

void PathArray::write(std::int64_t first, std::string_view encoded) {
  if (!storage_.single_precision) {
    stored_.write_rows(static_cast<std::uint64_t>(first),
                       std::span(reinterpret_cast<const double*>(encoded.data()), encoded.size() / sizeof(double)));
    hash_.update(encoded);
    return;
  }
  for (const std::string_view chunk : chunks_of(encoded)) {
    stored_.write_chunk(static_cast<std::uint64_t>(first), chunk);
    const std::int64_t paths = std::min(chunk_paths_, storage_.paths - first);
    const std::vector<float> numbers = decode_chunk(chunk, static_cast<std::size_t>(chunk_paths_) * per_path_);
    hash_.update(std::as_bytes(std::span(numbers).first(static_cast<std::size_t>(paths) * per_path_)));
    first += paths;
  }
}

void PathArray::finish() {
  stored_.set_text(hash_attribute, hash_.finish());
}

}  // namespace moniac
