// Files that a scenario names. Apart from source.cpp, in whose place the fuzzers put files in memory.
#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "sim/scenario/source.h"

namespace moniac {

std::string path_beside(const SourceText& from, const std::string& path) {
  return (std::filesystem::path{from.name}.parent_path() / path).lexically_normal().string();
}

std::shared_ptr<const SourceText> read_named_source(const std::string& path, const Place& place, Problems& problems,
                                                    std::size_t most_bytes) {
  try {
    return read_source(path, most_bytes);
  } catch (const std::system_error& error) {
    problems.add(place, fmt::format("cannot read {}: {}", in_quotes(path), error.code().message()),
                 "paths are relative to the folder of the file that names them");
    return {};
  }
}

std::shared_ptr<const SourceText> written_source(std::string name, std::string text) {
  constexpr std::size_t quotes_and_indents = 2;
  return std::make_shared<SourceText>(
      SourceText{.name = std::move(name), .text = std::move(text), .most_bytes = quotes_and_indents * max_table_bytes});
}

}  // namespace moniac
