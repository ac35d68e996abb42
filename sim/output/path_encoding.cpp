#include "sim/output/path_encoding.h"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace moniac {

static_assert(std::endian::native == std::endian::little, "files hold little-endian numbers");

namespace {

constexpr std::int64_t chunk_bytes = std::int64_t{1} << 20;
constexpr std::size_t number_bytes = sizeof(float);

// values(path, date, label) -> out[path][date x labels + label], in tiles that stay in the cache.
template <class Number>
void transpose(const KeptValues& values, Number* out) {
  constexpr std::int64_t tile = 16;
  const std::int64_t rows = values.dates * values.labels;
  const auto row = [&](std::int64_t r) {
    return values.data + r / values.labels * values.date_stride + r % values.labels * values.label_stride;
  };
  for (std::int64_t r = 0; r < rows; r += tile) {
    const std::int64_t row_end = std::min(r + tile, rows);
    const double* source[tile] = {};
    for (std::int64_t i = r; i < row_end; ++i) source[i - r] = row(i);
    for (std::int64_t p = 0; p < values.paths; p += tile) {
      const std::int64_t path_end = std::min(p + tile, values.paths);
      for (std::int64_t q = p; q < path_end; ++q) {
        for (std::int64_t i = r; i < row_end; ++i) out[q * rows + i] = static_cast<Number>(source[i - r][q]);
      }
    }
  }
}

// Byte b of every number, then byte b + 1: HDF5's shuffle filter.
std::string shuffled(const float* numbers, std::size_t count) {
  std::string bytes(count * number_bytes, '\0');
  const char* source = reinterpret_cast<const char*>(numbers);
  for (std::size_t b = 0; b < number_bytes; ++b) {
    for (std::size_t i = 0; i < count; ++i) bytes[b * count + i] = source[i * number_bytes + b];
  }
  return bytes;
}

void append_chunk(std::string& encoded, const float* numbers, std::size_t count) {
  constexpr int level = 1;
  const std::string plain = shuffled(numbers, count);
  uLongf size = compressBound(plain.size());
  const std::size_t start = encoded.size();
  encoded.resize(start + sizeof(std::uint64_t) + size);
  const int status = compress2(reinterpret_cast<Bytef*>(encoded.data() + start + sizeof(std::uint64_t)), &size,
                               reinterpret_cast<const Bytef*>(plain.data()), plain.size(), level);
  if (status != Z_OK) throw std::bad_alloc();  // the only other failure is a buffer that is too small
  const std::uint64_t length = size;
  std::memcpy(encoded.data() + start, &length, sizeof length);
  encoded.resize(start + sizeof length + size);
}

std::string encode_single(const PathStorage& storage, const KeptValues& values) {
  const std::int64_t per_path = values.dates * values.labels;
  const std::int64_t chunk = chunk_paths(storage, values.dates, values.labels);
  const std::int64_t chunks = (values.paths + chunk - 1) / chunk;
  std::vector<float> numbers(static_cast<std::size_t>(chunks * chunk * per_path),
                             std::numeric_limits<float>::quiet_NaN());
  transpose(values, numbers.data());
  std::string encoded;
  for (std::int64_t c = 0; c < chunks; ++c) {
    append_chunk(encoded, numbers.data() + c * chunk * per_path, static_cast<std::size_t>(chunk * per_path));
  }
  return encoded;
}

}  // namespace

std::int64_t chunk_paths(const PathStorage& storage, std::int64_t dates, std::int64_t labels) {
  const std::int64_t path_bytes = dates * labels * static_cast<std::int64_t>(number_bytes);
  const auto fitting = static_cast<std::uint64_t>(std::clamp<std::int64_t>(chunk_bytes / path_bytes, 1, 2048));
  return std::min(static_cast<std::int64_t>(std::bit_floor(fitting)), storage.paths);
}

std::string encode_paths(const PathStorage& storage, const KeptValues& values) {
  if (storage.single_precision) return encode_single(storage, values);
  std::vector<double> numbers(static_cast<std::size_t>(values.paths * values.dates * values.labels));
  transpose(values, numbers.data());
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(double)};
}

std::vector<std::string_view> chunks_of(std::string_view encoded) {
  std::vector<std::string_view> chunks;
  while (!encoded.empty()) {
    std::uint64_t length = 0;
    std::memcpy(&length, encoded.data(), sizeof length);
    chunks.push_back(encoded.substr(sizeof length, length));
    encoded.remove_prefix(sizeof length + length);
  }
  return chunks;
}

std::vector<float> decode_chunk(std::string_view chunk, std::size_t count) {
  std::string plain(count * number_bytes, '\0');
  uLongf size = plain.size();
  const int status = uncompress(reinterpret_cast<Bytef*>(plain.data()), &size,
                                reinterpret_cast<const Bytef*>(chunk.data()), chunk.size());
  if (status != Z_OK || size != plain.size()) throw std::runtime_error("a chunk of recorded paths is damaged");
  std::vector<float> numbers(count);
  char* out = reinterpret_cast<char*>(numbers.data());
  for (std::size_t b = 0; b < number_bytes; ++b) {
    for (std::size_t i = 0; i < count; ++i) out[i * number_bytes + b] = plain[b * count + i];
  }
  return numbers;
}

}  // namespace moniac
