// Recorded paths as they lie in part files and result files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/results/journal.h"

namespace moniac {

/// How the recorded paths of a run are stored: float64 as they are, or float32 shuffled and compressed (gzip 1).
struct PathStorage {
  std::int64_t paths = 0;  ///< recorded, of all units together
  bool single_precision = false;
};

/// Paths per compressed chunk of a variable with `dates` x `labels` values a path: as many as fit into 1 MiB, a power
/// of two so that no unit cuts a chunk; at least one, at most all.
std::int64_t chunk_paths(const PathStorage& storage, std::int64_t dates, std::int64_t labels);

/// Values of a unit in the order [path][date][label]: the float64 numbers, or for each chunk its length and bytes. A
/// last chunk that is not full ends with NaN.
std::string encode_paths(const PathStorage& storage, const KeptValues& values);

/// The compressed chunks of what encode_paths made in single precision.
std::vector<std::string_view> chunks_of(std::string_view encoded);

/// The numbers of a compressed chunk of `count` values. Throws std::runtime_error when it is none.
std::vector<float> decode_chunk(std::string_view chunk, std::size_t count);

}  // namespace moniac
