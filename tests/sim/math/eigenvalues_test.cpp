#include "sim/math/eigenvalues.h"

#include <cmath>

#include "tests/support/reference_table.h"

using namespace moniac;
using moniac::testing::near;

TEST_CASE("the eigenvalues of a two by two matrix are those of its quadratic equation") {
  const SymmetricEigen eigen = symmetric_eigen(exact_matrix({{2, 1}, {1, 2}}));
  CHECK(eigen.values[0] == near(1, 1e-15));
  CHECK(eigen.values[1] == near(3, 1e-15));
}

TEST_CASE("the eigenvalues of a three by three matrix are those of 40-digit arithmetic") {
  const SymmetricEigen eigen = symmetric_eigen(exact_matrix({{4, 1, 0.5}, {1, 3, 0.25}, {0.5, 0.25, 2}}));
  CHECK(eigen.values[0] == near(1.8816802101698977878, 1e-15));
  CHECK(eigen.values[1] == near(2.3867603743778892467, 1e-15));
  CHECK(eigen.values[2] == near(4.7315594154522129655, 1e-15));
}

TEST_CASE("the second-difference matrix has the eigenvalues 2 - 2 cos(jπ/(n+1)), and its eigenvectors rebuild it") {
  constexpr Eigen::Index n = 12;
  ExactMatrix second = ExactMatrix::Zero(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    second(i, i) = 2;
    if (i > 0) second(i, i - 1) = second(i - 1, i) = -1;
  }
  const SymmetricEigen eigen = symmetric_eigen(second);
  ExactMatrix scaled = eigen.vectors;
  for (Eigen::Index j = 0; j < n; ++j) {
    const double angle = static_cast<double>(j + 1) * std::acos(-1.0) / (n + 1);
    CHECK(eigen.values[static_cast<std::size_t>(j)] == near(2 - 2 * std::cos(angle), 1e-13));
    scaled.col(j) *= Exact(eigen.values[static_cast<std::size_t>(j)]);
  }
  const ExactMatrix rebuilt = scaled * eigen.vectors.transpose();
  CHECK((rebuilt - second).cwiseAbs().maxCoeff().value < 1e-14);
  const ExactMatrix one = eigen.vectors.transpose() * eigen.vectors;
  CHECK((one - ExactMatrix::Identity(n, n)).cwiseAbs().maxCoeff().value < 1e-14);
}

TEST_CASE("a diagonal matrix keeps its entries as eigenvalues, sorted") {
  const SymmetricEigen eigen = symmetric_eigen(exact_matrix({{3, 0, 0}, {0, -1, 0}, {0, 0, 2}}));
  CHECK(eigen.values == std::vector<double>{-1, 2, 3});
}

TEST_CASE("the spectral radius sees real, complex and defective eigenvalues") {
  CHECK(spectral_radius(exact_matrix({{0.5, 0}, {0, -0.9}})) == near(0.9, 1e-14));
  CHECK(spectral_radius(exact_matrix({{0.6, -0.8}, {0.8, 0.6}})) == near(1, 1e-14));  // 0.6 ± 0.8i
  CHECK(spectral_radius(exact_matrix({{0.3, -40}, {0.0001, 0.3}})) ==  // 0.3 ± √0.004 i, far from normal
        near(std::sqrt(0.09 + 0.004), 1e-13));
  CHECK(spectral_radius(exact_matrix({{0.7, 1000}, {0, 0.7}})) == near(0.7, 1e-13));  // one Jordan block
  CHECK(spectral_radius(exact_matrix({{0, 1, 2}, {0, 0, 3}, {0, 0, 0}})) == 0);       // nilpotent
  CHECK(spectral_radius(exact_matrix({{1e200, 0}, {0, 1}})) == near(1e200, 1e-12));
  CHECK(spectral_radius(exact_matrix({{0, 1}, {-1e-12, 0}})) == near(1e-6, 1e-13));  // companion of x² + 10⁻¹²
}

TEST_CASE("the spectral abscissa is the largest real part, of complex pairs and of any size") {
  CHECK(spectral_abscissa(exact_matrix({{-1, 2}, {-2, -1}})) == near(-1, 1e-14));
  CHECK(spectral_abscissa(exact_matrix({{-3, 0, 0}, {5, -0.25, 0}, {1, 7, -40}})) == near(-0.25, 1e-12));
  CHECK(spectral_abscissa(exact_matrix({{-3e6, 1e6}, {0, 2e6}})) == near(2e6, 1e-13));
  CHECK(spectral_abscissa(exact_matrix({{0, 0}, {0, 0}})) == 0);
}
