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

// Paths that are turned from columns into rows together: a few cache lines of each column, and rows that stay in cache.
constexpr std::int64_t tile = 16;

// Paths first … first + tile - 1, or the last of them: out[path][date x labels + label].
template <class Number>
void transpose(const KeptValues& values, std::int64_t first, Number* out) {
  const std::int64_t paths = std::min(tile, values.paths - first);
  const std::int64_t rows = values.dates * values.labels;
  for (std::int64_t d = 0, row = 0; d < values.dates; ++d) {
    for (std::int64_t l = 0; l < values.labels; ++l, ++row) {
      const double* column = values.data + d * values.date_stride + l * values.label_stride + first;
      for (std::int64_t p = 0; p < paths; ++p) out[p * rows + row] = static_cast<Number>(column[p]);
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
  std::vector<float> numbers(static_cast<std::size_t>(chunk * per_path));
  std::string encoded;
  for (std::int64_t first = 0; first < values.paths; first += chunk) {
    const std::int64_t end = std::min(first + chunk, values.paths);
    std::fill(numbers.begin() + (end - first) * per_path, numbers.end(), std::numeric_limits<float>::quiet_NaN());
    for (std::int64_t p = first; p < end; p += tile) transpose(values, p, numbers.data() + (p - first) * per_path);
    append_chunk(encoded, numbers.data(), numbers.size());
  }
  return encoded;
}

std::string encode_double(const KeptValues& values) {
  const std::int64_t per_path = values.dates * values.labels;
  std::string encoded(static_cast<std::size_t>(values.paths * per_path) * sizeof(double), '\0');
  auto* numbers = reinterpret_cast<double*>(encoded.data());
  for (std::int64_t p = 0; p < values.paths; p += tile) transpose(values, p, numbers + p * per_path);
  return encoded;
}

}  // namespace

std::int64_t chunk_paths(const PathStorage& storage, std::int64_t dates, std::int64_t labels) {
  const std::int64_t path_bytes = dates * labels * static_cast<std::int64_t>(number_bytes);
  const auto fitting = static_cast<std::uint64_t>(std::clamp<std::int64_t>(chunk_bytes / path_bytes, 1, 2048));
  return std::min(static_cast<std::int64_t>(std::bit_floor(fitting)), storage.paths);
}

std::string encode_paths(const PathStorage& storage, const KeptValues& values) {
  return storage.single_precision ? encode_single(storage, values) : encode_double(values);
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
