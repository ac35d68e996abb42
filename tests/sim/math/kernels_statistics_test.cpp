#include "tests/sim/math/columns_of.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<Cell> cells_of(TestColumn& x, std::size_t paths) {
  std::vector<Cell> cells((paths + cell_size - 1) / cell_size);
  best_kernels().cells(x.data(), paths, cells.data());
  return cells;
}

std::vector<std::uint32_t> sketch_of(const std::vector<double>& values, double center, double scale) {
  TestColumn x((values.size() + 63) / 64 * 64);
  std::copy(values.begin(), values.end(), x.data());
  std::vector<std::uint32_t> counts(sketch_buckets);
  best_kernels().sketch(x.data(), values.size(), center, scale, counts.data());
  return counts;
}

std::size_t bucket_of(double y) {
  const std::vector<std::uint32_t> counts = sketch_of({y}, 0, 1);
  return static_cast<std::size_t>(std::find(counts.begin(), counts.end(), 1u) - counts.begin());
}

}  // namespace

TEST_CASE("a cell holds count, mean, sum of squared deviations and extremes of 64 paths") {
  TestColumn x(128);
  for (std::size_t i = 0; i < 64; ++i) x[i] = static_cast<double>(i);        // 0 … 63
  for (std::size_t i = 64; i < 128; ++i) x[i] = 1e9 + (i % 2 ? 1.0 : -1.0);  // a spread far below its mean
  const std::vector<Cell> cells = cells_of(x, 128);
  CHECK(cells[0].count == 64);
  CHECK(cells[0].mean == 31.5);
  CHECK(cells[0].m2 == 64.0 * (64 * 64 - 1) / 12);  // of 0 … n-1: n (n^2 - 1) / 12
  CHECK(cells[0].minimum == 0);
  CHECK(cells[0].maximum == 63);
  CHECK(cells[1].mean == 1e9);
  CHECK(cells[1].m2 == 64);
}

TEST_CASE("a NaN lane is a failed path and counts for nothing in its cell") {
  TestColumn x(64);
  for (std::size_t i = 0; i < 64; ++i) x[i] = i % 2 ? missing : static_cast<double>(i);  // 0, 2, …, 62
  const Cell cell = cells_of(x, 64)[0];
  CHECK(cell.count == 32);
  CHECK(cell.mean == 31);
  CHECK(cell.m2 == 4 * 32.0 * (32 * 32 - 1) / 12);
  CHECK(cell.minimum == 0);
  CHECK(cell.maximum == 62);
}

TEST_CASE("a cell without a single value is empty") {
  TestColumn x(64, missing);
  const Cell cell = cells_of(x, 64)[0];
  CHECK(cell.count == 0);
  CHECK(cell.mean == 0);
  CHECK(cell.m2 == 0);
  CHECK(cell.minimum == infinity);
  CHECK(cell.maximum == -infinity);
}

TEST_CASE("ghost lanes of the last cell count for nothing") {
  TestColumn x(128, 1e300);
  for (std::size_t i = 0; i < 70; ++i) x[i] = 2;
  const std::vector<Cell> cells = cells_of(x, 70);
  REQUIRE(cells.size() == 2);
  CHECK(cells[1].count == 6);
  CHECK(cells[1].mean == 2);
  CHECK(cells[1].maximum == 2);
}

TEST_CASE("a cell adds up in eight lanes joined as a tree") {
  // One ulp lost in the wrong order shows: 1e16 + 1 = 1e16, so where the ones meet decides the sum.
  TestColumn x(64);
  x[0] = 1e16;   // lane 0
  x[8] = 1;      // lane 0: lost against 1e16
  x[4] = -1e16;  // lane 4, joins lane 0
  x[2] = 1;      // lane 2, joins after they have cancelled
  x[6] = 1;      // lane 6, joins lane 2
  CHECK(cells_of(x, 64)[0].mean == 2.0 / 64);
}

TEST_CASE("sketch buckets are 1/64 wide within 4 scales and 32 to the octave beyond") {
  const std::size_t middle = 1 + sketch_tail + sketch_core / 2;
  CHECK(bucket_of(0.0) == middle);
  CHECK(bucket_of(0.5 / 64) == middle);
  CHECK(bucket_of(1.5 / 64) == middle + 1);
  CHECK(bucket_of(-0.5 / 64) == middle - 1);
  CHECK(bucket_of(3.999) == sketch_tail + sketch_core);
  CHECK(bucket_of(-3.999) == 1 + sketch_tail);
  CHECK(bucket_of(4.0) == 1 + sketch_tail + sketch_core);
  CHECK(bucket_of(4.0 + 1.5 / 8) == 2 + sketch_tail + sketch_core);  // 4 … 8 in 32 steps of 1/8
  CHECK(bucket_of(-4.0 - 1.5 / 8) == sketch_tail - 1);
  CHECK(bucket_of(8.0) == 1 + sketch_tail + sketch_core + 32);
  CHECK(bucket_of(65535.0) == sketch_buckets - 2);
  CHECK(bucket_of(65536.0) == sketch_buckets - 1);
  CHECK(bucket_of(1e300) == sketch_buckets - 1);
  CHECK(bucket_of(-65535.0) == 1);
  CHECK(bucket_of(-65537.0) == 0);
  CHECK(bucket_of(-infinity) == 0);
}

