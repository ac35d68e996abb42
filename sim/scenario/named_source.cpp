// Files that a scenario names. Apart from source.cpp, in whose place the fuzzers put files in memory.
#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "sim/scenario/source.h"

namespace moniac {

std::string path_beside(const SourceText& from, const std::string& path) {
  return (std::filesystem::path{from.name}.parent_path() / path).lexically_normal().string();
}

std::shared_ptr<const SourceText> read_named_source(const std::string& path, const Place& place, Problems& problems) {
  try {
    return read_source(path);
  } catch (const std::system_error& error) {
    problems.add(place, fmt::format("cannot read {}: {}", in_quotes(path), error.code().message()),
                 "paths are relative to the folder of the file that names them");
    return {};
  }
}

}  // namespace moniac
