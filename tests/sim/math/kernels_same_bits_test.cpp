// Every table gives the same bits, and the bits that every earlier build gave.
#include <map>
#include <string>

#include "tests/sim/math/columns_of.h"
#include "tests/support/catch.h"

namespace moniac {
extern const Kernels kernels_8_lanes;
}

using namespace moniac;

namespace {

std::vector<const Kernels*> all_tables() {
  std::vector<const Kernels*> tables = runnable_kernels();
  tables.push_back(&kernels_8_lanes);
  return tables;
}

// FNV-1a over 64-bit words.
class Digest {
 public:
  void add(std::uint64_t word) { hash_ = (hash_ ^ word) * 0x100000001b3u; }
  void add(double x) { add(bit_pattern(x)); }
  void add(TestColumn& column) {
    for (const double x : column.values()) add(x);
  }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325u;
};

constexpr std::size_t lanes = 8192;

// Special values, random bits and ordinary numbers.
TestColumn arguments() {
  std::mt19937_64 generator(20250104);
  const std::vector<double> special = special_values();
  TestColumn x(lanes);
  for (std::size_t i = 0; i < lanes; ++i) {
    x[i] = i < special.size() ? special[i] : i % 2 ? random_bits_double(generator) : random_between(generator, -9, 9);
  }
  return x;
}

TestColumn finite_values(std::uint64_t seed, std::size_t n) {
  std::mt19937_64 generator(seed);
  TestColumn x(n);
  for (std::size_t i = 0; i < n; ++i) x[i] = random_between(generator, -3, 5);
  return x;
}

using Digests = std::map<std::string, std::uint64_t>;

std::uint64_t digest_of(void (*function)(const double*, double*, std::size_t)) {
  TestColumn x = arguments(), y(lanes);
  function(x.data(), y.data(), lanes);
  Digest digest;
  digest.add(y);
  return digest.value();
}

std::uint64_t digest_of_pow(const Kernels& kernels) {
  TestColumn x = arguments(), y(lanes), exponent = finite_values(1, lanes);
  for (std::size_t i = 0; i < lanes; i += 3) exponent[i] = std::floor(exponent[i]);
  kernels.pow(x.data(), exponent.data(), y.data(), lanes);
  Digest digest;
  digest.add(y);
  return digest.value();
}

std::uint64_t digest_of_linear_map(const Kernels& kernels) {
  constexpr std::size_t rows = 13, columns = 7, n = 128;
  TestColumn matrix = finite_values(2, 192);
  std::vector<TestColumn> in, out(rows, TestColumn(n));
  std::vector<const double*> from;
  std::vector<double*> to;
  for (std::size_t j = 0; j < columns; ++j) in.push_back(finite_values(3 + j, n));
  for (TestColumn& column : in) from.push_back(column.data());
  for (TestColumn& column : out) to.push_back(column.data());
  kernels.linear_map(matrix.data(), rows, columns, from.data(), to.data(), n);
  Digest digest;
  for (TestColumn& column : out) digest.add(column);
  return digest.value();
}

std::uint64_t digest_of_add_exponentials(const Kernels& kernels) {
  constexpr std::size_t terms = 9, columns = 3, n = 128;
  TestColumn coefficients = finite_values(20, 64);
  std::vector<TestColumn> in;
  std::vector<const double*> from;
  for (std::size_t j = 0; j < columns; ++j) in.push_back(finite_values(21 + j, n));
  for (TestColumn& column : in) from.push_back(column.data());
  TestColumn sum = finite_values(24, n), last(n);
  kernels.add_exponentials(coefficients.data(), terms, columns, from.data(), sum.data(), last.data(), n);
  Digest digest;
  digest.add(sum);
  digest.add(last);
  return digest.value();
}

std::uint64_t digest_of_cells(const Kernels& kernels) {
  TestColumn x = finite_values(4, 1024);
  for (std::size_t i = 200; i < 1024; i += 37) x[i] = std::numeric_limits<double>::quiet_NaN();
  std::vector<Cell> cells(16);
  kernels.cells(x.data(), 1000, cells.data());
  Digest digest;
  for (const Cell& cell : cells) {
    digest.add(static_cast<std::uint64_t>(cell.count));
    for (const double value : {cell.mean, cell.m2, cell.minimum, cell.maximum}) digest.add(value);
  }
  return digest.value();
}

std::uint64_t digest_of_sketch(const Kernels& kernels) {
  TestColumn x = arguments(), near = finite_values(5, lanes);
  std::vector<std::uint32_t> counts(sketch_buckets);
  kernels.sketch(x.data(), lanes - 5, 0.1, 1.7, counts.data());
  kernels.sketch(near.data(), lanes - 5, 1.1, 2.3, counts.data());
  Digest digest;
  for (const std::uint32_t count : counts) digest.add(std::uint64_t{count});
  return digest.value();
}

Digests digests_of(const Kernels& kernels) {
  TestColumn z(lanes), u(lanes);
  kernels.normals(0x0123456789abcdefu, (std::uint64_t{1} << 33) - 64, 17, 3, z.data(), lanes);
  kernels.uniforms(0xfedcba9876543210u, 4096, 1u << 31, 3, u.data(), lanes);
  Digest normals, uniforms;
  normals.add(z);
  uniforms.add(u);
  return {{"normals", normals.value()},
          {"uniforms", uniforms.value()},
          {"exp", digest_of(kernels.exp)},
          {"log", digest_of(kernels.log)},
          {"expm1", digest_of(kernels.expm1)},
          {"log1p", digest_of(kernels.log1p)},
          {"sin", digest_of(kernels.sin)},
          {"cos", digest_of(kernels.cos)},
          {"normal_cdf", digest_of(kernels.normal_cdf)},
          {"pow", digest_of_pow(kernels)},
          {"linear_map", digest_of_linear_map(kernels)},
          {"add_exponentials", digest_of_add_exponentials(kernels)},
          {"cells", digest_of_cells(kernels)},
          {"sketch", digest_of_sketch(kernels)}};
}

}  // namespace

