// The array of one variable's recorded paths while it is filled.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/output/array_writer.h"
#include "sim/output/path_encoding.h"
#include "sim/output/sha256.h"

namespace moniac {

class PathArray {
 public:
  /// A fresh array [path][date][label].
  PathArray(Hdf5Group& group, const std::string& name, const Axes& axes, const PathStorage& storage);

  /// For its attributes.
  Hdf5Dataset& stored() { return stored_; }
  /// What encode_paths made of the paths of a unit, from `first` on. Units come in the order of their paths.
  void write(std::int64_t first, std::string_view encoded);
  /// Adds hash_attribute once all is written.
  void finish();

 private:
  PathStorage storage_;
  std::size_t per_path_;      // dates x labels
  std::int64_t chunk_paths_;  // of a compressed array
  Hdf5Dataset stored_;
  Sha256 hash_;
};

}  // namespace moniac
