#include "sim/output/parts_folder.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "sim/output/part.h"
#include "sim/output/replacement.h"

namespace moniac {

namespace fs = std::filesystem;

namespace {

constexpr const char* part_ending = ".part";

[[noreturn]] void fail() {
  throw std::system_error(errno, std::generic_category());
}

// Whether the folder at `path` is still the one that is open: its last owner removes it.
bool is_in_place(int descriptor, const std::string& path) {
  struct stat open {
  }, named{};
  return ::fstat(descriptor, &open) == 0 && ::stat(path.c_str(), &named) == 0 && open.st_ino == named.st_ino &&
         open.st_dev == named.st_dev;
}

int open_locked(const std::string& path) {
  while (true) {
    if (::mkdir(path.c_str(), 0777) != 0 && errno != EEXIST) fail();
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0 && errno == ENOENT) continue;
    if (descriptor < 0) fail();
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && is_in_place(descriptor, path)) return descriptor;
    const bool taken = errno == EWOULDBLOCK && is_in_place(descriptor, path);
    ::close(descriptor);
    if (taken) throw PartsConflict(fmt::format("another run is writing into {}", path));
  }
}

std::string bytes_of(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  stream.exceptions(std::ios::badbit | std::ios::failbit);
  std::string bytes(static_cast<std::size_t>(fs::file_size(file)), '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

}  // namespace

PartsFolder::PartsFolder(std::string path, std::string of)
    : path_(std::move(path)), of_(std::move(of)), descriptor_(open_locked(path_)) {}

PartsFolder::~PartsFolder() {
  ::rmdir(path_.c_str());
  ::close(descriptor_);
}

// Names sort as the ranges do.
std::string PartsFolder::name_of(const PathRange& range) const {
  return fmt::format("{}-{:013}-{:013}{}", of_, range.first, range.end, part_ending);
}

std::vector<std::string> PartsFolder::names(const std::string& ending) const {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(path_)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind(of_ + "-", 0) == 0 && name.size() >= ending.size() &&
        name.compare(name.size() - ending.size(), ending.size(), ending) == 0) {
      found.push_back(name);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<PathRange> PartsFolder::take_stock(const std::string& result_hash) {
  for (const std::string& name : names(".tmp")) fs::remove(file(name));
  std::vector<PathRange> ranges;
  for (const std::string& name : names(part_ending)) {
    try {
      const PartLabel label = read_part_label(bytes_of(file(name)));
      if (label.result_hash != result_hash) {
        throw PartsConflict(
            fmt::format("{} holds the parts of a run with another scenario, settings or version of moniac", path_));
      }
      const bool in_order = ranges.empty() || ranges.back().end <= label.range.first;
      if (!in_order || name != name_of(label.range)) throw PartError("overlaps another part");
      ranges.push_back(label.range);
    } catch (const PartError&) {
      fs::remove(file(name));  // its paths will be simulated again
    }
  }
  return ranges;
}

std::string PartsFolder::read(const PathRange& range) const {
  return bytes_of(file(name_of(range)));
}

void PartsFolder::write(const PathRange& range, const std::string& bytes) {
  const std::string name = file(name_of(range));
  Replacement replacement(name);
  replacement.write(bytes);
  try {
    replacement.commit();
  } catch (const std::system_error&) {
    ::unlink(name.c_str());  // it may be in place, but not for sure after a crash
    throw;
  }
}

void PartsFolder::clear() {
  for (const std::string& name : names(part_ending)) fs::remove(file(name));
}

}  // namespace moniac
