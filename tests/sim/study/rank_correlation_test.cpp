#include "sim/study/rank_correlation.h"

#include <algorithm>
#include <cmath>

#include "sim/math/cholesky.h"
#include "sim/math/eigenvalues.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

std::vector<double> axis_of(const Points& points, std::size_t axis) {
  std::vector<double> values;
  for (const std::vector<double>& row : points) values.push_back(row[axis]);
  return values;
}

std::vector<double> sorted_axis(const Points& points, std::size_t axis) {
  std::vector<double> values = axis_of(points, axis);
  std::sort(values.begin(), values.end());
  return values;
}

// Spearman's correlation of axes without ties: 1 - 6 Σd² / (n (n² - 1)).
double spearman(const Points& points, std::size_t first, std::size_t second) {
  const auto ranks = [&](std::size_t axis) {
    const std::vector<double> ascending = sorted_axis(points, axis);
    std::vector<double> rank;
    for (const double x : axis_of(points, axis))
      rank.push_back(static_cast<double>(std::lower_bound(ascending.begin(), ascending.end(), x) - ascending.begin()));
    return rank;
  };
  const std::vector<double> x = ranks(first), y = ranks(second);
  double squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) squares += (x[i] - y[i]) * (x[i] - y[i]);
  const auto n = static_cast<double>(x.size());
  return 1 - 6 * squares / (n * (n * n - 1));
}

double largest_miss(const Points& points, const ExactMatrix& target) {
  double miss = 0;
  for (Eigen::Index i = 0; i < target.rows(); ++i)
    for (Eigen::Index j = 0; j < i; ++j)
      miss = std::max(miss, std::abs(spearman(points, static_cast<std::size_t>(i), static_cast<std::size_t>(j)) -
                                     target(i, j).value));
  return miss;
}

double largest_difference(const ExactMatrix& a, const ExactMatrix& b) {
  return (a - b).cwiseAbs().maxCoeff().value;
}

const ExactMatrix mixed = exact_matrix({{1, 0.7, -0.3, 0, 0.95},
                                        {0.7, 1, 0.2, 0, 0.6},
                                        {-0.3, 0.2, 1, 0, -0.3},
                                        {0, 0, 0, 1, 0.1},
                                        {0.95, 0.6, -0.3, 0.1, 1}});

}  // namespace

TEST_CASE("rank correlations are within 0.01 of the target at 4096 points, on any design and for any seed") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    CHECK(largest_miss(with_rank_correlation(latin_hypercube(4096, 5, seed), mixed, seed), mixed) < 0.01);
    CHECK(largest_miss(with_rank_correlation(sobol_points(4096, 5, seed), mixed, seed), mixed) < 0.01);
  }
}

TEST_CASE("rank correlations of ten axes, all 0.5, are within 0.01 of it") {
  ExactMatrix even = ExactMatrix::Constant(10, 10, 0.5);
  even.diagonal().setOnes();
  CHECK(largest_miss(with_rank_correlation(latin_hypercube(4096, 10, 1), even, 1), even) < 0.01);
}

TEST_CASE("each axis keeps its values") {
  const Points before = latin_hypercube(512, 5, 3);
  const Points after = with_rank_correlation(before, mixed, 8);
  CHECK(after != before);
  for (std::size_t axis = 0; axis < 5; ++axis) CHECK(sorted_axis(after, axis) == sorted_axis(before, axis));
}

TEST_CASE("perfect rank correlations put the values of two axes in the same or the opposite order") {
  const ExactMatrix together = exact_matrix({{1, 1, -1}, {1, 1, -1}, {-1, -1, 1}});
  const Points points = with_rank_correlation(latin_hypercube(300, 3, 3), together, 4);
  CHECK(spearman(points, 0, 1) == Approx(1).epsilon(1e-12));
  CHECK(spearman(points, 0, 2) == Approx(-1).epsilon(1e-12));
}

TEST_CASE("the nearest correlation matrices are those that Higham published") {
  const NearestCorrelation three = nearest_correlation(exact_matrix({{1, 1, 0}, {1, 1, 1}, {0, 1, 1}}));
  CHECK(largest_difference(three.matrix,
                           exact_matrix({{1, 0.7607, 0.1573}, {0.7607, 1, 0.7607}, {0.1573, 0.7607, 1}})) < 5.1e-5);
  CHECK(three.smallest_eigenvalue == Approx(1 - std::sqrt(2)).epsilon(1e-14));
  CHECK(three.largest_change == Approx(0.2393).margin(5.1e-5).epsilon(0));
  const NearestCorrelation four =
      nearest_correlation(exact_matrix({{2, -1, 0, 0}, {-1, 2, -1, 0}, {0, -1, 2, -1}, {0, 0, -1, 2}}));
  CHECK(largest_difference(four.matrix, exact_matrix({{1, -0.8084, 0.1916, 0.1068},
                                                      {-0.8084, 1, -0.6562, 0.1916},
                                                      {0.1916, -0.6562, 1, -0.8084},
                                                      {0.1068, 0.1916, -0.8084, 1}})) < 5.1e-5);
}

TEST_CASE("a repaired matrix is a correlation matrix, and one that is one is left alone") {
  // Ten entries of 0.9 in a ring of alternating signs cannot all hold.
  constexpr Eigen::Index n = 10;
  ExactMatrix impossible = ExactMatrix::Identity(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < i; ++j) impossible(i, j) = impossible(j, i) = (i + j) % 3 == 0 ? -0.9 : 0.9;
  const NearestCorrelation repaired = nearest_correlation(impossible);
  CHECK(repaired.smallest_eigenvalue < -1);
  CHECK(repaired.largest_change > 0.1);
  CHECK(std::holds_alternative<ExactMatrix>(cholesky(repaired.matrix)));
  for (Eigen::Index i = 0; i < n; ++i) CHECK(repaired.matrix(i, i).value == 1);
  CHECK(largest_difference(repaired.matrix, repaired.matrix.transpose()) == 0);

  const NearestCorrelation untouched = nearest_correlation(mixed);
  CHECK(untouched.largest_change == 0);
  CHECK(largest_difference(untouched.matrix, mixed) == 0);
}

TEST_CASE("points with an impossible target get the rank correlations of the nearest possible one, to 0.02") {
  // The nearest is singular, and no normals have exactly these rank correlations.
  const ExactMatrix impossible = exact_matrix({{1, 0.9, -0.6}, {0.9, 1, 0.6}, {-0.6, 0.6, 1}});
  const Points points = with_rank_correlation(sobol_points(4096, 3, 1), impossible, 1);
  CHECK(largest_miss(points, nearest_correlation(impossible).matrix) < 0.02);
}
