#include "sim/output/replacement.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

namespace moniac {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category());
}

// Follows symbolic links, so that writing to a link changes the file it points at and leaves the link.
std::string resolved(const std::string& path) {
  const fs::file_status status = fs::status(path);
  if (!fs::exists(status)) return path;
  if (fs::is_directory(status)) fail(EISDIR);
  if (!fs::is_regular_file(status)) throw std::system_error(EINVAL, std::generic_category(), "not a regular file");
  return fs::canonical(path).string();
}

constexpr const char* ending = ".moniac.tmp";

// The first of path.moniac.tmp, path.1.moniac.tmp, … that is not there. Created with the permissions that the user's
// mask allows.
std::string create_beside(const std::string& path) {
  for (int attempt = 0;; ++attempt) {
    std::string name = attempt == 0 ? path + ending : fmt::format("{}.{}{}", path, attempt, ending);
    const int file = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (file >= 0) {
      ::close(file);
      return name;
    }
    if (errno != EEXIST) fail(errno);
  }
}

// Whether this follows the name of a file in that of one of its temporary files.
bool is_temporary(const std::string& rest) {
  const std::string number = rest.substr(0, rest.size() - std::min(rest.size(), std::strlen(ending)));
  return rest == number + ending && number.find_first_not_of(".0123456789") == std::string::npos;
}

// A folder that cannot be synced as such (EINVAL on some network file systems) is as safe as it gets.
void sync(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags);
  if (file < 0) fail(errno);
  const int error = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  if (error != 0 && !(error == EINVAL && flags == O_DIRECTORY)) fail(error);
}

}  // namespace

Replacement::Replacement(const std::string& path) : path_(resolved(path)), temporary_(create_beside(path_)) {}

Replacement::~Replacement() {
  if (!committed_) ::unlink(temporary_.c_str());
}

void Replacement::write(std::string_view bytes) const {
  const int file = ::open(temporary_.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
  if (file < 0) fail(errno);
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      ::close(file);
      fail(error);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::close(file) != 0) fail(errno);
}

void Replacement::commit() {
  sync(temporary_, 0);
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail(errno);
  committed_ = true;
  const std::string folder = fs::path(path_).parent_path().string();
  sync(folder.empty() ? "." : folder, O_DIRECTORY);
}

void remove_abandoned(const std::string& path) {
  const fs::path target(resolved(path));
  const std::string begin = target.filename().string() + ".";
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(target.has_parent_path() ? target.parent_path() : ".")) {
    const std::string name = entry.path().filename().string();
    if (name.rfind(begin, 0) == 0 && is_temporary(name.substr(begin.size() - 1))) found.push_back(entry.path());
  }
  for (const fs::path& file : found) fs::remove(file);
}

}  // namespace moniac
