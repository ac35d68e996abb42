#include "sim/output/parts_folder.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "sim/output/replacement.h"

namespace moniac {

namespace fs = std::filesystem;

namespace {

constexpr const char* part_ending = ".part";
constexpr const char* record_name = "run.record";

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

void make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0777) != 0 && errno != EEXIST) fail();
}

// Makes the folder and, of a shard, the one it lies in, while other processes make and remove them.
void make_folders(const PartsPlace& place) {
  while (true) {
    if (place.shard) make_folder(place.beside_result());
    try {
      return make_folder(place.path());
    } catch (const std::system_error& error) {
      if (!place.shard || error.code() != std::errc::no_such_file_or_directory) throw;
    }
  }
}

int open_locked(const PartsPlace& place) {
  const std::string path = place.path();
  while (true) {
    make_folders(place);
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

std::string folder_name(const Shard& shard) {
  return fmt::format("shard-{}-of-{}", shard.index, shard.count);
}

// The shard whose folder has this name, and no other spelling of it.
std::optional<Shard> shard_named(const std::string& name) {
  long long index = 0, count = 0;
  if (std::sscanf(name.c_str(), "shard-%lld-of-%lld", &index, &count) != 2) return std::nullopt;
  const Shard shard{index, count};
  const bool is_one = index >= 0 && index < count && name == folder_name(shard);
  return is_one ? std::optional(shard) : std::nullopt;
}

}  // namespace

std::string PartsPlace::path() const {
  return shard ? beside_result() + "/" + folder_name(*shard) : beside_result();
}

std::vector<Shard> shards_of(const std::string& result) {
  std::vector<Shard> shards;
  for (const auto& entry : fs::directory_iterator(PartsPlace{result}.beside_result())) {
    const auto shard = shard_named(entry.path().filename().string());
    if (shard && entry.is_directory()) shards.push_back(*shard);
  }
  std::sort(shards.begin(), shards.end(),
            [](const Shard& a, const Shard& b) { return std::pair(a.count, a.index) < std::pair(b.count, b.index); });
  return shards;
}

std::string record_in(const PartsPlace& place) {
  const std::string file = place.path() + "/" + record_name;
  return fs::exists(file) ? bytes_of(file) : std::string{};
}

PartsFolder::PartsFolder(const PartsPlace& place, std::string of)
    : place_(place), path_(place.path()), of_(std::move(of)), descriptor_(open_locked(place)) {}

PartsFolder::~PartsFolder() {
  ::rmdir(path_.c_str());
  if (place_.shard) ::rmdir(place_.beside_result().c_str());
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

PartsStock PartsFolder::stock() const {
  PartsStock stock;
  for (const std::string& name : names(part_ending)) {
    try {
      const PartLabel label = read_part_label(bytes_of(file(name)));
      if (name != name_of(label.range)) throw PartError("has the name of another part");
      stock.whole.push_back(label);
    } catch (const PartError&) {
      stock.damaged.push_back(name);
    }
  }
  return stock;
}

std::string PartsFolder::read(const PathRange& range) const {
  return bytes_of(file(name_of(range)));
}

void PartsFolder::write(const PathRange& range, const std::string& bytes) {
  write_file(name_of(range), bytes);
}

void PartsFolder::write_file(const std::string& name, const std::string& bytes) {
  Replacement replacement(file(name));
  replacement.write(bytes);
  try {
    replacement.commit();
  } catch (const std::system_error&) {
    ::unlink(file(name).c_str());  // it may be in place, but not for sure after a crash
    throw;
  }
}

void PartsFolder::remove(const PathRange& range) {
  remove(name_of(range));
}

void PartsFolder::remove(const std::string& name) {
  fs::remove(file(name));
}

void PartsFolder::remove_temporary() {
  for (const std::string& name : names(".tmp")) remove(name);
  remove_abandoned(file(record_name));
}

void PartsFolder::clear() {
  for (const std::string& name : names(part_ending)) remove(name);
  remove_record();
}

void PartsFolder::write_record(const std::string& bytes) {
  write_file(record_name, bytes);
}

void PartsFolder::remove_record() {
  remove(std::string(record_name));
}

}  // namespace moniac
