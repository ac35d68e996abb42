#include "sim/study/design.h"

#include <cassert>
#include <cmath>

#include "sim/math/hash.h"
#include "sim/study/draws.h"

namespace moniac {
namespace {

std::uint32_t number(std::size_t i) {
  return static_cast<std::uint32_t>(i);
}

// Level l of p as the middle of the l-th of p strata.
double middle(std::size_t level, std::size_t levels) {
  return (static_cast<double>(level) + 0.5) / static_cast<double>(levels);
}

}  // namespace

std::vector<std::vector<std::size_t>> grid(const std::vector<std::size_t>& counts) {
  std::vector<std::vector<std::size_t>> tuples{{}};
  for (const std::size_t count : counts) {
    std::vector<std::vector<std::size_t>> longer;
    for (const std::vector<std::size_t>& tuple : tuples)
      for (std::size_t index = 0; index < count; ++index) {
        longer.push_back(tuple);
        longer.back().push_back(index);
      }
    tuples = std::move(longer);
  }
  return tuples;
}

Points latin_hypercube(std::size_t points, std::size_t axes, std::uint64_t seed) {
  const std::uint64_t key = stream_key(seed, "study/latin_hypercube");
  constexpr std::uint32_t order_draw = 0;
  constexpr std::uint32_t place_draw = 1;
  Points hypercube(points, std::vector<double>(axes));
  for (std::size_t axis = 0; axis < axes; ++axis) {
    const std::vector<std::size_t> stratum = random_permutation(key, number(axis), order_draw, points);
    const std::vector<double> uniforms = uniform_draws(key, number(axis), place_draw, points);
    for (std::size_t i = 0; i < points; ++i) {
      // 32 bits and a half: rounding cannot move a point out of its stratum.
      const double inside = (std::floor(uniforms[i] * 0x1p32) + 0.5) * 0x1p-32;
      hypercube[i][axis] = (static_cast<double>(stratum[i]) + inside) / static_cast<double>(points);
    }
  }
  return hypercube;
}

Points saltelli_design(std::size_t points, std::size_t axes, std::uint64_t seed) {
  const Points base = sobol_points(points, 2 * axes, seed);
  const auto width = static_cast<std::ptrdiff_t>(axes);
  Points design;
  design.reserve(points * (axes + 2));
  for (const std::vector<double>& row : base) design.emplace_back(row.begin(), row.begin() + width);
  for (const std::vector<double>& row : base) design.emplace_back(row.begin() + width, row.end());
  for (std::size_t axis = 0; axis < axes; ++axis)
    for (const std::vector<double>& row : base) {
      design.emplace_back(row.begin(), row.begin() + width);
      design.back()[axis] = row[axes + axis];
    }
  return design;
}

Points morris_design(std::size_t trajectories, std::size_t axes, std::size_t levels, std::uint64_t seed) {
  assert(levels >= 2 && levels % 2 == 0);
  const std::uint64_t key = stream_key(seed, "study/morris");
  constexpr std::uint32_t order_draw = 0;
  constexpr std::uint32_t level_draw = 1;
  const std::size_t step = levels / 2;
  Points design;
  design.reserve(trajectories * (axes + 1));
  for (std::size_t t = 0; t < trajectories; ++t) {
    // Any level; from there half of the levels up or down is the one step that stays among them.
    std::vector<std::size_t> level;
    for (const double uniform : uniform_draws(key, number(t), level_draw, axes)) level.push_back(pick(uniform, levels));
    const auto append = [&] {
      design.emplace_back();
      for (const std::size_t l : level) design.back().push_back(middle(l, levels));
    };
    append();
    for (const std::size_t axis : random_permutation(key, number(t), order_draw, axes)) {
      level[axis] = (level[axis] + step) % levels;
      append();
    }
  }
  return design;
}

}  // namespace moniac