TEST_CASE("every kernel gives the same bits in every table") {
  const Digests expected = digests_of(*runnable_kernels().front());
  for (const Kernels* kernels : all_tables()) {
    for (const auto& [kernel, digest] : digests_of(*kernels)) {
      INFO(kernel << " of " << kernels->name);
      CHECK(digest == expected.at(kernel));
    }
  }
}

TEST_CASE("every kernel gives the bits it has always given, whatever the compiler") {
  // Recorded from the first build. A change here changes the results of every scenario.
  const Digests recorded{{"add_exponentials", 0xfaacd4f7f034754du},
                         {"cells", 0xdff17f2ceb9d12b3u},
                         {"cos", 0xce093fad759d3b2du},
                         {"exp", 0xae7f04de46dde45au},
                         {"expm1", 0x2519825760ecd2cau},
                         {"linear_map", 0xbee31899eea7862u},
                         {"log", 0xe87b9e3a574574b4u},
                         {"log1p", 0xa0210f104adaf535u},
                         {"normal_cdf", 0x6f63f215e2ece4abu},
                         {"normals", 0x9d1409d4d88b3c05u},
                         {"pow", 0xf0047e97c71465f4u},
                         {"sin", 0xce289c09087b3d50u},
                         {"sketch", 0xa15708ecb9b40264u},
                         {"uniforms", 0xfa3ae5deb0b954a8u}};
  for (const auto& [kernel, digest] : digests_of(best_kernels())) {
    INFO(kernel << " 0x" << std::hex << digest);
    CHECK(digest == recorded.at(kernel));
  }
}

TEST_CASE("a table is found by name only where its instructions exist") {
  REQUIRE(find_kernels("portable") != nullptr);
  CHECK(find_kernels("portable")->name == "portable");
  CHECK(find_kernels("sse9") == nullptr);
  CHECK(find_kernels("") == nullptr);
  if (!__builtin_cpu_supports("avx512f")) CHECK(find_kernels("avx512") == nullptr);
  CHECK(&best_kernels() == runnable_kernels().back());
}
