#include "sim/output/results_file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <system_error>

#include "sim/output/replacement.h"
#include "sim/output/results_layout.h"

namespace moniac {

void write_file(const std::string& path, const std::function<void(Hdf5File& file)>& fill) {
  prepare_hdf5();
  try {
    Replacement replacement(path);
    Hdf5File file = Hdf5File::create(replacement.temporary());
    fill(file);
    file.close();
    replacement.commit();
  } catch (const Hdf5Error& error) {
    throw OutputError(fmt::format("cannot write {}: {}", path, error.what()));
  } catch (const std::system_error& error) {
    throw OutputError(fmt::format("cannot write {}: {}", path, error.what()));
  }
}

void prepare_hdf5() {
  start_hdf5();
}

void write_results(const std::string& path, const Results& results, const PathSource* paths) {
  write_file(path, [&](Hdf5File& file) { write_contents(file, results, paths); });
}

void write_comparison(const std::string& path, const Comparison& comparison) {
  write_file(path, [&](Hdf5File& file) { write_contents(file, comparison.differences, nullptr, &comparison); });
}

namespace {

// HDF5 only says that it cannot open a file; the system says why.
void require_readable(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status {};
  const int error = file < 0 || ::fstat(file, &status) != 0 ? errno : 0;
  if (file >= 0) ::close(file);
  if (error != 0) throw OutputError(fmt::format("cannot read {}: {}", path, std::system_category().message(error)));
  if (!S_ISREG(status.st_mode)) throw FormatError(path + " is not a regular file");
}

void require_format(const std::string& path, const Hdf5File& file) {
  const Hdf5Group root = file.root();
  if (root.text("format") != format_name) throw FormatError(path + " is an HDF5 file, but not a result of moniac");
  const std::string version = root.text("format_version");
  int major = 0;
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), major);
  if (error != std::errc{} || *end != '.')
    throw FormatError(fmt::format("{} has format version '{}', which is none", path, version));
  if (major != format_major)
    throw FormatError(fmt::format("{} was written by format {}.x; this program reads {}.x", path, major, format_major));
}

}  // namespace

Hdf5File open_result(const std::string& path) {
  prepare_hdf5();
  require_readable(path);
  if (!Hdf5File::is_hdf5(path)) throw FormatError(path + " is not an HDF5 file");
  Hdf5File file = Hdf5File::open(path);
  require_format(path, file);
  return file;
}

Results read_results(const std::string& path) {
  return with_result(path, [](const Hdf5File& file) { return read_contents(file); });
}

}  // namespace moniac
