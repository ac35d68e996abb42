// Some recorded paths of a result file, with what it takes to simulate them again.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moniac {

/// Paths as the file holds them.
struct RecordedPaths {
  std::string version;            ///< of the program that wrote the file
  std::string resolved_scenario;  ///< that they came from
  bool single_precision = false;
  std::vector<std::int64_t> paths;          ///< their numbers
  std::vector<std::string> variables;       ///< "us.y10"
  std::vector<std::vector<double>> values;  ///< [path x variables + variable], each [date][label]
};

/// Reads the paths `random` modulo the number of recorded paths, without repetitions, in order. There are none when the
/// file records none. Throws FormatError or OutputError.
RecordedPaths read_recorded_paths(const std::string& path, std::span<const std::uint64_t> random);

/// As bytes and back, to pass from one process to another.
std::string to_bytes(const RecordedPaths& recorded);
RecordedPaths recorded_paths_of(std::string_view bytes);

}  // namespace moniac
