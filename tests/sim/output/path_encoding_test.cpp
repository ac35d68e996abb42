#include "sim/output/path_encoding.h"

#include <zlib.h>

#include <cmath>
#include <cstring>

#include "tests/support/catch.h"

using namespace moniac;

namespace {

// Values of a unit as the engine has them: 3 dates, 2 labels, `paths` paths in rows of 2,048.
struct Rows {
  std::vector<double> data = std::vector<double>(3 * 2 * 2048);
  KeptValues values;

  explicit Rows(std::int64_t paths)
      : values{
            .data = data.data(), .paths = paths, .dates = 3, .labels = 2, .date_stride = 4096, .label_stride = 2048} {
    for (std::int64_t d = 0; d < 3; ++d) {
      for (std::int64_t l = 0; l < 2; ++l) {
        for (std::int64_t p = 0; p < paths; ++p) {
          data[static_cast<std::size_t>(d * 4096 + l * 2048 + p)] = at(p, d, l);
        }
      }
    }
  }
  static double at(std::int64_t path, std::int64_t date, std::int64_t label) {
    return static_cast<double>(path) + 0.1 * static_cast<double>(date) + 0.01 * static_cast<double>(label);
  }
};

}  // namespace

TEST_CASE("Double precision keeps every bit, path by path, date by date, label by label") {
  const Rows rows(50);
  const std::string encoded = encode_paths({.paths = 50}, rows.values);
  REQUIRE(encoded.size() == 50 * 6 * sizeof(double));
  for (std::int64_t i = 0; i < 50 * 6; ++i) {
    double value = 0;
    std::memcpy(&value, encoded.data() + static_cast<std::size_t>(i) * sizeof value, sizeof value);
    REQUIRE(value == Rows::at(i / 6, i / 2 % 3, i % 2));
  }
}

TEST_CASE("Single precision is rounded once and read back by zlib itself") {
  const Rows rows(50);
  const PathStorage storage{.paths = 50, .single_precision = true};
  const std::string encoded = encode_paths(storage, rows.values);
  const std::vector<std::string_view> chunks = chunks_of(encoded);
  REQUIRE(chunks.size() == 1);  // 50 paths of 24 bytes
  std::string plain(50 * 6 * sizeof(float), '\0');
  uLongf size = plain.size();
  REQUIRE(uncompress(reinterpret_cast<Bytef*>(plain.data()), &size, reinterpret_cast<const Bytef*>(chunks[0].data()),
                     chunks[0].size()) == Z_OK);
  REQUIRE(size == plain.size());
  const std::vector<float> decoded = decode_chunk(chunks[0], 50 * 6);
  for (std::size_t i = 0; i < decoded.size(); ++i) {
    const auto n = static_cast<std::int64_t>(i);
    char bytes[sizeof(float)];
    for (std::size_t b = 0; b < sizeof(float); ++b) bytes[b] = plain[b * decoded.size() + i];
    float by_hand = 0;
    std::memcpy(&by_hand, bytes, sizeof by_hand);
    REQUIRE(by_hand == static_cast<float>(Rows::at(n / 6, n / 2 % 3, n % 2)));
    REQUIRE(decoded[i] == by_hand);
  }
}

TEST_CASE("Chunks hold at most one MiB and no unit cuts one") {
  const PathStorage all{.paths = 1000000, .single_precision = true};
  CHECK(chunk_paths(all, 120, 1) == 2048);  // 480 bytes a path: 0.94 MiB
  CHECK(chunk_paths(all, 120, 2) == 1024);
  CHECK(chunk_paths(all, 121, 10) == 128);   // 4840 bytes a path
  CHECK(chunk_paths(all, 10000, 100) == 1);  // 4 MB a path
  CHECK(chunk_paths({.paths = 7, .single_precision = true}, 120, 1) == 7);
}

TEST_CASE("The last chunk is filled up with NaN") {
  const Rows rows(1500);
  const PathStorage storage{.paths = 1024 + 1500, .single_precision = true};
  KeptValues many = rows.values;
  many.dates = 3;
  const std::int64_t chunk = chunk_paths(storage, 3, 2);
  REQUIRE(chunk == 2048);
  const std::string encoded = encode_paths(storage, many);
  const std::vector<float> decoded = decode_chunk(chunks_of(encoded).front(), 2048 * 6);
  CHECK(decoded[1500 * 6 - 1] == static_cast<float>(Rows::at(1499, 2, 1)));
  for (std::size_t i = 1500 * 6; i < decoded.size(); ++i) REQUIRE(std::isnan(decoded[i]));
}

TEST_CASE("A damaged chunk is refused") {
  const Rows rows(50);
  const std::string encoded = encode_paths({.paths = 50, .single_precision = true}, rows.values);
  std::string chunk(chunks_of(encoded).front());
  CHECK_THROWS_AS(decode_chunk(chunk, 50 * 6 + 1), std::runtime_error);
  chunk[chunk.size() / 2] = static_cast<char>(chunk[chunk.size() / 2] ^ 1);
  CHECK_THROWS_AS(decode_chunk(chunk, 50 * 6), std::runtime_error);
}
