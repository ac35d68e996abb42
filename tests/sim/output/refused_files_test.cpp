// Files that read_results must refuse, made with HDF5 itself.
#include <hdf5.h>

#include <array>

#include "sim/output/hdf5_file.h"
#include "sim/output/results_file.h"
#include "tests/sim/output/example_results.h"
#include "tests/sim/output/temporary_folder.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

std::string refusal(const std::string& path) {
  try {
    read_results(path);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "read";
}

// A file with nothing but these two attributes.
void put_version(const std::string& path, const std::string& format, const std::string& version) {
  prepare_hdf5();
  Hdf5File file = Hdf5File::create(path);
  {
    Hdf5Group root = file.root();
    root.set_text("format", format);
    root.set_text("format_version", version);
  }
  file.close();
}

// The example with us_y10_mean replaced by whatever `make` puts there.
template <class Make>
std::string refusal_of_changed(Make make) {
  const TemporaryFolder folder;
  const std::string path = folder / "result.h5";
  write_results(path, example_results());
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  REQUIRE(file >= 0);
  REQUIRE(H5Ldelete(file, "us_y10_mean", H5P_DEFAULT) >= 0);
  make(file);
  REQUIRE(H5Fclose(file) >= 0);
  const std::string message = refusal(path);
  const std::string start = path + " is damaged: ";
  REQUIRE(message.substr(0, start.size()) == start);
  return message.substr(start.size());
}

void add_dataset(hid_t file, hid_t properties, hsize_t length = 25) {
  const hid_t space = H5Screate_simple(1, &length, nullptr);
  const hid_t made = H5Dcreate2(file, "us_y10_mean", H5T_IEEE_F64LE, space, H5P_DEFAULT, properties, H5P_DEFAULT);
  REQUIRE(made >= 0);
  H5Dclose(made);
  H5Sclose(space);
  H5Pclose(properties);
}

}  // namespace

TEST_CASE("A file that is not there or cannot be read is named with the cause") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(read_results(folder / "none.h5"), "cannot read " + (folder / "none.h5: No such file or directory"));
  CHECK(refusal(folder.path()) == folder.path() + " is not a regular file");
}

TEST_CASE("A file that is not HDF5 is refused") {
  const TemporaryFolder folder;
  put(folder / "text.h5", "moniac: 1\n");
  put(folder / "empty.h5", "");
  CHECK(refusal(folder / "text.h5") == (folder / "text.h5 is not an HDF5 file"));
  CHECK(refusal(folder / "empty.h5") == (folder / "empty.h5 is not an HDF5 file"));
}

TEST_CASE("An HDF5 file of another program is refused") {
  const TemporaryFolder folder;
  put_version(folder / "other.h5", "somebody-elses", "1.0");
  CHECK(refusal(folder / "other.h5") == (folder / "other.h5 is an HDF5 file, but not a result of moniac"));
}

TEST_CASE("A newer major version is refused by both numbers") {
  const TemporaryFolder folder;
  put_version(folder / "newer.h5", "moniac-results", "2.3");
  put_version(folder / "odd.h5", "moniac-results", "one");
  CHECK(refusal(folder / "newer.h5") == (folder / "newer.h5 was written by format 2.x; this program reads 1.x"));
  CHECK(refusal(folder / "odd.h5") == (folder / "odd.h5 has format version 'one', which is none"));
}

TEST_CASE("A newer minor version is read") {
  const TemporaryFolder folder;
  const std::string path = folder / "result.h5";
  write_results(path, example_results());
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t version = H5Aopen(file, "format_version", H5P_DEFAULT), type = H5Aget_type(version);
  REQUIRE(H5Awrite(version, type, "1.9") >= 0);
  H5Tclose(type);
  H5Aclose(version);
  REQUIRE(H5Fclose(file) >= 0);
  CHECK(read_results(path) == example_results());
}

TEST_CASE("Half a file is refused") {
  const TemporaryFolder folder;
  write_results(folder / "whole.h5", example_results());
  const std::string bytes = bytes_of(folder / "whole.h5");
  put(folder / "half.h5", bytes.substr(0, bytes.size() / 2));
  CHECK(refusal(folder / "half.h5").substr(0, (folder / "half.h5 is damaged: ").size()) ==
        (folder / "half.h5 is damaged: "));
}

TEST_CASE("Links that lead out of the file are refused") {
  const std::string refused = "us_y10_mean is a link that may lead out of the file";
  CHECK(refusal_of_changed([](hid_t file) {
          H5Lcreate_external("other.h5", "/x", file, "us_y10_mean", H5P_DEFAULT, H5P_DEFAULT);
        }) == refused);
  CHECK(refusal_of_changed([](hid_t file) {
          H5Lcreate_soft("/us_y10_sd", file, "us_y10_mean", H5P_DEFAULT, H5P_DEFAULT);
        }) == refused);
}

TEST_CASE("Data kept outside the file is refused") {
  CHECK(refusal_of_changed([](hid_t file) {
          const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
          H5Pset_external(properties, "/etc/hostname", 0, 200);
          add_dataset(file, properties);
        }) == "us_y10_mean keeps its data in another file");
  CHECK(refusal_of_changed([](hid_t file) {
          const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
          const hsize_t length = 25;
          const hid_t space = H5Screate_simple(1, &length, nullptr);
          H5Pset_virtual(properties, space, "other.h5", "/x", space);
          add_dataset(file, properties);
          H5Sclose(space);
        }) == "us_y10_mean is a virtual data set");
}

TEST_CASE("Filters other than shuffle, gzip and fletcher32 are refused") {
  CHECK(refusal_of_changed([](hid_t file) {
          const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
          const hsize_t chunk = 25;
          H5Pset_chunk(properties, 1, &chunk);
          H5Pset_nbit(properties);
          add_dataset(file, properties);
        }) == "us_y10_mean uses filter 5; only shuffle, gzip and fletcher32 are read");
}

TEST_CASE("An array that does not fit its axes is refused") {
  CHECK(refusal_of_changed([](hid_t file) {
          add_dataset(file, H5Pcreate(H5P_DATASET_CREATE), 24);
          const hid_t from = H5Dopen2(file, "us_y10_sd", H5P_DEFAULT), to = H5Dopen2(file, "us_y10_mean", H5P_DEFAULT);
          for (const char* name : {"moniac_name", "moniac_statistic"}) {
            const hid_t attribute = H5Aopen(from, name, H5P_DEFAULT);
            const hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
            std::array<char, 64> text{};
            H5Aread(attribute, type, text.data());
            const hid_t copy = H5Acreate2(to, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
            H5Awrite(copy, type, text.data());
            for (const hid_t id : {attribute, copy}) H5Aclose(id);
            H5Sclose(space);
            H5Tclose(type);
          }
          H5Dclose(from);
          H5Dclose(to);
        }) == "us_y10_mean does not fit its axes");
}
