#include "sim/math/exact.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <Eigen/QR>
#include <bit>
#include <cstdint>

#include "tests/support/catch.h"

using namespace moniac;

namespace {

// Entries in (-1/2, 1/2) of a linear congruential generator (Knuth 1998, MMIX).
ExactMatrix scattered(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
  ExactMatrix matrix(rows, columns);
  for (Eigen::Index i = 0; i < rows; ++i) {
    for (Eigen::Index j = 0; j < columns; ++j) {
      seed = seed * 6364136223846793005U + 1442695040888963407U;
      matrix(i, j) = static_cast<double>(seed >> 11) * 0x1p-53 - 0.5;
    }
  }
  return matrix;
}

// FNV-1a over the bits of the entries.
std::uint64_t digest(const ExactMatrix& matrix) {
  std::uint64_t hash = 14695981039346656037U;
  for (const double entry : row_major(matrix)) hash = (hash ^ std::bit_cast<std::uint64_t>(entry)) * 1099511628211U;
  return hash;
}

double largest(const ExactMatrix& matrix) {
  return matrix.cwiseAbs().maxCoeff().value;
}

}  // namespace

TEST_CASE("an Eigen product of exact numbers is the sum of products") {
  const auto n = GENERATE(as<Eigen::Index>{}, 1, 3, 7, 20, 41);
  const ExactMatrix a = scattered(n, n + 2, 1);
  const ExactMatrix b = scattered(n + 2, n, 2);
  const ExactMatrix product = a * b;
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      double sum = 0;
      for (Eigen::Index k = 0; k < n + 2; ++k) sum += a(i, k).value * b(k, j).value;
      CHECK(product(i, j).value == Approx(sum).epsilon(0).margin(1e-15));
    }
  }
}

TEST_CASE("products, LLT, LU and QR of exact numbers have the bits of a build without vector instructions") {
  const ExactMatrix a = scattered(24, 24, 3);
  const ExactMatrix positive = a * a.transpose() + ExactMatrix::Identity(24, 24);
  const ExactMatrix right = scattered(24, 3, 4);
  // Recorded with g++ 12.2 -O0 -march=x86-64.
  CHECK(digest(positive) == 0x2fef99cd726784bfU);
  CHECK(digest(positive.llt().matrixL()) == 0xdc16ab1bc7b37ce5U);
  CHECK(digest(a.partialPivLu().solve(right)) == 0x9b26004fc0a51fa3U);
  CHECK(digest(a.householderQr().solve(right)) == 0x1d8f6f707a7c4979U);
  CHECK(digest(a.colPivHouseholderQr().solve(right)) == 0x6ea418deb8bbcea9U);
}

TEST_CASE("decompositions of exact numbers solve their systems to rounding") {
  const ExactMatrix a = scattered(24, 24, 3);
  const ExactMatrix positive = a * a.transpose() + ExactMatrix::Identity(24, 24);
  const ExactMatrix right = scattered(24, 3, 4);
  CHECK(largest(positive * ExactMatrix(positive.llt().solve(right)) - right) < 1e-13);
  CHECK(largest(a * ExactMatrix(a.partialPivLu().solve(right)) - right) < 1e-12);
  CHECK(largest(a * ExactMatrix(a.colPivHouseholderQr().solve(right)) - right) < 1e-12);
}

TEST_CASE("rows survive the way into an exact matrix and back") {
  const std::vector<std::vector<double>> rows = {{1, 2, 3}, {4, 5, 6}};
  CHECK(rows_of(exact_matrix(rows)) == rows);
  CHECK(row_major(exact_matrix(rows)) == std::vector<double>{1, 2, 3, 4, 5, 6});
  CHECK(row_major(exact_vector({1, 2})) == std::vector<double>{1, 2});
  CHECK(exact_matrix({}).size() == 0);
}

TEST_CASE("the 1-norm is the largest column sum of absolute values") {
  CHECK(norm_1(exact_matrix({{1, -7}, {-2, 3}})) == 10);
  CHECK(norm_1(ExactMatrix()) == 0);
}
