#include "sim/study/design.h"

#include <cmath>
#include <set>

#include "tests/support/reference_table.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

bool in_open_cube(const Points& points) {
  for (const std::vector<double>& row : points)
    for (const double x : row)
      if (!(x > 0 && x < 1)) return false;
  return true;
}

// How many points of an axis lie in each of `strata` equal parts of (0, 1).
std::vector<int> counts_in_strata(const Points& points, std::size_t axis, std::size_t strata) {
  std::vector<int> counts(strata, 0);
  for (const std::vector<double>& row : points)
    ++counts[static_cast<std::size_t>(row[axis] * static_cast<double>(strata))];
  return counts;
}

std::vector<std::size_t> axes_that_differ(const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<std::size_t> axes;
  for (std::size_t axis = 0; axis < x.size(); ++axis)
    if (x[axis] != y[axis]) axes.push_back(axis);
  return axes;
}

}  // namespace

TEST_CASE("a grid has every combination once, the last axis fastest") {
  const std::vector<std::vector<std::size_t>> expected{{0, 0, 0}, {0, 0, 1}, {0, 1, 0},
                                                       {0, 1, 1}, {0, 2, 0}, {0, 2, 1}};
  CHECK(grid({1, 3, 2}) == expected);
  CHECK(grid({}) == std::vector<std::vector<std::size_t>>{{}});
  CHECK(grid({3, 0}).empty());
}

TEST_CASE("a Latin hypercube hits every stratum of every axis once") {
  for (const std::size_t points : std::vector<std::size_t>{1, 7, 100, 1000}) {
    const Points hypercube = latin_hypercube(points, 5, 11);
    CHECK(in_open_cube(hypercube));
    for (std::size_t axis = 0; axis < 5; ++axis)
      CHECK(counts_in_strata(hypercube, axis, points) == std::vector<int>(points, 1));
  }
}

TEST_CASE("the places inside the strata of a Latin hypercube are uniform, and its axes uncorrelated") {
  constexpr std::size_t n = 4096;
  const Points hypercube = latin_hypercube(n, 2, 5);
  double inside = 0, product = 0;
  for (const std::vector<double>& row : hypercube) {
    inside += (row[0] * n - std::floor(row[0] * n)) / n;
    product += 12 * (row[0] - 0.5) * (row[1] - 0.5) / n;
  }
  CHECK(inside == Approx(0.5).margin(4 * std::sqrt(1.0 / 12 / n)).epsilon(0));  // 4 standard errors
  CHECK(product == Approx(0).margin(4 / std::sqrt(1.0 * n)));
}

TEST_CASE("designs depend on the seed, on nothing else, and an axis on no other") {
  CHECK(latin_hypercube(64, 3, 1) == latin_hypercube(64, 3, 1));
  CHECK(latin_hypercube(64, 3, 1) != latin_hypercube(64, 3, 2));
  CHECK(sobol_points(64, 3, 1) != sobol_points(64, 3, 2));
  CHECK(morris_design(4, 3, 4, 1) != morris_design(4, 3, 4, 2));
  const Points narrow = latin_hypercube(64, 2, 1);
  const Points wide = latin_hypercube(64, 3, 1);
  for (std::size_t i = 0; i < narrow.size(); ++i)
    CHECK(narrow[i] == std::vector<double>(wide[i].begin(), wide[i].begin() + 2));
}

TEST_CASE("Sobol points are those of an independent generator, half of the last bit higher") {
  const auto file = reference("study/sobol.json");
  const std::vector<std::vector<double>> first = file.at("first_points");
  const Points sequence = sobol_sequence(1024, 3600);
  for (std::size_t i = 0; i < first.size(); ++i)
    for (std::size_t axis = 0; axis < first[i].size(); ++axis) CHECK(sequence[i][axis] == first[i][axis] + 0x1p-53);
  for (const Row& row : rows(file))
    CHECK(sequence[static_cast<std::size_t>(row.at("point"))][static_cast<std::size_t>(row.at("axis"))] ==
          row.at("value") + 0x1p-53);
}

TEST_CASE(
    "the random shift leaves Sobol points as even as they were: one in each dyadic stratum, and in pairs of axes") {
  const Points points = sobol_points(256, 6, 3);
  CHECK(in_open_cube(points));
  for (std::size_t axis = 0; axis < 6; ++axis) CHECK(counts_in_strata(points, axis, 256) == std::vector<int>(256, 1));
  // The first two axes are a (0, 8, 2)-net: each box of 1/16 by 1/16 holds one point.
  std::set<std::pair<int, int>> boxes;
  for (const std::vector<double>& row : points)
    boxes.insert({static_cast<int>(row[0] * 16), static_cast<int>(row[1] * 16)});
  CHECK(boxes.size() == 256);
}

TEST_CASE("every shift of a Sobol point is equally likely") {
  constexpr int seeds = 2000;
  double mean = 0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) mean += sobol_points(4, 1, seed)[3][0] / seeds;
  CHECK(mean == Approx(0.5).margin(4 * std::sqrt(1.0 / 12 / seeds)).epsilon(0));
}

TEST_CASE("Saltelli's design is A, B and A with one column of B at a time") {
  constexpr std::size_t n = 32, k = 3;
  const Points design = saltelli_design(n, k, 9);
  const Points base = sobol_points(n, 2 * k, 9);
  REQUIRE(design.size() == n * (k + 2));
  for (std::size_t r = 0; r < n; ++r) {
    CHECK(design[r] == std::vector<double>{base[r][0], base[r][1], base[r][2]});
    CHECK(design[n + r] == std::vector<double>{base[r][3], base[r][4], base[r][5]});
    for (std::size_t axis = 0; axis < k; ++axis) {
      const std::vector<double>& mixed = design[(axis + 2) * n + r];
      CHECK(axes_that_differ(mixed, design[r]) == std::vector<std::size_t>{axis});
      CHECK(mixed[axis] == design[n + r][axis]);
    }
  }
}

TEST_CASE("a Morris trajectory moves each axis once by a half, between levels in the middle of their strata") {
  constexpr std::size_t trajectories = 200, axes = 4;
  const Points design = morris_design(trajectories, axes, usual_morris_levels, 2);
  REQUIRE(design.size() == trajectories * (axes + 1));
  const std::set<double> levels{0.125, 0.375, 0.625, 0.875};
  std::set<std::vector<std::size_t>> orders;
  int upwards = 0;
  for (std::size_t t = 0; t < trajectories; ++t) {
    std::vector<std::size_t> order;
    for (std::size_t i = t * (axes + 1); i < t * (axes + 1) + axes; ++i) {
      const std::vector<std::size_t> moved = axes_that_differ(design[i], design[i + 1]);
      REQUIRE(moved.size() == 1);
      order.push_back(moved.front());
      const double step = design[i + 1][moved.front()] - design[i][moved.front()];
      CHECK(std::abs(step) == 0.5);
      upwards += step > 0;
      for (const double x : design[i]) CHECK(levels.count(x) == 1);
    }
    orders.insert(order);
    CHECK(std::set<std::size_t>(order.begin(), order.end()).size() == axes);
  }
  CHECK(orders.size() == 24);  // all; one is missing with probability 24 (23/24)^200 = 0.005
  CHECK(upwards == Approx(400).margin(4 * std::sqrt(800 / 4)).epsilon(0));
}
