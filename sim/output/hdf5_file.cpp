#include "sim/output/hdf5_file.h"

#include <fmt/core.h>

#include "sim/output/hdf5_internal.h"

namespace moniac {

void start_hdf5() {
  [[maybe_unused]] static const bool started = [] {
    H5dont_atexit();
    H5open();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    H5PLset_loading_state(0);
    return true;
  }();
}

std::string hdf5_version() {
  unsigned major = 0, minor = 0, release = 0;
  checked(H5get_libversion(&major, &minor, &release), "asking for", "the version");
  return fmt::format("{}.{}.{}", major, minor, release);
}

namespace {

// Locks where the file system has locks, and does without where it has none.
Hdf5Id access_properties() {
  Hdf5Id properties(checked(H5Pcreate(H5P_FILE_ACCESS), "making", "properties"), H5Pclose);
  checked(H5Pset_file_locking(properties.get(), true, true), "making", "properties");
  return properties;
}

}  // namespace

Hdf5File Hdf5File::create(const std::string& path) {
  const Hdf5Id creation = group_properties(H5P_FILE_CREATE), access = access_properties();
  checked(H5Pset_sieve_buf_size(access.get(), 0), "making", "properties");  // as without_chunk_cache()
  checked(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18), "making", "properties");
  return Hdf5File(
      {checked(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), "creating", "the file"),
       H5Fclose});
}

Hdf5File Hdf5File::open(const std::string& path) {
  const Hdf5Id access = access_properties();
  return Hdf5File({checked(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), "opening", "the file"), H5Fclose});
}

bool Hdf5File::is_hdf5(const std::string& path) {
  return H5Fis_hdf5(path.c_str()) > 0;
}

Hdf5Group Hdf5File::root() const {
  return {{checked(H5Gopen2(id_.get(), "/", H5P_DEFAULT), "opening", "the root"), H5Gclose}, "/"};
}

std::uint64_t Hdf5File::bytes() const {
  return file_bytes(id_.get());
}

void Hdf5File::close() {
  checked(H5Fclose(id_.release()), "closing", "the file");
}

}  // namespace moniac