TEST_CASE("a larger value is never in a lower bucket of the sketch") {
  std::mt19937_64 generator(20250105);
  std::vector<double> values{-infinity, infinity, 4.0, -4.0, std::nextafter(4.0, 0.0), std::nextafter(-4.0, 0.0)};
  for (int i = 0; i < 2000; ++i) values.push_back(std::ldexp(random_between(generator, -1, 1), i % 20));
  std::sort(values.begin(), values.end());
  std::size_t last = 0;
  for (const double value : values) {
    const std::size_t bucket = bucket_of(value);
    CHECK(bucket >= last);
    last = bucket;
  }
}

TEST_CASE("the sketch counts each value once, adds to what is there and leaves NaN out") {
  std::vector<double> values(1000, missing);
  for (std::size_t i = 0; i < 1000; i += 2) values[i] = static_cast<double>(i) - 500;
  std::vector<std::uint32_t> counts = sketch_of(values, 3, 20);
  std::uint64_t total = 0;
  for (const std::uint32_t count : counts) total += count;
  CHECK(total == 500);

  TestColumn x(64, 1.0);
  best_kernels().sketch(x.data(), 10, 1, 1, counts.data());
  const std::vector<std::uint32_t> before = sketch_of(values, 3, 20);
  const std::size_t middle = 1 + sketch_tail + sketch_core / 2;
  CHECK(counts[middle] == before[middle] + 10);
}

TEST_CASE("one infinite or NaN lane is found wherever it is") {
  for (const double bad : {missing, infinity, -infinity}) {
    for (std::size_t place = 0; place < 192; ++place) {
      TestColumn x(192, std::numeric_limits<double>::max());
      CHECK(best_kernels().all_finite(x.data(), 192));
      x[place] = bad;
      CHECK_FALSE(best_kernels().all_finite(x.data(), 192));
    }
  }
}

TEST_CASE("a linear map adds up each row in index order with one rounding per term") {
  for (const std::size_t rows : {1u, 3u, 4u, 7u, 8u, 13u}) {
    constexpr std::size_t columns = 5, lanes = 64;
    std::mt19937_64 generator(20250106);
    std::vector<double> matrix(rows * columns);
    for (double& entry : matrix) entry = random_between(generator, -1, 1);
    std::vector<TestColumn> in(columns, TestColumn(lanes)), out(rows, TestColumn(lanes));
    std::vector<const double*> from;
    std::vector<double*> to;
    for (TestColumn& column : in) {
      for (std::size_t i = 0; i < lanes; ++i) column[i] = random_between(generator, -1, 1);
      from.push_back(column.data());
    }
    for (TestColumn& column : out) to.push_back(column.data());
    best_kernels().linear_map(matrix.data(), rows, columns, from.data(), to.data(), lanes);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t i = 0; i < lanes; ++i) {
        double sum = matrix[r * columns] * in[0][i];
        for (std::size_t j = 1; j < columns; ++j) sum = std::fma(matrix[r * columns + j], in[j][i], sum);
        CHECK(out[r][i] == sum);
      }
    }
  }
}

TEST_CASE("exponentials of affine functions are added in order, and the last is kept") {
  constexpr std::size_t terms = 7, columns = 3, lanes = 64;
  std::mt19937_64 generator(20261128);
  std::vector<double> coefficients(terms * (columns + 1));
  for (double& entry : coefficients) entry = random_between(generator, -1, 1);
  std::vector<TestColumn> in(columns, TestColumn(lanes));
  std::vector<const double*> from;
  for (TestColumn& column : in) {
    for (std::size_t i = 0; i < lanes; ++i) column[i] = random_between(generator, -1, 1);
    from.push_back(column.data());
  }
  TestColumn sum(lanes, 0.25), last(lanes);
  best_kernels().add_exponentials(coefficients.data(), terms, columns, from.data(), sum.data(), last.data(), lanes);
  for (std::size_t i = 0; i < lanes; ++i) {
    long double expected = 0.25, value = 0;
    for (std::size_t k = 0; k < terms; ++k) {
      const double* row = &coefficients[k * (columns + 1)];
      value = std::exp(row[0] + static_cast<long double>(row[1]) * in[0][i] +
                       static_cast<long double>(row[2]) * in[1][i] + static_cast<long double>(row[3]) * in[2][i]);
      expected += value;
    }
    CHECK_THAT(sum[i], Catch::Matchers::WithinRel(static_cast<double>(expected), 1e-14));
    CHECK_THAT(last[i], Catch::Matchers::WithinRel(static_cast<double>(value), 1e-14));
  }
}

TEST_CASE("64 values in one bucket are counted as any others are") {
  std::vector<double> values(192, 0.5);
  CHECK(sketch_of(values, 0.5, 1)[1 + sketch_tail + sketch_core / 2] == 192);
  values[70] = 2;  // the second cell has two buckets
  CHECK(sketch_of(values, 0.5, 1)[1 + sketch_tail + sketch_core / 2] == 191);
  CHECK(sketch_of(std::vector<double>(64, 1e9), 0, 1)[sketch_buckets - 1] == 64);
}
