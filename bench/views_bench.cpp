#include "bench/views_bench.h"

#include <chrono>
#include <cstdio>
#include <vector>

#include "sim/study/draws.h"
#include "sim/study/entropy_pooling.h"
#include "sim/study/normal_quantile.h"

namespace moniac {

namespace {

std::vector<double> normals(std::uint64_t key, std::size_t paths) {
  std::vector<double> x = uniform_draws(key, 0, 0, paths);
  for (double& value : x) value = normal_quantile(value);
  return x;
}

std::vector<double> above(std::vector<double> x, double level) {
  for (double& value : x) value = value > level ? 1 : 0;
  return x;
}

std::vector<ViewRow> ten_views(std::size_t paths) {
  std::vector<ViewRow> rows;
  for (std::uint64_t key = 0; key < 4; ++key) {
    const double level = 0.5 * static_cast<double>(key);
    rows.push_back({above(normals(key, paths), level), Relation::is, 0.4 - 0.05 * static_cast<double>(key)});
  }
  for (std::uint64_t key = 4; key < 7; ++key) rows.push_back({normals(key, paths), Relation::is, 0.3});
  rows.push_back({normals(7, paths), Relation::at_most, 0.1});
  rows.push_back({normals(8, paths), Relation::at_most, -0.1});
  rows.push_back({normals(9, paths), Relation::at_least, 0.2});
  return rows;
}

}  // namespace

void run_views_bench(std::int64_t paths, double (*peak_megabytes)()) {
  const std::vector<ViewRow> rows = ten_views(static_cast<std::size_t>(paths));
  const auto begin = std::chrono::steady_clock::now();
  const Pooled pooled = pool(rows, static_cast<std::size_t>(paths));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  std::printf("RESULT W7 moniac t=%.4f mem=%.0f divergence=%.7f kish=%.1f iterations=%d\n", seconds.count(),
              peak_megabytes(), pooled.divergence, pooled.kish, pooled.iterations);
}

}  // namespace moniac
