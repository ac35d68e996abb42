#include "sim/scenario/source.h"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "sim/scenario/document.h"

namespace moniac {

std::shared_ptr<const SourceText> read_source(const std::string& path) {
  const auto fail = [&](int error) { throw std::system_error(error, std::generic_category(), path); };
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) fail(EISDIR);
  errno = 0;
  std::ifstream file{path, std::ios::binary};
  if (!file) fail(errno != 0 ? errno : EIO);
  auto source = std::make_shared<SourceText>();
  source->name = path;
  // One byte more than allowed is enough to tell; the document reader refuses it.
  source->text.resize(max_document_bytes + 1);
  file.read(source->text.data(), static_cast<std::streamsize>(source->text.size()));
  if (file.bad()) fail(errno != 0 ? errno : EIO);
  source->text.resize(static_cast<std::size_t>(file.gcount()));
  return source;
}

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
