#include "sim/scenario/source.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace moniac {

namespace {

// Reading a pipe or a device might never end.
class NoFile final : public std::error_category {
 public:
  const char* name() const noexcept override { return "file type"; }
  std::string message(int) const override { return "not a regular file"; }
};

std::error_code obstacle(const std::string& path) {
  static const NoFile no_file;
  std::error_code ignored;
  switch (std::filesystem::status(path, ignored).type()) {
    case std::filesystem::file_type::directory:
      return {EISDIR, std::generic_category()};
    case std::filesystem::file_type::block:
    case std::filesystem::file_type::character:
    case std::filesystem::file_type::fifo:
    case std::filesystem::file_type::socket:
      return {1, no_file};
    default:
      return {};  // opening it will tell
  }
}

}  // namespace

std::shared_ptr<const SourceText> read_source(const std::string& path, std::size_t most_bytes) {
  const auto fail = [&](int error) {
    throw std::system_error(error != 0 ? error : EIO, std::generic_category(), path);
  };
  if (const std::error_code error = obstacle(path)) throw std::system_error(error, path);
  errno = 0;
  std::ifstream file{path, std::ios::binary};
  if (!file) fail(errno);
  auto source = std::make_shared<SourceText>();
  source->name = path;
  source->most_bytes = most_bytes;
  // One byte more than allowed is enough to tell; who reads the text refuses it.
  source->text.resize(most_bytes + 1);
  file.read(source->text.data(), static_cast<std::streamsize>(source->text.size()));
  if (file.bad()) fail(errno);
  source->text.resize(static_cast<std::size_t>(file.gcount()));
  return source;
}

}  // namespace moniac
